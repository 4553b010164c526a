# A tap that comes late, and what is said while a librarian speaks or where hours are unknown.

earlier-talk = Bu düğme önceki bir konuşmadan. Onu artık tutmuyorum.
case-location = Yeriniz kütüphaneciye gitmedi. Ona gerekirse adını yazın.
hours-call = Çalışma saatlerini bilmiyorum. Yola çıkmadan önce telefon edin.
promise-call = Çalışma saatlerini bilmiyorum. Aceleniz varsa telefon edin: { $phone }.
