# What a person hears of their question at a library: who has it, who else could, how it ended.

case-again = { $known ->
        [yes] Напишете какво още искате да попитате. { $name } ще го види, както и колегите там.
       *[no] Напишете какво още искате да попитате. Библиотеката ще го види.
    }
button-again = Пиши пак там
missed-closed-case = Ако това е за библиотекаря, мога да му го пратя. Разговорът ще се отвори пак.
button-rate-yes = 👍 Да
button-rate-partly = Донякъде
button-rate-no = 👎 Не
rated = Благодаря! Това помага на библиотеката.
rated-before = Вече ми казахте, благодаря.
cover-offer =
    { $closed } отваря чак след повече от ден.
    { $open } може да отговори по-рано. Да покажа ли въпроса и там?
cover-offer-away =
    Днес в { $closed } няма кой да отговори.
    { $open } може да помогне. Да покажа ли въпроса и там?
button-cover-yes = Да, покажи го
button-cover-no = Не, ще изчакам
cover-refused = Добре. Въпросът остава само там, където го предадохте.
cover-agreed = Показах въпроса и на { $name }. Ще отговори, който пръв може.
cover-standing = Въпросът е показан и на { $name }.
case-covered = С Вас е { $name } от { $library }.
case-freed = { $answered ->
        [yes] { $name } сега не може да продължи.
       *[no] { $name } не успя да отговори.
    }
case-waits-for-colleagues = Въпросът Ви сега чака и колегите там.
case-handed = Въпросът Ви премина към { $name }.
case-transferred = Въпросът Ви премина към { $library }. Там могат да помогнат повече.
case-expert-asked = { $name } попита експерт от бюрото по труда. Ще Ви кажа, щом има отговор.
expert-says = 👤 { $name }, експерт от бюрото по труда: { $text }
librarian-took-back = 👤 { $name } оттегли това съобщение.
case-silent = { $name } приключи разговора, защото дълго нямаше нови съобщения. Помогна ли Ви?
case-expired = Съжалявам, никой не успя да отговори на въпроса Ви. Затова го приключвам.
case-muted = Тук не приемаме въпроси от Вас до { $until }.
case-late = Още няма отговор на въпроса Ви. Той стои на опашката и не е загубен.
call-library = Може да се обадите в библиотеката: { $phone }.
call-bureau = Може да се обадите и в бюрото по труда: { $name }, { $phone }.
call-nobody = Може да попитате и на място, в библиотеката или в бюрото по труда.
button-answer-librarian = Отговори
