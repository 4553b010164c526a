# Files both ways: between a person and a librarian.
file-not-passed = Bunu iletemem. Fotoğraf, sesli mesaj ve belge iletebilirim: pdf, doc, docx, odt, jpg, png. En çok { $most } MB.
file-failed = Dosya buraya ulaşamadı. Lütfen onu yeniden isteyin.
librarian-corrected = ✏️ Düzeltildi – 👤 { $name }: { $text }
librarian-took-one-back = 👤 { $name } yukarıdaki bir mesajını geri aldı.

web-corrected = düzeltildi
web-attach = Dosya ekle
web-attach-send = Dosyayı gönder
web-attach-choose = Bir dosya seçin
web-attach-hint = En çok { $most } MB: { $endings }. Dosya yalnız kütüphaneciye gider.
web-file-sent = 📎 Bir dosya gönderdim: { $name } ({ $size })
web-file-received = Kütüphaneden dosya: { $name } ({ $size })
web-file-alone = Kütüphaneden dosya: { $name }
web-attach-none = Dosya seçmediniz. Bir dosya seçip yeniden deneyin.
web-attach-empty = Bu dosya boş. Başka bir dosya seçin.
web-attach-kind = Bu tür dosyayı iletemem. Bunlar olur: { $endings }.
web-attach-large = Dosya çok büyük. En çok { $most } MB olabilir. Daha küçük bir fotoğraf da yeter.
web-attach-many = Çok dosya gönderdiniz. Başka neleriniz olduğunu kütüphaneciye yazın.
web-attach-not-now = Dosya yalnız kütüphaneciyle konuşurken gönderilir. “Kütüphaneci” düğmesine basın.
web-attach-off = Dosyayı şimdi alamıyorum. Sonra deneyin veya kütüphaneye getirin.
web-file-unreadable = Bu dosya burada açılamıyor. Kütüphaneciden onu yeniden göndermesini isteyin.
