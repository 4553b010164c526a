# The languages themselves. The same messages and arguments as in Bulgarian.

button-languages = 🌐 Dil · Language
button-in-tr = Türkçe
button-in-uk = Українська

machine-translated = Makine çevirisi. Ana dili Türkçe olan biri gözden geçirmedi.
measures-in-bulgarian = Desteklerin metinleri Bulgarcadır.
button-all-in-bg = Bulgarca oku
