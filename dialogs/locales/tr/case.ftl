# Kişi kütüphanedeki sorusu hakkında ne duyar: kimde, başka kim cevaplayabilir, nasıl bitti.

case-again = { $known ->
        [yes] Başka ne sormak istediğinizi yazın. { $name } ve oradaki meslektaşları görecek.
       *[no] Başka ne sormak istediğinizi yazın. Kütüphane görecek.
    }
button-again = Oraya yine yaz
missed-closed-case = Bu kütüphaneci içinse, gönderebilirim. Konuşma yeniden açılır.
button-rate-yes = 👍 Evet
button-rate-partly = Kısmen
button-rate-no = 👎 Hayır
rated = Teşekkürler! Bu kütüphaneye yardımcı olur.
rated-before = Zaten söylediniz, teşekkürler.
cover-offer =
    { $closed } ancak bir günden fazla sonra açılıyor.
    { $open } daha erken cevap verebilir. Soruyu oraya da göstereyim mi?
cover-offer-away =
    Bugün { $closed } içinde cevap verecek kimse yok.
    { $open } yardım edebilir. Soruyu oraya da göstereyim mi?
button-cover-yes = Evet, göster
button-cover-no = Hayır, beklerim
cover-refused = Peki. Soru yalnız ilettiğiniz yerde kalıyor.
cover-agreed = Soruyu { $name } için de gösterdim. Kim önce yapabilirse o cevaplar.
cover-standing = Soru { $name } için de gösterildi.
case-covered = { $name } sizinle. Kütüphane: { $library }.
case-freed = { $answered ->
        [yes] { $name } şu anda devam edemiyor.
       *[no] { $name } cevap veremedi.
    }
case-waits-for-colleagues = Sorunuz artık oradaki meslektaşlarını da bekliyor.
case-handed = Sorunuz { $name } adlı kişiye geçti.
case-transferred = Sorunuz şuraya geçti: { $library }. Orada daha çok yardım edebilirler.
case-expert-asked = { $name } iş bürosundan bir uzmana sordu. Cevap gelince söylerim.
expert-says = 👤 { $name }, iş bürosu uzmanı: { $text }
librarian-took-back = 👤 { $name } bu mesajı geri aldı.
case-silent = { $name } konuşmayı bitirdi, çünkü uzun süre yeni mesaj gelmedi. Yardımcı oldu mu?
case-expired = Üzgünüm, kimse sorunuza cevap veremedi. Bu yüzden soruyu kapatıyorum.
case-muted = Burada { $until } tarihine kadar sizden soru almıyoruz.
case-late = Sorunuza henüz cevap yok. Sırada duruyor ve kaybolmadı.
call-library = Kütüphaneyi arayabilirsiniz: { $phone }.
call-bureau = İş bürosunu da arayabilirsiniz: { $name }, { $phone }.
call-nobody = Kütüphaneye ya da iş bürosuna kendiniz gidip de sorabilirsiniz.
button-answer-librarian = Cevap yaz
