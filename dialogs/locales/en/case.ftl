# What a person hears of their question at a library: who has it, who else could, how it ended.

case-again = { $known ->
        [yes] Write what else you want to ask. { $name } and the colleagues there will see it.
       *[no] Write what else you want to ask. The library will see it.
    }
button-again = Write there again
missed-closed-case = If this is for the librarian, I can send it. The talk will open again.
button-rate-yes = 👍 Yes
button-rate-partly = Partly
button-rate-no = 👎 No
rated = Thank you! This helps the library.
rated-before = You have told me already, thank you.
cover-offer =
    { $closed } opens only after more than a day.
    { $open } can answer sooner. Shall I show the question there too?
cover-offer-away =
    Today nobody can answer at { $closed }.
    { $open } can help. Shall I show the question there too?
button-cover-yes = Yes, show it
button-cover-no = No, I will wait
cover-refused = All right. The question stays only where you passed it on.
cover-agreed = I have shown the question to { $name } too. Whoever can will answer first.
cover-standing = The question is shown to { $name } too.
case-covered = { $name } from { $library } is with you.
case-freed = { $answered ->
        [yes] { $name } cannot go on now.
       *[no] { $name } did not manage to answer.
    }
case-waits-for-colleagues = Your question now waits for the colleagues too.
case-handed = Your question went on to { $name }.
case-transferred = Your question went on to { $library }. They can help more there.
case-expert-asked = { $name } asked an expert of the labour office. I will tell you of the answer.
expert-says = 👤 { $name }, labour office expert: { $text }
librarian-took-back = 👤 { $name } took this message back.
case-silent = { $name } ended the talk, because nothing new was written for long. Did it help you?
case-expired = I am sorry, nobody managed to answer your question. So I end it here.
case-muted = We take no questions from you here until { $until }.
case-late = There is no answer to your question yet. It stands in the queue and is not lost.
call-library = You can call the library: { $phone }.
call-bureau = You can also call the labour office: { $name }, { $phone }.
call-nobody = You can also go in person and ask at the library or the labour bureau.
button-answer-librarian = Answer the librarian
