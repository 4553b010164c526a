# Words of the talk in English, after the Bulgarian. Warm, plain, short sentences.
# $who is self or relative: for a relative the texts say “they”, or “your relative” where a name is needed.

trial-banner = 🧪 Trial – nothing reaches a library.

home =
    Hello, I am Posoka. I show what help there is in Bulgaria for people looking for work.
    I find the labour bureau and a library nearby.
    I will ask a few short questions. You may always answer “don't know” or “rather not say”.

    I keep the answers for at most 30 days after our last talk. /delete erases them at once.

    Who are you asking for? You may also tell it in one sentence.
    For example: “I lost my job in May, I am 57, from Roman”.
home-again =
    Good to see you again.
    { $where }
audience = Who are you asking for?
where = Where we left off: { $known }.
where-next = { $fitting ->
        [0] I do not know yet which measures fit.
        [one] So far 1 measure may fit.
       *[other] So far { $fitting } measures may fit.
    } { $left ->
        [0] There are no more questions.
        [one] About 1 question is left.
       *[other] About { $left } questions are left.
    }
where-little = just the beginning
where-employer = you are looking for workers
where-working = { $value }
where-age = aged { $name }
where-settlement = from { $name }
where-registered =
    { $holds ->
        [yes] registered at the bureau
       *[no] not registered at the bureau
    }
audience-changed =
    The answers so far stay. Are they about another person?
    Then press “Menu” and “Start over”.

menu = Menu. What shall we do?
help =
    This is what I can do:
    • ask a few questions and show which measures fit, and why;
    • say by when to register;
    • find the labour bureau of the address and a library nearby;
    • { $beside ->
        [yes] for anything else, ask the librarian beside you.
       *[no] pass your question on to a librarian and bring you the answer.
    }

    Answer with the buttons or in writing. You may write: back, menu, results, person, delete.
    The labour bureau and the social security institute (НОИ) decide. I say what is written, and where.
privacy =
    What I keep: only your answers here and the messages. I do not ask for a personal number, origin or illness.
    I ask for a name only for a CV. Once you are done with the file, I erase what was written for it.
    For how long: messages for 72 hours. Answers for 30 days after our last talk.
    What you pass on to a librarian: 30 days after the question is closed.
    I ask for a disability percentage only with your consent. You can do without.
    Nobody else sees the answers until you pass them on to a librarian.
    “Erase everything” or /delete erases everything at once.
language = На какъв език да говорим? / Which language?
restart-ask = Shall I forget the answers, so that we start over?
delete-ask = Shall I erase everything? Answers and messages go and cannot come back.
deleted =
    Done. I have erased the answers and messages on our side.
    What you see on your screen, please delete from the phone yourself.
stopped = I stop here. Your answers are kept. Come back whenever you like.
nowhere-back = This is the beginning.

button-yes = Yes
button-no = No
button-dont-know = Don't know
button-decline = Rather not say
button-back = ← Back
button-menu = Menu
button-help = Help
button-why = Why do you ask?
button-results = Results
button-places = Bureau and library
button-librarian = Librarian
button-interview = Go on with questions
button-continue = Go on
button-start-again = Start over
button-privacy = What I keep
button-language = Language
button-delete = Erase everything
button-delete-yes = Yes, erase it all
button-delete-no = No, keep it
button-restart-yes = Yes, start over
button-restart-no = No, go on
button-in-bg = Български
button-in-en = English
button-to-question = ← To the question
button-consent-b1 = I agree, under 50 %
button-consent-b2 = I agree, 50 % or up
button-any-none = No, none of these
button-any-some = Yes, I won't specify
button-no-decision = No such decision
button-done = Done
button-not-now = Not for now – why?
button-next-page = More →
button-suppose = After registering?
button-deadline = Deadlines
button-more-questions = More questions
button-yes-there = Yes, there
button-no-other = No, another place
button-none-of-these = None of these
button-say-place = Name the place
button-other-place = Another place

progress =
    Question { $n }. { $left ->
        [0] The last for now.
       *[other] About { $left } more after it.
    }
already-answered = You have already answered: { $answer }. Shall we change it?
any-answered = You have already answered this question. Shall we change the answer?
noted = Noted: { $answer }.
about-then = about { $value }
between = between { $low } and { $high }
button-situations = Another situation
situations =
    Which is nearest to the situation? If none is, go back.
    “Something private” is a question that you need not answer in detail.
