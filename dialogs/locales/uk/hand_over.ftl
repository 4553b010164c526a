# What the person reads on the hand-over besides the lines themselves, in Ukrainian: a machine translation.

card-for-employer = питання від фірми, яка шукає людей
card-not-yet = { $count ->
        [one] і ще { $count }, що може стати можливою
        [few] і ще { $count }, що можуть стати можливими
       *[many] і ще { $count }, що можуть стати можливими
    }
case-card-later = Якщо потім відповісте на інші питання, бібліотекар побачить і ці відповіді. Прибране лишається прихованим.
case-card-language = Скажу й те, якою мовою Ви пишете.
