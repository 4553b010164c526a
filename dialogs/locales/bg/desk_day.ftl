# Words of a librarian's day: visitors at the desk, numbers, what nobody could answer.
# Librarians alone read them, in Bulgarian: files that begin with desk_ are not translated.

desk-visitor-open = Посетител на място
desk-visitor-title = Посетител на място
desk-visitor-banner = Посетител на място – нищо не се пази
desk-visitor-how = Четете въпросите на глас и отбелязвайте отговорите. Накрая отпечатайте плана.
desk-visitor-kept = Разговорът стои само в паметта на програмата. „Край – изтрий всичко“ го маха веднага. Изчезва и след 30 минути без работа, при излизане и при нов посетител.
desk-visitor-begin = Нов посетител
desk-visitor-end = Край – изтрий всичко
desk-visitor-end-sure = Изтривам разговора с този посетител. Отпечатахте ли плана?
desk-visitor-ended = Готово. От разговора не остана нищо.
desk-visitor-gone = Този разговор приключи и е изтрит. Започнете нов.
desk-visitor-leave = ← Към въпросите
desk-visitor-back = ← Към разговора
desk-visitor-print = Отвори за печат
desk-visitor-print-now = Отпечатай
desk-visitor-print-keys = или Ctrl + P
desk-visitor-pdf = Виж като PDF

desk-day-heading = Днес
desk-day-came = Дойдоха заради Посока
desk-day-joined = Записани нови читатели
desk-day-visitor_served = Посетители на място
desk-day-number = { $name } днес: { $n }
desk-day-undo = –1
desk-day-undo-of = Върни последното: { $name }
desk-day-table = Бройки за месеца
desk-day-before = ← Предишен месец
desk-day-after = Следващ месец →
desk-day-day = Ден
desk-day-sum = Общо
desk-day-honest = Първите две бройки отбелязвате Вие. Третата брои разговорите на място.
desk-day-none = За този месец още няма бройки.
desk-day-month = { $month ->
        [1] януари
        [2] февруари
        [3] март
        [4] април
        [5] май
        [6] юни
        [7] юли
        [8] август
        [9] септември
        [10] октомври
        [11] ноември
       *[12] декември
    } { $year } г.

desk-gap-open = Въпроси без отговор
desk-gap-heading = Какво питат хората, а никой не може да отговори
desk-gap-how = Броим хора, без думи и без имена. Всеки се брои веднъж за тема и месец. По-малко от { $least } души от една община отиват при областта, после при страната. Ако и там са по-малко, не ги показваме. Числата са закръглени надолу до пет. Показваме само приключили месеци.
desk-gap-own = Виждате област { $name } и останалото от страната.
desk-gap-month = Месец
desk-gap-show = Покажи
desk-gap-topic = За какво
desk-gap-where = Откъде
desk-gap-n = Хора
desk-gap-at-least = поне { $n }
desk-gap-none = Още няма приключил месец с такива въпроси.
desk-gap-none-here = За този месец няма нищо, което може да се покаже.
desk-gap-municipality = община { $name }
desk-gap-province = { $rest ->
        [yes] област { $name }, други общини
       *[no] област { $name }
    }
desk-gap-country = { $rest ->
        [yes] останалата част от страната
       *[no] цялата страна
    }
desk-gap-topic-training = обучение
desk-gap-topic-subsidised = субсидирана работа
desk-gap-topic-benefits = обезщетения
desk-gap-topic-own_business = започване на бизнес
desk-gap-topic-housing = жилище и сметки
desk-gap-topic-transport = транспорт
desk-gap-topic-documents = документи
desk-gap-topic-family = дете и семейство
desk-gap-topic-health = здраве и ТЕЛК
desk-gap-topic-abroad = работа в чужбина
desk-gap-topic-other = друго
desk-gap-topic-searched = търсено със свои думи, без намерено
desk-gap-topic-missed_interview = ботът не разбра отговор на въпрос
desk-gap-topic-missed_place = ботът не разбра населено място
desk-gap-topic-missed_measures = ботът не разбра: при мерките
desk-gap-topic-missed_plan = ботът не разбра: при плана
desk-gap-topic-missed_cv = ботът не разбра: при CV
desk-gap-topic-missed_employers = ботът не разбра: при работодателите
desk-gap-topic-missed_elsewhere = ботът не разбра: другаде
