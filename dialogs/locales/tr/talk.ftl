# Words of the talk in Turkish: a machine translation, not yet read by a native speaker. Kind, plain,
# “siz”, short sentences. $who is self or relative: for a relative the texts speak of “yakınınız”.
# What is filled in takes no ending: Turkish endings follow the vowels of a word that is not known here.
# What a person must say or find at a counter stands beside it in Bulgarian.

trial-banner = 🧪 Deneme – hiçbir şey kütüphaneye gitmez.

home =
    Merhaba, ben Посока. İş arayanlar için hangi desteklerin olduğunu gösteririm.
    İş bürosunu (Бюро по труда) ve yakın bir kütüphaneyi bulurum.
    Kısa sorular soracağım. Her soruya “bilmiyorum” veya “söylemek istemiyorum” da diyebilirsiniz.

    Cevaplarınızı son konuşmamızdan sonra en çok 30 gün tutarım. /delete ile hemen silerim.

    Kimin için soruyorsunuz? İsterseniz bir cümleyle anlatın.
    Örneğin: “Mayısta işsiz kaldım, 57 yaşındayım, Roman şehrindeyim”.
home-again =
    Sizi yine gördüğüme sevindim.
    { $where }
audience = Kimin için soruyorsunuz?
where = Şimdiye kadar bildiklerim: { $known }.
where-next = { $fitting ->
        [0] Hangi desteklerin uygun olduğunu henüz bilmiyorum.
        [one] Şimdilik 1 destek uygun olabilir.
       *[other] Şimdilik { $fitting } destek uygun olabilir.
    } { $left ->
        [0] Başka soru kalmadı.
        [one] Yaklaşık 1 soru kaldı.
       *[other] Yaklaşık { $left } soru kaldı.
    }
where-little = daha yeni başladık
where-employer = işçi arıyorsunuz
where-working = { $value }
where-age = { $name } yaşında
where-settlement = adres { $name }
where-registered =
    { $holds ->
        [yes] iş bürosunda kayıtlı
       *[no] iş bürosunda kaydı yok
    }
audience-changed =
    Önceki cevaplar duruyor. Şimdi başka biri için mi soruyorsunuz?
    Öyleyse önce “Menü”, sonra “Baştan başla” düğmesine basın.

menu = Menü. Ne yapalım?
help =
    Şunları yapabilirim:
    • kısa sorular sorarım, hangi iş desteklerinin neden uygun olduğunu gösteririm;
    • kayıt için son günü söylerim;
    • adresinize göre iş bürosunu (Бюро по труда) ve yakın bir kütüphane bulurum;
    • { $beside ->
        [yes] başka her şeyi yanınızdaki kütüphaneciye sorun.
       *[no] sorunuzu bir kütüphaneciye iletir, cevabını size getiririm.
    }

    Düğmelere basın veya yazın. Şunları yazabilirsiniz: geri, menü, sonuçlar, insan, sil.
    Kararı iş bürosu ve sigorta kurumu (НОИ) verir. Ben ne yazdığını ve nerede yazdığını söylerim.
privacy =
    Neyi tutuyorum: yalnız buradaki cevaplarınızı ve mesajları. Kimlik numarası (ЕГН), köken veya hastalık sormam.
    Adınızı yalnız CV için sorarım. Dosyayla işiniz bitince onun için yazılanları silerim.
    Ne kadar: mesajları 72 saat tutarım. Cevapları son konuşmamızdan sonra 30 gün tutarım.
    Kütüphaneciye verdiklerinizi, soru kapandıktan sonra 30 gün tutarım.
    ТЕЛК yüzdesini yalnız izninizle sorarım. Söylemeden de olur.
    Siz kütüphaneciye vermeden cevaplarınızı başka kimse görmez.
    “Hepsini sil” veya /delete ile her şeyi hemen silerim.
language = На какъв език да говорим? / Which language? / Hangi dilde konuşalım?
restart-ask = Cevapları unutup baştan başlayalım mı?
delete-ask = Her şeyi sileyim mi? Cevaplar ve mesajlar gider, geri gelmez.
deleted =
    Tamam. Bizdeki cevapları ve mesajları sildim.
    Ekranınızda gördüklerinizi de telefonunuzdan siz silin.
stopped = Burada duruyorum. Cevaplarınız saklı. Ne zaman isterseniz dönün.
nowhere-back = Burası başlangıç.

button-yes = Evet
button-no = Hayır
button-dont-know = Bilmiyorum
button-decline = Söylemek istemem
button-back = ← Geri
button-menu = Menü
button-help = Yardım
button-why = Neden soruyorsunuz?
button-results = Sonuçlar
button-places = Büro ve kütüphane
button-librarian = Kütüphaneci
button-interview = Sorulara devam
button-continue = Devam
button-start-again = Baştan başla
button-privacy = Neyi tutuyorum
button-language = Dil
button-delete = Hepsini sil
button-delete-yes = Evet, hepsini sil
button-delete-no = Hayır, kalsın
button-restart-yes = Evet, baştan
button-restart-no = Hayır, devam
button-in-bg = Български
button-in-en = English
button-to-question = ← Soruya dön
button-consent-b1 = İzin var, %50’den az
button-consent-b2 = İzin var, en az %50
button-any-none = Hayır, hiçbiri
button-any-some = Evet, ama söylemem
button-no-decision = Böyle bir rapor yok
button-done = Tamam
button-not-now = Neden henüz değil?
button-next-page = Devamı →
button-suppose = Kayıttan sonra?
button-deadline = Süreler
button-more-questions = Daha çok soru
button-yes-there = Evet, orası
button-no-other = Hayır, başka yer
button-none-of-these = Hiçbiri değil
button-say-place = Şehir veya köy söyle
button-other-place = Başka yer

