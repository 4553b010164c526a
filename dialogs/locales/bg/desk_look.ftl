# Words of the frame around every page of the librarians' desk.

desk-menu = Меню
desk-skip-list = Направо към списъка
desk-to-card = Какво знаем
desk-words = Думите дотук
desk-handed = Предадохте въпроса. Вече не е във Вашия списък.
