"""The acts that move a case on: the first to claim answers, the first end counts."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dialogs import case as cases
from dialogs.model import Card, CardLine, Case

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Sofia"))
LATER = NOW + dt.timedelta(hours=1)
CARD = Card(
    question="Къде?",
    place="гр. Враца",
    facts=(CardLine(about="age", label="възраст", value="52"),),
)


def waiting(library: str | None = "lib-vratsa-reg") -> Case:
    return Case(number=7, library=library, state="waiting", card=CARD, opened_at=NOW)


def test_no_case_and_a_closed_case_are_not_open():
    assert not cases.is_open(None)
    assert cases.is_open(waiting())
    assert not cases.is_open(cases.closed(waiting(), NOW))


def test_the_first_to_claim_answers_and_nobody_else():
    case = cases.claimed(waiting(), "maria", "Мария", NOW)
    assert (case.state, case.claimed_name, case.claimed_at) == ("claimed", "Мария", NOW)
    assert cases.claimed(case, "ivan", "Иван", LATER) == case
    assert cases.may_answer(case, "maria")
    assert not cases.may_answer(case, "ivan")


def test_before_a_claim_anybody_may_answer_and_after_the_end_nobody():
    assert cases.may_answer(waiting(), "maria")
    assert not cases.may_answer(cases.closed(waiting(), NOW), "maria")


def test_the_first_end_counts_and_the_talk_keeps_nothing_of_the_card():
    case = cases.closed(waiting(), NOW)
    assert cases.closed(case, LATER) == case
    assert case.closed_at == NOW
    assert case.card == Card(question="", place="")


def test_a_closed_case_cannot_be_claimed_or_brought_to_a_library():
    case = cases.closed(waiting(library=None), NOW)
    assert cases.claimed(case, "maria", "Мария", NOW) == case
    assert cases.assigned(case, "lib-vratsa-reg") == case


def test_only_a_case_that_waits_for_any_library_is_brought_to_one():
    assert cases.assigned(waiting(library=None), "lib-vratsa-reg").library == "lib-vratsa-reg"
    assert cases.assigned(waiting(), "lib-vidin-reg").library == "lib-vratsa-reg"


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.sampled_from(["maria", "ivan"])),
        st.tuples(st.just("close"), st.just("")),
        st.tuples(st.just("assign"), st.sampled_from(["lib-vratsa-reg", "lib-vidin-reg"])),
    )
)


@given(ACTS)
def test_whatever_happens_owner_library_and_end_are_set_once(acts: list[tuple[str, str]]):
    case, seen = waiting(library=None), {}
    for act, who in acts:
        match act:
            case "claim":
                case = cases.claimed(case, who, who, NOW)
            case "assign":
                case = cases.assigned(case, who)
            case _:
                case = cases.closed(case, NOW)
        for field in ("claimed_by", "library", "closed_at"):
            value = getattr(case, field)
            assert value == seen.setdefault(field, value) or seen[field] is None
            seen[field] = value
        assert (case.state == "closed") == (case.closed_at is not None)