progress =
    Soru { $n }. { $left ->
        [0] Şimdilik sonuncusu.
       *[other] Bundan sonra yaklaşık { $left } soru daha.
    }
already-answered = Bunu zaten cevapladınız: { $answer }. Değiştirelim mi?
any-answered = Bu soruyu zaten cevapladınız. Cevabı değiştirelim mi?
noted = Yazdım: { $answer }.
about-then = yaklaşık { $value }
between = { $low } ile { $high } arası
button-situations = Başka bir durum
situations =
    Hangisi duruma en yakın? Hiçbiri değilse geri dönün.
    “Özel bir şey” sorusunda hangisi olduğunu söylemeniz gerekmez.
button-situation-change = Başka iş
button-situation-notice = İşten çıkış ihbarı
button-situation-leave = Çocuk izni
button-situation-abroad = Yurt dışında yaşam
button-situation-study = Okumak
button-situation-private = Özel bir şey
leave =
    { $who ->
        [relative] İzinden sonra yakınınızın iş sözleşmesi ne olacak?
       *[self] İzinden sonra iş sözleşmeniz ne olacak?
    }
button-leave-contract = İşe dönüş
button-leave-ends = Sözleşme bitecek
button-leave-ended = Sözleşme artık yok
button-change = Değiştir
button-answers = Cevaplarım
button-to-results = Sonuçlara git
button-change-answer = Cevabı değiştir
answers-check = Cevaplarınıza bir bakın. Sonuçlar bunlara bağlı.
answers-so-far = Şimdiye kadarki cevaplarınız.
answers-private = özel bir şey: hangisi olduğunu söylemem
answers-none = Henüz cevap yok.
answers-resting = Bunu da tutuyorum, ama şimdi sayılmıyor: { $facts }.
answers-foot =
    Bir cevabı değiştirmek için numarasına basın.
    Yazarak da olur, örneğin “aslında 54 yaşındayım”.
found = Belki bunu soruyorsunuz:
found-else = Bu değilse bir insana sorun.
button-found-person = İnsana sor
thanks = Rica ederim! Başka bir şey varsa yazın.
greeting = Merhaba! Şimdi şuradayız.
told = { $lone ->
        [yes] Sizi doğru anladım mı?
       *[no] Şunları anladım. Doğru mu?
    }
told-line = { $label }: { $new } (önceki: { $old })
told-consent =
    { $who ->
        [relative] ТЕЛК yüzdesi bir sağlık bilgisidir. “Evet, öyle” demek, yakınınızın izni var demektir.
       *[self] ТЕЛК yüzdesi bir sağlık bilgisidir. “Evet, öyle” derseniz kullanmama izin vermiş olursunuz.
    }
    Yalnız hangi desteklerin uygun olduğuna bakmak içindir. Son konuşmamızdan sonra en çok 30 gün tutarım.
told-kept = Bunu yazdım.
told-not = Peki, bunların hiçbirini yazmadım.
button-told-yes = Evet, öyle
button-told-no = Öyle değil
button-told-drop = { $n } hariç
change = “{ $label }” değişti: { $new }. Önceki: { $old }.
change-new = “{ $label }” yazıldı: { $new }.
change-opens = ➕ Artık uygun olabilir:
change-closes = ➖ Artık uygunlar arasında değil:
change-and-more = ve { $count } tane daha
change-rests = Bu artık sayılmıyor: { $facts }.
change-counts = Bu yine sayılıyor: { $facts }.
change-questions = { $count ->
        [one] 1 yeni soru var.
       *[other] { $count } yeni soru var.
    }
change-nothing-else = Başka bir şey değişmedi.
tap-again = Bunu zaten yazdım.
old-button = Bu düğme eski. Şimdi şuradayız.
number-out-of-bounds = Sayı en az { $low }, en çok { $high } olmalı. Bakın ve yeniden yazın.
date-in-future = Bu tarih daha gelmedi. Bakın ve yeniden yazın.
day-needed = Süre için tam gün önemli. Gününü yazın, örneğin 15.11.2026. Bilmiyorsanız “Bilmiyorum” düğmesine basın.
more-exactly = Cevap aya veya güne de bağlı. Biliyorsanız yazın. Bilmiyorsanız “Bilmiyorum” düğmesine basın.

consent =
    { $who ->
        [relative] Yakınınızın ТЕЛК veya НЕЛК raporu var mı? Raporda yüzde kaç yazıyor?
       *[self] ТЕЛК veya НЕЛК raporunuz var mı? Raporda yüzde kaç yazıyor?
    }

    { $who ->
        [relative] Bu bir sağlık bilgisidir. “İzin var” düğmesine yalnız yakınınızın izni varsa basın.
       *[self] Bu bir sağlık bilgisidir. “İzin var” düğmesiyle bunu kullanmama izin verirsiniz.
    }
    Yalnız hangi desteklerin uygun olduğuna bakmak içindir. Son konuşmamızdan sonra en çok 30 gün tutarım.
    Siz işaretlemezseniz kütüphaneciye gitmez. Her şeyi istediğiniz zaman silebilirsiniz.
