# What the bot asks librarians in their group, and says of buttons that were answered.

desk-tg-done-already = Това вече е направено.
desk-tg-button-back = ← Назад
