# What the person reads on the hand-over besides the lines themselves, in English.

card-for-employer = the question is from a firm that looks for people
card-not-yet = { $count ->
        [one] and 1 more that may become possible
       *[other] and { $count } more that may become possible
    }
case-card-later = If you answer more questions later, the librarian will see those answers too. What you take out stays hidden.
case-card-language = I will also say which language you write in.