consent-by-button =
    { $who ->
        [relative] Yakınınızın izni varsa yüzdeye uyan “İzin var” düğmesine basın.
       *[self] İzin veriyorsanız yüzdenize uyan “İzin var” düğmesine basın.
    }

question-working =
    { $who ->
        [relative] Yakınınız şu anda çalışıyor mu?
       *[self] Şu anda çalışıyor musunuz?
    }
hint-working = “Yakında işsiz”: ihbar aldıysanız, ayrılıyorsanız veya sözleşme bitiyorsa.
question-job_ended_on =
    { $who ->
        [relative] Yakınınızın son işi ne zaman bitti?
       *[self] Son işiniz ne zaman bitti?
    }
hint-job_ended_on = Günü yazın, örneğin 15.11.2026. Süreler o günden sayılır.
question-registered =
    { $who ->
        [relative] Yakınınızın iş bürosunda (Бюро по труда) kaydı var mı?
       *[self] İş bürosunda (Бюро по труда) kaydınız var mı?
    }
question-registered_on =
    { $who ->
        [relative] Yakınınız ne zamandan beri, ara vermeden iş bürosunda kayıtlı?
       *[self] Ne zamandan beri, ara vermeden iş bürosunda kayıtlısınız?
    }
hint-registered_on = Seçin veya tarihi yazın, örneğin 10.03.2026.
question-age =
    { $who ->
        [relative] Yakınınız kaç yaşında?
       *[self] Kaç yaşındasınız?
    }
hint-age = Sayıyla yazın, örneğin 47.
joint-registration =
    { $who ->
        [relative] Yakınınızın iş bürosunda (Бюро по труда) kaydı var mı? Varsa, ara vermeden ne zamandan beri?
       *[self] İş bürosunda (Бюро по труда) kaydınız var mı? Varsa, ara vermeden ne zamandan beri?
    }
    İş bürosu kaydı son 3 ayda sildiyse “Hayır, sildiler” seçin.
    Tarihi yazmak da olur, örneğin 10.03.2026.
joint-registration_and_length =
    { $who ->
        [relative] Yakınınızın iş bürosunda (Бюро по труда) kaydı var mı? Varsa, ara vermeden ne zamandan beri?
       *[self] İş bürosunda (Бюро по труда) kaydınız var mı? Varsa, ara vermeden ne zamandan beri?
    }
    Tarihi yazmak da olur, örneğin 10.03.2026.
joint-trade =
    { $who ->
        [relative] Yakınınızın meslek belgesi var mı? Örneğin diploma, kurs belgesi veya üniversite.
       *[self] Meslek belgeniz var mı? Örneğin diploma, kurs belgesi veya üniversite.
    }
    “Yeni”: belge son 2 yılda alındıysa.
    { $who ->
        [relative] “Tecrübeli”: yakınınız bu meslekte çalıştıysa.
       *[self] “Tecrübeli”: bu meslekte çalıştıysanız.
    }
joint-trade_and_experience =
    { $who ->
        [relative] Yakınınızın meslek belgesi var mı? Örneğin diploma, kurs belgesi veya üniversite.
       *[self] Meslek belgeniz var mı? Örneğin diploma, kurs belgesi veya üniversite.
    }
    { $who ->
        [relative] “Tecrübeli”: yakınınız bu meslekte çalıştıysa.
       *[self] “Tecrübeli”: bu meslekte çalıştıysanız.
    }
joint-insurance =
    { $who ->
        [relative] İş bitmeden önceki 18 ayda yakınınızın en az 12 ay sigortası var mıydı?
       *[self] İş bitmeden önceki 18 ayda en az 12 ay sigortanız var mıydı?
    }
    { $who ->
        [relative] Varsa: yakınınız daha önce de işsizlik parası aldı mı?
       *[self] Varsa: daha önce de işsizlik parası aldınız mı?
    }
    “3 yılda alındı”: paranın son ayı son 3 yıl içindeyse.
question-education =
    { $who ->
        [relative] Yakınınız hangi okulu bitirdi?
       *[self] Hangi okulu bitirdiniz?
    }
hint-education = En son bitirilen okul önemli.
question-has_trade =
    { $who ->
        [relative] Yakınınızın meslek belgesi var mı?
       *[self] Meslek belgeniz var mı?
    }
hint-has_trade = Örneğin meslek lisesi diploması, kurs belgesi veya üniversite.
question-trade_obtained_on =
    { $who ->
        [relative] Yakınınız meslek belgesini ne zaman aldı?
       *[self] Meslek belgesini ne zaman aldınız?
    }
hint-trade_obtained_on = Seçin veya gün, ay ya da yıl yazın.
question-experience_in_trade =
    { $who ->
        [relative] Yakınınız bu meslekte çalıştı mı?
       *[self] Bu meslekte çalıştınız mı?
    }
question-insured_12_of_18 =
    { $who ->
        [relative] İş bitmeden önceki 18 ayda yakınınızın en az 12 ay sigortası var mıydı?
       *[self] İş bitmeden önceki 18 ayda en az 12 ay sigortanız var mıydı?
    }
