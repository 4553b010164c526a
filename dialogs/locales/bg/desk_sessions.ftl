# Words of coming in and going out: who proves what, and what a visit loses with its session.

people-name-stopped = Достъпът на „{ $name }“ тук е спрян. Ако сте Вие, поговорете с администратора: поканата остава валидна. Ако не сте, добавете фамилия или буква.
people-name-without-login = Тук вече има „{ $name }“ без парола. Ако сте Вие, поискайте от администратора лична връзка. Ако не сте, добавете фамилия или буква.
people-own-link = Лична връзка
people-own-link-whom = Направи лична връзка за вход на { $name }
people-own-link-sure = Да направя ли лична връзка за { $name }? Дайте я само на този човек.
people-link-own = Лична връзка за { $name }

desk-visitor-ends = Без работа разговорът се изтрива в
desk-visitor-ends-soon = След минута разговорът се изтрива, заедно с недописаното.
desk-visitor-stay = Още работим
desk-visitor-over-signed-out = Влизането приключи. Разговорът с посетителя е изтрит, заедно с последните думи. Така нищо не остава тук.
desk-visitor-pdf-warning = PDF файлът може да остане на компютъра. По-сигурно е „Отпечатай“.
desk-visitor-pdf-back = ← Към печата
desk-visitor-pdf-title = Страница за печат
