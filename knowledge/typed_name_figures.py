"""How well the typed names of places are understood: what became of each form, by class."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Literal

from knowledge.gazetteer import Found, Gazetteer

Outcome = Literal["right", "asked", "missed", "wrong"]

NOTHING = "none"
ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Form:
    """A text as somebody types it and what it has to find."""

    typed: str
    expected: frozenset[str]
    """The codes of the settlements that must be among the found ones; none for no place."""
    asks: bool
    """Whether it has to be asked about, because several are meant or it is no settlement yet."""
    group: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many forms of a class came to what."""

    forms: int
    right: int
    asked: int
    missed: int
    wrong: int

    @property
    def good(self) -> float:
        """Return the share that was right or asked about."""
        return (self.right + self.asked) / self.forms


@dataclass(frozen=True, slots=True)
class Failure:
    """A form that was missed or wrong, with what was found instead."""

    form: Form
    outcome: Outcome
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What all the forms came to, together and by class, and each that failed."""

    total: Tally
    groups: dict[str, Tally]
    failures: tuple[Failure, ...]

    def lines(self) -> Iterator[str]:
        """Yield the figures as a table, then the failures."""
        yield _line("class", "forms", "right", "asked", "missed", "wrong", "good")
        for name, tally in (*self.groups.items(), ("all", self.total)):
            yield _line(name, *astuple(tally), f"{tally.good:.1%}")
        for failure in self.failures:
            wanted = " ".join(sorted(failure.form.expected)) or NOTHING
            got = ", ".join(failure.found) or NOTHING
            yield (
                f"{failure.outcome}: {failure.form.typed!r} ({failure.form.group}): "
                f"wanted {wanted}; found {got}"
            )


def _line(name: str, *cells: object) -> str:
    return f"{name:<18}" + "".join(f"{cell!s:>8}" for cell in cells)


def forms_of(table: Iterable[str]) -> tuple[Form, ...]:
    """Return the forms of a table with the columns typed, expected, class and why.

    Raises ValueError where a column is missing.
    """
    rows = csv.DictReader(table)
    missing = {"typed", "expected", "class", "why"} - set(rows.fieldnames or ())
    if missing:
        raise ValueError(f"the table of typed names has no column {', '.join(sorted(missing))}")
    return tuple(_form(row) for row in rows)


def _form(row: dict[str, str]) -> Form:
    """Return the form of a row; expected is a code, „asks“ with codes, or „none“."""
    first, *others = row["expected"].split()
    asks = first == ASKS
    codes = others if asks else [] if first == NOTHING else [first]
    return Form(row["typed"], frozenset(codes), asks, row["class"], row["why"])


def outcome(form: Form, found: Found) -> Outcome:
    """Return what became of a form; a sure answer to what must be asked about is wrong."""
    codes = {match.settlement.ekatte for match in found.matches}
    if found.certain:
        return "right" if codes == form.expected and not form.asks else "wrong"
    if not form.expected:
        return "missed" if codes else "right"
    return "asked" if form.expected <= codes else "missed"


def figures(forms: Iterable[Form], gazetteer: Gazetteer) -> Figures:
    """Return what the forms come to; raises ValueError where there are none."""
    counts: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    failures = []
    for form in forms:
        found = gazetteer.match(form.typed)
        came_to = outcome(form, found)
        counts[form.group][came_to] += 1
        if came_to in ("missed", "wrong"):
            failures.append(Failure(form, came_to, tuple(_told(found))))
    if not counts:
        raise ValueError("the table of typed names has no row")
    total = sum(counts.values(), Counter[Outcome]())
    groups = {group: _tally(count) for group, count in counts.items()}
    return Figures(_tally(total), groups, tuple(failures))


def _tally(count: Counter[Outcome]) -> Tally:
    return Tally(count.total(), count["right"], count["asked"], count["missed"], count["wrong"])


def _told(found: Found) -> Iterator[str]:
    """Yield the found settlements with their codes, and „!“ where the answer was sure."""
    for match in found.matches:
        place = match.settlement
        yield f"{place.name} {place.ekatte}{'!' if found.certain else ''}"
