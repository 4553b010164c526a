# Help at once, false offers, where vacancies are. Kind, plain, „Вие“, short sentences; nothing is asked.
# $who is self, relative or employer; these words fit each of them where there is no choice.

distress-despair = Чувам Ви. Моля, не оставайте насаме с това – говорете с човек още сега.
distress-violence = Чувам Ви. Сега най-важното е сигурно място и човек, който да помогне.
distress-hunger = Чувам Ви. За храна и подслон има към кого да се обърнете.
distress-phone = ☎ { $phone } – { $name }
distress-no-line = Ако сега е твърде тежко, звъннете на 112.
distress-person =
    Може да пишете и на библиотекар: натиснете „Библиотекар“. Отговорът може да се забави.
    Библиотекарят не замества 112. За да продължите после, напишете „назад“.
distress-passed-on = Думите Ви отидоха и при библиотекаря.
help-lines = Ето кой помага веднага.

scam-title =
    Добре, че питате. Проверете, преди да се дават пари или документи.
scam-sign = Три знака:
scam-check = Къде да проверите:
scam-report = На кого да кажете:

job-search-title = Аз нямам обяви за работа. Ето къде са:
job-search-cards = Натиснете номер за подробности.
job-search-place =
    { $who ->
        [relative] Кажете в кой град или село живее и ще посоча бюрото по труда.
       *[self] Кажете града или селото си и ще посоча бюрото по труда.
    }
