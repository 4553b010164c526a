# How a question stands at the desks when it is an expert's turn, or new hands have it.

desk-mine-for-expert = при Вас, чака експерта
desk-for_expert = при { $name }, чака експерта
desk-for_expert_free = при никого, чака експерта
desk-group-title-for_expert = при { $name }, чака експерта
desk-group-title-for_expert_free = чака експерта
desk-group-head-for_expert = 🟣 При { $name } е от { $since }. Чака се експертът.
desk-group-head-for_expert_free = 🟣 Чака се експертът. Никой не го държи.

desk-mine-handed-over = предаден на Вас, прегледайте го
desk-handed_over = предаден на { $name }, чака преглед
desk-handed_over_free = предаден тук, прегледайте го
desk-group-title-handed_over = предаден на { $name }
desk-group-title-handed_over_free = предаден тук
desk-group-head-handed_over = 🟡 Предаден на { $name }, { $since }. Човекът вече има отговор. Прегледайте разговора.
desk-group-head-handed_over_free = 🟡 Предаден тук. Човекът вече има отговор. Никой не го е поел.
