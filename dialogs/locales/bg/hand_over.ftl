# What the person reads on the hand-over besides the lines themselves, in Bulgarian.

card-for-employer = въпросът е от фирма, която търси хора
card-not-yet = { $count ->
        [one] и още една, която може да стане възможна
       *[other] и още { $count }, които може да станат възможни
    }
case-card-later = Ако после отговорите на още въпроси, библиотекарят ще види и тях. Махнатото остава скрито.
case-card-language = Ще кажа и на какъв език пишете.
