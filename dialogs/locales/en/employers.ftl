# Words for a firm that hires: “you” is the firm.

employer =
    Who would you like to hire?
    I show what help there is, what you take on and how to ask.
missed-employer = I did not understand. Press a button or write who you are looking for, for example “apprentice”.
hire-all = All measures for employers
hire-foot =
    Press a number for details.
    The labour bureau says which measures are open and have money now.
hire-unclear = Where there is a ❓, ask whether it still runs.
vacancy = How to find people
vacancy-place = Say in which town or village the firm is. I will show the bureau of the municipality.
employer-hire = Who you may hire:
employer-gets = What you get:
employer-firm = What is asked of the firm:
employer-duties = What you take on:
employer-duties-ask = What you take on I did not find. Ask before you sign.
employer-steps = How to ask for it:
employer-documents = What to prepare:
employer-documents-ask = Ask where you apply which papers are needed.

button-all-measures = All measures
button-vacancy = How to find people
