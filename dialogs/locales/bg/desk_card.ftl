# Words of the card at a desk. Librarians read Bulgarian: this file has no translations.

desk-card-speaks = { $language ->
        [en] Човекът пише на английски.
        [tr] Човекът пише на турски.
       *[uk] Човекът пише на украински.
    }
desk-card-situation = Накратко
desk-card-answers = Всички предадени отговори

desk-card-of-whom = { $of ->
        [employer] Фирма, която търси хора.
       *[relative] { $said ->
            [none] Пита за близък човек.
           *[other] За близък човек: { $said }
        }
    }
desk-card-where = { $status ->
        [sourced] { $place }. Бюро по труда: { $town }
        [doubtful] { $place }. Бюро по труда: вероятно { $town }
       *[unknown] { $place }. Кое е бюрото по труда, не се знае.
    }
desk-card-age = { $kind ->
        [exact] { $value } години
       *[about] възраст: { $value }
    }
desk-card-youngest-child-age = { $kind ->
        [none] без дете под 18
        [exact] най-малко дете на { $value } г.
       *[about] най-малко дете: { $value }
    }
desk-card-lone-or-large-family = сам родител или с три и повече деца
desk-card-disability-percent = { $kind ->
        [none] без решение от ТЕЛК
        [exact] ТЕЛК: { $value } %
       *[about] ТЕЛК: { $value }
    }
desk-card-protection-status = със статут на закрила
desk-card-served-sentence = с изтърпяна присъда
desk-card-working = { $value }
desk-card-job-ended-on = { $kind ->
        [none] без предишна работа
        [exact] последна работа до { $value }
       *[about] последна работа: { $value }
    }
desk-card-job-end-ground = причина: { $value }
desk-card-registered = { $kind ->
        [yes] с регистрация в бюрото по труда
       *[no] без регистрация в бюрото по труда
    }
desk-card-registered-on = { $kind ->
        [exact] от { $value }
       *[about] { $value }
    }
desk-card-receiving-benefit = получава обезщетение за безработица
desk-card-insured-12-of-18 = { $kind ->
        [yes] осигуровки поне 12 от последните 18 месеца
       *[no] осигуровки под 12 от последните 18 месеца
    }
desk-card-struck-off = с прекратена регистрация в последните 3 месеца
desk-card-education = { $kind ->
        [none] без основно образование
       *[exact] { $value } образование
    }
desk-card-has-trade = { $kind ->
        [yes] с документ за професия
       *[no] без документ за професия
    }
desk-card-trade-obtained-on = { $kind ->
        [exact] от { $value }
       *[about] { $value }
    }
desk-card-experience-in-trade = { $kind ->
        [yes] с работа по професията
       *[no] без работа по професията
    }
desk-card-own-business = мисли за собствен бизнес
desk-card-abroad-12-of-18 = в чужбина поне 12 от последните 18 месеца

desk-card-measures = Какво може да помогне
desk-card-verdict-yes = подхожда
desk-card-verdict-likely = вероятно подхожда
desk-card-verdict-near = засега не, но е близо
desk-card-verdict-unknown = още не се знае
desk-card-source = Източник: { $title }, проверено на { $checked }
desk-card-unknown = Какво не се знае
desk-card-unknown-asked = { $label } (човекът не знае или не казва)
desk-card-decides = От това зависи: { $measures }
desk-card-papers = Какво да носи
desk-card-paper-for = за { $measures }
desk-card-bureau = Бюро по труда
desk-card-bureau-doubtful = Вероятното бюро, не е сигурно: { $name }
desk-card-bureau-unknown = Кое е бюрото за тази община, не се знае.
desk-card-bureau-others = Бюра в областта: { $names }
desk-card-bureau-bare = Адрес, телефон и работно време не се знаят.
desk-card-address = Адрес: { $value }
desk-card-phone = Телефон: { $value }
desk-card-hours = Работно време: { $value }
desk-card-more-measures = { $count ->
        [one] още 1 мярка – на уеб бюрото
       *[other] още { $count } мерки – на уеб бюрото
    }
desk-card-more = Останалото е на уеб бюрото.
