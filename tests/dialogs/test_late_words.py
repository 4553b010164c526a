"""After the end of a case: what may be an answer to the librarian is one tap away from them."""

import datetime as dt
from dataclasses import replace

import pytest
from test_librarian import JOBLESS, VRATSA, Asker, desk

from dialogs.free_text.thanks import load_courtesies, only_thanks, thanks_first
from dialogs.model import Pressed, ScreenRef
from dialogs.texts import load_texts
from knowledge.texts import LANGUAGES, Language

OFFER, WARM = "мога да му го пратя", "Радвам се, ако помогнахме"
NO_RIGHT = "Бях в бюрото, казаха че нямам право на обезщетение"
DIPLOMA = "Благодаря! А трябва ли ми диплома?"
PENSION = "имам и баба с пенсия"
DAY = dt.timedelta(days=1)


def ended(answers: dict[str, object] | None = None, *, after: dt.timedelta = DAY / 24) -> Asker:
    """Return somebody whose case ended so long ago."""
    talk = Asker(desk(VRATSA), answers=JOBLESS if answers is None else answers)
    talk.has_asked().librarian("reply", "Елате утре").librarian("close")
    return later(talk, after)


def later(talk: Asker, after: dt.timedelta) -> Asker:
    talk.context = replace(talk.context, now=talk.context.now + after)
    return talk


def taps(talk: Asker, action: str) -> Asker:
    return talk.does(Pressed(serial=talk.conversation.serial, action=action))


def offers(talk: Asker) -> int:
    return [b.action for m in talk.step.messages for b in m.buttons].count("send-on")


# -- what is offered -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [NO_RIGHT, DIPLOMA, PENSION, "?", "а таксата", "имам две деца"])
@pytest.mark.parametrize("days", [0, 3, 6])
def test_the_first_words_after_the_end_are_one_tap_away_from_the_librarian(
    words: str, days: int
) -> None:
    talk = ended(after=days * DAY + DAY / 24).says(words).shows(OFFER)
    assert offers(talk) == 1
    assert not talk.reached
    taps(talk, "send-on")
    assert [e.text for e in talk.reached] == ["reopened", words]
    assert talk.conversation.case
    assert talk.conversation.case.state == "reopened"


def test_the_bot_answers_all_the_same() -> None:
    talk = ended().says(NO_RIGHT).shows(OFFER, "Така ли Ви разбрах?")
    talk.presses("Да, така е").hides(OFFER)
    assert talk.answers["receiving_benefit"] is False


@pytest.mark.parametrize("action", ["rate:yes", "go:librarian", "write-again"])
def test_rating_and_looking_for_the_librarian_is_no_turning_away(action: str) -> None:
    talk = taps(ended(), action)
    if talk.at != "case_chat":
        talk = later(taps(talk, "back") if talk.at == "case_again" else talk, 2 * DAY)
    talk.says(NO_RIGHT).shows(OFFER)


@pytest.mark.parametrize("first", ["меню", "/results", "press"])
def test_who_turned_to_the_bot_is_asked_for_a_day_and_then_no_more(first: str) -> None:
    talk = ended()
    talk = taps(talk, "go:menu") if first == "press" else talk.says(first)
    talk.says(NO_RIGHT).shows(OFFER)
    later(taps(talk, "go:menu"), DAY).says("всъщност съм на 45").hides(OFFER)


def test_after_a_day_at_the_bots_screens_thanks_that_go_on_are_still_offered() -> None:
    talk = later(taps(ended(), "go:menu"), 3 * DAY)
    talk.says(DIPLOMA).shows(OFFER)
    talk.says("абе такова едно нещо").shows(OFFER)


def test_after_seven_days_nothing_is_offered() -> None:
    for words in (NO_RIGHT, DIPLOMA, "абе такова едно нещо", "Благодаря!"):
        ended(after=7 * DAY + DAY / 24).says(words).hides(OFFER, WARM)


# -- no nagging ------------------------------------------------------------------------------------


def test_the_same_words_are_offered_once() -> None:
    for words in (NO_RIGHT, "абе такова едно нещо", DIPLOMA):
        talk = ended().says(words).shows(OFFER).says(words).hides(OFFER)
        taps(talk, "send-on")
        assert [e.text for e in talk.reached] == ["reopened", words]


def test_a_fitting_answer_to_the_bots_question_is_no_answer_to_the_librarian() -> None:
    answers = {k: v for k, v in JOBLESS.items() if k not in ("age", "settlement")}
    talk = Asker(desk(VRATSA), answers=answers).says("/menu").presses("Продължи въпросите")
    assert talk.conversation.screen == ScreenRef(name="settlement")
    talk.has_asked().librarian("reply", "Елате").librarian("close")
    assert talk.conversation.screen == ScreenRef(name="settlement")
    talk.says("Враца").hides(OFFER)
    talk = taps(talk, "ask")
    for _ in range(8):
        if talk.conversation.screen == ScreenRef(name="question", about="age"):
            break
        talk.does(Pressed(serial=talk.conversation.serial, action=talk.screen.buttons[0].action))
    assert talk.conversation.screen == ScreenRef(name="question", about="age")
    talk.says("навърших петдесет и две").hides(OFFER)
    assert talk.answers["age"] == 52


@pytest.mark.parametrize(
    "words", ["меню", "изтрий всичко", "скрий", "стоп", "/help", "бот", "назад"]
)
def test_a_word_for_the_bot_is_not_offered(words: str) -> None:
    ended().says(words).hides(OFFER)


