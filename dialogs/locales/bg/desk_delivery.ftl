# What became of a librarian's words: that they did not arrive, why, and the next best way.
desk-undelivered-message = ✗ Не е доставено:
desk-undelivered-change = ✗ Поправката не стигна:
desk-undelivered-take-back = ✗ Не е изтрито:
desk-undelivered-still-change = Човекът още вижда старите думи.
desk-undelivered-still-take-back = Човекът още го вижда.

desk-undelivered-why-blocked = човекът е спрял бота.
desk-undelivered-why-deleted = човекът вече няма профил в Telegram.
desk-undelivered-why-no-chat = разговора с човека вече го няма.
desk-undelivered-why-too-long = съобщението е твърде дълго.
desk-undelivered-why-not-there = човекът вече няма това съобщение пред себе си.
desk-undelivered-why-stays = вече не може да се изтрие или промени.
desk-undelivered-why-file-refused = файлът не беше приет. Стигнаха само думите.
desk-undelivered-why-file-lost = файлът не можа да се вземе. Стигнаха само думите.
desk-undelivered-why-no-voice = човекът не приема гласови съобщения.
desk-undelivered-why-refused = платформата не го прие.

desk-undelivered-way-phone = През Посока няма друг път. Обадете се: човекът е написал тук { $phone }.
desk-undelivered-way-none = През Посока няма друг път. Ако имате телефон на човека, обадете се.
desk-undelivered-way-too-long = Разделете го на две и го пратете пак.
desk-undelivered-way-not-there = Пратете го пак като ново съобщение.
desk-undelivered-way-stays = Пратете ново съобщение с вярното.
desk-undelivered-way-file-refused = Пратете го като pdf или jpg, или го напишете с думи.
desk-undelivered-way-file-lost = Пратете файла пак или го напишете с думи.
desk-undelivered-way-no-voice = Напишете го с думи.
desk-undelivered-way-refused = Пратете го пак с други думи.
desk-undelivered-way-change = Пратете ново съобщение с вярното.
desk-undelivered-way-take-back = Пратете ново съобщение, че това не важи.

desk-not-yet-away = … Още не е доставено: човекът не е на страницата. Ще го види, щом я отвори.
desk-not-yet-tried = … Още не е доставено: връзката с човека се бави. Опитваме пак сами.
desk-event-edited-not = { $who } поправи свое съобщение, но поправката не стигна.
desk-event-took-back-not = { $who } поиска да изтрие свое съобщение, но то остана при човека.
desk-not-taken-back = Изтриването не стана
desk-tg-retract-late = Вече не може да се изтрие: минаха 48 часа. Файлът остава при човека. Пратете ново съобщение, че не важи.
desk-tg-retract-which = Тук има няколко Ваши съобщения. Изтрийте ги едно по едно в уеб бюрото.

# Recordings on the desk.
desk-voice-choose = Гласово съобщение до { $most } MB: запишете го на телефон или изберете запис
desk-voice-listen = Чуйте: { $name }
desk-file-one = Изберете едно: файл или запис. Другото пратете след това.
