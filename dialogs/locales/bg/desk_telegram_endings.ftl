# How a talk ended, as the topic of its case says it, and of one that was erased.

desk-group-ended-by-person = човекът приключи разговора
desk-group-ended-muted = { $name } спря въпросите от този човек до { $until }
desk-group-ended-why = (причина: { $reason })
desk-group-erased = Човекът изтри разговора си (№ { $number }).
