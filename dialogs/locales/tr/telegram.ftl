# What Telegram itself shows, in Turkish: a machine translation, not yet read by a native speaker.

command-results = Size uygun destekler
command-places = İş bürosu ve kütüphane
command-librarian = Kütüphaneciye soru
command-help = Neler yaparım, nasıl yazarsınız
command-privacy = Hakkınızda neyi, ne kadar tutarım
command-language = Dil / Език / Language
command-menu = Ana menü
command-delete = Hakkınızdaki her şeyi siler

telegram-send-location = 📍 Yerimi gönder
telegram-or-location = Adresinizdeyseniz aşağıdaki düğmeye de basabilirsiniz.
