"""Pages that the tests of documents send and print, and how they read them back."""

import io

from pypdf import PdfReader

from dialogs.documents import Document, Line, Part

REALISTIC = Document(
    form="pdf",
    language="bg",
    name="План за работа",
    title="План: първите стъпки към работа",
    lead="Носете този лист в бюрото по труда.",
    parts=(
        Part(
            heading="⏰ Първо сроковете",
            lines=(
                Line(text="Регистрация – най-късно на 4 декември 2026 г.", mark="box"),
                Line(text="Лична карта с адрес в общината", mark="ticked"),
            ),
        ),
        Part(
            heading="Мерки, които вероятно подхождат",
            lines=(
                Line(text='"Заетост над 55" (чл. 55а ЗНЗ): до 1 077 лв.', mark="number"),
                Line(text="Обучение: ваучер до 500 €.", mark="number"),
            ),
        ),
        Part(lines=(Line(text="Стажуване – попитайте в бюрото.", mark="number"),)),
        Part(
            heading="Какво да носите",
            lines=(
                Line(text="диплома;", mark="bullet"),
                Line(text="Бюрото е на бул. „Христо Ботев“ 136."),
            ),
        ),
    ),
    foot=("По данни на НОИ, проверени на 24.11.2026 г.",),
    payload="plan",
    invitation="Насочете телефона към кода",
)
LINK = "https://t.me/posoka_bot?start=plan"


def words_of(pdf: bytes) -> str:
    """Return the words of the first page, each space a plain one."""
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return " ".join(text.replace("\xa0", " ").split())
