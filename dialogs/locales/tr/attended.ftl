# Words of a talk that is held at the desk, a librarian beside the person, in Turkish.

attended-home =
    Merhaba, ben Посока. İş arayanlar için hangi desteklerin olduğunu gösteririm.
    İş bürosunu (Бюро по труда) ve yakın bir kütüphaneyi bulurum.
    Kısa sorular soracağım. Her soruya “bilmiyorum” veya “söylemek istemiyorum” da diyebilirsiniz.

    Bu konuşmadan hiçbir şey saklanmaz. Sonunda kütüphaneci her şeyi siler.

    Kimin için soruyorsunuz? İsterseniz bir cümleyle anlatın.
    Örneğin: “Mayısta işsiz kaldım, 57 yaşındayım, Roman şehrindeyim”.
attended-privacy =
    Bu konuşmadan hiçbir şey saklanmaz. Siz buradayken yalnız programın belleğinde durur.
    “Край – изтрий всичко” (son, hepsini sil) ile hemen silinir. Otuz dakika sessizlikten sonra kendiliğinden silinir.
    Yalnız bugün kaç kişiye yardım edildiği kalır. Aldığınız sayfa da sizde kalır.
    Yanınızdaki kütüphaneci cevapları görür. ТЕЛК yüzdesini yalnız izninizle sorarım.
attended-consent =
    { $who ->
        [relative] Yakınınızın ТЕЛК veya НЕЛК raporu var mı? Raporda yüzde kaç yazıyor?
       *[self] ТЕЛК veya НЕЛК raporunuz var mı? Raporda yüzde kaç yazıyor?
    }

    { $who ->
        [relative] Bu bir sağlık bilgisidir. “İzin var” düğmesine yalnız yakınınızın izni varsa basın.
       *[self] Bu bir sağlık bilgisidir. “İzin var” düğmesiyle bunu kullanmama izin verirsiniz.
    }
    Yalnız hangi desteklerin uygun olduğuna bakmak içindir. Yanınızdaki kütüphaneci de görür.
    Saklamam: konuşma bitince silinir. Bu bilgi olmadan da devam edebilirsiniz.
attended-told-consent =
    { $who ->
        [relative] ТЕЛК yüzdesi bir sağlık bilgisidir. “Evet, öyle” demek, yakınınızın izni var demektir.
       *[self] ТЕЛК yüzdesi bir sağlık bilgisidir. “Evet, öyle” derseniz kullanmama izin vermiş olursunuz.
    }
    Yalnız hangi desteklerin uygun olduğuna bakmak içindir. Yanınızdaki kütüphaneci de görür.
    Saklamam: konuşma bitince silinir.
attended-librarian = Kütüphaneci yanınızda. Doğrudan sorun.
attended-distress =
    Kütüphaneci yanınızda, aramanıza yardım edebilir. O, 112’nin yerini tutmaz.
    Sonra devam etmek için “geri” yazın.
