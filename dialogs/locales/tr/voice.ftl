# Voice recordings: from a person to a librarian.
web-record = Sesli mesaj
web-record-choose = Sesinizi kaydedin veya bir kayıt seçin
web-record-send = Kaydı gönder
web-record-hint = En çok { $most } MB. Kayıt yalnız kütüphaneciye gider.
