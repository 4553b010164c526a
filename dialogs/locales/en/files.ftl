# Files both ways: between a person and a librarian.
file-not-passed = I cannot pass this on. I can pass on photos, voice messages and documents: pdf, doc, docx, odt, jpg, png. Up to { $most } MB each.
file-failed = The file could not come through. Please ask for it again.
librarian-corrected = ✏️ Corrected – 👤 { $name }: { $text }
librarian-took-one-back = 👤 { $name } took back a message above.

web-corrected = corrected
web-attach = Attach a file
web-attach-send = Send the file
web-attach-choose = Choose a file
web-attach-hint = Up to { $most } MB: { $endings }. The file goes to the librarian only.
web-file-sent = 📎 I sent a file: { $name } ({ $size })
web-file-received = A file from the library: { $name } ({ $size })
web-file-alone = A file from the library: { $name }
web-attach-none = You have not chosen a file. Choose one and try again.
web-attach-empty = This file is empty. Choose another one.
web-attach-kind = I cannot pass on this kind of file. I can pass on: { $endings }.
web-attach-large = The file is too large. It can have up to { $most } MB. A smaller photo does as well.
web-attach-many = You have sent many files. Write to the librarian what else you have.
web-attach-not-now = A file can be sent only in a talk with a librarian. Press “Librarian”.
web-attach-off = I cannot take the file now. Try later, or bring it to the library.
web-file-unreadable = This file cannot be opened here. Ask the librarian to send it again.
