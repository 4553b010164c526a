# The directory at the desk, and corrections of it. At the desk Bulgarian alone is spoken.

directory-heading = Справочник
directory-title = Справочник – Посока
directory-lead = Библиотеки, бюра по труда и мерки – така, както ги виждат хората.
directory-search = Име, населено място или номер
directory-find = Търси
directory-none = Нищо не намерих за „{ $query }“. Пробвайте само с населеното място.
directory-more = { $count ->
    [one] Има още { $count }. Напишете по-точно.
   *[other] Има още { $count }. Напишете по-точно.
}
directory-kind = { $kind ->
    [libraries] библиотека
    [bureaus] бюро по труда
   *[measures] мярка
}
directory-own = Вашата библиотека
directory-back = ← Към справочника
directory-gone = Няма такъв запис в справочника.
directory-said = Източник: { $source }. Проверено на { $day }.
directory-said-nobody = без посочен източник
directory-nothing = няма
directory-hidden = Хората не виждат това: източникът не е сигурен. Поправка с източник го показва.
directory-conditions = Условията на мярката са правила. Те се менят от редакторите, с проверка на закона. Ако нещо не е така, пратете бележка.
directory-told-hours = Библиотеката сама каза работното време на бюрото си на { $day }: { $hours }. Поправка с по-нова дата го заменя.
directory-propose = Предложи поправка
directory-edit = Поправи
directory-remark = Прати бележка
directory-of-field = { $act }: { $field }
correction-heading = { $field } – { $name }
correction-lead = Кажете какво е вярното и откъде го знаете. Администратор го приема и хората го виждат веднага.
correction-lead-admin = Промяната се вижда веднага от хората, с източника и датата отдолу.
correction-lead-remark = Бележката не променя нищо сама. Администратор я чете и Ви отговаря.
correction-now = Сега
correction-new = Новото
correction-field = { $field ->
    [name] Име
    [address_1] Адрес
    [postal_code] Пощенски код
    [phone] Телефон
    [email] Имейл
    [url] Сайт
    [opening_hours] Работно време
    [opening_hours_note] Бележка за времето
    [services] Услуги
    [point] Място на картата
    [library_confirmed] Има ли библиотека
    [title] Заглавие
    [summary] Накратко
    [gives] Какво дава
    [steps] Стъпки
    [documents] Документи
    [legal_basis] Основание
    [status] Действа ли
    [as_of] Към коя дата
    [valid_from] Важи от
    [valid_to] Важи до
    [amounts] Суми (номера)
    [sources] Източници (номера)
   *[remark] Бележка
}
correction-choice = { $choice ->
    [yes] да
    [likely] вероятно
    [in_force] действа
    [programme_dependent] зависи от програма
    [unclear] не е ясно
   *[unknown] не се знае
}
correction-hint = { $field ->
    [phone] Например: 092 626 170. Няколко се делят с точка и запетая.
    [opening_hours] Например: пн–пт 9–18, сб 9–14. Обедната почивка: пн–пт 8:30–12:30, 13–17.
    [url] Започва с https://
    [point] Две числа от картата, например: 43.2102, 23.5529
    [steps] Всяка стъпка е на нов ред.
    [documents] Всеки документ е на нов ред.
    [as_of] Денят или годината на текста, например: 2026-01-01
    [valid_from] Например: 01.01.2027
    [valid_to] Например: 31.12.2027
    [amounts] Номера от parameters.yaml, със запетая. Самата сума се мени от редакторите.
    [sources] Номера от sources.yaml, със запетая.
   *[other] { "" }
}
correction-value = Как е вярно
correction-none = Вече няма такова – да не се показва
correction-english = На английски, ако можете. Иначе и там ще стои българският текст.
correction-source = Откъде го знаете
correction-source-hint = Адрес на страница или кой го каза, например „библиотекарят по телефона“. Виждат го и хората, затова без имена.
correction-day = Проверено на
correction-note = Бележка за администратора (по желание)
correction-send = Предложи
correction-save = Запиши и покажи
correction-cancel = Откажи се
correction-sent = Благодарим! Поправката чака администратор. Тук ще видите какво е станало с нея.
correction-saved = Записано. Хората вече виждат новото.
corrections-heading = Поправки
corrections-title = Поправки – Посока
corrections-waiting = Чакат решение
corrections-waiting-none = Няма поправки, които чакат.
corrections-mine = Моите предложения
corrections-mine-none = Още нямате предложения. Те се правят от справочника, до всяко нещо.
corrections-decided = Решени наскоро
correction-number = Поправка № { $number }
correction-by = предложи { $name }, { $at }
correction-was = Досега
correction-would-be = Предлага се
correction-proposed-as = Предложено беше: { $value }
correction-noted = Бележка: { $note }
correction-changed-since = Сега вече пише: { $value }
correction-accept = Приеми
correction-accept-remark = Прочетено
correction-accept-heading = Приемане – може и с промяна
correction-decline = Откажи
correction-decline-heading = Отказ
correction-word = Дума за библиотекаря
correction-state = { $state ->
    [waiting] чака решение
    [accepted] приета
    [declined] отказана
    [replaced] заменена с по-нова
   *[overtaken] вече е в самите данни
}
correction-state-unfit = приета, но данните вече не я допускат
correction-decided-by = { $name }, { $at }
correction-answer = Отговор: { $answer }
correction-open = Отвори
correction-decided = Тази поправка вече е решена или я няма.
correction-not-allowed = Само администратор решава за поправките.
correction-word-missing = Напишете с дума-две защо.
correction-faults = Нищо не е записано. Оправете това:
correction-no-such = Няма такова нещо в справочника.
correction-value-missing = Напишете новата стойност.
correction-value-long = Текстът е над { $most } знака. Съкратете го.
correction-note-long = Бележката е над { $most } знака. Съкратете я.
correction-same = Точно това пише и сега, проверено на същия ден или по-късно.
correction-source-missing = Напишете откъде го знаете: адрес на страница или кой го каза.
correction-source-address = Адресът не е цял. Копирайте го от браузъра, с https://
correction-source-long = Източникът е един ред до { $most } знака, без отвесна черта.
correction-day-missing = Напишете на коя дата сте проверили, например { $today }.
correction-day-future = Датата на проверката е в бъдещето.
correction-day-old = Проверката е отпреди повече от година. Проверете отново.
correction-too-many = Имате 100 предложения, които чакат. Изчакайте администратора.
correction-bad-phone = Това не е телефон. Пише се с цифри, например 092 626 170.
correction-bad-email = Това не е имейл. Пише се така: biblioteka@example.bg
correction-bad-url = Това не е адрес на сайт. Започва с https://
correction-bad-opening_hours = Работното време не се разбира. Пише се така: пн–пт 9–18, сб 9–14.
correction-bad-point = Това не е място в България. Трябват две числа, например 43.2102, 23.5529.
correction-bad-day = Това не е дата. Пише се така: 31.12.2027.
correction-bad-two-languages = Редовете на английски трябва да са толкова, колкото са на български.
correction-bad-ids = Няма такъв номер в данните. Проверете го.
correction-bad = Данните не приемат това: { $said }
correction-line-how = Пише се така: /поправка бюро Мездра телефон 092 123 456; обадих се днес
correction-line-field = Не разбирам какво се поправя. Може: { $fields }.
correction-line-place = Напишете за коя библиотека или бюро е, преди „{ $field }“.
correction-line-place-none = Не намирам „{ $name }“ в справочника. Напишете името или населеното място.
correction-line-place-many = „{ $name }“ може да е няколко места. Натиснете номера на Вашето:
correction-line-place-one = { $number }. { $name }
correction-line-remark = забележка
correction-line-again = Не намирам реда, който сте написали. Напишете го отново.
correction-line-waits = Същото вече чака като поправка № { $number }. Няма нужда от втора.
correction-line-source = Накрая, след точка и запетая, напишете откъде го знаете и кога. Например: ; обадих се днес
correction-line-kept = Предложих го като поправка № { $number }: { $name } – { $field }: { $value }. Чака администратор.
correction-line-saved = Записано като поправка № { $number }: { $name } – { $field }: { $value }. Хората вече го виждат.
correction-source-call = разговор по телефона
correction-source-visit = проверка на място
