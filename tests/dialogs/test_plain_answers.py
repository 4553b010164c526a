"""What answers the open question plainly is taken at once; what is unsure never is."""

import pytest
from talk import Talk

from dialogs.model import Conversation, ScreenRef
from dialogs.turn import Context
from knowledge.texts import Language

UNSURE = (
    ("tr", "working", "evet ama kaçak"),
    ("tr", "working", "çalışıyor muyum bilmiyorum"),
    ("tr", "working", "yok mu başka soru"),
    ("tr", "working", "yarım gün çalışmak istiyorum"),
    ("tr", "registered", "hayır dersem ne olur"),
    ("tr", "age", "40 küsur"),
    ("tr", "education", "lise terk"),
    ("tr", "education", "lise okumadım"),
    ("tr", "has_trade", "evet değil"),
    ("tr", "job_ended_on", "hiç hatırlamıyorum"),
    ("tr", "job_end_ground", "istifa etmedim"),
    ("tr", "lone_or_large_family", "yalnız yaşıyorum"),
    ("tr", "abroad_12_of_18", "almanyaya gitmek istiyorum"),
    ("uk", "working", "скоро піду на пенсію"),
    ("uk", "working", "була студенткою"),
    ("uk", "registered", "ні, що це"),
    ("uk", "age", "за сорок"),
    ("uk", "education", "хочу вищу освіту"),
    ("uk", "job_ended_on", "ніколи не забуду, звільнили в березні"),
    ("en", "working", "no idea"),
    ("en", "working", "yes and no"),
    ("en", "working", "I want part time"),
    ("en", "registered", "yes if i have to"),
    ("en", "education", "did not finish high school"),
    ("en", "job_ended_on", "never mind"),
    ("en", "receiving_benefit", "can i get unemployment benefits"),
    ("bg", "registered", "не, какво е това"),
    ("bg", "education", "не завърших университет"),
)
PLAIN = (
    ("tr", "working", "çalışmıyorum", "no"),
    ("tr", "registered", "evet kayıtlıyım", True),
    ("tr", "age", "45 yaşındayım", 45),
    ("uk", "working", "працюю", "yes"),
    ("uk", "receiving_benefit", "так отримую", True),
    ("en", "working", "no job", "no"),
    ("en", "education", "university", "higher"),
    ("bg", "age", "на 56 съм, имам 30 години стаж", 56),
)


def _asked(context: Context, language: Language, fact: str) -> Talk:
    screens = (ScreenRef(name="home"), ScreenRef(name="question", about=fact))
    answers = {"audience": "self"}
    return Talk(context, Conversation(language=language, answers=answers, screens=screens))


@pytest.mark.parametrize(("language", "fact", "text"), UNSURE)
def test_an_unsure_answer_is_never_taken_at_once(
    context: Context, language: Language, fact: str, text: str
) -> None:
    talk = _asked(context, language, fact).says(text)
    assert talk.answers == {"audience": "self"}


@pytest.mark.parametrize(("language", "fact", "text", "value"), PLAIN)
def test_a_plain_answer_is_taken_at_once(
    context: Context, language: Language, fact: str, text: str, value: object
) -> None:
    talk = _asked(context, language, fact).says(text)
    assert talk.answers == {"audience": "self", fact: value}
