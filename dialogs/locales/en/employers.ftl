# Words for a firm that hires: “you” is the firm.

employer =
    Whom would you hire?
    I show what help there is, what you take on and how to ask.
missed-employer = I did not understand. Press a button or write whom you look for, for example “apprentice”.
hire-all = All measures for employers
hire-foot =
    Press a number for details.
    The labour bureau tells which measures have an open call and money now.
hire-unclear = Where there is a ❓, ask whether it still runs.
vacancy = How to find people
vacancy-place = Say in which town or village the firm is. I will show the bureau of the municipality.
employer-hire = Whom you may hire:
employer-gets = What you get:
employer-firm = What is asked of the firm:
employer-duties = What you take on:
employer-duties-ask = What you take on we did not find. Ask before you sign.
employer-steps = How to ask for it:
employer-documents = What to prepare:
employer-documents-ask = Ask where you apply which papers are needed.

button-all-measures = All measures
button-vacancy = How to find people
