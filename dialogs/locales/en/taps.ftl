# A tap that comes late, and what is said while a librarian speaks or where hours are unknown.

earlier-talk = This button is from an earlier talk that I no longer keep.
case-location = The place did not go to the librarian. If they need it, write it in words.
hours-call = I do not know the opening hours. Please call before you go.
promise-call = I do not know the opening hours. If it is urgent, call: { $phone }.
