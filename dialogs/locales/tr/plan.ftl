# “Planım”, the reminders and the checks for a change, in Turkish: a machine translation, not yet read by
# a native speaker. A reminder is written at an hour when others may see the phone: therefore neither
# health, nor money, nor groups of people.

button-plan = Planım
button-plan-add = Plana ekle
button-plan-drop = Plandan çıkar
button-plan-papers = Ne götüreyim
button-plan-places = Nereye gideyim
button-plan-pdf = PDF olarak gönder
button-plan-pdf-bg = Bulgarca PDF
button-plan-pdf-all = Her şeyle PDF
command-plan = Planım: şimdi ne yapayım
command-reminders = Hatırlatmalar

plan-title =
    { $page ->
        [1] { $who ->
            [relative] 🧭 Yakınınızın planı: önce ne var
            [employer] 🧭 Firma için plan: önce ne var
           *[self] 🧭 Planım: önce ne var
        }
       *[other] 🧭 Plan, sayfa { $page }
    }
plan-needs-answers = Plan cevaplardan çıkar. Birkaç soruya cevap verin, plan hazır.
plan-empty = Plan henüz boş. Bir iki cevap daha onu doldurur.
plan-more = { $count } tane daha var – “Devamı →” düğmesine basın.
plan-gone = Artık uygun değil, plandan çıktı: { $names }.
plan-no-place = Şehri veya köyü söyleyin, büroyu ve kütüphaneyi ekleyeyim.
plan-added = Tamam, planda.
plan-dropped = Plandan çıkardım.
plan-does-not-fit = Bu destek şimdi uygun değil, plana girmez.
plan-same-steps = Adımlar yukarıdakiyle aynı.
plan-employer-step = İş bürosuna, firmalardan ne zaman başvuru aldığını sorun.

plan-sign = ⏰ İmzadan önce: belgedeki sebebe bakın
plan-register = ⏰ İş bürosuna (Бюро по труда) kayıt – { $state ->
        [open] son gün { $day }
        [missed] bir an önce, son gün { $day } idi
       *[rough] iş bittikten sonra 7 iş günü içinde
    }
plan-apply = ⏰ Sigorta kurumuna (НОИ) başvuru – { $state ->
        [dated] son gün { $day }
       *[rough] iş bittikten sonra 3 ay içinde
    }
plan-visit-bureau = İş bürosuna (Бюро по труда) gitmek
plan-visit-library = Yakında bir kütüphane
plan-library-step = Bilgisayar ve yazdırma için yardım isteyin. Önce telefon edin.
plan-bureau = { $status ->
        [sourced] Büro: { $name }
        [doubtful] Herhalde şu büro: { $name }. Yola çıkmadan önce sorun.
       *[unknown] Bu belediyenin iş bürosunu bilmiyorum. Kütüphaneciye sorun.
    }
plan-sources = Numaralarına göre kaynaklar:
plan-source = { $title }, bakıldığı gün { $checked }
plan-source-list = bizim büro listemiz, bakıldığı gün { $checked }

plan-papers = 📄 Ne götüreyim. Hazır olanın numarasına basın.
plan-papers-none = Bu plan için belge bilmiyorum. Ne istediklerini iş bürosuna sorun.
plan-papers-foot = İşaret yalnız sizin içindir. Kaldırmak için numaraya yine basın.

plan-pdf =
    İşte plan, bir sayfada.
    Kütüphanede yazdırın veya iş bürosunda gösterin.
plan-pdf-left-out = { $count ->
        [one] Bir destek kâğıtta yok, çünkü özel bir şeyi belli eder.
       *[other] { $count } destek kâğıtta yok, çünkü özel bir şeyi belli eder.
    } “Her şeyle PDF” içinde bu da var.
plan-page-name = Planım
plan-page-title = İş için planım
plan-page-lead = { $place ->
        [none] Hazırlandığı gün: { $day }.
       *[other] Hazırlandığı gün: { $day }. Yer: { $place }.
    }
plan-page-first = Önce – süresi var
plan-page-then = Sonra
plan-page-papers = Ne götüreyim
plan-page-where = Nereye
plan-page-library = Kütüphane: { $name }
plan-page-invitation = Plan telefonda: kamerayı koda tutun.
plan-page-foot = Kararı iş bürosu ve sigorta kurumu (НОИ) verir. Burada yalnız bilgi var. Kaynaklar:

