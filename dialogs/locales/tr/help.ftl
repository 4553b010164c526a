# Help at once, false offers, where vacancies are, in Turkish: a machine translation, not yet read by a
# native speaker. Nothing is asked. $who is self, relative or employer; these words fit each of them.

distress-despair = Sizi duyuyorum. Lütfen bununla yalnız kalmayın – hemen şimdi biriyle konuşun.
distress-violence = Sizi duyuyorum. Şimdi en önemlisi güvenli bir yer ve yardım edecek bir insan.
distress-hunger = Sizi duyuyorum. Yemek ve barınak için başvurabileceğiniz yerler var.
distress-phone = ☎ { $phone } – { $name }
distress-no-line = Şimdi çok ağırsa 112’yi arayın.
distress-person =
    Kütüphaneciye de yazabilirsiniz: “Kütüphaneci” düğmesine basın. Cevap gecikebilir.
    Kütüphaneci 112’nin yerini tutmaz. Sonra devam etmek için “geri” yazın.
distress-passed-on = Sözleriniz kütüphaneciye de gitti.
help-lines = Hemen yardım edenler bunlar.

scam-title =
    İyi ki sordunuz. Para veya belge vermeden önce araştırın.
scam-sign = Üç işaret:
scam-check = Nerede araştırırsınız:
scam-report = Kime söylersiniz:

job-search-title = Bende iş ilanı yok. İlanlar şuralarda:
job-search-cards = Ayrıntı için numaraya basın.
job-search-place =
    { $who ->
        [relative] Yakınınızın şehrini veya köyünü söyleyin, iş bürosunu göstereyim.
       *[self] Şehrinizi veya köyünüzü söyleyin, iş bürosunu göstereyim.
    }