hint-insured_12_of_18 = Yalnız hizmet sözleşmesiyle (граждански договор) çalışmak sayılmaz.
question-previous_benefit_ended_on =
    { $who ->
        [relative] Yakınınız daha önce işsizlik parası aldı mı? Aldıysa son ay hangisiydi?
       *[self] Daha önce işsizlik parası aldınız mı? Aldıysanız son ay hangisiydi?
    }
question-youngest_child_age =
    { $who ->
        [relative] Yakınınızın en küçük çocuğu kaç yaşında?
       *[self] En küçük çocuğunuz kaç yaşında?
    }
question-lone_or_large_family =
    { $who ->
        [relative] Şunlardan biri doğru mu: yakınınız çocuklara tek başına bakıyor veya çocukların sayısı en az üç?
       *[self] Şunlardan biri doğru mu: çocuklara tek başınıza bakıyorsunuz veya en az üç çocuğunuz var?
    }
question-disability_percent =
    { $who ->
        [relative] Yakınınızın ТЕЛК veya НЕЛК raporu var mı? Raporda yüzde kaç yazıyor?
       *[self] ТЕЛК veya НЕЛК raporunuz var mı? Raporda yüzde kaç yazıyor?
    }
question-any_of =
    { $who ->
        [relative] Bunlardan biri yakınınız için geçerli mi?
       *[self] Bunlardan biri sizin için geçerli mi?
    }
hint-any_of =
    Numaralara, sonra “Tamam” düğmesine basın. Yazmak da olur, örneğin “1 3”.
hint-private = Özel olanlarda hangisi olduğunu söylemeniz gerekmez.
any-receiving_benefit =
    { $who ->
        [relative] şimdi işsizlik parası alıyor
       *[self] şimdi işsizlik parası alıyorsunuz
    }
any-lone_or_large_family =
    { $who ->
        [relative] çocuklara tek başına bakıyor veya en az üç çocuğu var
       *[self] çocuklara tek başınıza bakıyorsunuz veya en az üç çocuğunuz var
    }
any-own_business =
    { $who ->
        [relative] kendi işini kurmak istiyor
       *[self] kendi işinizi kurmak istiyorsunuz
    }
any-abroad_12_of_18 =
    { $who ->
        [relative] son 18 ayın en az 12 ayında adresi yurt dışındaydı
       *[self] son 18 ayın en az 12 ayında yurt dışında yaşadınız
    }
any-served_sentence = özel: çekilmiş hapis cezası
any-protection_status = özel: mülteci veya insani statü, geçici koruma (закрила)
any-kept-private = Peki. Hangisi olduğunu sormam. Buna bağlı destekleri iş bürosuna veya kütüphaneciye sorun.
question-job_end_ground =
    { $who ->
        [relative] Yakınınızın işi neden bitti? İşten çıkış belgesinde (заповед) ne yazdığına bakın.
       *[self] İşiniz neden bitti? İşten çıkış belgesinde (заповед) ne yazdığına bakın.
    }
hint-job_end_ground =
    İşsizlik parası için soruyorum, suçlu aramıyorum.
    Firma kapandıysa da “Kadro azaltma” seçin. Belgede “съкращение” yazar.
question-receiving_benefit =
    { $who ->
        [relative] Yakınınız şimdi işsizlik parası alıyor mu?
       *[self] Şimdi işsizlik parası alıyor musunuz?
    }
question-struck_off =
    { $who ->
        [relative] Son 3 ayda iş bürosu yakınınızın kaydını sildi mi?
       *[self] Son 3 ayda iş bürosu kaydınızı sildi mi?
    }
question-own_business =
    { $who ->
        [relative] Yakınınız kendi işini kurmak istiyor mu?
       *[self] Kendi işinizi kurmayı düşünüyor musunuz?
    }
question-abroad_12_of_18 =
    { $who ->
        [relative] Son 18 ayın en az 12 ayında yakınınızın adresi yurt dışında mıydı?
       *[self] Son 18 ayın en az 12 ayında yurt dışında mı yaşadınız?
    }
hint-abroad_12_of_18 = Okul son bir yıl içinde orada bittiyse de “Evet” düğmesine basın.
question-settlement =
    { $who ->
        [employer] Firmanız hangi şehirde veya köyde?
        [relative] Yakınınızın adresi hangi şehirde veya köyde? Kimlikteki veya şimdiki adres olabilir.
       *[self] Adresiniz hangi şehirde veya köyde? Kimlikteki veya şimdiki adres olabilir.
    }
    Adını yazın, örneğin “Banitsa” veya “Vratsa”. Posta kodu da olur.
question-settlement-age =
    { $who ->
        [relative] Yakınınızın adresi hangi şehirde veya köyde? Yakınınız kaç yaşında?
       *[self] Adresiniz hangi şehirde veya köyde? Kaç yaşındasınız?
    }
    İkisini birlikte yazın, örneğin “Banitsa, 47” veya “Vratsa, 22”.
    Kimlikteki veya şimdiki adres olabilir.
noted-age = Yaş: { $age }.

