# What is said of words and files that did not go to a librarian, and of thanks after the end.

thanks-after-case = Прошу! Якщо ми допомогли, то я радий. Якщо буде ще щось, пишіть.
missed-case_card = Не розумію. Натисніть «Так, передати». Для іншого запитання натисніть «Назад».
file-later = Файл залишився в мене. Спершу передайте запитання, потім надішліть файл ще раз.
file-not-gone = Файл не пішов до бібліотекаря. Відкрийте розмову кнопкою й надішліть його ще раз.
