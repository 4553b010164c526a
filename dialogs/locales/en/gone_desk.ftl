# What a person hears where the library of their question no longer answers here, or none came.

gone-desk-nameless = The library that you chose
gone-desk-moved = { $old } no longer answers here. Your question has gone to { $new }.
gone-desk-waits = { $old } no longer answers here. Your question waits for the first library that joins.
gone-desk-answered = { $old } no longer answers here. So I end this talk. For a new question tap “Librarian”.
no-desk-came = I am sorry, no library was found for your question. So I end it here. This is where you can ask in person.
no-desk-came-where = Tap “Bureau and library” and say where you live.
gone-desk-again = { $old } no longer answers here. Write what else you want to ask – another library will read it.
