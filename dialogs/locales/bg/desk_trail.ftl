# The audit trail, what waits for an administrator, and answers as they were before.

people-waits = { $n ->
        [one] чака
       *[other] чакат
    }
desk-audit-change = { $before } → { $after }
desk-audit-change-mute = до { $after }
desk-audit-change-unmute = беше до { $before }
desk-audit-change-answer-new = { $after }
desk-audit-change-answer-retired = беше: { $before }
desk-audit-change-correction-declined = остава: { $before }; беше предложено: { $after }
desk-audit-muted-by = спрян от { $library }
desk-audit-empty = (празно)
desk-audit-number = № { $number }
desk-audit-field = { $name }, { $field } (поправка № { $number })
desk-audit-answer = { $key } { $whose }
desk-act-here = отбеляза, че днес е тук
desk-act-away = отбеляза отсъствие за днес
desk-act-mute = спря въпросите на човек
desk-act-unmute = разреши пак въпросите на човек
desk-act-report = докладва разговор
desk-act-report-seen = видя доклад за разговор
desk-act-answer-new = написа готов отговор
desk-act-answer-changed = промени готов отговор
desk-act-answer-retired = свали готов отговор
desk-act-answer-back = върна свален готов отговор
desk-act-correction-accepted = прие поправка
desk-act-correction-declined = отказа поправка
desk-act-directory-changed = промени справочника
desk-trail-answer = { $part ->
        [key] кратка дума
        [title] заглавие
        [source] източник
        [checked_on] проверено на
        [expires_on] важи до
       *[text] текст
    }
desk-answers-earlier = Предишни текстове
desk-answers-earlier-of = { $who }, { $at }
desk-answers-earlier-days = Проверено на { $checked }, важеше до { $expires }
