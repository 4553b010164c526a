# When a desk answers, why so late, how long it usually takes, whom to call meanwhile.

promise-lunch = Şimdi öğle arası, yeniden açılış saati { $time }.
promise-break = Şimdi ara var, yeniden açılış saati { $time }.
promise-holiday = { $when ->
        [today] Bugün
        [tomorrow] Yarın
        [mo] Pazartesi
        [tu] Salı
        [we] Çarşamba
        [th] Perşembe
        [fr] Cuma
        [sa] Cumartesi
       *[su] Pazar
    } ({ $day }) resmî tatil.
promise-holiday-days = { $first } – { $last } arasında resmî tatil günleri var.
promise-closure = { $when ->
        [today] Bugün
        [tomorrow] Yarın
        [mo] Pazartesi
        [tu] Salı
        [we] Çarşamba
        [th] Perşembe
        [fr] Cuma
        [sa] Cumartesi
       *[su] Pazar
    } ({ $day }) kütüphane kapalı.
promise-closure-days = Kütüphane { $first } – { $last } arasında kapalı.
promise-usual = Genellikle { $how ->
        [hours] 2 çalışma saati içinde
        [half_day] yarım iş günü içinde
        [next_day] en geç ertesi iş günü
       *[days] { $days } iş günü içinde
    } cevap verir.
promise-urgent = Acilse telefon edin. { $name }: { $phone }.
promise-away = Bugün orada cevap verecek kimse yok.
promise-away-until = Cevabı bekleyin: { $when ->
        [today] bugün
        [tomorrow] yarın
        [mo] pazartesi
        [tu] salı
        [we] çarşamba
        [th] perşembe
        [fr] cuma
        [sa] cumartesi
       *[su] pazar
    } ({ $day }), saat { $time } sonrası.
