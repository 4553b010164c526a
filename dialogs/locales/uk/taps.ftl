# A tap that comes late, and what is said while a librarian speaks or where hours are unknown.

earlier-talk = Ця кнопка з попередньої розмови, якої я вже не зберігаю.
case-location = Місце не пішло до бібліотекаря. Якщо воно потрібне, напишіть його словами.
hours-call = Годин роботи не знаю. Зателефонуйте, перш ніж іти.
promise-call = Годин роботи не знаю. Якщо терміново, зателефонуйте: { $phone }.