def test_what_a_cv_takes_down_is_offered_only_where_it_may_be_meant() -> None:
    talk = Asker(desk(VRATSA), answers=JOBLESS)
    talk.conversation = talk.conversation.model_copy(
        update={"screens": (ScreenRef(name="cv_question", about="name"),)}
    )
    talk.has_asked().librarian("reply", "Елате").librarian("close")
    assert talk.at == "cv_question"
    before = talk.conversation
    later(talk, DAY / 24).says(NO_RIGHT).shows(OFFER)
    talk.says("Шивачка в цех „Пирин“ от пет години").hides(OFFER)
    talk.says(DIPLOMA).shows(OFFER)
    talk.conversation = before
    talk.says("Иван Петров").hides(OFFER)
    assert talk.conversation.cv.written["name"] == "Иван Петров"
    talk.conversation = before
    talk.says("Благодаря!").shows(WARM)
    assert not talk.conversation.cv.written


# -- thanks ----------------------------------------------------------------------------------------

SHORT = {
    "bg": ("Благодаря!", "благодаря ви много", "Мерси, хубав ден", "Ок, благодаря за помощта",
           "blagodarya", "Благодаря, Мария!", "🙏", "❤️", "👍"),
    "en": ("Thanks!", "thank you very much", "ok thanks", "Thank you for your help", "🙏"),
    "tr": ("Teşekkürler!", "çok teşekkür ederim", "Sağ olun", "Teşekkürler, iyi günler"),
    "uk": ("Дякую!", "щиро дякую за допомогу", "Спасибо большое", "Дякую, гарного дня"),
}  # fmt: skip
MORE = {
    "bg": (
        DIPLOMA,
        "Благодаря, но не разбрах",
        "Много благодаря, а къде е залата",
        "Мерси, ще дойда",
    ),
    "en": ("Thanks! Do I need a diploma?", "Thank you, but I did not understand"),
    "tr": ("Teşekkürler! Diploma gerekiyor mu?", "Çok teşekkür ederim, ama anlamadım"),
    "uk": ("Дякую! А диплом потрібен?", "Щиро дякую, але я не зрозуміла"),
}


@pytest.mark.parametrize(("language", "words"), [(n, w) for n in SHORT for w in SHORT[n]])
@pytest.mark.parametrize("screen", ["home", "menu", "results", "settlement"])
def test_nothing_but_thanks_gets_a_warm_word_and_opens_nothing(
    language: Language, words: str, screen: str
) -> None:
    talk = ended()
    t = load_texts()[language]
    update = {"language": language, "screens": (ScreenRef(name=screen),)}
    talk.conversation = talk.conversation.model_copy(update=update)
    talk.says(words).shows(t("thanks-after-case"))
    talk.hides(t("missed"), t("missed-home"), t("missed-settlement"), t("missed-closed-case"))
    assert not talk.reached
    assert talk.conversation.case
    assert talk.conversation.case.state == "closed"
    assert talk.conversation.misses == 0
    # The librarian is still whom the next words may be meant for.
    later(talk, 2 * DAY).says("…").shows(t("missed-closed-case"))


@pytest.mark.parametrize(("language", "words"), [(n, w) for n in MORE for w in MORE[n]])
def test_thanks_that_go_on_are_offered(language: Language, words: str) -> None:
    talk = later(taps(ended(), "go:menu"), 3 * DAY)
    talk.conversation = talk.conversation.model_copy(update={"language": language})
    talk.says(words).shows(load_texts()[language]("missed-closed-case"))


def test_thanks_while_writing_to_the_librarian_go_there() -> None:
    talk = taps(ended(), "write-again").says("Благодаря!")
    assert [e.text for e in talk.reached] == ["reopened", "Благодаря!"]


def test_a_yes_to_an_open_question_is_no_thanks() -> None:
    talk = ended()
    about = ScreenRef(name="joint", about="registration")
    talk.conversation = talk.conversation.model_copy(update={"screens": (about,)})
    assert talk.says("👍").hides(WARM).answers["registered"] is True


def test_without_a_case_thanks_are_answered_as_ever() -> None:
    Asker(desk(VRATSA)).start().says("Благодаря!").shows("Ако има още нещо, пишете").hides(WARM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_courtesy_turns_what_is_said(language: Language) -> None:
    against = {
        "bg": {"не", "но", "ще", "ама", "обаче"},
        "en": {"not", "but", "no", "will", "however"},
        "tr": {"ama", "değil", "fakat"},
        "uk": {"не", "але", "ні", "но"},
    }
    assert load_courtesies(language)
    assert not against[language] & load_courtesies(language)


@pytest.mark.parametrize(
    "words", ["", " ", "52", "Благодаря 5", "Благодаря?", "не благодаря", "Враца", "…", "🏠", "да"]
)
def test_what_is_no_thanks(words: str) -> None:
    assert not only_thanks(words, "bg")


@pytest.mark.parametrize(
    "words", ["", "…", "Благодаря!", "А трябва ли, благодаря", "Враца", "не, мерси"]
)
def test_what_does_not_open_with_thanks(words: str) -> None:
    assert not thanks_first(words, "bg")


# -- „край“ ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Край", "край.", "СТОП", "stop"])
def test_who_says_it_is_over_to_the_librarian_ends_that_talk(words: str) -> None:
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/results").has_asked().librarian("claim")
    talk.says(words).shows("Приключих разговора с библиотекаря")
    assert [e.text for e in talk.reached] == ["closed_by_person"]
    assert talk.opened
    assert talk.at == "results"
    # It can be taken back in one tap, and the same word now stops the bot.
    talk.says("абе още нещо").shows(OFFER)
    talk.says(words).shows("Спирам тук")


def test_despair_while_writing_again_reaches_the_librarian_too() -> None:
    talk = taps(ended(), "write-again").says("искам да се самоубия")
    assert [e.text for e in talk.reached] == ["reopened", "искам да се самоубия"]
    talk.shows("112")
