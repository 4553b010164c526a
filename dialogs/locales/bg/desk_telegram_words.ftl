# What librarians look up and correct in their Telegram group, and how the group knows their account.

# Commands, without the slash: any of the words, divided by commas.
desk-command-correct = поправка
desk-command-link = аз

# Looked up in a topic.
desk-tg-insert-how = Натиснете { $count ->
    [one] 1
   *[other] номер от 1 до { $count }
}{ $shown ->
    [all] , за да изпратите текста на човека.
    [some] . Текст с „…“ първо ще видите цял, другите тръгват веднага.
   *[none] . Първо ще видите целия текст, после го изпращате.
}
desk-tg-insert-whole = Това ще стигне до човека:
desk-tg-insert-send = Изпрати
desk-tg-insert-back = Назад
desk-tg-insert-not-sent = Нищо не е изпратено.
desk-tg-insert-sent = Изпратено до човека.
desk-tg-insert-sent-already = Вече е изпратено.
desk-tg-insert-over = Този текст вече не важи. Нищо не е изпратено. Потърсете отново.
desk-tg-insert-gaps =
    ⚠ Нищо не е изпратено. Липсва: { $what }.
    Копирайте текста по-долу, допълнете го и го напишете тук.
desk-tg-insert-gaps-short = Не е изпратено: нещо липсва. Вижте по-долу.

# One person, two desks.
desk-tg-link-how = Отворете „Моите влизания“ на страницата на бюрото. Натиснете „Свържи с Telegram“ и напишете тук: /аз и кода.
desk-tg-link-done = Готово. Тук и на страницата сте един и същ библиотекар: { $name }.
desk-tg-link-wrong = Кодът не е верен или е изтекъл. Направете нов от „Моите влизания“.
desk-tg-link-pause = Твърде много грешни кодове. Опитайте пак след 15 минути.
desk-tg-link-taken = Този Telegram вече е свързан с друг профил. Първо прекъснете връзката от „Моите влизания“ на другия профил.

# On the page „Моите влизания“.
desk-link-head = Telegram
desk-link-is = Профилът е свързан с Вашия Telegram.
desk-link-is-not = Отговаряте ли и в групата? Свържете профила, за да сте един и същ библиотекар.
desk-link-make = Свържи с Telegram
desk-link-end = Прекъсни връзката
desk-link-code = Напишете в групата на библиотеката: /аз { $code }
desk-link-lasts = Кодът важи { $minutes } минути и само веднъж.

# The audit trail.
desk-act-telegram-link = свърза профила си с Telegram
desk-act-telegram-unlink = прекъсна връзката с Telegram
