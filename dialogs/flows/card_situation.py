"""The situation on a card: at most five plain lines of what is passed on, and of nothing else."""

from collections.abc import Iterable, Iterator

from dialogs.answer_words import words_of
from dialogs.flows import places
from dialogs.flows.card import PassedOn, place_line
from dialogs.turn import Turn
from knowledge.facts import NONE, FactId, Known, Span

WHO: tuple[FactId, ...] = (
    "age",
    "youngest_child_age",
    "lone_or_large_family",
    "disability_percent",
    "protection_status",
    "served_sentence",
)
WORK: tuple[FactId, ...] = ("working", "job_ended_on", "job_end_ground")
BUREAU: tuple[FactId, ...] = (
    "registered",
    "registered_on",
    "receiving_benefit",
    "insured_12_of_18",
    "struck_off",
)
SKILLS: tuple[FactId, ...] = ("education", "has_trade", "trade_obtained_on", "experience_in_trade")
WISHES: tuple[FactId, ...] = ("own_business", "abroad_12_of_18")
ALONE = (
    "lone_or_large_family",
    "protection_status",
    "served_sentence",
    "receiving_benefit",
    "struck_off",
    *WISHES,
)
"""Facts that say something only where they hold: a „не“ stands among the answers below."""
DATED = ("registered_on", "trade_obtained_on")
"""Facts that there is nothing to say of where there is none."""
NO_PERCENT = "disability_percent"
"""The fact of which zero is none."""


def lines(passed: PassedOn) -> tuple[str, ...]:
    """Return the lines, in the words of a desk; the talk is to be in Bulgarian."""
    seen, where = passed.seen, _where(passed)
    made = (
        _of_whom(seen),
        where,
        _joined(seen, (*WORK, *BUREAU)),
        _joined(seen, SKILLS),
        _joined(seen, WISHES),
    )
    # „с.“ and „гр.“ are written small wherever they stand.
    return tuple(line if line is where else line[:1].upper() + line[1:] for line in made if line)


def _of_whom(seen: Turn) -> str:
    said, who = _joined(seen, WHO), seen.conversation.who
    if who == "self":
        return said
    return seen.text("desk-card-of-whom", of=who, said=said or NONE)


def _where(passed: PassedOn) -> str:
    seen = passed.seen
    settlement = places.settlement_of(seen)
    if settlement is None:
        return ""
    competent = seen.knowledge.directory.competent_bureau(settlement)
    town = competent.bureau.city if competent.bureau else ""
    place = place_line(passed)
    return seen.text("desk-card-where", place=place, status=competent.status, town=town)


def _joined(seen: Turn, facts: Iterable[FactId]) -> str:
    """Return what is told of these facts as one line."""
    return ", ".join(_said(seen, facts))


def _said(seen: Turn, facts: Iterable[FactId]) -> Iterator[str]:
    answers = seen.profile.answers
    for name in facts:
        answer = answers.get(name)
        if isinstance(answer, Known) and not _goes_without_saying(name, answer):
            yield _phrase(seen, name, answer)


def _goes_without_saying(name: FactId, answer: Known) -> bool:
    nothing = name in DATED and answer.value == NONE
    return nothing or (name in ALONE and answer.value is not True)


def _phrase(seen: Turn, name: FactId, answer: Known) -> str:
    """Return one answer in a few words that need no label."""
    shown = words_of(seen, seen.knowledge.facts[name], answer)
    value = shown[:1].lower() + shown[1:]
    return seen.text(f"desk-card-{name.replace('_', '-')}", kind=_kind(name, answer), value=value)


def _kind(name: FactId, answer: Known) -> str:
    """Return how an answer is worded: yes, no, none, exactly, or roughly."""
    value = answer.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    nothing = name == NO_PERCENT and value in (0, Span(low=0, high=0))
    if value == NONE or nothing:
        return "none"
    return "about" if isinstance(value, Span) else "exact"
