# What is asked at the desk before something is taken back, and what is said after.

desk-take-back-sure = Изтривате ли съобщението? Човекът вече няма да го вижда.
desk-take-back-note-sure = Изтривате ли бележката?
people-revoked = Влизанията на „{ $name }“ са прекратени.
