# What a library's Telegram group shows: the topic of a case, its card, and what is said there.

desk-group-title = № { $number } · { $state }
desk-group-title-waiting = чака
desk-group-title-offered = чака, може и Вие
desk-group-title-reopened = отворен отново
desk-group-title-claimed = при { $name }
desk-group-title-for_person = при { $name }, отговорено
desk-group-title-for_librarian = при { $name }, човекът чака
desk-group-title-closed = приключен
desk-group-title-expired = приключен без отговор
desk-group-title-left = не е вече тук
desk-group-title-expert = въпрос към експерт
desk-group-title-expert-answered = отговорено
desk-group-title-erased = изтрито по желание

desk-group-head-waiting = 🟡 Чака отговор. Никой не го е поел.
desk-group-head-offered = 🟡 Чака отговор. Предложен е на две библиотеки: може да го поемете.
desk-group-head-reopened = 🟡 Човекът писа отново. Никой не го е поел.
desk-group-head-claimed = 🔵 Пое го { $name }, { $since }.
desk-group-head-for_person = 🟢 При { $name }, отговорено. Сега е ред на човека.
desk-group-head-for_librarian = 🔵 При { $name } е от { $since }. Човекът чака отговор.
desk-group-head-closed = ⚪ Приключен, { $at }.
desk-group-head-closed-as = ⚪ Приключен, { $at }: { $how }.
desk-group-head-expired = ⚪ Приключен без отговор, { $at }.
desk-group-head-rated = Оценка от човека: { $how }.
desk-group-head-asked = Чака от { $at }.
desk-group-head-opened = Попитано: { $at }.
desk-group-head-mark = ⏳ Минаха { $percent } % от времето за отговор.
desk-group-head-noticed = ⏳ 30 работни минути без отговор. След още 30 се връща в списъка.
desk-group-head-home = Библиотека: { $name }.
desk-group-head-expert-at = Попитан експерт: { $name }, { $at }.
desk-group-head-expert-done = Експертът отговори: { $name }, { $at }.
desk-group-how = Пишете тук и то отива при човека. С // отпред е бележка само за нас.
desk-group-how-expert = Въпрос от библиотека: { $name }. Напишете отговора тук.
desk-group-how-expert-direct = Отговорът Ви отива и при човека.
desk-group-how-expert-inside = Отговорът Ви отива при библиотекаря.
desk-group-how-closed = Разговорът приключи. Писаното тук вече не стига до човека.
desk-group-expert-question = Въпрос:
desk-group-expert-card = За човека:
desk-group-cut = … (цялото е в уеб бюрото)

desk-group-card-relative = Пита за близък човек.
desk-group-card-line = • { $label }: { $value }
desk-group-card-place = • Място: { $place }

desk-group-button-claim = Поемам
desk-group-button-close = Приключвам
desk-group-button-release = Връщам
desk-group-button-transfer = Предавам
desk-group-button-expert = Питам експерт
desk-group-button-away = Днес ме няма

desk-group-person = 👤 Човекът · { $at }
desk-group-librarian = { $name } (уеб) · { $at }
desk-group-librarian-elsewhere = { $name } (друга група) · { $at }
desk-group-librarian-again = { $name } · { $at }
desk-group-note = 📝 Бележка от { $name } (човекът не я вижда) · { $at }
desk-group-expert = 🎓 Експерт { $name } · { $at }
desk-group-to-expert = { $name } пита експерта · { $at }
desk-group-changed = ✎
desk-group-taken-back = (изтрито)
desk-group-file-photo = 📷 снимка
desk-group-file-voice = 🎤 гласово съобщение
desk-group-file-document = 📎 файл
desk-group-file-lost = Файлът не може да се покаже тук. Вижте го в уеб бюрото.
desk-group-notice = 🔔 { $text }

desk-group-left-transferred = Въпросът е предаден на { $name }.
desk-group-left-covered = Въпроса пое { $name }.
desk-group-left-expert = Въпросът вече не е към Вас. Благодарим!
desk-group-left-elsewhere = Въпросът вече се води на друго място.

desk-group-none-wait = Сега никой не чака.
desk-group-some-wait = { $n ->
    [one] Чака { $n } човек, { $age }.
   *[other] Чакат { $n } души, най-дългото чакане е { $age }.
}
desk-group-wait-soon = под час
desk-group-wait-hours = { $n } ч
desk-group-wait-days = { $n } дни
