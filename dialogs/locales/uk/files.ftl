# Files both ways: between a person and a librarian.
file-not-passed = Цього не можу передати. Можу фото, голосове повідомлення або документ: pdf, doc, docx, odt, jpg, png. До { $most } MB.
file-failed = Файл не зміг дійти сюди. Попросіть його ще раз.
librarian-corrected = ✏️ Виправлено – 👤 { $name }: { $text }
librarian-took-one-back = 👤 { $name } забирає назад одне повідомлення вище.

web-corrected = виправлено
web-attach = Додати файл
web-attach-send = Надіслати файл
web-attach-choose = Виберіть файл
web-attach-hint = До { $most } MB: { $endings }. Файл іде лише до бібліотекаря.
web-file-sent = 📎 Надсилаю файл: { $name } ({ $size })
web-file-received = Файл від бібліотеки: { $name } ({ $size })
web-file-alone = Файл від бібліотеки: { $name }
web-attach-none = Ви не вибрали файл. Виберіть його і спробуйте ще раз.
web-attach-empty = Цей файл порожній. Виберіть інший.
web-attach-kind = Такий файл не можу передати. Можна: { $endings }.
web-attach-large = Файл завеликий. Можна до { $most } MB. Менше фото теж підійде.
web-attach-many = Ви надіслали багато файлів. Напишіть бібліотекарю, що ще маєте.
web-attach-not-now = Файл можна надіслати лише в розмові з бібліотекарем. Натисніть «Бібліотекар».
web-attach-off = Зараз не можу прийняти файл. Спробуйте пізніше або принесіть його до бібліотеки.
web-file-unreadable = Цей файл не відкривається тут. Попросіть бібліотекаря надіслати його ще раз.
