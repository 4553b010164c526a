# What Telegram itself shows: its menu of commands, and the button that sends the phone's location.

command-results = Допомога, яка підходить
command-places = Бюро праці та бібліотека
command-librarian = Питання до бібліотекаря
command-help = Що я вмію і як писати
command-privacy = Що я про Вас зберігаю і як довго
command-language = Мова / Език / Language
command-menu = Головне меню
command-delete = Стирає все про Вас

telegram-send-location = 📍 Надіслати, де я
telegram-or-location = Або натисніть кнопку внизу, якщо Ви у себе за адресою.
