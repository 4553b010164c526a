# Words of the librarians' desk about writing: prepared answers, what is looked up and put in.
# Librarians read Bulgarian: files that begin with desk_ are in Bulgarian alone.

desk-gap = [няма данни: { $what }]
desk-variable-library = библиотека
desk-variable-address = адрес
desk-variable-phone = телефон
desk-variable-hours = работно време
desk-variable-librarian = библиотекар
desk-variable-bureau = бюро
desk-variable-bureau-address = адрес на бюрото
desk-variable-bureau-phone = телефон на бюрото
desk-variable-bureau-hours = работно време на бюрото
desk-variable-place = населено място
desk-variable-number = въпрос №
desk-variable-today = днес
desk-hours-told = Работното време каза самата библиотека.

# What is typed in a topic; each word of a line, divided by commas, is the same command.
desk-command-answer = отговор, otgovor
desk-command-measure = мярка, miarka, myarka, merka
desk-command-place = място, miasto, myasto, mesto

# Words that say what of a place is wanted, and what kind of place.
desk-lookup-place-words = телефон номер адрес работно време часове кога работи отворено
desk-lookup-bureau = бюро бюрото по труда дбт дирекция
desk-lookup-library = библиотека библиотеката читалище

desk-found-nothing = Нищо не намерих. Опитайте с друга дума.
desk-found-no-measure = Не намерих мярка за „{ $query }“. Опитайте с по-обща дума: „курс“, „стаж“, „субсидия“ или „обезщетение“.
desk-find-measure-how = Напишете какво търсите. Например: /мярка курс
desk-found-gaps = ⚠ Липсва: { $what }. Допишете го, преди да изпратите.

desk-measure-gives = Какво дава: { $gives }
desk-measure-who = За кого: { $people }.
desk-measure-any = поне едно от: { $ways }
desk-measure-step = Следваща стъпка: { $step }
desk-measure-amount = • { $what }: { $value } { $currency ->
        [EUR] €
       *[BGN] лв.
    } (към { $day })
desk-measure-amount-overdue = Проверено е отдавна, уточнете.
desk-measure-sum-source = Сумите: { $host }, проверено на { $checked }
desk-measure-over = Вече не може да се иска. Последният ден беше { $day }.
desk-measure-not-yet = Може да се иска от { $day }.

desk-place-address = адрес
desk-place-phone = телефон
desk-place-hours = работно време
desk-place-ask = За { $what } попитайте { $at }.
desk-place-ask-at = на { $contact }
desk-place-ask-town = в общината или кметството
desk-place-serves = Обслужва общини: { $municipalities }

desk-answer-source = Източник: { $source }, проверено на { $checked }
desk-answer-ends-soon = ⏳ Важи до { $day } – подновете го.
desk-answer-key-wrong = Кратката дума е до { $most } букви, без интервали. Например „регистрация“.
desk-answer-key-taken = Вече има отговор с тази кратка дума. Изберете друга.
desk-answer-title-wrong = Напишете заглавие до { $most } знака.
desk-answer-text-missing = Напишете текста на отговора.
desk-answer-variable-unknown = Не знам какво е { $found }. Може да ползвате: { $allowed }
desk-answer-source-long = Източникът е дълъг. Скъсете го до { $most } знака.
desk-answer-long = Попълнен, отговорът става до { $size } знака. Пращат се най-много { $most }. Скъсете го.
desk-answer-checked-wrong = Напишете кога е проверено: ден, който вече е минал.
desk-answer-expires-wrong = Напишете до кога важи: днес или по-късен ден.
desk-answer-changed-meanwhile = Някой друг промени този отговор. Ето Вашия текст; вижте и новия.
desk-answer-not-yours = Този отговор го променят други. Вижте долу кои.
desk-answer-saved = Записано.
desk-answer-retired = Свалено. Вече не се предлага.

desk-answers-title = Готови отговори – Посока
desk-answers-heading = Готови отговори
desk-answers-link = Готови отговори
desk-answers-back = ← Към въпросите
desk-answers-all = ← Всички отговори
desk-answers-search = Търсене в отговорите
desk-answers-search-button = Търси
desk-answers-new = Нов отговор
desk-answers-none = Няма такива отговори.
desk-answers-of-library = На Вашата библиотека
desk-answers-of-others = На отделни библиотеки
desk-answers-of-everybody = За всички библиотеки
desk-answers-own = на { $library }
desk-answers-everybody = за всички
desk-answers-checked = Проверено на { $day }
desk-answers-expires = Важи до { $day }
desk-answers-expired = Изтекъл на { $day }. Не се предлага.
desk-answers-renew = Може да го поднови: { $who }.
desk-answers-who-library = библиотекар от { $library }
desk-answers-who-administrator = администратор
desk-answers-retired-heading = Свалени
desk-answers-edit = Промени
desk-answers-look = Виж
desk-answers-renew-button = Поднови
desk-answers-changed = Последна промяна: { $who }, { $at }
desk-answers-shipped-by = Посока

desk-answers-edit-heading = Промяна на отговор
desk-answers-key = Кратка дума
desk-answers-key-hint = С нея се намира бързо, например „регистрация“.
desk-answers-title-label = Заглавие
desk-answers-text-label = Текст
desk-answers-variables = Може да ползвате: { $names }. Те се попълват сами.
desk-answers-source-label = Източник
desk-answers-source-hint = Кой го казва и къде. Без факти може да е празно.
desk-answers-checked-label = Проверено на
desk-answers-expires-label = Важи до
desk-answers-whose = Чий е отговорът
desk-answers-save = Запази
desk-answers-retire = Свали отговора
desk-answers-retire-sure = Сваляте ли отговора? После може да го върнете.
desk-answers-preview = Така ще изглежда

desk-insert-button = Вмъкни…
desk-insert-hint = Или „/“ в началото на ред.
desk-insert-title = Вмъкване в отговора
desk-insert-label = Търсете отговор, мярка или място
desk-insert-keys = ↑ ↓ избират, Enter вмъква, Esc затваря. Нищо не се изпраща само.
desk-insert-list = Какво може да вмъкнете
desk-insert-count = { $count ->
        [0] Няма намерени.
        [one] Намерено: { $count }.
       *[other] Намерени: { $count }.
    }
desk-insert-close = Затвори
desk-insert-done = Вмъкнато. Прегледайте го и изпратете сами.
desk-insert-too-long = Отговорът стана дълъг. Скъсете го, преди да изпратите.
desk-insert-no-answer = Търсенето не успя. Опитайте пак.
desk-insert-kind-answer = отговор
desk-insert-kind-measure = мярка
desk-insert-kind-place = място
desk-insert-on-card = за този човек
desk-insert-missing = Липсва
desk-reply-variable-unknown =
    Не знам какво е { $found }. Напишете самата дума на това място, без скоби.
    Само в готовите отговори може: { $known }.
desk-insert-gaps-left = Още има празни места: { $what }. Попълнете ги или ги изтрийте.
desk-insert-whisper = Може да помогне:
desk-find-heading = Търсене за отговор
desk-find-copy = Текст за копиране
desk-find-to-case = ← Към въпроса
