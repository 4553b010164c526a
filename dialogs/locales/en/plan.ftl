# “My plan”, the reminders and looking again. A reminder may be read over a shoulder: nothing on
# health, sums or groups of people.

button-plan = My plan
button-plan-add = Add to the plan
button-plan-drop = Take out of plan
button-plan-papers = What to bring
button-plan-places = Where to go
button-plan-pdf = Send as PDF
button-plan-pdf-bg = PDF in Bulgarian
button-plan-pdf-all = PDF with everything
command-plan = My plan: what to do now
command-reminders = Reminders

plan-title =
    { $page ->
        [1] { $who ->
            [relative] 🧭 A plan for your relative: what comes first
            [employer] 🧭 A plan for the firm: what comes first
           *[self] 🧭 My plan: what comes first
        }
       *[other] 🧭 The plan, page { $page }
    }
plan-needs-answers = The plan is made of your answers. Answer a few questions and it is ready.
plan-empty = The plan is still empty. One or two more answers will fill it.
plan-more = And { $count } more – press “More →”.
plan-gone = It no longer fits and is not in the plan: { $names }.
plan-no-place = Tell me your town or village and I will add the bureau and the library.
plan-added = Done, it is in the plan.
plan-dropped = I took it out of the plan.
plan-does-not-fit = This measure does not fit now and does not go into the plan.
plan-same-steps = The steps are the same as above.
plan-employer-step = Ask the bureau when it takes requests from firms.

plan-sign = ⏰ Before you sign: look at the ground in the order
plan-register = ⏰ Registration at the labour bureau – { $state ->
        [open] by { $day }
        [missed] soon, the last day was { $day }
       *[rough] within 7 working days after the job ends
    }
plan-apply = ⏰ Application to the social security institute – { $state ->
        [dated] by { $day }
       *[rough] within 3 months after the job ends
    }
plan-visit-bureau = A visit to the labour bureau
plan-visit-library = A library nearby
plan-library-step = Ask for help with a computer and printing. Call first.
plan-bureau = { $status ->
        [sourced] Bureau: { $name }
        [doubtful] Probably this bureau: { $name }. Ask before you go.
       *[unknown] Which bureau serves this municipality I do not know. Ask a librarian.
    }
plan-sources = Sources by number:
plan-source = { $title }, checked on { $checked }
plan-source-list = our list of the bureaus, checked on { $checked }

plan-papers = 📄 What to bring. Press a number once it is ready.
plan-papers-none = I know of no papers for this plan. Ask at the bureau what they want.
plan-papers-foot = The tick is only for you. Press the number again and it is gone.

plan-pdf =
    Here is the plan on one page.
    Print it at the library or show it at the bureau.
plan-pdf-left-out = { $count ->
        [one] One measure is not on the page, as it tells something personal.
       *[other] { $count } measures are not on the page, as they tell something personal.
    } “PDF with everything” has that too.
plan-page-name = My plan
plan-page-title = My plan for work
plan-page-lead = { $place ->
        [none] Made on { $day }.
       *[other] Made on { $day } for { $place }.
    }
plan-page-first = First – there is a deadline
plan-page-then = Then
plan-page-papers = What to bring
plan-page-where = Where
plan-page-library = Library: { $name }
plan-page-invitation = The plan on your phone: point the camera at the code.
plan-page-foot = The labour bureau and the social security institute decide. This is only information. Sources:

button-reminders = Reminders
button-remind = { $about ->
        [register] Bureau deadline
        [apply] Institute deadline
        [half_year] 6 months registered
       *[year] 12 months registered
    }
button-remind-visit = Day of a visit
button-remind-birthday = A birthday
button-reminders-stop = Stop everything
button-begin = Answer again

reminders = 🔔 Reminders. What shall I write to you about?
reminders-kept =
    I keep only what it is about, the day, the language and this chat. Once I have written, I forget it.
    I write only by day. One tap stops everything.
reminders-cannot =
    Here I cannot write first, so there are no reminders.
    On Telegram I can. Here you can take the plan on paper and note the days.
reminders-on = I will write to you about:
reminder-kept = • { $about ->
        [register] the bureau deadline
        [apply] the institute deadline
        [visit] the visit
        [birthday] the birthday
        [half_year] 6 months registered
       *[year] 12 months registered
    } – { $day }
reminders-opens = On { $day } it will be { $about ->
        [half_year] 6 months
       *[year] 12 months
    } of registration. Then this may fit too: { $names }.
reminder-set = Done. I will write to you on { $on } at { $at }.
reminder-already = It is noted already: { $day }.
reminder-no-day = For this there is no day now that I could write about.
reminder-now = { $about ->
        [register] ⏰ The deadline for registering at the bureau
        [apply] ⏰ The deadline for applying to the institute
        [visit] The visit
       *[birthday] The birthday
    } is { $when ->
        [today] today, { $day }
        [tomorrow] tomorrow, { $day }
       *[soon] very soon, { $day }
    }. So I say it now and not later.
