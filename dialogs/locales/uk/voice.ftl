# Voice recordings: from a person to a librarian.
web-record = Голосове повідомлення
web-record-choose = Запишіть голос або виберіть запис
web-record-send = Надіслати запис
web-record-hint = До { $most } MB. Запис іде лише до бібліотекаря.
