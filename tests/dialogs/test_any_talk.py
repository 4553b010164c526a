"""Whatever anybody does: no step fails, every message can be sent, and the way home is open."""

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talk import DATA_LIMIT, LIMIT, Talk

from dialogs.flows.interview import next_fact
from dialogs.model import (
    HOME,
    Conversation,
    DeskAct,
    Event,
    Pressed,
    Said,
    ScreenRef,
    SentFile,
    SharedLocation,
    Started,
)
from dialogs.respond import ACTIONS, SCREENS, respond
from dialogs.turn import Context, Turn
from knowledge.facts import DontKnow
from knowledge.loading import load
from knowledge.texts import LANGUAGES

ANSWERS = ("a:", "j:", "any:", "consent:")
"""How the buttons begin that answer a question."""

KNOWLEDGE = load()
FACTS = [fact.id for fact in KNOWLEDGE.facts]
TYPED = [
    "да", "не", "не знам", "не казвам", "57", "2", "0", "101", "вчера", "2025", "май", "ноември",
    "миналата година", "преди 3 месеца", "12 месеца", "15.11.2026", "29.02.2025", "01.01.2999",
    "Враца", "Абланица", "с. Долна Кремена", "помощ", "назад", "меню", "стоп", "бот", "english",
    "работя", "висше", "8 месеца", "/start x", "/delete", "/nothing", "Да, изтрий всичко", "1.1.1",
    "не искам да живея", "търся работа", "искат такса за работа",
]  # fmt: skip
ARGUMENTS = [
    *[f"{f}:{value}" for f in FACTS for value in ("yes", "no", "?", "-", "none", "b0", "b9")],
    *FACTS, *SCREENS, *KNOWLEDGE.measures, "68134", "12259", "none", "some", "?", "-", *LANGUAGES,
    "1", "99", "b²", "job_ended_on:9999-12-31", "age:57", "self", "audience:self", "working:no",
]  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
TEXTS = st.one_of(st.sampled_from(TYPED), ANY_TEXT, ANY_TEXT.map(lambda text: text * 100))
ACTS = st.one_of(
    st.builds(
        "{}:{}".format, st.sampled_from([*ACTIONS, "go", "back"]), st.sampled_from(ARGUMENTS)
    ),
    st.sampled_from([*ACTIONS, "go:results", "go:librarian", "back", "erase", "restart", "picked"]),
    ANY_TEXT,
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Said, text=TEXTS, edited=st.booleans()),
    st.builds(Said, text=st.sampled_from(TYPED)),
    st.builds(Pressed, serial=st.integers(-3, 40), action=ACTS),
    st.integers(0, 60).map(lambda n: n),  # the n-th button of the screen
    st.integers(0, 60).map(lambda n: n),
    st.builds(Started, payload=TEXTS),
    st.builds(SharedLocation, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180)),
    st.builds(SharedLocation, latitude=st.floats(42, 44), longitude=st.floats(23, 28)),
    st.builds(SentFile, type=st.sampled_from(["photo", "voice", "sticker", "other"])),
    st.builds(
        DeskAct,
        act=st.sampled_from(["claim", "reply", "note", "close", "assign", "route", "give_up"]),
        case=st.integers(0, 2),
        name=TEXTS,
        text=TEXTS,
    ),
)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def stepped(conversation: Conversation, event: Event, context: Context) -> Conversation:
    """Return the talk after the event, having looked at all that is said."""
    step = respond(conversation, event, context)
    for message in step.messages:
        assert message.text.strip()
        assert len(message.text) <= LIMIT
        for button in message.buttons:
            assert button.label.strip()
            assert len(f"{message.serial}.{button.action}".encode()) <= DATA_LIMIT
    # A page shows the buttons of one screen, and with a message those that are its own.
    assert len([m for m in step.messages if m.rows and not m.aside]) <= 1
    if not isinstance(event, DeskAct):
        assert step.messages or step.notice or step.effects
    # What is kept can be kept: as text, and read again.
    return Conversation.model_validate_json(step.conversation.model_dump_json())


def walked(events: list[Event | int], context: Context) -> Conversation:
    conversation = Conversation()
    for event in events:
        done = event
        if isinstance(event, int):
            screen = SCREENS[conversation.screen.name].show(Turn(conversation, context))
            button = screen.buttons[event % len(screen.buttons)]
            done = Pressed(serial=conversation.serial, action=button.action)
        conversation = stepped(conversation, done, context)
    return conversation


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(events=st.lists(EVENTS, min_size=3, max_size=30))
def test_every_step_is_sound(context: Context, events: list[Event | int]) -> None:
    walked(events, context)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=1500, deadline=None, suppress_health_check=SLOW)
