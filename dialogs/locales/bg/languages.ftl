# The languages themselves. Each is named in its own words, the same in every file.

button-languages = 🌐 Език · Language
button-in-tr = Türkçe
button-in-uk = Українська

machine-translated = Машинен превод, непрегледан от носител на езика.
measures-in-bulgarian = Текстовете на мерките са на български.
button-all-in-bg = На български
