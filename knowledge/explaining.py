"""A verdict in one or two plain sentences, joined from the words of its rules."""

from collections.abc import Iterator, Mapping

from knowledge.facts import Facts
from knowledge.texts import Language, Text
from knowledge.verdicts import Verdict

PHRASES: Mapping[str, str] = {
    **dict.fromkeys(("yes", "likely", "unknown", "no", "no_any", "only_step"), "reasons"),
    "would_change": "reasons",
    **dict.fromkeys(("from_day", "from_day_at_latest", "until_day"), "day"),
    **dict.fromkeys(("from_birthday", "perhaps_from_birthday", "until_birthday"), "birthday"),
}
"""The phrases that a verdict is worded with, each with what is filled in."""


def reason(verdict: Verdict, facts: Facts, phrases: Mapping[str, Text], language: Language) -> str:
    """Return why the verdict is what it is, and for a *no* what would change it."""
    parts = [rule.text.in_(language) for rule in verdict.rules]
    kind: str = verdict.word
    if verdict.word == "unknown":
        parts = [facts[fact].label.in_(language) for fact in verdict.missing]
    elif verdict.word == "no" and len(parts) > 1:
        kind = "no_any"
    changes = [change.in_(language) for change in _changes(verdict, facts)]
    if changes and set(parts) == set(changes):
        # What is lacking is just what can be done: saying it once is enough.
        kind, changes = "only_step", []
    said = [phrases[kind].in_(language).format(reasons="; ".join(parts))]
    if changes:
        done = "; ".join(changes)
        said.append(phrases["would_change"].in_(language).format(reasons=done))
    if verdict.from_day:
        day = f"{verdict.from_day:%d.%m.%Y}"
        name = "from_day_at_latest" if verdict.at_latest else "from_day"
        said.append(phrases[name].in_(language).format(day=day))
    said += _ends(verdict, facts, phrases, language)
    return " ".join(said)


def _ends(
    verdict: Verdict, facts: Facts, phrases: Mapping[str, Text], language: Language
) -> Iterator[str]:
    """Yield until when it fits, and with which birthday it ends or begins to."""
    if verdict.until_day:
        yield phrases["until_day"].in_(language).format(day=f"{verdict.until_day:%d.%m.%Y}")
    turn = verdict.birthday
    called = facts[turn.fact].birthday if turn else None
    if turn and called:
        words = called.in_(language).format(years=turn.years)
        name = "from_birthday" if verdict.word == "no" else "until_birthday"
        if turn.doubtful:
            name = "perhaps_from_birthday"
        yield phrases[name].in_(language).format(birthday=words)


def _changes(verdict: Verdict, facts: Facts) -> list[Text]:
    """Return what the person could do, in words."""
    changes = (facts[fact].change for fact in verdict.would_change)
    return [change for change in changes if change is not None]