button-reminders = Hatırlatmalar
button-remind = { $about ->
        [register] Büro için son gün
        [apply] НОИ için son gün
        [half_year] Büroda 6 ay
       *[year] Büroda 12 ay
    }
button-remind-visit = Gidiş günü
button-remind-birthday = Doğum günü
button-reminders-stop = Hepsini durdur
button-begin = Yeniden cevapla

reminders = 🔔 Hatırlatmalar. Size ne için yazayım?
reminders-kept =
    Yalnız konuyu, günü, dili ve bu konuşmayı tutarım. Size yazınca unuturum.
    Yalnız gündüz yazarım. Hepsini bir düğmeyle durdurursunuz.
reminders-cannot =
    Burada size ilk ben yazamam, bu yüzden hatırlatma yok.
    Telegram’da yazabilirim. Burada planı kâğıda alıp günleri yazabilirsiniz.
reminders-on = Size şunlar için yazacağım:
reminder-kept = • { $about ->
        [register] büro için son gün
        [apply] НОИ için son gün
        [visit] gidiş
        [birthday] doğum günü
        [half_year] 6 aylık kayıt
       *[year] 12 aylık kayıt
    } – { $day }
reminders-opens = { $day } günü kayıt { $about ->
        [half_year] 6 ayı
       *[year] 12 ayı
    } doldurur. O zaman şunlar da olabilir: { $names }.
reminder-set = Tamam. Size yazacağım gün { $on }, saat { $at }.
reminder-already = Bunu zaten yazdım: { $day }.
reminder-no-day = Bunun için şimdi size yazacağım bir gün yok.
reminder-now = { $about ->
        [register] ⏰ Büroya kayıt için son gün
        [apply] ⏰ НОИ başvurusu için son gün
        [visit] Gidiş günü
       *[birthday] Doğum günü
    } { $when ->
        [today] bugün, { $day }
        [tomorrow] yarın, { $day }
       *[soon] çok yakın, { $day }
    }. Bu yüzden sonra değil, şimdi söylüyorum.
reminder-moved = Şu hatırlatmayı kaydırdım: { $about ->
        [register] büro için son gün
        [apply] НОИ için son gün
        [half_year] 6 aylık kayıt
       *[year] 12 aylık kayıt
    }. Yeni gün { $day }.
reminder-gone = Şu hatırlatmayı kaldırdım: { $about ->
        [register] büro için son gün
        [apply] НОИ için son gün
        [half_year] 6 aylık kayıt
       *[year] 12 aylık kayıt
    }. Yeni cevaplara göre gerek kalmadı.
reminders-stopped = Bütün hatırlatmaları ve kontrolleri durdurdum. Onlar için hiçbir şey tutmuyorum.

visit-day =
    Büroya veya kütüphaneye hangi gün gidiyorsunuz?
    { $known ->
        [yes] Bu günlerde büro açık.
       *[no] Bunlar iş günleri. Büronun tam saatlerini bilmiyorum.
    }
    Gün de yazabilirsiniz, örneğin 25.11 veya “cuma günü”.
    Bir gün önce saat 18:00’de size yazarım.
visit-day-far = Bugünden yarım yıl sonrasına kadar bir gün seçin.
visit-enough = En çok üç gidiş tutarım. Önce öbürlerini durdurun.
visit-holiday = { $day } tatil günü. Açık mı, sorun.
missed-visit_day = Günü anlamadım. Şöyle yazın: 25.11.

birthday =
    { $kind ->
        [ends] { $birthday } gelince biten bir şey var: { $names }.
       *[begins] { $birthday } gelince başlayan bir şey var: { $names }.
    }
    Doğum günü hangi tarihte? Gün ve ay yazın, örneğin 14.03.
    Doğum tarihini tutmam. Yalnız size yazacağım günü tutarım.
birthday-none = Şimdi bir şeyi değiştirecek doğum günü yok.
missed-birthday = Tarihi anlamadım. Gün ve ay yazın, örneğin 14.03.

reminded = 🔔 Посока: istediğiniz hatırlatma.
reminded-register = { $when ->
        [today] Bugün, { $day }, büroya kayıt için son gün.
        [tomorrow] Yarın, { $day }, büroya kayıt için son gün.
        [past] Kaydın son günü { $day } idi. Şimdi de gidin.
       *[later] Büroya kayıt için son gün { $day }.
    }
