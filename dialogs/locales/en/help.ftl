# Help at once, false offers, where vacancies are. The same messages and arguments as in Bulgarian.

distress-despair = I hear you. Please do not stay alone with this – talk to a person right now.
distress-violence = I hear you. What matters most now is a safe place and a person who helps.
distress-hunger = I hear you. For food and shelter there is someone to turn to.
distress-phone = ☎ { $phone } – { $name }
distress-no-line = If it is too hard now, call 112.
distress-person =
    You can also write to a librarian: press “Librarian”. The answer may take a while.
    A librarian does not replace 112. To go on later, type “back”.
distress-passed-on = Your words went to the librarian too.
help-lines = This is who helps at once.

scam-title =
    It is good that you ask. Check before any money or papers are given.
scam-sign = Three signs:
scam-check = Where to check:
scam-report = Who to tell:

job-search-title = I have no vacancies of my own. This is where they are:
job-search-cards = Press a number for details.
job-search-place =
    { $who ->
        [relative] Tell me their town or village, and I will name the labour bureau.
       *[self] Tell me your town or village, and I will name the labour bureau.
    }