button-situation-change = Another job
button-situation-notice = Under notice
button-situation-leave = Parental leave
button-situation-abroad = Life abroad
button-situation-study = Studying
button-situation-private = Something private
leave =
    { $who ->
        [relative] What will happen to their job contract after the leave?
       *[self] What will happen to your job contract after the leave?
    }
button-leave-contract = Back to work
button-leave-ends = It will end
button-leave-ended = It has ended
button-change = Change
button-answers = My answers
button-to-results = To the results
button-change-answer = Change an answer
answers-check = Check your answers. The results depend on them.
answers-so-far = These are your answers so far.
answers-private = something private: I do not say what
answers-none = There are no answers yet.
answers-resting = I keep this too, but it does not count now: { $facts }.
answers-foot =
    Press a number to change an answer.
    You can also type, for example “actually I am 54”.
found = Perhaps you are asking about this:
found-else = If this is not it, ask a person.
button-found-person = Ask a person
thanks = You are welcome! If there is anything else, just write.
greeting = Hello! This is where we are.
told = { $lone ->
        [yes] Did I understand you right?
       *[no] This is what I understood. Is it so?
    }
told-line = { $label }: { $new } (it was: { $old })
told-consent =
    { $who ->
        [relative] A disability percentage is data on health. “Yes, that is right” means that they agree.
       *[self] A disability percentage is data on health. With “Yes, that is right” you consent to its use.
    }
    It only serves to see which measures fit. I keep it at most 30 days after our last talk.
told-kept = I noted it.
told-not = All right, I noted none of this.
button-told-yes = Yes, that is right
button-told-no = No, that is wrong
button-told-drop = Without { $n }
change = Changed “{ $label }”: { $new }. It was: { $old }.
change-new = Noted “{ $label }”: { $new }.
change-opens = ➕ May fit now:
change-closes = ➖ No longer among what fits:
change-and-more = and { $count } more
change-rests = This does not count any more: { $facts }.
change-counts = This counts again: { $facts }.
change-questions = { $count ->
        [one] There is 1 new question.
       *[other] There are { $count } new questions.
    }
change-nothing-else = Nothing else changes.
tap-again = I have it already.
old-button = This button is old. Here is where we are.
number-out-of-bounds = The number must be from { $low } to { $high }. Please check and write it again.
date-in-future = That day has not come yet. Please check and write it again.
day-needed = The deadline depends on the exact day. Write it, for example 15.11.2026. If you don't know it, press “Don't know”.
more-exactly = The answer also depends on the month or day. Write them if you know them. If not, press “Don't know”.

consent =
    { $who ->
        [relative] Do they have a TELK or NELK disability decision? What percentage does it give?
       *[self] Do you have a TELK or NELK disability decision? What percentage does it give?
    }

    { $who ->
        [relative] That is health data. Press “I agree” only if they agree to my using it.
       *[self] That is health data. With “I agree” you allow me to use it.
    }
    It only serves to see which measures fit. I keep it for at most 30 days after our last talk.
    It does not go to a librarian unless you tick it. You can erase everything at any time.
consent-by-button =
    { $who ->
        [relative] If they agree, press “I agree” with their percentage.
       *[self] If you agree, press “I agree” with your percentage.
    }

question-working =
    { $who ->
        [relative] Are they working at the moment?
       *[self] Are you working at the moment?
    }
hint-working = “Soon out of work” is under notice, when leaving or when a contract ends.
question-job_ended_on =
    { $who ->
        [relative] When did their last job end?
       *[self] When did your last job end?
    }
hint-job_ended_on = Write the day, for example 15.11.2026. The deadlines run from it.
question-registered =
    { $who ->
        [relative] Are they registered at the labour bureau?
       *[self] Are you registered at the labour bureau?
    }
question-registered_on =
    { $who ->
        [relative] How long have they been registered, without a break?
       *[self] How long have you been registered, without a break?
    }
hint-registered_on = Choose, or write the date, for example 10.03.2026.
question-age =
    { $who ->
        [relative] How old are they?
       *[self] How old are you?
    }
hint-age = Write a number, for example 47.
joint-registration =
    { $who ->
        [relative] Are they registered at the labour bureau? If so, since when, without a break?
       *[self] Are you registered at the labour bureau? If so, since when, without a break?
    }
    “It was ended” is when the bureau ended it in the last 3 months.
    You can also type the date, for example 10.03.2026.
