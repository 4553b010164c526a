# What a person hears of an answered question that no librarian holds any more.

case-silent-free = Завершую розмову з бібліотекою, бо довго не було нових повідомлень. Чи допомогло це Вам?
case-goes-on-at = Ваша розмова перейшла до { $library }. Якщо маєте ще питання, напишіть їх тут.
case-answered-free = Ви вже маєте відповідь. Якщо маєте ще питання, напишіть їх. Їх побачить { $to }.
