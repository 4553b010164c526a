# Words of a talk that is held at the desk, a librarian beside the person, in English.

attended-home =
    Hello, I am Posoka. I show what help there is in Bulgaria for people looking for work.
    I find the labour bureau and a library nearby.
    I will ask a few short questions. You may always answer “don't know” or “rather not say”.

    Nothing of this talk is kept. At the end the librarian erases everything.

    Who are you asking for? You may also tell it in one sentence.
    For example: “I lost my job in May, I am 57, from Roman”.
attended-privacy =
    Nothing of this talk is kept. It stays only in the program's memory while you are here.
    “Край – изтрий всичко” (end, erase everything) removes it at once. So do 30 minutes without a word.
    What stays is how many people were served today, and the sheet you take along.
    The librarian beside you sees the answers. I ask for a disability percentage only with your consent.
attended-consent =
    { $who ->
        [relative] Do they have a TELK or NELK disability decision? What percentage does it give?
       *[self] Do you have a TELK or NELK disability decision? What percentage does it give?
    }

    { $who ->
        [relative] That is health data. Press “I agree” only if they agree to my using it.
       *[self] That is health data. With “I agree” you allow me to use it.
    }
    It only serves to see which measures fit. The librarian beside you sees it too.
    I do not keep it: it goes when the talk ends. You can go on without it.
attended-told-consent =
    { $who ->
        [relative] A disability percentage is data on health. “Yes, that is right” means that they agree.
       *[self] A disability percentage is data on health. With “Yes, that is right” you consent to its use.
    }
    It only serves to see which measures fit. The librarian beside you sees it too.
    I do not keep it: it goes when the talk ends.
attended-librarian = The librarian is beside you. Just ask.
attended-distress =
    The librarian is beside you and can help you call. They do not replace 112.
    To go on later, type “back”.