joint-registration_and_length =
    { $who ->
        [relative] Are they registered at the labour bureau? If so, since when, without a break?
       *[self] Are you registered at the labour bureau? If so, since when, without a break?
    }
    You can also type the date, for example 10.03.2026.
joint-trade =
    { $who ->
        [relative] Do they have a certificate for a trade? A diploma, a course or a degree.
       *[self] Do you have a certificate for a trade? A diploma, a course or a degree.
    }
    “New” is from the last 2 years.
    { $who ->
        [relative] “Experienced” is when they have worked in that trade.
       *[self] “Experienced” is when you have worked in that trade.
    }
joint-trade_and_experience =
    { $who ->
        [relative] Do they have a certificate for a trade? A diploma, a course or a degree.
       *[self] Do you have a certificate for a trade? A diploma, a course or a degree.
    }
    { $who ->
        [relative] “Experienced” is when they have worked in that trade.
       *[self] “Experienced” is when you have worked in that trade.
    }
joint-insurance =
    { $who ->
        [relative] Were they insured for at least 12 of the 18 months before the job ended?
       *[self] Were you insured for at least 12 of the 18 months before the job ended?
    }
    { $who ->
        [relative] If so: did they have an unemployment benefit before?
       *[self] If so: did you have an unemployment benefit before?
    }
    “Lately” is when its last month was in the last 3 years.
question-education =
    { $who ->
        [relative] What is their education?
       *[self] What education do you have?
    }
hint-education = The last one finished is what counts.
question-has_trade =
    { $who ->
        [relative] Do they have a certificate for a trade?
       *[self] Do you have a certificate for a trade?
    }
hint-has_trade = For example a vocational school diploma, a course certificate or a degree.
question-trade_obtained_on =
    { $who ->
        [relative] When did they get the trade certificate?
       *[self] When did you get the certificate for the trade?
    }
hint-trade_obtained_on = Choose, or write a date, a month or a year.
question-experience_in_trade =
    { $who ->
        [relative] Have they worked in that trade?
       *[self] Have you worked in that trade?
    }
question-insured_12_of_18 =
    { $who ->
        [relative] Were they insured for at least 12 of the 18 months before the job ended?
       *[self] Were you insured for at least 12 of the 18 months before the job ended?
    }
hint-insured_12_of_18 = A civil contract alone does not count.
question-previous_benefit_ended_on =
    { $who ->
        [relative] Have they had an unemployment benefit before? When was its last month?
       *[self] Have you had an unemployment benefit before? When was its last month?
    }
question-youngest_child_age =
    { $who ->
        [relative] How old is their youngest child?
       *[self] How old is your youngest child?
    }
question-lone_or_large_family =
    { $who ->
        [relative] Is one of these true: there is no other parent, or at least three children?
       *[self] Is one of these true: you raise the children without another parent, or there are at least three?
    }
question-disability_percent =
    { $who ->
        [relative] Do they have a TELK or NELK decision? What percentage does it give?
       *[self] Do you have a TELK or NELK decision? What percentage does it give?
    }
question-any_of =
    { $who ->
        [relative] Is any of these true of them?
       *[self] Is any of these true of you?
    }
hint-any_of =
    Press the numbers and then “Done”. Or type them, for example “1 3”.
hint-private = There is no need to say which of the private ones.
any-receiving_benefit =
    { $who ->
        [relative] they get an unemployment benefit now
       *[self] you get an unemployment benefit now
    }
any-lone_or_large_family =
    { $who ->
        [relative] there is no other parent, or there are at least three children
       *[self] you raise the children without another parent, or there are at least three
    }
any-own_business =
    { $who ->
        [relative] they want to start a business
       *[self] you want to start a business
    }
any-abroad_12_of_18 =
    { $who ->
        [relative] they have lived abroad for at least 12 of the last 18 months
       *[self] you have lived abroad for at least 12 of the last 18 months
    }
any-served_sentence = private: a prison sentence served
any-protection_status = private: refugee or humanitarian status, temporary protection
any-kept-private = All right. I will not ask which. Ask the bureau or a librarian about the measures that depend on it.
question-job_end_ground =
    { $who ->
        [relative] Why did the job end? See what the order says.
       *[self] Why did your job end? See what the order says.
    }
