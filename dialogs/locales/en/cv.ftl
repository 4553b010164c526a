# A CV in a few questions. The same messages and arguments as in Bulgarian.

button-cv = Make a CV
button-cv-begin = Begin
button-cv-continue = Continue
button-cv-check = See what is written
button-cv-skip = Skip
button-cv-keep = Leave it so
button-cv-next = Go on
button-cv-clear = Take it out
button-cv-another = One more
button-cv-enough = Enough
button-cv-bulgarian = Bulgarian
button-cv-pdf = Send PDF
button-cv-docx = Send DOCX
button-cv-drop = Erase the CV
button-cv-drop-yes = Yes, erase
button-cv-drop-no = No, keep it

cv =
    { $who ->
        [relative] Let us make a CV for your relative with a few short questions. You may skip any of them.
       *[self] Let us make a CV with a few short questions. You may skip any of them.
    }
    I keep what you write only until you have the file. Then I erase it. If you pause for more than a day, we start over.
    No photo is needed. I show nobody what you write.
cv-begun =
    { $who ->
        [relative] We have already begun your relative's CV. What you wrote is still here.
       *[self] We have already begun your CV. What you wrote is still here.
    }
    I keep it only until you have the file.
cv-progress = CV, question { $n } of { $m }
cv-now = It says now: { $text }

cv-ask-name =
    { $who ->
        [relative] What is their name? Write it as it should stand on the page.
       *[self] What is your name? Write it as it should stand on the page.
    }
cv-hint-name = Nowhere else do I ask for a name. Here an employer needs to know whom to call.
cv-ask-contact =
    { $who ->
        [relative] Which phone or e-mail should the page say?
       *[self] At which phone or e-mail can you be reached?
    }
cv-hint-contact = It can be both, for example: 0888 000 000, name@example.bg.
cv-ask-place =
    { $who ->
        [relative] In which town or village do they live?
       *[self] In which town or village do you live?
    }
cv-hint-place = The street is not needed.
cv-ask-work =
    { $who ->
        [relative] What work are they looking for?
       *[self] What work are you looking for?
    }
cv-hint-work = Write one or two, for example: cook, kitchen help.
cv-ask-job_as =
    { $later ->
        [yes] And before that? Write what the job was.
       *[no] What was the last job? It may be the present one.
    }
cv-hint-job_as = For example: cook.
cv-ask-job_where = Where was this job?
cv-hint-job_where = For example: school canteen, Roman.
cv-ask-job_when = From when until when?
cv-hint-job_when = Roughly is fine, for example: 2011 – 2024.
cv-ask-another = Shall we add one more job?
cv-hint-another = The page holds up to three.
cv-ask-education =
    { $who ->
        [relative] What education do they have?
       *[self] What education do you have?
    }
cv-hint-education = You may add the school and the year.
cv-ask-trade =
    { $who ->
        [relative] Do they have a trade, a course or a certificate?
       *[self] Do you have a trade, a course or a certificate?
    }
cv-hint-trade = For example: cook, third level, 2010.
cv-ask-skills =
    { $who ->
        [relative] What are they good at?
       *[self] What are you good at?
    }
cv-hint-skills = Write freely, with commas. For example: cooking for many, cash register, computer.
cv-ask-languages =
    { $who ->
        [relative] Which languages do they speak?
       *[self] Which languages do you speak?
    }
cv-hint-languages = For example: Bulgarian, English – a little.
cv-ask-licence =
    { $who ->
        [relative] Do they have a driving licence?
       *[self] Do you have a driving licence?
    }
cv-hint-licence = Tick the categories and press “Go on”. If there is none, press “Skip”.
cv-ask-more = What else should the page say?
cv-hint-more = For example: shift work. There is no need to write about age, health or family.

cv-category = { $code ->
        [Tkt] Tkt
       *[other] { $code }
    }
cv-place = { $kind ->
        [town] { $name }
        [village] { $name }
       *[monastery] { $name }
    }
cv-education-basic = Basic education
cv-education-secondary = Secondary education
cv-education-higher = Higher education

cv-too-long = There is room for { $most } characters here, and you wrote { $count }. Please make it shorter.
cv-no-letters = This cannot stand on the page. Please use words, or press “Skip”.
cv-left-out = These signs cannot stand on the page: { $signs }. I wrote down the rest.
cv-taken = I wrote it on the page. If you want something else, press a button.
cv-contact-odd = { $what ->
        [phone-short] The phone number looks short.
        [phone-long] The phone number looks long.
        [email] The e-mail looks unfinished.
       *[neither] I see neither a phone number nor an e-mail here.
    } Please check and write it again. If it is right, press “Leave it so”.
cv-job-cleared = I took this job out.

cv-check = This is what it will say. Press a number to change or add something.
cv-check-forms = PDF is for printing and sending. DOCX can be changed on a computer.
cv-check-needs = A file needs a name or at least one job.
cv-check-number = Type the number of the line that you want to change.
cv-label-name = Name
cv-label-contact = Phone, e-mail
cv-label-place = Town or village
cv-label-work = Work wanted
cv-label-job = { $later ->
        [yes] Before that
       *[no] Last job
    }
cv-label-education = Education
cv-label-trade = Trade, courses
cv-label-skills = Skills
cv-label-languages = Languages
cv-label-licence = Driving licence
cv-label-more = More

cv-file-name = CV
cv-page-title = Curriculum vitae
cv-page-licence = Category { $categories }
cv-heading-work = Work wanted
cv-heading-job = Work experience
cv-heading-education = Education
cv-heading-trade = Trade and courses
cv-heading-skills = Skills
cv-heading-languages = Languages
cv-heading-licence = Driving licence
cv-heading-more = Additional information

cv-file = Here is the CV. Please save the file now.
cv-sent =
    To have it printed, ask the library before you go. A librarian can also look at the page.
    One tip: read the advertisement. Let the page show what it asks for.

    What you wrote is still here, if you want the other file too. “Done” or “Menu” erases it.
cv-left = I erased what you wrote for the CV on our side. The file stays with you.
cv-dropped = I erased what you wrote for the CV on our side.
cv-drop-ask = Shall I erase everything that you wrote for the CV?
cv-grown-old = More than a day has passed, and I erased the old CV.
