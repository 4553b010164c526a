# A CV in a few questions, in Turkish: a machine translation, not yet read by a native speaker.
# What is typed stands there as it is. $who is self, relative or employer: a relative is “yakınınız”.

button-cv = CV hazırla
button-cv-begin = Başla
button-cv-continue = Devam
button-cv-check = Yazılanlara bak
button-cv-skip = Geç
button-cv-keep = Böyle kalsın
button-cv-next = İleri
button-cv-clear = Bunu çıkar
button-cv-another = Bir iş daha
button-cv-enough = Yeter
button-cv-bulgarian = Bulgarca
button-cv-pdf = PDF gönder
button-cv-docx = DOCX gönder
button-cv-drop = Yazılanları sil
button-cv-drop-yes = Evet, sil
button-cv-drop-no = Hayır, kalsın

cv =
    { $who ->
        [relative] Yakınınızın CV’sini (автобиография) birkaç kısa soruyla hazırlayacağız. İstediğiniz soruyu geçebilirsiniz.
       *[self] CV’nizi (автобиография) birkaç kısa soruyla hazırlayacağız. İstediğiniz soruyu geçebilirsiniz.
    }
    Yazılanları yalnız siz dosyayı alana kadar tutarım, sonra silerim. Bir günden uzun ara verirseniz baştan başlarız.
    Fotoğraf gerekmez. Yazılanları kimseye vermem.
cv-begun =
    { $who ->
        [relative] Yakınınızın CV’sine zaten başlandı. Yazılanlar hâlâ burada.
       *[self] CV’nize zaten başlandı. Yazılanlar hâlâ burada.
    }
    Bunları yalnız siz dosyayı alana kadar tutarım.
cv-progress = CV, soru { $n } / { $m }
cv-now = Şimdi yazan: { $text }

cv-ask-name =
    { $who ->
        [relative] Yakınınızın adı ne? Kâğıtta nasıl dursun isterseniz öyle yazın.
       *[self] Adınız ne? Kâğıtta nasıl dursun isterseniz öyle yazın.
    }
cv-hint-name = Başka yerde ad sormam. Burada gerek, işveren kimi arayacağını bilsin.
cv-ask-contact =
    { $who ->
        [relative] Kâğıtta hangi telefon veya e-posta yazsın?
       *[self] Sizi hangi telefondan veya e-postadan arasınlar?
    }
cv-hint-contact = İkisi de olur, örneğin: 0888 000 000, ime@example.bg.
cv-ask-place =
    { $who ->
        [relative] Yakınınız hangi şehirde veya köyde yaşıyor?
       *[self] Hangi şehirde veya köyde yaşıyorsunuz?
    }
cv-hint-place = Sokak gerekmez.
cv-ask-work =
    { $who ->
        [relative] Yakınınız nasıl bir iş arıyor?
       *[self] Nasıl bir iş arıyorsunuz?
    }
cv-hint-work = Bir veya iki iş yazın, örneğin: aşçı, mutfak yardımcısı.
cv-ask-job_as =
    { $later ->
        [yes] Peki ondan önce? Hangi iş olduğunu yazın.
       *[no] Son iş neydi? Şimdiki de olur.
    }
cv-hint-job_as = Örneğin: aşçı.
cv-ask-job_where = Bu iş neredeydi?
cv-hint-job_where = Örneğin: okul yemekhanesi, Roman.
cv-ask-job_when = Ne zamandan ne zamana kadar?
cv-hint-job_when = Yaklaşık da olur, örneğin: 2011 – 2024.
cv-ask-another = Bir iş daha ekleyelim mi?
cv-hint-another = Kâğıda en çok üç iş sığar.
cv-ask-education =
    { $who ->
        [relative] Yakınınız hangi okulu bitirdi?
       *[self] Hangi okulu bitirdiniz?
    }
cv-hint-education = Okulun adını ve yılı da ekleyebilirsiniz.
cv-ask-trade =
    { $who ->
        [relative] Yakınınızın mesleği, kursu veya belgesi var mı?
       *[self] Mesleğiniz, kursunuz veya belgeniz var mı?
    }
cv-hint-trade = Örneğin: aşçı, üçüncü derece, 2010.
cv-ask-skills =
    { $who ->
        [relative] Yakınınız neler yapabilir?
       *[self] Neler yapabilirsiniz?
    }