hint-job_end_ground =
    I ask for the ground, not for blame. The benefit depends on it.
    “Redundancy” is also when the firm closes.
question-receiving_benefit =
    { $who ->
        [relative] Do they get an unemployment benefit now?
       *[self] Do you get an unemployment benefit now?
    }
question-struck_off =
    { $who ->
        [relative] Has the bureau ended their registration in the last 3 months?
       *[self] Has the bureau ended your registration in the last 3 months?
    }
question-own_business =
    { $who ->
        [relative] Are they thinking of starting a business?
       *[self] Are you thinking of starting a business?
    }
question-abroad_12_of_18 =
    { $who ->
        [relative] Have they lived abroad for at least 12 of the last 18 months?
       *[self] Have you lived abroad for at least 12 of the last 18 months?
    }
hint-abroad_12_of_18 = “Yes” also if the education was finished there in the last year.
question-settlement =
    { $who ->
        [employer] In which town or village is your firm?
        [relative] In which town or village is their address? The permanent or the current one.
       *[self] In which town or village is your address? The permanent or the current one.
    }
    Write the name, for example “Vratsa” or „с. Баница“. A postal code will do too.
question-settlement-age =
    { $who ->
        [relative] In which town or village is their address, and how old are they?
       *[self] In which town or village is your address, and how old are you?
    }
    Write both, for example “Vratsa, 22”. The permanent or the current address will do.
noted-age = Age: { $age }.

why-decides = The answer decides whether these fit:
why-working = The deadlines and the measures that fit depend on it.
why-settlement = The address decides which labour bureau registers you. It also shows me a library nearby.
why-job_ended_on = The deadlines for registering and for the benefit run from that day.
why-audience = So that I speak about the right person.
why-free = You may also answer “don't know” or “rather not say”.

find-out-job_ended_on =
    The day is in the order that ends the job.
    If it was in the last 3 months, do not wait.
    The bureau gives 7 working days, the institute (НОИ) 3 months.
find-out-insured_12_of_18 = The social security institute (НОИ) can tell – with a PIK code or in person.
find-out-registered_on = The date is on the registration card from the labour bureau.
find-out-disability_percent = The percentage is in the TELK decision.

deadline-open =
    ⏰ FIRST, THE DEADLINE
    The job ended on { $ended }.
    1. Register at the labour bureau – by { $register } at the latest. That is 7 working days.
       Then the benefit runs from the first day.
    2. Apply to the social security institute (НОИ) – by { $apply } at the latest. That is 3 months.
deadline-missed =
    ⏰ FIRST, THE DEADLINE
    The job ended on { $ended }. The seven working days were over on { $register }.
    Registering helps even now. Being late shortens the benefit but does not always take it away.
    If there was an important reason, tell the bureau.
    Apply to the social security institute (НОИ) – by { $apply } at the latest. That is 3 months.
deadline-registered =
    ⏰ THE DEADLINE
    The job ended on { $ended }. There is a registration at the labour bureau already.
    Application to the social security institute – by { $apply } at the latest. That is 3 months.
deadline-short-open = deadlines: registration by { $register }, application to the institute by { $apply }
deadline-short-missed = deadlines: registration was due by { $register }, application to the institute by { $apply }
deadline-short-registered = deadline: application to the institute by { $apply }
deadline-short-rough = deadlines: 7 working days to register and 3 months to apply; the day is not known
deadline-short-leaving = the job will soon end; the ground in the order matters
deadline-rough =
    ⏰ FIRST, THE DEADLINE
    The deadlines are counted from the day the job ended.
    1. Register at the labour bureau – within 7 working days.
    2. Apply to the social security institute (НОИ) – within 3 months.
    Do not wait: the bureau will see the day in the order that ended the job.
deadline-leaving =
    ⏰ BEFORE SIGNING
    The ground named in the order decides the benefit.
    • “Mutual consent” is under art. 325 (1), item 1 of the Labour Code.
      The benefit is then the smallest, and for 4 months only.
    • The same goes for leaving by one's own wish.
    • With redundancy or closure it is not so.
    { $who ->
        [relative] Better not to sign in a hurry. They may ask for a day to think, and for advice.
       *[self] Do not sign in a hurry. Ask for a day to think, and for advice.
    }
    Registering at the labour bureau is due within 7 working days after the job ends.
    Applying to the social security institute (НОИ) is due within 3 months.
