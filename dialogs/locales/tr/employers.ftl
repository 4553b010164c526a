# Words for a firm that hires, in Turkish: “siz” is the firm. A machine translation, not yet read by a
# native speaker.

employer =
    Kimi işe almak istersiniz?
    Hangi yardımın olduğunu, neye söz verdiğinizi ve nasıl istendiğini gösteririm.
missed-employer = Anlamadım. Bir düğmeye basın veya kimi aradığınızı yazın, örneğin “genç” veya “çırak”.
hire-all = İşverenler için bütün destekler
hire-foot =
    Ayrıntı için numaraya basın.
    Hangi desteklerde şimdi başvuru ve para olduğunu iş bürosu (Бюро по труда) söyler.
hire-unclear = ❓ olan yerde hâlâ sürüyor mu diye sorun.
vacancy = Nasıl işçi bulursunuz
vacancy-place = Firmanın hangi şehirde veya köyde olduğunu söyleyin. Belediyenin iş bürosunu göstereyim.
employer-hire = Kimi işe alabilirsiniz:
employer-gets = Ne alırsınız:
employer-firm = Firmadan ne istenir:
employer-duties = Neye söz verirsiniz:
employer-duties-ask = Neye söz verdiğinizi bulamadım. İmzalamadan önce sorun.
employer-steps = Nasıl istenir:
employer-documents = Ne hazırlarsınız:
employer-documents-ask = Hangi belgelerin gerektiğini başvurduğunuz yerde sorun.

button-all-measures = Bütün destekler
button-vacancy = Nasıl işçi bulurum
