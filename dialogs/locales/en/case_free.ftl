# What a person hears of an answered question that no librarian holds any more.

case-silent-free = I am ending the talk with the library, because nothing new was written for long. Did it help you?
case-goes-on-at = Your talk went on to { $library }. If you have more questions, write them here.
case-answered-free = You have an answer already. If you have more questions, write them. { $to } will see them.