reminder-moved = I moved the reminder for { $about ->
        [register] the bureau deadline
        [apply] the institute deadline
        [half_year] 6 months registered
       *[year] 12 months registered
    }. The day is now { $day }.
reminder-gone = I dropped the reminder for { $about ->
        [register] the bureau deadline
        [apply] the institute deadline
        [half_year] 6 months registered
       *[year] 12 months registered
    }. By the new answers it is not needed.
reminders-stopped = I stopped all reminders and checks. I keep nothing for them.

visit-day =
    On which day do you go to the bureau or the library?
    { $known ->
        [yes] The bureau is open on these days.
       *[no] These are working days. The bureau's exact hours I do not know.
    }
    You may also type a day, for example 25.11 or “Friday”.
    I will write at 18:00 the day before.
visit-day-far = Choose a day from today to half a year ahead.
visit-enough = I keep at most three visits. Stop the others first.
visit-holiday = { $day } is a day off. Check whether it is open.
missed-visit_day = I did not understand the day. Type it like this: 25.11.

birthday =
    { $kind ->
        [ends] Something lasts only until { $birthday }: { $names }.
       *[begins] Something begins with { $birthday }: { $names }.
    }
    What date is the birthday? Type the day and the month, for example 14.03.
    The date of birth is not kept. I keep only the day to write to you about.
birthday-none = Now there is no birthday with which anything changes.
missed-birthday = I did not understand the date. Type the day and the month, for example 14.03.

reminded = 🔔 Posoka: a reminder, as you asked.
reminded-register = { $when ->
        [today] Today, { $day }, is the last day to register at the bureau.
        [tomorrow] Tomorrow, { $day }, is the last day to register at the bureau.
        [past] The last day to register was { $day }. Go even now.
       *[later] The deadline for registering at the bureau is { $day }.
    }
reminded-apply = { $when ->
        [today] Today, { $day }, is the last day to apply to the institute.
        [tomorrow] Tomorrow, { $day }, is the last day to apply to the institute.
        [past] The last day to apply was { $day }. Ask the institute even now.
       *[later] The deadline for applying to the institute is { $day }.
    }
reminded-visit = { $when ->
        [today] Today, { $day }, is the visit that you noted.
        [tomorrow] Tomorrow, { $day }, is the visit that you noted.
        [past] On { $day } was the visit that you noted. How did it go?
       *[later] On { $day } is the visit that you noted.
    } See what to take along.
reminded-birthday = { $when ->
        [today] Today, { $day }, is the birthday that you noted.
        [tomorrow] Tomorrow, { $day }, is the birthday that you noted.
        [past] The birthday that you noted has passed: { $day }.
       *[later] On { $day } is the birthday that you noted.
    } Something changes with it. Check your plan.
reminded-half_year = { $when ->
        [today] Today it is 6 months of registration at the bureau.
        [tomorrow] Tomorrow it is 6 months of registration at the bureau.
        [past] On { $day } it was 6 months of registration at the bureau.
       *[later] On { $day } it is 6 months of registration at the bureau.
    } There may be something new.
reminded-year = { $when ->
        [today] Today it is 1 year of registration at the bureau.
        [tomorrow] Tomorrow it is 1 year of registration at the bureau.
        [past] On { $day } it was 1 year of registration at the bureau.
       *[later] On { $day } it is 1 year of registration at the bureau.
    } There may be something new.
reminded-opened = This may fit now: { $names }.
reminded-on = The plan is below. Good luck!
reminded-anew =
    Our talk is no longer kept, as promised.
    Answer again and the plan will be here again.

button-rechecks = Check on changes
button-rechecks-yes = Yes, check
button-rechecks-stop = Stop the checks
button-news-more = See more: { $number }
rechecks =
    🔄 Check on changes
    Measures change. If you like, I will look whether something new fits and write to you.
    For this I keep for 12 months only these answers: { $facts }.
    You can stop at any time. Then I erase them.
rechecks-special =
    This is personal. I keep it only if you tick it with its number.
    With the tick you agree that I keep it for the checks.
rechecks-none = Here I cannot check on changes. It takes answers, and a chat in which I can write.
rechecks-on = 🔄 I check on changes until { $until }.
rechecks-agreed = Done. I check until { $until } and write only if something changes.
rechecks-already = I check already. I keep nothing new.
rechecks-stopped = I stopped the checks. I erased what I kept for them.
news = 🔔 Posoka: there is a change you wanted to hear of.
news-opened = ➕ This may fit now:
news-more = { $count ->
        [one] There is one more thing. See it with the button.
       *[other] There are { $count } more things. See them with the button.
    }
news-closed = ➖ This has ended or no longer fits:
news-closed-more = { $count ->
        [one] • and one more
       *[other] • and { $count } more
    }
privacy-later =
    If you ask for a reminder: I keep what it is about, the day, the language and the chat until then.
    If you ask for checks: I keep the answers on measures for up to 12 months. Stop it in “Reminders”.
news-foot = Press a number for details. The bureau decides.
