# What was written at the desk and did not go: why, and what can be done with it.

desk-why-transferred = { $who } предаде въпроса на { $about } { $at }.
desk-why-covered = { $who } пое въпроса за { $about } { $at }.
desk-why-handed = { $who } предаде въпроса на { $about } { $at }.
desk-why-expert = { $who } попита друго бюро по труда { $at }.
desk-why-closed = { $who } приключи разговора { $at }.
desk-why-ended = Човекът приключи разговора { $at }.
desk-unsent = Написаното от Вас не е изпратено
desk-unsent-copy = Копирай
desk-unsent-copied = Текстът е копиран.
desk-unsent-marked = Текстът е маркиран. Копирайте го с Ctrl + C.
desk-unsent-note = Запиши като бележка
desk-unsent-drop = Махни текста
desk-take-back-file = Изтриване на изпратения файл. Човекът повече няма да го вижда.
