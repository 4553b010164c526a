# What Telegram itself shows: its menu of commands, and the button that sends the phone's location.

command-results = The measures that may fit
command-places = Labour bureau and library
command-librarian = A question to a librarian
command-help = What I can do and how to write to me
command-privacy = What I keep about you, and for how long
command-language = Език / Language
command-menu = The main menu
command-delete = Erases everything about you

telegram-send-location = 📍 Send where I am
telegram-or-location = Or press the button below, if you are at your address.