why-decides = Şunların uygun olup olmadığı bu cevaba bağlı:
why-working = Süreler ve hangi desteklerin uygun olduğu buna bağlı.
why-settlement = Kayıt için hangi iş bürosuna gideceğiniz adrese bağlı. Yakın kütüphaneyi de böyle bulurum.
why-job_ended_on = Kayıt ve işsizlik parası için süreler o günden sayılır.
why-audience = Doğru kişiden söz edeyim diye.
why-free = “Bilmiyorum” veya “söylemek istemiyorum” da diyebilirsiniz.

find-out-job_ended_on =
    Gün, işten çıkış belgesinde (заповед) yazar.
    Son 3 ay içindeyse beklemeyin.
    İş bürosu için süre 7 iş günüdür. Sigorta kurumu (НОИ) için 3 aydır.
find-out-insured_12_of_18 = Sigortanızı НОИ kaydında görürsünüz – ПИК koduyla veya oraya giderek.
find-out-registered_on = Tarih, iş bürosunun verdiği kayıt kartında yazar.
find-out-disability_percent = Yüzde, ТЕЛК raporunda yazar.

deadline-open =
    ⏰ ÖNCE SÜRE
    İşin bittiği gün: { $ended }.
    1. İş bürosuna (Бюро по труда) kayıt – son gün { $register }. Bu 7 iş günüdür.
       Böylece işsizlik parası ilk günden başlar.
    2. İşsizlik parası (обезщетение за безработица) için НОИ kurumuna başvuru – son gün { $apply }. Bu 3 aydır.
deadline-missed =
    ⏰ ÖNCE SÜRE
    İşin bittiği gün: { $ended }. Yedi iş günü şu tarihte doldu: { $register }.
    Kayıt şimdi de işe yarar. Gecikme işsizlik parasını kısaltır, ama her zaman kesmez.
    Önemli bir sebep varsa iş bürosunda söyleyin.
    İşsizlik parası (обезщетение за безработица) için НОИ kurumuna başvuru – son gün { $apply }. Bu 3 aydır.
deadline-registered =
    ⏰ SÜRE
    İşin bittiği gün: { $ended }. İş bürosunda kayıt zaten var.
    İşsizlik parası (обезщетение за безработица) için НОИ kurumuna başvuru – son gün { $apply }. Bu 3 aydır.
deadline-short-open = süreler: kayıt için son gün { $register }, НОИ başvurusu için son gün { $apply }
deadline-short-missed = süreler: kaydın son günü { $register } idi, НОИ başvurusu için son gün { $apply }
deadline-short-registered = süre: НОИ başvurusu için son gün { $apply }
deadline-short-rough = süreler: kayıt için 7 iş günü, НОИ için 3 ay; gün bilinmiyor
deadline-short-leaving = iş yakında bitiyor; belgedeki sebep önemli
deadline-rough =
    ⏰ ÖNCE SÜRE
    Süreler işin bittiği günden sayılır.
    1. İş bürosuna (Бюро по труда) kayıt – 7 iş günü içinde.
    2. İşsizlik parası (обезщетение за безработица) için НОИ kurumuna başvuru – 3 ay içinde.
    Beklemeyin: iş bürosu günü işten çıkış belgesinde (заповед) görür.
deadline-leaving =
    ⏰ İMZADAN ÖNCE
    İşsizlik parası, belgede yazan sebebe bağlı.
    • “Взаимно съгласие” karşılıklı anlaşma demektir: Кодекс на труда, чл. 325, ал. 1, т. 1.
      O zaman işsizlik parası en azdır ve yalnız 4 ay sürer.
    • Kendi isteğiyle ayrılmada da böyledir.
    • Kadro azaltmada (съкращение) veya firma kapanınca böyle değildir.
    { $who ->
        [relative] Yakınınız acele imzalamasa daha iyi olur. Düşünmek ve sormak için bir gün isteyebilir.
       *[self] Acele imzalamayın. Düşünmek için bir gün isteyin ve sorun.
    }
    İş bürosuna kayıt, iş bittikten sonra 7 iş günü içindedir.
    НОИ kurumuna başvuru 3 ay içindedir.
deadline-none =
    Şimdilik işleyen bir süre görmüyorum.
    İş biterse kayıt için 7 iş günü var.
source-line = Kaynak: { $basis }; { $title }, bakıldığı gün { $checked }

results-title = İşte bulduklarım
results-none-yet = Şimdilik kesin bir şey yok. Bir iki cevap daha yardım edebilir.
heading-yes = ✅ { $who ->
        [relative] Yakınınıza uygun
       *[self] Size uygun
    }
heading-likely = 🟢 Herhalde uygun – kararı büro verir
heading-unknown = ❔ Henüz belli değil
heading-ask = ❓ Hâlâ sürüyor mu, sorun
heading-no = ⏸ Şimdilik değil ({ $count })
missing = Cevabı eksik: { $facts }
heading-near = 🔑 { $change } olunca – herhalde uygun
near-miss = { $change } olunca şunlar da mümkün olabilir: { $names }{ $further ->
    [0] .
   *[other] {" "}ve { $further } tane daha.
 } Birkaç cevap daha gerek.
from-day = { $day } gününden başlayarak şu da olabilir: { $measure }.
from-day-at-latest = { $day } günü veya daha önce şu da olabilir: { $measure }.
from-birthday = { $doubt ->
        [yes] Belki { $birthday } gelince şu da olabilir: { $measure }. İş bürosuna sorun.
       *[no] { $birthday } gelince şu da olabilir: { $measure }.
    }