cv-hint-skills = Serbestçe yazın, virgülle ayırın. Örneğin: çok kişiye yemek yapmak, kasada çalışmak, bilgisayar.
cv-ask-languages =
    { $who ->
        [relative] Yakınınız hangi dilleri biliyor?
       *[self] Hangi dilleri biliyorsunuz?
    }
cv-hint-languages = Örneğin: Bulgarca, Türkçe, biraz İngilizce.
cv-ask-licence =
    { $who ->
        [relative] Yakınınızın ehliyeti var mı?
       *[self] Ehliyetiniz var mı?
    }
cv-hint-licence = Sınıfları işaretleyin ve “İleri” düğmesine basın. Yoksa “Geç” düğmesine basın.
cv-ask-more = Kâğıtta başka ne yazsın?
cv-hint-more = Örneğin: vardiyalı çalışabilirim. Yaş, sağlık veya aile yazmanız gerekmez.

cv-category = { $code ->
        [Tkt] Ткт
       *[other] { $code }
    }
cv-place = { $kind ->
        [town] { $name }
        [village] { $name } köyü
       *[monastery] { $name } manastırı
    }
cv-education-basic = Temel eğitim
cv-education-secondary = Lise
cv-education-higher = Üniversite

cv-too-long = Buraya en çok { $most } harf sığar, siz { $count } yazdınız. Lütfen daha kısa yazın.
cv-no-letters = Bu kâğıtta görünmez. Sözle yazın veya “Geç” düğmesine basın.
cv-left-out = Bu işaretler kâğıtta görünmez: { $signs }. Kalanını yazdım.
cv-taken = Bunu kâğıda yazdım. Başka bir şey isterseniz düğmeye basın.
cv-contact-odd = { $what ->
        [phone-short] Telefon kısa görünüyor.
        [phone-long] Telefon uzun görünüyor.
        [email] E-posta yarım görünüyor.
       *[neither] Burada ne telefon ne de e-posta görüyorum.
    } Bakın ve yeniden yazın. Doğruysa “Böyle kalsın” düğmesine basın.
cv-job-cleared = Bu işi çıkardım.

cv-check = Şunlar yazacak. Değiştirmek veya eklemek için numaraya basın.
cv-check-forms = PDF yazdırmak ve göndermek içindir. DOCX bilgisayarda değiştirilebilir.
cv-check-needs = Dosya için bir ad veya en az bir iş gerek.
cv-check-number = Değiştirmek istediğiniz satırın numarasını yazın.
cv-label-name = Ad
cv-label-contact = Telefon, e-posta
cv-label-place = Şehir veya köy
cv-label-work = Aranan iş
cv-label-job = { $later ->
        [yes] Ondan önce
       *[no] Son iş
    }
cv-label-education = Okul
cv-label-trade = Meslek, kurslar
cv-label-skills = Beceriler
cv-label-languages = Diller
cv-label-licence = Ehliyet
cv-label-more = Başka

cv-file-name = CV
cv-page-title = Özgeçmiş
cv-page-licence = Sınıf { $categories }
cv-heading-work = Aranan iş
cv-heading-job = İş deneyimi
cv-heading-education = Eğitim
cv-heading-trade = Meslek ve kurslar
cv-heading-skills = Beceriler
cv-heading-languages = Diller
cv-heading-licence = Ehliyet
cv-heading-more = Ek bilgi

cv-file = İşte CV. Dosyayı şimdi saklayın.
cv-sent =
    Yazdırmak için gitmeden önce kütüphaneye sorun. Kütüphaneci kâğıda bir göz de atabilir.
    Bir öğüt: ilanı okuyun. İlanda ne aranıyorsa kâğıtta o yazsın.

    Öbür dosyayı da isterseniz yazılanlar hâlâ burada. “Tamam” veya “Menü” derseniz silerim.
cv-left = CV için bizde yazılı olanları sildim. Dosya sizde kalır.
cv-dropped = CV için bizde yazılı olanları sildim.
cv-drop-ask = CV için yazılan her şeyi sileyim mi?
cv-grown-old = Bir günden fazla geçti, eski CV’yi sildim.
