# Who is away, who is let in no more, and what became of a case whose desk is gone.

desk-colleagues-away = Днес ги няма: { $names }.
desk-experts-away = Днес няма кой да отговори в: { $names }.
desk-tg-stopped =
    Администратор спря достъпа Ви до бюрото. Написаното тук не стигна до никого.
    Ако е грешка, обадете се на администратора.
desk-tg-stopped-press = Администратор спря достъпа Ви до бюрото. Нищо не се промени.
desk-event-rehomed = { $who } вече не отговаря тук. Въпросът премина към { $about }.
desk-event-unhomed = { $who } вече не отговаря тук. Въпросът чака друга библиотека.
desk-event-desk-gone = { $who } вече не отговаря тук. Разговорът е приключен.
