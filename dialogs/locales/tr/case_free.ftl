# What a person hears of an answered question that no librarian holds any more.

case-silent-free = Uzun süre yeni mesaj gelmediği için kütüphaneyle konuşmayı bitiriyorum. Yardımcı oldu mu?
case-goes-on-at = Konuşmanız şuraya geçti: { $library }. Başka sorunuz varsa buraya yazın.
case-answered-free = Cevabınız zaten var. Başka sorunuz varsa yazın. Şurası görecek: { $to }.
