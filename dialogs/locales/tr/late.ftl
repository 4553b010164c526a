# What is said of words and files that did not go to a librarian, and of thanks after the end.

thanks-after-case = Rica ederim! Yardımcı olabildiysek ne mutlu. Başka bir şey olursa yazın.
missed-case_card = Sizi anlamadım. “Evet, gönder” düğmesine basın. Başka bir soru için “Geri” düğmesine basın.
file-later = Dosya bende kaldı. Önce sorunuzu gönderin, sonra dosyayı yeniden yollayın.
file-not-gone = Dosya kütüphaneciye gitmedi. Düğmeyle konuşmayı açın ve dosyayı yeniden gönderin.