deadline-none =
    I see no deadline running for now.
    When a job ends, registering is due within 7 working days.
source-line = Source: { $basis }; { $title }, checked on { $checked }

results-title = This is what I found
results-none-yet = Nothing certain yet. One or two more answers may help.
heading-yes = ✅ { $who ->
        [relative] Suitable for your relative
       *[self] Suitable for you
    }
heading-likely = 🟢 Probably suitable – the bureau decides
heading-unknown = ❔ Not known yet
heading-ask = ❓ Ask whether it still runs
heading-no = ⏸ Not for now ({ $count })
missing = Still to be answered: { $facts }
heading-near = 🔑 After { $change } – probably suitable
near-miss = After { $change } these may become possible too: { $names }{ $further ->
    [0] .
   *[other] {" "}and { $further } more.
 } A few more answers are needed.
from-day = From { $day } this too: { $measure }.
from-day-at-latest = From { $day } or earlier this too: { $measure }.
from-birthday = { $doubt ->
        [yes] Perhaps from { $birthday } this too: { $measure }. Ask the bureau.
       *[no] From { $birthday } this too: { $measure }.
    }
not-now-more = Press “Not for now – why?” for the reasons.
results-more = And { $count } more – press “More →”.
results-foot = Press a number to see what a measure gives and how to ask for it.
not-now-title = ⏸ Not for now – and why
not-now-none = No measures are ruled out.
measure-gone = This measure is no longer on the list. Here is what there is now.

card-gives = What it gives:
card-why =
    { $who ->
        [relative] For your relative:
       *[self] For you:
    }
card-of-whom =
    { $who ->
        [relative] Where it says “you”, it means your relative.
       *[employer] This is written for the person looking for work: “you” is that person.
    }
card-bureau = The bureau will check:
card-unclear = It is not certain that this still runs. Ask at the bureau before you count on it.
card-yearly-gap = From January to April the money for the new year is often not there yet. Ask when it is expected.
card-ends = It can be asked for until { $day } at the latest.
card-online = It can only be sent over the internet. Many libraries have a computer – call first.
card-excludes = Not together with:
button-services = Help at the library
ended-since = It no longer exists. It ended: { $day }.
ended-day-unknown = It no longer exists. I did not find since when.
ended-instead = Today this may fit instead:
ended-nothing-instead = I did not find what takes its place today. Ask a librarian or the bureau.
services-title = What the library may help with
services-bring = Take along: { $what }.
services-known = { $library } has it, as of { $as_of }. Please check there.
services-ask-first = Not every library does all of this. Call first.
card-programme = This is a programme. Ask whether it is open and has money now.
card-steps = What to do:
card-documents = What to bring:
card-documents-ask = Ask the bureau which documents are needed.
card-basis = Legal basis: { $basis }. Data as of { $as_of }.
amount = { $what }: { $value } { $currency ->
        [EUR] EUR
       *[BGN] BGN
    }, until { $until }
amount-unknown = { $what }: the present sum is not confirmed – ask the bureau.
source = Source: { $title }, checked on { $checked }
    { $url }
sources = All sources:
sources-none = There are no sources to show here. Please go back.
sources-further = More sources: { $hosts } – checked on { $checked }{ $late ->
        [yes] {" "}– long ago, please verify
       *[no] .
    }
button-sources = All sources
source-overdue = Source: { $title }, checked on { $checked } – long ago, please verify
    { $url }

place-full = { $kind ->
        [town] town of
        [village] village of
       *[monastery] monastery
    } { $name } (municipality { $municipality }, province { $province })
place-kept = Good: { $place }.
confirm-typed = I did not find exactly this name. Did you mean { $place }?
confirm-code = The postal code belongs to { $place }. Is the address there?
confirm-here = Nearest to you is the { $place }. { $who ->
        [relative] Is your relative's address there?
       *[self] Is your address there?
    }
which-place = There are several such places. Which of them?
location-abroad = That is far from every town and village in Bulgaria. Write the town or village.

