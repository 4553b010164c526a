# Voice recordings: from a person to a librarian.
web-record = Voice message
web-record-choose = Record yourself or choose a recording
web-record-send = Send the recording
web-record-hint = Up to { $most } MB. The recording goes to the librarian only.
