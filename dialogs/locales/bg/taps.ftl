# A tap that comes late, and what is said while a librarian speaks or where hours are unknown.

earlier-talk = Този бутон е от предишен разговор, който вече не пазя.
case-location = Мястото не отиде при библиотекаря. Ако му трябва, напишете го с думи.
hours-call = Работното време не знам. Обадете се, преди да тръгнете.
promise-call = Работното време не знам. Ако бързате, обадете се: { $phone }.
