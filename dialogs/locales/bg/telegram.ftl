# What Telegram itself shows: its menu of commands, and the button that sends the phone's location.

command-results = Мерките, които подхождат
command-places = Бюро по труда и библиотека
command-librarian = Въпрос към библиотекар
command-help = Какво мога и как да пишете
command-privacy = Какво пазя за Вас и докога
command-language = Език / Language
command-menu = Главното меню
command-delete = Изтрива всичко за Вас

telegram-send-location = 📍 Изпрати къде съм
telegram-or-location = Или натиснете бутона долу, ако сте на адреса си.
