# A CV in a few questions. Kind, plain, „Вие“, short sentences; what is typed stands there as it is.
# $who is self, relative or employer: for a relative the texts name nobody where they can, else „близкия Ви човек“.

button-cv = Направи CV
button-cv-begin = Започни
button-cv-continue = Продължи
button-cv-check = Виж написаното
button-cv-skip = Пропусни
button-cv-keep = Остави така
button-cv-next = Нататък
button-cv-clear = Махни го
button-cv-another = Още една
button-cv-enough = Стига
button-cv-bulgarian = български
button-cv-pdf = Изпрати PDF
button-cv-docx = Изпрати DOCX
button-cv-drop = Изтрий написаното
button-cv-drop-yes = Да, изтрий
button-cv-drop-no = Не, остави

cv =
    { $who ->
        [relative] Ще направим автобиография (CV) на близкия Ви човек с няколко кратки въпроса. Всеки може да прескочите.
       *[self] Ще направим автобиография (CV) с няколко кратки въпроса. Всеки може да прескочите.
    }
    Пазя написаното само докато вземете файла, после го изтривам. Спрете ли за повече от ден, започваме отначало.
    Снимка не трябва. Не давам написаното на никого.
cv-begun =
    { $who ->
        [relative] Автобиографията на близкия Ви човек вече е започната. Написаното още е тук.
       *[self] Автобиографията Ви вече е започната. Написаното още е тук.
    }
    Пазя го само докато вземете файла.
cv-progress = CV, въпрос { $n } от { $m }
cv-now = Сега пише: { $text }

cv-ask-name =
    { $who ->
        [relative] Как се казва? Напишете името, както да стои на листа.
       *[self] Как се казвате? Напишете името, както да стои на листа.
    }
cv-hint-name = Другаде не питам за име. Тук трябва, за да знае работодателят кого да търси.
cv-ask-contact =
    { $who ->
        [relative] Кой телефон или имейл да пише на листа?
       *[self] На кой телефон или имейл да Ви търсят?
    }
cv-hint-contact = Може и двете, например: 0888 000 000, ime@example.bg.
cv-ask-place =
    { $who ->
        [relative] В кой град или село живее?
       *[self] В кой град или село живеете?
    }
cv-hint-place = Улицата не е нужна.
cv-ask-work =
    { $who ->
        [relative] Каква работа търси?
       *[self] Каква работа търсите?
    }
cv-hint-work = Напишете една или две, например: готвач, помощник в кухня.
cv-ask-job_as =
    { $later ->
        [yes] А преди това? Напишете каква беше работата.
       *[no] Каква беше последната работа? Може и сегашната.
    }
cv-hint-job_as = Например: готвач.
cv-ask-job_where = Къде беше тази работа?
cv-hint-job_where = Например: училищна столова, Роман.
cv-ask-job_when = От кога до кога?
cv-hint-job_when = Може и приблизително, например: 2011 – 2024.
cv-ask-another = Да добавим ли още една работа?
cv-hint-another = На листа се събират до три.
cv-ask-education =
    { $who ->
        [relative] Какво образование има?
       *[self] Какво образование имате?
    }
cv-hint-education = Може да добавите училището и годината.
cv-ask-trade =
    { $who ->
        [relative] Има ли професия, курс или удостоверение?
       *[self] Имате ли професия, курс или удостоверение?
    }
cv-hint-trade = Например: готвач, трета степен, 2010 г.
cv-ask-skills =
    { $who ->
        [relative] Какво умее?
       *[self] Какво умеете?
    }
cv-hint-skills = Пишете свободно, със запетаи. Например: готвене за много хора, работа с каса, компютър.
cv-ask-languages =
    { $who ->
        [relative] Какви езици говори?
       *[self] Какви езици говорите?
    }
cv-hint-languages = Например: български, английски – малко.
cv-ask-licence =
    { $who ->
        [relative] Има ли шофьорска книжка?
       *[self] Имате ли шофьорска книжка?
    }
cv-hint-licence = Отбележете категориите и натиснете „Нататък“. Ако няма – „Пропусни“.
cv-ask-more = Какво друго да пише на листа?
cv-hint-more = Например: работа на смени. Не е нужно да пишете за възраст, здраве или семейство.

cv-category = { $code ->
        [Tkt] Ткт
       *[other] { $code }
    }
cv-place = { $kind ->
        [town] гр.
        [village] с.
       *[monastery] манастир
    } { $name }
cv-education-basic = Основно образование
cv-education-secondary = Средно образование
cv-education-higher = Висше образование

cv-too-long = Тук се събират до { $most } знака, а написахте { $count }. Моля, напишете го по-кратко.
cv-no-letters = Това не излиза на листа. Напишете го с думи или натиснете „Пропусни“.
cv-left-out = Тези знаци не излизат на листа: { $signs }. Другото записах.
cv-taken = Записах го на листа. Ако искате нещо друго, натиснете бутон.
cv-contact-odd = { $what ->
        [phone-short] Телефонът изглежда къс.
        [phone-long] Телефонът изглежда дълъг.
        [email] Имейлът изглежда недовършен.
       *[neither] Тук не виждам нито телефон, нито имейл.
    } Проверете и напишете пак. Ако е вярно, натиснете „Остави така“.
cv-job-cleared = Махнах тази работа.

cv-check = Ето какво ще пише. Натиснете номер, за да промените или допълните.
cv-check-forms = PDF е за печат и изпращане. DOCX може да се променя на компютър.
cv-check-needs = За файла трябва име или поне една работа.
cv-check-number = Напишете номера на реда, който искате да промените.
cv-label-name = Име
cv-label-contact = Телефон, имейл
cv-label-place = Град или село
cv-label-work = Търсена работа
cv-label-job = { $later ->
        [yes] Преди това
       *[no] Последна работа
    }
cv-label-education = Образование
cv-label-trade = Професия, курсове
cv-label-skills = Умения
cv-label-languages = Езици
cv-label-licence = Шофьорска книжка
cv-label-more = Друго

cv-file-name = Автобиография
cv-page-title = Автобиография
cv-page-licence = Категория { $categories }
cv-heading-work = Търсена работа
cv-heading-job = Трудов опит
cv-heading-education = Образование
cv-heading-trade = Професия и курсове
cv-heading-skills = Умения
cv-heading-languages = Езици
cv-heading-licence = Шофьорска книжка
cv-heading-more = Допълнително

cv-file = Ето автобиографията. Запазете файла сега.
cv-sent =
    За печат попитайте в библиотеката, преди да отидете. Библиотекар може и да погледне листа.
    Един съвет: прочетете обявата. Нека на листа пише онова, което се търси в нея.

    Написаното още е тук, ако искате и другия файл. С „Готово“ или „Меню“ го изтривам.
cv-left = Изтрих написаното за CV-то при нас. Файлът остава при Вас.
cv-dropped = Изтрих написаното за CV-то при нас.
cv-drop-ask = Да изтрия ли всичко, написано за CV-то?
cv-grown-old = Мина повече от ден и изтрих старото CV.
