# Files both ways: between a person and a librarian.
file-not-passed = Това не мога да го предам. Мога снимка, гласово съобщение или документ: pdf, doc, docx, odt, jpg, png. До { $most } MB.
file-failed = Файлът не можа да стигне дотук. Поискайте го пак.
librarian-corrected = ✏️ Поправено – 👤 { $name }: { $text }
librarian-took-one-back = 👤 { $name } оттегли свое съобщение по-горе.

web-corrected = поправено
web-attach = Прикачи файл
web-attach-send = Изпрати файла
web-attach-choose = Изберете файл
web-attach-hint = До { $most } MB: { $endings }. Файлът отива само при библиотекаря.
web-file-sent = 📎 Изпратих файл: { $name } ({ $size })
web-file-received = Файл от библиотеката: { $name } ({ $size })
web-file-alone = Файл от библиотеката: { $name }
web-attach-none = Не сте избрали файл. Изберете го и опитайте пак.
web-attach-empty = Този файл е празен. Изберете друг.
web-attach-kind = Този вид файл не мога да предам. Може: { $endings }.
web-attach-large = Файлът е твърде голям. Може до { $most } MB. По-малка снимка също върши работа.
web-attach-many = Изпратихте много файлове. Напишете на библиотекаря какво още имате.
web-attach-not-now = Файл може да се прати само в разговор с библиотекар. Натиснете „Библиотекар“.
web-attach-off = Сега не мога да приема файла. Опитайте по-късно или го занесете в библиотеката.
web-file-unreadable = Този файл не може да се отвори тук. Помолете библиотекаря да го прати пак.
