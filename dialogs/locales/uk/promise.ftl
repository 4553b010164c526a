# When a desk answers, why so late, how long it usually takes, whom to call meanwhile.

promise-lunch = Зараз обідня перерва, знову відчиниться о { $time }.
promise-break = Зараз перерва, знову відчиниться о { $time }.
promise-holiday = { $when ->
        [today] Сьогодні
        [tomorrow] Завтра
        [mo] У понеділок
        [tu] У вівторок
        [we] У середу
        [th] У четвер
        [fr] У п’ятницю
        [sa] У суботу
       *[su] У неділю
    } ({ $day }) святковий день.
promise-holiday-days = З { $first } до { $last } є святкові дні.
promise-closure = { $when ->
        [today] Сьогодні
        [tomorrow] Завтра
        [mo] У понеділок
        [tu] У вівторок
        [we] У середу
        [th] У четвер
        [fr] У п’ятницю
        [sa] У суботу
       *[su] У неділю
    } ({ $day }) бібліотека зачинена.
promise-closure-days = З { $first } до { $last } бібліотека зачинена.
promise-usual = Зазвичай відповідає { $how ->
        [hours] протягом 2 робочих годин
        [half_day] протягом половини робочого дня
        [next_day] не пізніше наступного робочого дня
       *[days] протягом { $days } робочих днів
    }.
promise-urgent = Якщо терміново, зателефонуйте. { $name }: { $phone }.
promise-away = Сьогодні там нікому відповісти.
promise-away-until = Відповіді чекайте { $when ->
        [today] сьогодні
        [tomorrow] завтра
        [mo] в понеділок
        [tu] у вівторок
        [we] в середу
        [th] у четвер
        [fr] у п’ятницю
        [sa] в суботу
       *[su] в неділю
    } ({ $day }) після { $time }.