not-now-more = Sebepler için “Neden henüz değil?” düğmesine basın.
results-more = { $count } tane daha var – “Devamı →” düğmesine basın.
results-foot = Desteğin ne verdiğini ve nasıl istendiğini görmek için numarasına basın.
not-now-title = ⏸ Şimdilik değil – ve neden
not-now-none = Dışarıda kalan destek yok.
measure-gone = Bu destek artık listede yok. Şimdi bunlar var.

card-gives = Ne verir:
card-why =
    { $who ->
        [relative] Yakınınız için:
       *[self] Sizin için:
    }
card-of-whom =
    { $who ->
        [relative] “Siz” yazan yerde yakınınızdan söz edilir.
       *[employer] Bu yazı iş arayan kişi içindir. “Siz” odur.
    }
card-bureau = İş bürosu şuna bakar:
card-unclear = Bunun şimdi sürdüğü kesin değil. Buna güvenmeden önce iş bürosuna sorun.
card-yearly-gap = Ocaktan nisana kadar yeni yılın parası çoğu zaman gelmemiş olur. Ne zaman beklendiğini sorun.
card-ends = Başvuru için son gün: { $day }.
card-online = Yalnız internetten başvurulur. Birçok kütüphanede bilgisayar var – önce telefon edin.
card-excludes = Şununla birlikte olmaz:
button-services = Kütüphanede yardım
ended-since = Artık yok. Bittiği gün: { $day }.
ended-day-unknown = Artık yok. Ne zamandan beri, bulamadım.
ended-instead = Bugün onun yerine şunlar uygun olabilir:
ended-nothing-instead = Bugün onun yerine ne olduğunu bulamadım. Kütüphaneciye veya iş bürosuna sorun.
services-title = Kütüphane neye yardım edebilir
services-bring = Yanınıza alın: { $what }.
services-known = Bunun olduğu yer: { $library } ({ $as_of } yılının bilgisi). Orada sorun.
services-ask-first = Bunların hepsi her kütüphanede yoktur. Önce telefon edin.
card-programme = Bu bir programdır. Şimdi başvuru ve para var mı, sorun.
card-steps = Ne yapmalı:
card-documents = Yanınızda ne olsun:
card-documents-ask = Hangi belgelerin gerektiğini iş bürosuna sorun.
card-basis = Dayanak: { $basis }. Bilginin tarihi: { $as_of }.
amount = { $what }: { $value } { $currency ->
        [EUR] €
       *[BGN] лв.
    }, son gün { $until }
amount-unknown = { $what }: şimdiki tutar kesin değil – iş bürosuna sorun.
source = Kaynak: { $title }, bakıldığı gün { $checked }
    { $url }
sources = Bütün kaynaklar:
sources-none = Burada gösterilecek kaynak yok. Geri dönün.
sources-further = Başka kaynaklar: { $hosts } – bakıldığı gün { $checked }{ $late ->
        [yes] {" "}– çok oldu, yeniden sorun
       *[no] .
    }
button-sources = Bütün kaynaklar
source-overdue = Kaynak: { $title }, bakıldığı gün { $checked } – çok oldu, yeniden sorun
    { $url }

place-full = { $name } { $kind ->
        [town] şehri
        [village] köyü
       *[monastery] manastırı
    } ({ $municipality } belediyesi, { $province } ili)
place-kept = Tamam: { $place }.
confirm-typed = Tam bu adı bulamadım. Şunu mu demek istediniz: { $place }?
confirm-code = Bu posta kodu şu yerin: { $place }. Adres orada mı?
confirm-here = Size en yakın yer: { $place }. { $who ->
        [relative] Yakınınızın adresi orada mı?
       *[self] Adresiniz orada mı?
    }
which-place = Bu adda birkaç yer var. Hangisi?
location-abroad = Burası Bulgaristan’daki her şehir ve köyden uzak. Şehri veya köyü yazın.

places-title = Yerler: { $place }
places-unknown = Büroyu ve kütüphaneyi bulmam için adresin hangi şehirde veya köyde olduğunu söyleyin.
places-mediation = Danışma ve ilanlar için her iş bürosu (Бюро по труда) olur.
places-check = Bu bilgiler eskimiş olabilir. Yola çıkmadan önce sorun.
bureau-sourced = { $who ->
        [employer] Belediyenizin iş bürosu: { $line }
       *[self] Kayıt için iş bürosu: { $line }
    }
bureau-doubtful = { $who ->
        [employer] Belediyenizin iş bürosu herhalde şu: { $line }.
       *[self] Kayıt için iş bürosu herhalde şu: { $line }.
    } Kesin değil. Yola çıkmadan önce oraya veya kütüphaneciye sorun.
bureau-unknown = { $who ->
        [employer] Bu belediyenin iş bürosunu bilmiyorum.
       *[self] Bu belediyede kayıt için hangi iş bürosu, bilmiyorum.
    } Kütüphaneciye sorun.
