# The languages themselves. The same messages and arguments as in Bulgarian.

button-languages = 🌐 Мова · Language
button-in-tr = Türkçe
button-in-uk = Українська

machine-translated = Машинний переклад, не перевірений носієм мови.
measures-in-bulgarian = Тексти про допомогу – болгарською мовою.
button-all-in-bg = Болгарською
