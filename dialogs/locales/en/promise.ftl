# When a desk answers, why so late, how long it usually takes, whom to call meanwhile.

promise-lunch = It is the lunch break now; it opens again at { $time }.
promise-break = There is a break now; it opens again at { $time }.
promise-holiday = { $when ->
        [today] Today
        [tomorrow] Tomorrow
        [mo] Monday
        [tu] Tuesday
        [we] Wednesday
        [th] Thursday
        [fr] Friday
        [sa] Saturday
       *[su] Sunday
    } ({ $day }) is a public holiday.
promise-holiday-days = There are public holidays from { $first } to { $last }.
promise-closure = { $when ->
        [today] Today
        [tomorrow] Tomorrow
        [mo] On Monday
        [tu] On Tuesday
        [we] On Wednesday
        [th] On Thursday
        [fr] On Friday
        [sa] On Saturday
       *[su] On Sunday
    } ({ $day }) the library is closed.
promise-closure-days = The library is closed from { $first } to { $last }.
promise-usual = It usually answers { $how ->
        [hours] within 2 working hours
        [half_day] within half a working day
        [next_day] by the next working day
       *[days] within { $days } working days
    }.
promise-urgent = If it is urgent, call. { $name }: { $phone }.
promise-away = Today nobody answers there.
promise-away-until = Expect an answer { $when ->
        [today] today
        [tomorrow] tomorrow
        [mo] on Monday
        [tu] on Tuesday
        [we] on Wednesday
        [th] on Thursday
        [fr] on Friday
        [sa] on Saturday
       *[su] on Sunday
    } ({ $day }) after { $time }.