places-title = Bureau and library for the { $place }
places-unknown = Tell me the town or village, and I will find the bureau and the library.
places-mediation = For advice and vacancies, any labour bureau will do.
places-check = This information may be out of date. Please check before you go.
bureau-sourced = { $who ->
        [employer] The labour bureau of the municipality: { $line }
       *[self] The bureau for registration: { $line }
    }
bureau-doubtful = { $who ->
        [employer] The labour bureau of the municipality: probably { $line }.
       *[self] The bureau for registration: probably { $line }.
    } It is not certain. Ask there or ask a librarian before you go.
bureau-unknown = { $who ->
        [employer] I do not know the bureau of this municipality.
       *[self] Which bureau registers people from this municipality I do not know.
    } Ask a librarian.
bureau-in-province = Bureaus in the province that I know of:
place-of = { $name }, { $city }
library-nearest = The nearest library that I know of: { $line }
library-regional = The main library of the province: { $line }
library-ask = This is a chitalishte (a community centre) – ask whether it has a library.
library-distance = { $name } – about { $km } km, as the crow flies
libraries-more = Others nearby:
contact-address = Address: { $value }
contact-phone = Phone: { $value }
contact-email = Email: { $value }
contact-hours = Opening hours: { $value }
place-source = According to { $source } ({ $date }), checked on { $checked }.
source-indirect = an indirect source
source-undated = undated
contacts-unknown = I do not know its exact address and phone yet. Ask at the town hall.
hours-unknown = When it is open I do not know yet.
hours-closed = closed
hours-on = on { $first }
hours-from-to = from { $first } to { $last }
hours-holidays = closed on public holidays
# Which week of the month: "the last Thursday".
hours-monthly = closed on the { $nth ->
        [1] first
        [2] second
        [3] third
        [4] fourth
        [5] fifth
       *[-1] last
    } { $day ->
        [mo] Monday
        [tu] Tuesday
        [we] Wednesday
        [th] Thursday
        [fr] Friday
        [sa] Saturday
       *[su] Sunday
    } of the month
open-until = Open now, until { $time }.
closed-now = Closed now.
opens-at = Closed now. Opens { $when ->
        [today] today
        [tomorrow] tomorrow
        [mo] on Monday
        [tu] on Tuesday
        [we] on Wednesday
        [th] on Thursday
        [fr] on Friday
        [sa] on Saturday
       *[su] on Sunday
    } ({ $date }) at { $time }.
day-mo = Mo
day-tu = Tu
day-we = We
day-th = Th
day-fr = Fr
day-sa = Sa
day-su = Su

librarian =
    Who shall I put you in touch with? The librarian answers here, in this same chat.
    Before I pass anything on, I will show you what.
librarian-no-place = If you tell me the town or village, I will suggest the nearest one.
librarian-no-desk-place =
    No librarian can answer here now. I have passed nothing on to anyone.
    Tell me the town or village. I will name a library and a bureau nearby.
    You may also wait: the question goes to the first library that joins.
librarian-no-desk =
    No librarian can answer here now. I have passed nothing on to anyone.
    You can go there or call. Here is where:
librarian-wait-offer = You may also wait: the question goes to the first library that joins.
promise-open = Open now, until { $time }.
promise-closed = Closed now. Opens { $when ->
        [today] today
        [tomorrow] tomorrow
        [mo] on Monday
        [tu] on Tuesday
        [we] on Wednesday
        [th] on Thursday
        [fr] on Friday
        [sa] on Saturday
       *[su] on Sunday
    } ({ $day }) at { $time }; expect an answer then.
promise-unknown = The answer comes when the library is open.
button-ask-library = 💬 { $name }
button-ask-this = Ask here
button-wait = I will wait
button-no-question = No question
button-pass-on = Yes, pass it on
button-to-bot = ← To the bot
button-end-case = End the talk
desk-gone = This library no longer answers here. Please choose another.
case-question =
    What would you like to ask the librarian? Write it in your own words.
    With “No question” you pass on only your answers.
question-cut = The question is long. I kept the first { $most } characters.
case-card = { $known ->
        [yes] This is what I will pass on to { $to }:
       *[no] This is what I will pass on to the first library that joins:
    }
case-card-foot =
    { $lines ->
        [no] Your name is not passed on unless you write it yourself.
       *[yes] Press the number of a line to take it out or put it back. Your name is not passed on unless you write it yourself.
    }
    A disability, a sentence and a protection status go only if you tick them.
