# What is said of words and files that did not go to a librarian, and of thanks after the end.

thanks-after-case = Моля! Радвам се, ако помогнахме. Ако изникне още нещо, пишете.
missed-case_card = Не Ви разбрах. Натиснете „Да, предай“. За друг въпрос натиснете „Назад“.
file-later = Файлът остана при мен. Предайте първо въпроса, после пратете файла пак.
file-not-gone = Файлът не отиде при библиотекаря. Отворете разговора с бутона и го пратете пак.
