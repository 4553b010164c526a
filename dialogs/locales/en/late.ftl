# What is said of words and files that did not go to a librarian, and of thanks after the end.

thanks-after-case = You are welcome! I am glad if we helped. If anything else comes up, just write.
missed-case_card = I did not understand. Press “Yes, pass it on”. For another question press “Back”.
file-later = The file stayed with me. First pass your question on, then send the file again.
file-not-gone = The file did not go to the librarian. Open the talk with the button and send it again.
