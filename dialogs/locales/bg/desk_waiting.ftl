# What a desk reads about waiting: ages, marks, the morning and the end of the day.

desk-age-now = току-що
desk-age-minutes = от { $count } мин
desk-age-hours = от { $count } ч
desk-age-yesterday = от вчера, { $time }
desk-age-days = от { $count } дни
desk-lasting-minutes = { $count } мин
desk-lasting-hours = { $count } ч
desk-lasting-days = { $count } дни
desk-written = писано { $when ->
        [today] днес
        [tonight] тази нощ
        [last_evening] снощи
        [yesterday] вчера
       *[earlier] на { $day }
    } в { $time }, { $pause ->
        [before] извън работно време
        [break] в почивката
       *[closed] докато беше затворено
    }
desk-mark-50 = мина половината време за отговор
desk-mark-80 = времето за отговор изтича
desk-mark-100 = времето за отговор мина
desk-morning = Добро утро. { desk-standing }
desk-standing = { $count ->
        [one] Един въпрос чака отговор, вече { $oldest }.
       *[other] { $count } въпроса чакат отговор, най-старият { $oldest }.
    }
desk-closing = Скоро затваряте. { $count ->
        [one] Остава отворен 1 въпрос.
       *[other] Остават отворени { $count } въпроса.
    }
desk-closing-opens = Отваряте пак { $when ->
        [today] днес
        [tomorrow] утре
        [mo] в понеделник
        [tu] във вторник
        [we] в сряда
        [th] в четвъртък
        [fr] в петък
        [sa] в събота
       *[su] в неделя
    } ({ $day }) в { $time }.
desk-closing-hand-over = { $when ->
        [tomorrow] Ако утре Ви няма, предайте въпросите си на колега.
       *[then] Ако тогава Ви няма, предайте въпросите си на колега.
    }
desk-digest-free = Още непоети: { $cases }
desk-digest-yours = При Вас: { $cases }
desk-digest-with = При { $name }: { $cases }
desk-digest-person = Чакаме отговор от човека: { $cases }
desk-digest-number = № { $number }
desk-digest-case = № { $number } ({ $age })
desk-digest-case-words = № { $number } ({ $age }) „{ $words }“
desk-digest-more = и още { $count }
