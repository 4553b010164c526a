# When a desk answers, why so late, how long it usually takes, whom to call meanwhile.

promise-lunch = Сега е обедна почивка, отваря отново в { $time }.
promise-break = Сега е почивка, отваря отново в { $time }.
promise-holiday = { $when ->
        [today] Днес
        [tomorrow] Утре
        [mo] В понеделник
        [tu] Във вторник
        [we] В сряда
        [th] В четвъртък
        [fr] В петък
        [sa] В събота
       *[su] В неделя
    } ({ $day }) е почивен ден.
promise-holiday-days = От { $first } до { $last } има почивни дни.
promise-closure = { $when ->
        [today] Днес
        [tomorrow] Утре
        [mo] В понеделник
        [tu] Във вторник
        [we] В сряда
        [th] В четвъртък
        [fr] В петък
        [sa] В събота
       *[su] В неделя
    } ({ $day }) библиотеката е затворена.
promise-closure-days = От { $first } до { $last } библиотеката е затворена.
promise-usual = Обикновено отговаря { $how ->
        [hours] до 2 работни часа
        [half_day] до половин работен ден
        [next_day] до следващия работен ден
       *[days] до { $days } работни дни
    }.
promise-urgent = Ако е спешно, обадете се. { $name }: { $phone }.
promise-away = Днес там няма кой да отговори.
promise-away-until = Отговор очаквайте { $when ->
        [today] днес
        [tomorrow] утре
        [mo] в понеделник
        [tu] във вторник
        [we] в сряда
        [th] в четвъртък
        [fr] в петък
        [sa] в събота
       *[su] в неделя
    } ({ $day }) след { $time }.
