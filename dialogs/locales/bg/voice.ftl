# Voice recordings: from a person to a librarian.
web-record = Гласово съобщение
web-record-choose = Запишете се или изберете запис
web-record-send = Изпрати записа
web-record-hint = До { $most } MB. Записът отива само при библиотекаря.