card-question = Question
card-place = address
card-unknown = not known
card-fitting = may fit
card-for-relative = the question is about somebody close
card-empty = Nothing – only your question.
card-deadline = deadlines
card-to-show = Show this there, if you like:
case-waiting = I have passed your question on to { $to }. Its number is { $number }.
case-waiting-any = Your question waits for the first library that joins. Its number is { $number }.
case-still-open = 💬 You have an open question, no. { $number }. To write to the librarian, press “Librarian”.
case-claimed = { $name } from the library is with you.
case-write-here = Write here – everything goes to the librarian. To go on with me, write “bot”.
case-found-desk = There is a library for your question: { $name }.
case-open-already = You have an open question. Write there, or end it first.
case-none = You have no open talk with a librarian.
case-over = This talk is already over.
case-ended-by-you = I have ended the talk with the librarian. You can ask again at any time.
case-closed = { $name } ended the talk. Did it help you? Within 7 days you can write there again.
trial-over = The trial is over, and this talk with it. Nothing of it reached a library. To ask again, press “Librarian”.
librarian-says = 👤 { $name }: { $text }

file-received = I see { $type ->
        [photo] a photo
        [voice] a voice message
        [video] a video
        [sticker] a sticker
        [document] a file
       *[other] something that is not text
    }. So far I can only read text. Please write it in words.
edited-message = I saw your change in an old message. To have it noted, please send it as a new one.
unknown-command = I do not know this command. Write “help” or press a button.
too-long = That is long for me. Please answer in a few words. To talk to a person, press “Librarian”.
missed-numbers = Write the number of the answer:
missed-typed = Write only the number. If you do not know it, write “I don't know”.
hide-cannot = I cannot hide old messages here. Delete the chat from your phone.
hidden-message = ☀
hidden = Good day! To go on, press the button.
button-hide = Hide
missed = I did not understand. Choose a button or write “help”.
missed-often = I am sorry, I cannot understand you. A person may help better.
missed-home = I did not understand. First choose who you are asking for.
missed-age = I did not understand the age. Write only the years, for example 47.
missed-youngest_child_age = I did not understand the age. Write only the years, for example 5.
missed-disability_percent = I did not understand the percentage. Write only the number, for example 60.
missed-case = This stayed with me; the librarian does not see it. Shall I send it on?
button-send-on = Send to { $name }
button-send-on-alone = Send it on
sent-on = I have sent it to the librarian.
missed-settlement = I found no such place. Write the name and the municipality, for example “Banitsa, Vratsa”.
missed-confirm_place = Press “Yes, there” or write another place.
missed-namesakes = Choose one of the places. Or write the name and the municipality.
missed-job_ended_on = I did not understand the date. Write it like this: 15.11.2026.
missed-registered_on = I did not understand the date. Write it like this: 10.03.2026. Or choose a button.
missed-trade_obtained_on = I did not understand the date. A year alone will do, for example 2019.
missed-previous_benefit_ended_on = I did not understand the date. A year alone will do, for example 2022.
went-wrong = Something went wrong on my side, sorry. Your answers are kept. Please try again.

web-title = Posoka – help with finding work
web-log = Conversation
web-input = Your message
web-placeholder = Write here…
web-send = Send
web-where = 📍 Share my location
web-me = You
web-bot = Posoka
web-offline = No connection. Your message is kept here and goes once the connection is back.
web-too-fast = Many messages at once. Please wait a little and try again.
web-no-location = I could not get your location. Please write it in words.
web-name = Posoka
web-choices = Choose an answer
web-my-place = 📍 My location
web-map = See it on the map
web-no-link = No connection. I keep trying.
web-new = New message ↓
web-waiting = The answer is coming…
web-refresh = Refresh
web-file = Download “{ $name }”
web-file-gone = This file is no longer here. Ask for it again in the chat.
web-too-large = This is too long. Please write it more briefly.
web-empty = Nothing is written. Please write something, or press a button.
web-not-understood = This did not reach me as it should. Please open the page again and try once more.
web-not-found = There is no page here. The start is at /
web-other-site = This came from another site, and I did not take it. Please open Posoka and try from there.
web-error = Something went wrong on my side, sorry. Please try again in a little while.
web-desk = For librarians

document-cut = Not everything fits here. The rest is in the chat.
document-failed = I could not make the file, sorry. Please ask for it again in a little while.
