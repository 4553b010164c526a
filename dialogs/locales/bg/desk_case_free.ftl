# How an answered question stands at the desks once nobody holds it.

desk-answered = отговорено, при никого, чака човека
desk-group-title-answered = отговорено
desk-group-head-answered = 🟢 Отговорено. Сега е ред на човека. Никой не го държи.