bureau-in-province = İlde bildiğim bürolar:
place-of = { $name }, { $city }
library-nearest = Bildiğim en yakın kütüphane: { $line }
library-regional = İldeki büyük kütüphane: { $line }
library-ask = Burası bir kültür evi (читалище) – kütüphanesi var mı, sorun.
library-distance = { $name } – yaklaşık { $km } km, kuş uçuşu
libraries-more = Yakındaki başka yerler:
contact-address = Adres: { $value }
contact-phone = Telefon: { $value }
contact-email = E-posta: { $value }
contact-hours = Çalışma saatleri: { $value }
place-source = Bilgi kaynağı: { $source } ({ $date }), bakıldığı gün { $checked }.
source-indirect = dolaylı kaynak
source-undated = tarihi yok
contacts-unknown = Tam adresi ve telefonu henüz bilmiyorum. Belediyeye (община) veya muhtarlığa (кметство) sorun.
hours-unknown = Ne zaman açık olduğunu henüz bilmiyorum.
hours-closed = kapalı
hours-on = { $first } günü
hours-from-to = { $first } – { $last } arası
hours-holidays = bayramlarda kapalı
# “Ayın son perşembe günü kapalı”, “ayın ilk çarşamba günü kapalı”.
hours-monthly = ayın { $nth ->
        [1] ilk
        [2] ikinci
        [3] üçüncü
        [4] dördüncü
        [5] beşinci
       *[-1] son
    } { $day ->
        [mo] pazartesi
        [tu] salı
        [we] çarşamba
        [th] perşembe
        [fr] cuma
        [sa] cumartesi
       *[su] pazar
    } günü kapalı
open-until = Şimdi açık, kapanış saati { $time }.
closed-now = Şimdi kapalı.
opens-at = Şimdi kapalı. Açılış { $when ->
        [today] bugün
        [tomorrow] yarın
        [mo] pazartesi
        [tu] salı
        [we] çarşamba
        [th] perşembe
        [fr] cuma
        [sa] cumartesi
       *[su] pazar
    } ({ $date }), saat { $time }.
day-mo = pzt
day-tu = sal
day-we = çar
day-th = per
day-fr = cum
day-sa = cmt
day-su = paz

librarian =
    Sizi kiminle buluşturayım? Kütüphaneci burada, aynı konuşmada cevap yazar.
    Bir şey vermeden önce ne vereceğimi size gösteririm.
librarian-no-place = Şehrinizi veya köyünüzü söylerseniz en yakınını gösteririm.
librarian-no-desk-place =
    Şimdi burada cevap verecek bir kütüphaneci yok. Kimseye bir şey vermedim.
    Şehri veya köyü söyleyin, yakındaki kütüphaneyi ve büroyu göstereyim.
    İsterseniz bekleyin: soru, ilk katılan kütüphaneye gider.
librarian-no-desk =
    Şimdi burada cevap verecek bir kütüphaneci yok. Kimseye bir şey vermedim.
    Gidebilir veya telefon edebilirsiniz. İşte yerler:
librarian-wait-offer = İsterseniz bekleyin: soru, ilk katılan kütüphaneye gider.
promise-open = Şimdi açık, kapanış saati { $time }.
promise-closed = Şimdi kapalı. Açılış { $when ->
        [today] bugün
        [tomorrow] yarın
        [mo] pazartesi
        [tu] salı
        [we] çarşamba
        [th] perşembe
        [fr] cuma
        [sa] cumartesi
       *[su] pazar
    } ({ $day }), saat { $time }; cevabı o zaman bekleyin.
promise-unknown = Cevap, kütüphane çalışırken gelir.
button-ask-library = 💬 { $name }
button-ask-this = Buraya sor
button-wait = Bekleyeceğim
button-no-question = Sorum yok
button-pass-on = Evet, gönder
button-to-bot = ← Bota dön
button-end-case = Konuşmayı bitir
desk-gone = Bu kütüphane artık burada cevap vermiyor. Başka birini seçin.
case-question =
    Kütüphaneciye ne sormak istiyorsunuz? Kendi sözlerinizle yazın.
    “Sorum yok” derseniz yalnız cevaplarınız gider.
question-cut = Soru uzun. İlk { $most } harfini bıraktım.
case-card = { $known ->
        [yes] Şuraya göndereceğim: { $to }. İşte gidecekler:
       *[no] İlk katılan kütüphaneye bunları göndereceğim:
    }
case-card-foot =
    { $lines ->
        [no] Siz yazmazsanız adınız gitmez.
       *[yes] Bir satırı çıkarmak veya geri koymak için numarasına basın. Siz yazmazsanız adınız gitmez.
    }
    ТЕЛК, hapis cezası ve koruma statüsünü yalnız siz işaretlerseniz veririm.
card-question = Soru
card-place = adres
card-unknown = bilinmiyor
card-fitting = uygun olabilir
card-for-relative = soru bir yakını için
card-empty = Hiçbir şey – yalnız sorunuz.
card-deadline = süreler
card-to-show = İsterseniz orada bunu gösterin:
case-waiting = Sorunuzu gönderdim: { $to }. Numarası { $number }.
case-waiting-any = Sorunuz ilk katılan kütüphaneyi bekliyor. Numarası { $number }.
case-still-open = 💬 Açık bir sorunuz var, № { $number }. Kütüphaneciye yazmak için “Kütüphaneci” düğmesine basın.
case-claimed = Kütüphaneden { $name } sizinle.
case-write-here = Buraya yazın – hepsi kütüphaneciye gider. Benimle devam etmek için “bot” yazın.
case-found-desk = Sorunuz için bir kütüphane bulundu: { $name }.
case-none = Kütüphaneciyle açık bir konuşmanız yok.
case-open-already = Açık bir sorunuz var. Doğrudan oraya yazın veya önce onu bitirin.
case-over = Bu konuşma artık bitti.
case-ended-by-you = Kütüphaneciyle konuşmayı bitirdim. İstediğiniz zaman yine sorabilirsiniz.
trial-over = Deneme bitti, bu konuşma da onunla bitti. Buradan kütüphaneye bir şey gitmedi. Yeniden sormak için “Kütüphaneci” düğmesine basın.
case-closed = { $name } konuşmayı bitirdi. Yardımcı oldu mu? 7 gün içinde oraya yine yazabilirsiniz.
librarian-says = 👤 { $name }: { $text }