@given(events=st.lists(EVENTS, min_size=3, max_size=30))
def test_every_step_is_sound_in_many_talks(context: Context, events: list[Event | int]) -> None:
    walked(events, context)


STORED = st.builds(
    Conversation,
    language=st.sampled_from(LANGUAGES),
    answers=st.dictionaries(
        st.sampled_from([*FACTS, "gone"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-1, 120),
            st.sampled_from(
                ["self", "employer", "no", "none", "68134", "9999-12-31", "2026-11-20"]
            ),
            st.just({"declined": True}),
            st.just({"from": "2026-01-01", "to": "2026-11-22"}),
            st.just({"from": "x"}),
            st.lists(st.integers(), max_size=2),
        ),
    ),
    screens=st.lists(
        st.builds(
            ScreenRef,
            name=st.sampled_from([*SCREENS, "gone"]),
            about=st.sampled_from(
                ["", *FACTS, *KNOWLEDGE.measures, "68134", "a,b", "typed,1", "99"]
            ),
        ),
        max_size=4,
    ).map(tuple),
)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(stored=STORED, events=st.lists(EVENTS.filter(lambda e: not isinstance(e, int)), max_size=4))
def test_every_stored_talk_goes_on(
    context: Context, stored: Conversation, events: list[Event]
) -> None:
    for event in [*events, Pressed(serial=0, action="ask"), Pressed(serial=0, action="go:results")]:
        stored = stepped(stored, event, context)


@pytest.mark.parametrize("seed", range(6))
def test_a_random_walk_always_finds_home(context: Context, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    talk = Talk(context).start()
    for _ in range(200):
        button = chance.choice([b for b in talk.screen.buttons if b.action != "pass-on"])
        talk.does(Pressed(serial=talk.screen.serial, action=button.action))
        if talk.asked and chance.random() < 0.3:
            talk.says(chance.choice(TYPED))
    for _ in range(60):
        if talk.conversation.screens == (HOME,):
            break
        talk.does(Pressed(serial=talk.screen.serial, action="back"))
    assert talk.conversation.screen == HOME
    talk.start()
    assert talk.conversation.screens == (HOME,)


@pytest.mark.parametrize("seed", range(25))
def test_every_interview_ends(context: Context, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    talk = Talk(context).start().presses("За мен")
    asked: list[str] = []
    for _ in range(120):
        if not talk.asked:
            break
        asked.append(talk.asked)
        replies = [b.label for b in talk.screen.buttons if b.action.startswith(ANSWERS)]
        replies = [*replies, "2025", "май 2026", "2026", "57", "Враца", "преди 3 месеца", "ноември"]
        reply = chance.choice(replies)
        talk.presses(reply) if reply in talk.buttons else talk.says(reply)
        for on in ("Да, там", "Да, така е", "Ще изчакам"):
            if on in talk.buttons:
                talk.presses("← Назад" if on == "Ще изчакам" else on)
    assert not talk.asked, asked
    talk.shows("Ето какво намерих")


@pytest.mark.parametrize("seed", range(15))
def test_the_order_of_the_answers_changes_nothing(context: Context, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    talk = Talk(context).start().presses("За мен")
    while talk.asked:
        choices = [b for b in talk.screen.buttons if b.action.startswith(ANSWERS)]
        button = chance.choice(choices) if choices else None
        if talk.asked in ("settlement", "age"):
            talk.says("Враца" if talk.asked == "settlement" else str(chance.randint(14, 70)))
        elif button:
            talk.presses(button.label)
    shuffled = list(talk.conversation.answers.items())
    chance.shuffle(shuffled)
    again = talk.conversation.model_copy(update={"answers": dict(shuffled)})
    shown = SCREENS["results"].show(Turn(again, context))
    talk.presses("Меню", "Резултати")
    assert shown.text == talk.screen.text
    assert next_fact(Turn(again, context)) == next_fact(Turn(talk.conversation, context)) is None


def test_the_next_question_does_not_hang_on_the_order(context: Context) -> None:
    """Two halves of one interview, answered in either order, ask the same thing next."""
    answers = {"audience": "self", "working": "no", "age": 57, "settlement": "12259"}
    turns = [
        Turn(Conversation(answers=dict(order)), context)
        for order in (answers.items(), reversed(list(answers.items())))
    ]
    assert next_fact(turns[0]) == next_fact(turns[1]) == "job_ended_on"
    assert DontKnow() not in turns[0].profile.answers.values()
    assert context.today == dt.date(2026, 11, 23)
