# Words of the desk for a lost connection and a lost page.

desk-held = Няма връзка. Нищо не е изпратено. Написаното се пази тук. Изпратете го, щом връзката се върне.
desk-held-again = Връзката се върна. Написаното още не е изпратено. Изпратете го пак.
desk-lost-title = Няма такава страница – Посока
desk-lost-heading = Тук няма страница
desk-lost = Тази страница се показва само след натиснат бутон. Нищо не се промени.
desk-lost-home = Към бюрото