file-received = { $type ->
        [photo] Bir fotoğraf
        [voice] Bir sesli mesaj
        [video] Bir video
        [sticker] Bir çıkartma
        [document] Bir dosya
       *[other] Yazı olmayan bir şey
    } görüyorum. Şimdilik yalnız yazı okuyorum. Bana yazarak anlatın.
edited-message = Eski mesajdaki düzeltmeyi gördüm. Yazmam için onu yeni mesaj olarak gönderin.
unknown-command = Bu komutu bilmiyorum. “yardım” yazın veya bir düğmeye basın.
too-long = Bu benim için uzun. Birkaç sözle cevap verin. Bir insanla konuşmak için “Kütüphaneci” düğmesine basın.
missed-numbers = Cevabın numarasını yazın:
missed-typed = Yalnız sayıyı yazın. Bilmiyorsanız “bilmiyorum” yazın.
hide-cannot = Burada eski mesajları gizleyemem. Konuşmayı telefonunuzdan silin.
hidden-message = ☀
hidden = İyi günler! Devam etmek için düğmeye basın.
button-hide = Gizle
missed = Sizi anlamadım. Bir düğme seçin veya “yardım” yazın.
missed-often = Kusura bakmayın, sizi anlayamıyorum. Bir insan daha iyi yardım edebilir.
missed-home = Sizi anlamadım. Önce kimin için sorduğunuzu seçin.
missed-age = Yaşı anlamadım. Yalnız sayıyı yazın, örneğin 47.
missed-youngest_child_age = Yaşı anlamadım. Yalnız sayıyı yazın, örneğin 5.
missed-disability_percent = Yüzdeyi anlamadım. Yalnız sayıyı yazın, örneğin 60.
missed-case = Bu bende kaldı, kütüphaneci görmüyor. Göndereyim mi?
button-send-on = Gönder: { $name }
button-send-on-alone = Gönder
sent-on = Kütüphaneciye gönderdim.
missed-settlement = Böyle bir yer bulamadım. Adını ve belediyesini yazın, örneğin “Banitsa, Vratsa”.
missed-confirm_place = “Evet, orası” düğmesine basın veya başka yer yazın.
missed-namesakes = Yerlerden birini seçin. Ya da adını ve belediyesini yazın.
missed-job_ended_on = Tarihi anlamadım. Şöyle yazın: 15.11.2026.
missed-registered_on = Tarihi anlamadım. Şöyle yazın: 10.03.2026. Ya da bir düğme seçin.
missed-trade_obtained_on = Tarihi anlamadım. Yalnız yıl da olur, örneğin 2019.
missed-previous_benefit_ended_on = Tarihi anlamadım. Yalnız yıl da olur, örneğin 2022.
went-wrong = Bende bir şey ters gitti, kusura bakmayın. Cevaplarınız saklı. Yeniden deneyin.

web-title = Посока – iş aramada yardım
web-name = Посока
web-log = Konuşma
web-input = Mesajınız
web-placeholder = Buraya yazın…
web-send = Gönder
web-choices = Bir cevap seçin
web-where = 📍 Yerimi gönder
web-my-place = 📍 Yerim
web-map = Haritada gör
web-me = Siz
web-bot = Посока
web-offline = Bağlantı yok. Mesajınız burada saklı, bağlantı gelince gider.
web-no-link = Bağlantı yok. Yeniden deniyorum.
web-new = Yeni mesaj ↓
web-waiting = Cevap geliyor…
web-refresh = Yenile
web-file = İndir: “{ $name }”
web-file-gone = Bu dosya artık burada yok. Konuşmada yeniden isteyin.
web-too-fast = Bir anda çok mesaj geldi. Biraz bekleyip yeniden deneyin.
web-too-large = Bu çok uzun. Daha kısa yazın.
web-empty = Hiçbir şey yazılmamış. Bir şey yazın veya bir düğmeye basın.
web-not-understood = Bu bana düzgün gelmedi. Sayfayı yeniden açıp deneyin.
web-no-location = Yerinizi alamadım. Adını yazın.
web-not-found = Burada sayfa yok. Başlangıç şu adreste: /
web-other-site = Bu başka bir siteden geldi, almadım. Посока sayfasını açıp oradan deneyin.
web-error = Bende bir şey ters gitti, kusura bakmayın. Biraz sonra yeniden deneyin.
web-desk = Kütüphaneciler için

document-cut = Hepsi buraya sığmadı. Kalanı konuşmada.
document-failed = Dosyayı yapamadım, kusura bakmayın. Biraz sonra yeniden isteyin.
