# The languages themselves. The same messages and arguments as in Bulgarian.

button-languages = 🌐 Language · Език
button-in-tr = Türkçe
button-in-uk = Українська

machine-translated = A machine translation, not read by a native speaker.
measures-in-bulgarian = The texts of the measures are in Bulgarian.
button-all-in-bg = In Bulgarian
