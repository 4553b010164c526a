# What the person reads on the hand-over besides the lines themselves, in Turkish: a machine translation.

card-for-employer = soru, çalışan arayan bir işyerinden
card-not-yet = { $count ->
        [one] ve daha sonra mümkün olabilecek 1 destek daha
       *[other] ve daha sonra mümkün olabilecek { $count } destek daha
    }
case-card-later = Sonra başka sorulara cevap verirseniz kütüphaneci onları da görür. Çıkardıklarınız gizli kalır.
case-card-language = Hangi dilde yazdığınızı da söylerim.