reminded-apply = { $when ->
        [today] Bugün, { $day }, НОИ başvurusu için son gün.
        [tomorrow] Yarın, { $day }, НОИ başvurusu için son gün.
        [past] Başvurunun son günü { $day } idi. НОИ kurumuna şimdi de sorun.
       *[later] НОИ başvurusu için son gün { $day }.
    }
reminded-visit = { $when ->
        [today] Bugün, { $day }, yazdığınız gidiş günü.
        [tomorrow] Yarın, { $day }, yazdığınız gidiş günü.
        [past] Yazdığınız gidiş günü { $day } idi. Nasıl geçti?
       *[later] Yazdığınız gidiş günü { $day }.
    } Yanınıza ne alacağınıza bakın.
reminded-birthday = { $when ->
        [today] Bugün, { $day }, yazdığınız doğum günü.
        [tomorrow] Yarın, { $day }, yazdığınız doğum günü.
        [past] Yazdığınız doğum günü geçti: { $day }.
       *[later] Yazdığınız doğum günü { $day }.
    } Onunla bir şey değişir. Planınıza bakın.
reminded-half_year = { $when ->
        [today] Bugün bürodaki kayıt 6 ayı doldurur.
        [tomorrow] Yarın bürodaki kayıt 6 ayı doldurur.
        [past] { $day } günü bürodaki kayıt 6 ayı doldurdu.
       *[later] { $day } günü bürodaki kayıt 6 ayı doldurur.
    } Yeni bir şey olabilir.
reminded-year = { $when ->
        [today] Bugün bürodaki kayıt 1 yılı doldurur.
        [tomorrow] Yarın bürodaki kayıt 1 yılı doldurur.
        [past] { $day } günü bürodaki kayıt 1 yılı doldurdu.
       *[later] { $day } günü bürodaki kayıt 1 yılı doldurur.
    } Yeni bir şey olabilir.
reminded-opened = Artık uygun olabilir: { $names }.
reminded-on = Plan aşağıda. Kolay gelsin!
reminded-anew =
    Konuşmamızı söz verdiğim gibi artık tutmuyorum.
    Yeniden cevap verin, plan yine burada olur.

button-rechecks = Değişirse haber ver
button-rechecks-yes = Evet, kontrol et
button-rechecks-stop = Kontrolü durdur
button-news-more = Devamı: { $number }
rechecks =
    🔄 Değişirse haber ver
    Destekler değişir. İsterseniz yeni bir şey uygun oluyor mu diye bakar, size yazarım.
    Bunun için 12 ay boyunca yalnız şu cevapları tutarım: { $facts }.
    İstediğiniz zaman durdurursunuz. O zaman silerim.
rechecks-special =
    Bu özel bir bilgi. Yalnız numarasıyla işaretlerseniz tutarım.
    İşaretlerseniz, kontroller için tutmama izin vermiş olursunuz.
rechecks-none = Burada kontrol edemem. Cevaplarınız ve size yazabileceğim bir konuşma gerek.
rechecks-on = 🔄 Değişiklikleri kontrol ediyorum, son gün { $until }.
rechecks-agreed = Tamam. Kontrolün son günü { $until }. Yalnız bir şey değişirse yazarım.
rechecks-already = Zaten kontrol ediyorum. Yeni bir şey tutmuyorum.
rechecks-stopped = Kontrolleri durdurdum. Onlar için tuttuklarımı sildim.
news = 🔔 Посока: haber istediğiniz bir şey değişti.
news-opened = ➕ Artık uygun olabilir:
news-more = { $count ->
        [one] Bir şey daha var. Düğmeyle bakın.
       *[other] { $count } şey daha var. Düğmeyle bakın.
    }
news-closed = ➖ Artık yok veya uygun değil:
news-closed-more = { $count ->
        [one] • ve bir tane daha
       *[other] • ve { $count } tane daha
    }
privacy-later =
    Hatırlatma isterseniz konuyu, günü, dili ve konuşmayı size yazana kadar tutarım.
    Kontrol isterseniz desteklerle ilgili cevapları en çok 12 ay tutarım. “Hatırlatmalar” içinde durdurursunuz.
news-foot = Ayrıntı için numaraya basın. Kararı iş bürosu verir.
