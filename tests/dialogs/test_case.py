"""The case's state machine: one owner, the first end counts, nothing stale moves it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import case as cases
from dialogs.model import Card, CardLine, Case, DeskAct

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Sofia"))
LATER = NOW + dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
VRATSA, VIDIN, BUREAU = "lib-vratsa-reg", "lib-vidin-reg", "bureau:vratsa"
CARD = Card(
    question="Къде?",
    place="гр. Враца",
    facts=(CardLine(about="age", label="възраст", value="52"),),
)


def waiting(library: str | None = VRATSA) -> Case:
    return Case(
        number=7,
        library=library,
        state="waiting",
        card=CARD,
        opened_at=NOW,
        asked_at=NOW,
        heard_at=NOW,
    )


def act(name: str, who: str = "maria", desk: str = VRATSA, **more: Any) -> DeskAct:
    given = {"act": name, "case": 7, "librarian": who, "name": who.title(), "desk": desk}
    return DeskAct.model_validate(given | more)


def clock(case: Case, name: str, **more: Any) -> DeskAct:
    return DeskAct.model_validate({"act": name, "case": 7, "of": cases.clock_of(case, name)} | more)


def does(case: Case, *acts: DeskAct, at: dt.datetime = NOW) -> Case:
    for one in acts:
        assert cases.obstacle(case, one) is None, one
        case = cases.after(case, one, at)
    return case


def test_no_case_and_an_ended_one_are_not_open():
    assert not cases.is_open(None)
    assert cases.is_open(waiting())
    assert not cases.is_open(cases.closed(waiting(), NOW))


def test_the_first_to_claim_answers_and_the_second_is_told_who():
    case = does(waiting(), act("claim"), at=LATER)
    assert (case.state, case.claimed_name, case.claimed_at) == ("claimed", "Maria", LATER)
    assert cases.obstacle(case, act("claim", "ivan")) == "taken"
    assert cases.after(case, act("claim", "ivan"), LATER) == case
    assert cases.obstacle(case, act("reply", "ivan", text="Аз")) == "taken"
    assert cases.may_answer(case, "maria")
    assert not cases.may_answer(case, "ivan")


def test_a_reply_claims_and_then_the_person_is_waited_for_and_then_the_librarian():
    case = does(waiting(), act("reply", text="Да"), at=LATER)
    assert (case.state, case.claimed_by, case.asked_at) == ("for_person", "maria", None)
    assert case.answered_at == LATER
    case = cases.asked(case, LATER + DAY)
    assert (case.state, case.asked_at) == ("for_librarian", LATER + DAY)
    again = cases.asked(case, LATER + 2 * DAY)
    assert again.asked_at == LATER + DAY
    case = does(again, act("reply", text="Пак да"), at=LATER + 3 * DAY)
    assert (case.state, case.answered_at) == ("for_person", LATER)


def test_a_note_can_be_written_by_anybody_of_the_desk_and_moves_nothing():
    case = does(waiting(), act("claim"))
    assert does(case, act("note", "ivan", text="видях")) == case
    assert cases.obstacle(case, act("note", "vera", VIDIN)) == "elsewhere"


@pytest.mark.parametrize("name", ["claim", "reply", "note", "close", "transfer", "ask_expert"])
def test_another_desk_does_nothing_until_it_is_offered_there(name: str):
    case, theirs = waiting(), act(name, "vera", VIDIN, library="lib-montana-reg")
    assert cases.obstacle(case, theirs) == "elsewhere"
    assert cases.obstacle(cases.offered(case, VIDIN, NOW), theirs) is None


def test_a_neighbour_who_takes_it_has_it_at_their_desk():
    case = does(cases.offered(waiting(), VIDIN, NOW), act("claim", "vera", VIDIN))
    assert (case.library, case.offered_to, case.claimed_by) == (VIDIN, None, "vera")
    assert cases.obstacle(case, act("claim")) == "elsewhere"


def test_what_somebody_has_is_offered_to_nobody():
    case = does(waiting(), act("claim"))
    assert cases.offered(case, VIDIN, NOW) == case
    assert cases.offered(waiting(), VRATSA, NOW) == waiting()


def test_only_who_has_it_gives_it_back_and_then_anybody_takes_it():
    case = does(waiting(), act("claim"))
    assert cases.obstacle(case, act("release", "ivan")) == "taken"
    case = does(case, act("release"), at=LATER)
    assert (case.state, case.claimed_by, case.asked_at) == ("waiting", None, NOW)
    assert does(case, act("claim", "ivan")).claimed_by == "ivan"


def test_a_transfer_goes_to_another_desk_or_into_a_colleagues_hands():
    case = does(waiting(), act("claim"))
    away = does(case, act("transfer", library=VIDIN, text="там са по-близо"))
    assert (away.library, away.state, away.claimed_by) == (VIDIN, "waiting", None)
    handed = does(case, act("transfer", to="ivan", to_name="Иван", text="знае повече"))
    assert (handed.library, handed.claimed_by, handed.claimed_name) == (VRATSA, "ivan", "Иван")
    assert cases.obstacle(case, act("transfer", library=VRATSA)) == "nothing"


def test_only_the_expert_who_was_asked_answers():
    case = does(waiting(), act("ask_expert", library=BUREAU, text="Колко?"))
    assert case.claimed_by == "maria"
    assert case.expert
    theirs = act("expert_reply", "petrov", BUREAU, text="Две")
    assert cases.obstacle(case, act("expert_reply", "petrov", "bureau:vidin")) == "elsewhere"
    assert cases.obstacle(waiting(), theirs) == "elsewhere"
    answered = does(case, theirs, at=LATER)
    assert answered.expert
    assert answered.expert.answered_at == LATER
    assert answered.asked_at == NOW  # the person still waits for the librarian's word
    direct = does(waiting(), act("ask_expert", library=BUREAU, text="Колко?", direct=True), theirs)
    assert direct.asked_at is None


def test_the_first_end_counts_and_the_talk_keeps_nothing_of_the_card():
    case = does(waiting(), act("close", code="answered"))
    assert cases.after(case, act("close", code="not_ours"), LATER) == case
    assert (case.closed_at, case.resolution) == (NOW, "answered")
    assert case.card == Card(question="", place="")
    assert cases.obstacle(case, act("reply")) == "closed"


def test_a_rating_is_given_once_and_after_the_end():
    assert cases.rated(waiting(), "yes") == waiting()
    case = cases.rated(cases.closed(waiting(), NOW), "yes")
    assert case.rating == "yes"
    assert cases.rated(case, "no") == case
    assert cases.rated(cases.closed(waiting(), NOW), "maybe").rating == ""


def test_words_open_an_ended_case_again_for_seven_days():
    ended = does(waiting(), act("reply", text="Да"), act("close", code="answered"))
    last = NOW + cases.REOPENING
    assert cases.can_reopen(ended, last)
    assert not cases.can_reopen(ended, last + dt.timedelta(seconds=1))
    case = cases.reopened(ended, CARD, last)
    assert (case.number, case.state, case.claimed_by, case.card) == (7, "reopened", None, CARD)
    assert case.asked_at == last
    assert does(case, act("claim", "ivan")).claimed_by == "ivan"
    muted = does(waiting(), act("mute", until=(NOW + DAY).date()))
    assert not cases.can_reopen(muted, NOW)


def test_what_waits_for_any_library_is_brought_to_one_once():
    assign = DeskAct(act="assign", case=7, library=VRATSA)
    case = cases.after(waiting(None), assign, NOW)
    assert case.library == VRATSA
    other = assign.model_copy(update={"library": VIDIN})
    assert cases.obstacle(case, other) == "nothing"
    assert not cases.can_reopen(cases.closed(waiting(None), NOW), NOW)


def test_the_clock_moves_only_what_it_saw_and_says_each_thing_once():
    case = does(waiting(), act("claim"), at=LATER)
    notice = clock(case, "notice")
    case = does(case, notice)
    assert cases.obstacle(case, notice) == "stale"
    free = clock(case, "free")
    released = does(case, act("release"))
    assert cases.obstacle(released, free) == "stale"
    anew = does(released, act("claim"), at=LATER + DAY)
    assert cases.obstacle(anew, free) == "stale"
    assert cases.obstacle(anew, clock(anew, "notice")) is None
    assert does(anew, clock(anew, "free")).claimed_by is None
    answered = does(waiting(), act("reply"))
    for name in ("notice", "free", "mark", "propose"):
        assert cases.clock_of(answered, name) is None
        assert cases.obstacle(answered, clock(answered, name)) == "stale"


def test_marks_are_said_once_each_and_begin_anew_with_the_next_wait():
    case = does(waiting(), clock(waiting(), "mark", code="50"), clock(waiting(), "mark", code="80"))
    assert case.said == ("mark:50", "mark:80")
    assert cases.obstacle(case, clock(case, "mark", code="50")) == "stale"
    assert cases.asked(does(case, act("reply")), LATER).said == ()


def test_an_act_without_a_moment_is_no_act_of_the_clock():
    bare = DeskAct(act="free", case=7)
    assert cases.obstacle(does(waiting(), act("reply")), bare) == "stale"
    assert cases.obstacle(waiting(), DeskAct(act="mark", case=7, code="50")) == "stale"


# -- any history ---------------------------------------------------------------------------------

LIBRARIANS = {"maria": VRATSA, "ivan": VRATSA, "vera": VIDIN, "nina": VIDIN}
who = st.sampled_from(sorted(LIBRARIANS))


@st.composite
def of_a_librarian(draw: st.DrawFn) -> tuple[str, Any]:
    name = draw(
        st.sampled_from(
            ["claim", "release", "reply", "note", "transfer", "ask_expert", "close", "report"]
        )
    )
    librarian = draw(who)
    more: dict[str, Any] = {"text": "думи"}
    if name == "transfer":
        colleague = draw(st.sampled_from(["", *sorted(LIBRARIANS)]))
        more |= {
            "to": colleague,
            "to_name": colleague,
            "library": draw(st.sampled_from([VRATSA, VIDIN])),
        }
    if name == "ask_expert":
        more |= {"library": BUREAU, "direct": draw(st.booleans())}
    if name == "close":
        more |= {"code": draw(st.sampled_from(cases.RESOLUTIONS))}
    return "desk", act(name, librarian, LIBRARIANS[librarian], **more)


STEPS = st.lists(
    st.one_of(
        of_a_librarian(),
        st.just(("desk", act("expert_reply", "petrov", BUREAU, text="Две"))),
        st.tuples(st.just("clock"), st.sampled_from(["notice", "free", "mark", "expire"])),
        st.just(("person", "asks")),
        st.just(("person", "reopens")),
        st.just(("person", "ends")),
        st.tuples(st.just("offer"), st.sampled_from([VRATSA, VIDIN])),
    ),
    max_size=25,
)


def step(case: Case, kind: str, what: Any, at: dt.datetime) -> Case:
    match kind, what:
        case "desk", _:
            return cases.after(case, what, at)
        case "clock", _:
            return cases.after(case, clock(case, what, code="50" if what == "mark" else ""), at)
        case "offer", _:
            return cases.offered(case, what, at)
        case _, "asks":
            return cases.asked(case, at)
        case _, "reopens":
            return cases.reopened(case, CARD, at)
        case _:
            return cases.closed(case, at)


def is_sound(case: Case) -> None:
    owned = case.claimed_by is not None
    if cases.is_open(case):
        assert owned == (case.state in ("claimed", "for_person", "for_librarian"))
        assert owned == (case.claimed_at is not None)
        assert case.closed_at is None
        assert (case.asked_at is None) <= (case.state in ("for_person", "waiting"))
        assert (case.state == "for_person") <= (case.asked_at is None)
        assert case.card == CARD
    else:
        assert case.closed_at is not None
        assert case.asked_at is None
        assert case.card == Card(question="", place="")
    assert (case.offered_to is not None) == (case.state == "offered")
    assert case.offered_to != case.library


@given(STEPS)
def test_whatever_happens_there_is_one_owner_and_every_wait_is_known(steps: list[Any]):
    case, at = waiting(), NOW
    for kind, what in steps:
        at += dt.timedelta(minutes=7)
        before, case = case, step(case, kind, what, at)
        is_sound(case)
        if kind == "desk" and cases.obstacle(before, what):
            assert case == before
        if before.claimed_by and case.claimed_by not in (None, before.claimed_by):
            assert what.act == "transfer"
            assert what.librarian == before.claimed_by
        assert (
            cases.after(case, what, at) == case if kind == "desk" and what.act == "claim" else True
        )


@given(STEPS)
def test_a_case_survives_being_stored_between_any_two_acts(steps: list[Any]):
    case, at = waiting(), NOW
    for kind, what in steps:
        at += dt.timedelta(minutes=7)
        case = Case.model_validate_json(step(case, kind, what, at).model_dump_json())
        is_sound(case)
