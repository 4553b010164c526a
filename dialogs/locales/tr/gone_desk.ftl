# Sorusunun kütüphanesi artık burada cevap vermiyorsa, ya da hiçbiri katılmadıysa kişi ne duyar.

gone-desk-nameless = Seçtiğiniz kütüphane
gone-desk-moved = { $old } artık burada cevap vermiyor. Sorunuz { $new } kütüphanesine geçti.
gone-desk-waits = { $old } artık burada cevap vermiyor. Sorunuz ilk katılan kütüphaneyi bekliyor.
gone-desk-answered = { $old } artık burada cevap vermiyor. Bu yüzden bu konuşmayı bitiriyorum. Yeni soru için “Kütüphaneci”ye dokunun.
no-desk-came = Üzgünüm, sorunuz için kütüphane bulunamadı. Bu yüzden soruyu kapatıyorum. Yerinde nereye sorabileceğiniz şurada.
no-desk-came-where = “Büro ve kütüphane”ye dokunun ve nerede yaşadığınızı yazın.
gone-desk-again = { $old } artık burada cevap vermiyor. Başka ne sormak istediğinizi yazın – onu başka bir kütüphane okuyacak.
