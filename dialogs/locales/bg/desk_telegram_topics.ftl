# What the bot says of a group's topics themselves: one that was closed by hand, one of no question.

desk-group-turned-claimed = Разговорът не е приключил, затова отворих темата. За край натиснете „Приключвам“.
desk-group-turned-free = Въпросът още чака, затова отворих темата. За край: „Поемам“, после „Приключвам“.
desk-group-turned-expert = Въпросът към Вас още е отворен, затова отворих темата.

desk-tg-no-case = Тази тема не е на въпрос. Писаното тук не стига до хората, които питат. Отговаряйте в тема с карта най-отгоре.
