# What a person hears of an answered question that no librarian holds any more.

case-silent-free = Приключвам разговора с библиотеката, защото дълго нямаше нови съобщения. Помогна ли Ви?
case-goes-on-at = Разговорът Ви премина към { $library }. Ако имате още въпроси, напишете ги тук.
case-answered-free = Вече имате отговор. Ако имате още въпроси, напишете ги. Ще ги види { $to }.
