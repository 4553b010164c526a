"""The facts that a text surely tells: of the one who writes, or of somebody close."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dialogs.free_text.lexicon import FactLexicon, Telling
from dialogs.free_text.patterns import Found, Pattern, Slot
from dialogs.free_text.values import Reading
from dialogs.free_text.words import Word
from knowledge.facts import FactId, Known, as_json

Scope = Literal["self", "other", "suppose"]
Denial = Literal["light", "firm"]


IMPLIED: Mapping[FactId, tuple[FactId, Any]] = {
    "job_end_ground": ("working", "no"),
    "job_ended_on": ("working", "no"),
    "registered_on": ("registered", True),
    "struck_off": ("registered", False),
    "trade_obtained_on": ("has_trade", True),
}
"""What else is so where a fact is told unasked, unless it is a „none“ or a „no“."""


@dataclass(frozen=True)
class Told:
    """What a text surely says, as answers are stored; and of whom."""

    facts: Mapping[FactId, Any] = field(default_factory=dict)
    relative: bool = False
    """Whether it is about somebody close to the one who writes."""
    plain: bool = True
    """Whether the open question is answered in so many words, with nothing that makes it unsure."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One fact as a stretch of words tells it."""

    fact: FactId
    value: Any
    found: Found
    rank: int
    read: bool
    """Whether the value was read from the text, and is no other fact's."""


def told(
    text: str, reading: Reading, *, asked: FactId | None = None, about: str | None = None
) -> Told:
    """Return what the text tells; `asked` is the open question, `about` whom the talk is about."""
    heard = _Heard(reading, reading.lexicon.spelling.words(text))
    mine = heard.facts("self", asked, other=about == "relative")
    theirs = heard.facts("other", None, other=True)
    plain = "?" not in text and heard.plainly(asked, other=about == "relative")
    if about == "relative":
        return Told(theirs or mine, relative=True, plain=plain)
    says_relative = mine.get("audience") == "relative" or any(
        heard.found(pattern) for pattern in reading.lexicon.relative
    )
    only_theirs = theirs and not set(mine) - {"audience"}
    if about is None and asked in (None, "audience") and (says_relative or only_theirs):
        facts = {**(theirs or {}), "audience": "relative"}
        return Told(facts, relative=True, plain=plain)
    return Told(mine, plain=plain)


# -- of whom -----------------------------------------------------------------------------------


def _scopes(words: Sequence[Word], lexicon: FactLexicon) -> list[Scope]:
    """Return of whom each word speaks: „мъжа ми работи, аз съм без работа“."""
    scopes: list[Scope] = []
    now: Scope = "self"
    for at, word in enumerate(words):
        follows = words[at + 1].readings if at + 1 < len(words) else frozenset()
        leads = words[at - 1].readings if at else frozenset()
        owned = follows & lexicon["whose"] or leads & lexicon["whose_before"]
        if word.readings & lexicon["suppose"]:
            now = "suppose"
        elif now != "suppose" and (
            (word.readings & lexicon["kin"] and owned) or word.readings & lexicon["kin_alone"]
        ):
            now = "other"
        elif now == "other" and word.readings & lexicon["first_person"]:
            now = "self"
        scopes.append(now)
    return scopes


class _Heard:
    """A text as it is being read: each pattern is looked for once."""

    def __init__(self, reading: Reading, words: Sequence[Word]) -> None:
        self._lexicon = reading.lexicon
        self._words = words
        self._scopes = _scopes(words, reading.lexicon)
        self._slots = {name: _once(slot) for name, slot in reading.slots.items()}
        self._readings = frozenset().union(*(word.readings for word in words))
        self._found: dict[int, list[Found]] = {}
        self._bars: dict[int, list[Found]] = {}

    def found(self, pattern: Pattern) -> list[Found]:
        """Return where the pattern fits."""
        if id(pattern) not in self._found:
            possible = pattern.possible(self._readings)
            self._found[id(pattern)] = (
                list(pattern.matches(self._words, self._slots)) if possible else []
            )
        return self._found[id(pattern)]

    def facts(self, scope: Scope, asked: FactId | None, *, other: bool) -> dict[FactId, Any]:
        """Return what is told in that scope; what answers the open question counts there too."""
        claims: list[_Claim] = []
        for rank, telling in enumerate(self._lexicon.tellings):
            ways = [*telling.said, *(telling.other if other else ())]
            found = [one for pattern in ways for one in self.found(pattern)]
            if telling.fact == asked:
                answers = (one for pattern in telling.asked for one in self.found(pattern))
                found += [one for one in answers if self._answers(one)]
            claims += [
                _Claim(telling.fact, _value(telling, one), one, rank, telling.value is None)
                for one in found
                if self._counts(one, telling, scope)
            ]
        facts = dict(_settled(self._corrected(claims)))
        sure = {c.fact for c in claims} - {asked}
        return {**dict(_implied({f: v for f, v in facts.items() if f in sure})), **facts}

    def plainly(self, asked: FactId | None, *, other: bool) -> bool:
        """Return whether that question is answered by words sure anywhere, or by nothing else."""
        unsure = self._lexicon.lists.get("unsure", frozenset())
        if any(word.readings & unsure for word in self._words):
            return False
        if asked is None or asked in self.facts("self", None, other=other):
            return True
        value = self.facts("self", asked, other=other).get(asked)
        answers = [
            one
            for telling in self._lexicon.tellings
            if telling.fact == asked and telling.value in (None, value)
            for pattern in (*telling.asked, *telling.said)
            for one in self.found(pattern)
        ]
        said = {at for one in answers for at in range(one.start, one.end)}
        beside = self._lexicon["small"] | self._lexicon.lists.get("light", frozenset())
        return all(at in said or word.readings & beside for at, word in enumerate(self._words))

    def _answers(self, one: Found) -> bool:
        """Whether it stands where an answer stands: first, or behind small words."""
        if not one.values and one.end - one.start == 1 and self._goes_on(one.start):
            return False
        small = self._lexicon["small"] if one.values or one.literal > 1 else frozenset()
        return all(word.readings & small for word in self._words[: one.start])

    def _goes_on(self, at: int) -> bool:
        """Whether a „не“ denies the next word, and so answers nothing: „не искам да уча“.

        In some languages other words do so after whatever stands there: „no idea“, „var mı“.
        """
        following = self._words[at + 1 : at + 2]
        voids = self._lexicon.lists.get("voids_answer", frozenset())
        if any(w.readings & voids and not w.pause_before for w in following):
            return True
        verbs = self._lexicon.lists.get("denied_verbs", frozenset())
        denial = bool(self._words[at].readings & self._lexicon["denial"])
        return denial and any(w.readings & verbs and not w.pause_before for w in following)

    def _corrected(self, claims: Sequence[_Claim]) -> list[_Claim]:
        """Return the claims without those that the text itself takes back."""
        marks = self._lexicon["correcting"]
        put_right = [n for n, w in enumerate(self._words) if w.readings & marks]
        kept = []
        for claim in claims:
            others = [c for c in claims if c.fact == claim.fact and c.value != claim.value]
            denial = self._denied(claim)
            denied = denial == "firm" or (denial and not all(map(self._denied, others)))
            replaced = any(
                claim.found.end <= mark < other.found.end for mark in put_right for other in others
            )
            if not denied and not replaced:
                kept.append(claim)
        return kept

    def _denied(self, claim: _Claim) -> Denial | None:
        """Return whether it is what it is not: „на 47 съм, не 74“, „не беше съкращение“."""
        starts = [at for _, at, _, _ in claim.found.values] or [claim.found.start]
        if not claim.found.values and self._words[starts[0]].readings & self._lexicon["being"]:
            starts = [starts[0] + 1]  # „не съм пенсионер“: the verb belongs to the claim
        denials = (_denied_at(at, self._words, self._lexicon) for at in starts)
        return next(filter(None, denials), None)

    def _barred(self, telling: Telling) -> list[Found]:
        """Return the stretches that look like this value and say nothing."""
        if id(telling) not in self._bars:
            self._bars[id(telling)] = [one for p in telling.never for one in self.found(p)]
        return self._bars[id(telling)]

    def _counts(self, one: Found, telling: Telling, scope: Scope) -> bool:
        in_scope = self._in_scope(one, telling.fact, scope)
        return in_scope and not _barred(one, self._barred(telling))

    def _in_scope(self, one: Found, fact: FactId, scope: Scope) -> bool:
        scopes = {self._scopes[at] for at in range(one.start, one.end)}
        if scopes <= {scope}:
            return True
        begins = one.start == 0 or self._scopes[one.start - 1] != "other"
        named = fact == "audience" or (fact == "youngest_child_age" and begins)
        return named and scopes <= {scope, "other"}


def _once(slot: Slot) -> Slot:
    """Return the slot that works out each place once."""
    known: dict[int, list[tuple[int, Any]]] = {}

    def remembered(words: Sequence[Word], at: int) -> Iterator[tuple[int, Any]]:
        if at not in known:
            known[at] = list(slot(words, at))
        yield from known[at]

    return remembered


def _barred(one: Found, barred: Iterable[Found]) -> bool:
    """Whether a longer stretch that says nothing lies over this one, or holds its value."""
    places = {(at, end) for _, at, end, _ in one.values}
    for other in barred:
        same = bool(places & {(at, end) for _, at, end, _ in other.values})
        if _over(one, other) and (same or other.end - other.start > one.end - one.start):
            return True
    return False


def _denied_at(at: int, words: Sequence[Word], lexicon: FactLexicon) -> Denial | None:
    """Return the denial before that word; it is firm with a verb: „не съм на 50“.

    „Не от 10 ноември“ may be a no to the question; it counts only beside another value.
    """
    firm = False
    while at and not words[at].pause_before:
        at -= 1
        if words[at].readings & lexicon["denial"]:
            return "firm" if firm else "light"
        if not words[at].readings & lexicon["denied_through"]:
            return None
        firm = firm or bool(words[at].readings & lexicon["being"])
    return None


def _value(telling: Telling, found: Found) -> Any:
    return telling.value if telling.value is not None else found.values[-1][3]


def _settled(claims: Sequence[_Claim]) -> Iterator[tuple[FactId, Any]]:
    """Yield each fact that is told in one way only; a number is taken for one fact only."""
    kept: list[_Claim] = []
    for claim in sorted(claims, key=_strength, reverse=True):
        if not any(_taken(claim, stronger) for stronger in kept):
            kept.append(claim)
    for fact in dict.fromkeys(claim.fact for claim in kept):
        mine = [claim for claim in kept if claim.fact == fact]
        best = max(claim.found.literal for claim in mine)
        values = [claim.value for claim in mine if claim.found.literal == best]
        if all(value == values[0] for value in values):
            yield fact, as_json(Known(values[0]))


def _implied(facts: Mapping[FactId, Any]) -> Iterator[tuple[FactId, Any]]:
    """Yield what follows from the facts: who was laid off is out of work."""
    for fact, (other, value) in IMPLIED.items():
        if facts.get(fact, False) not in (False, "none"):
            yield other, value


def _taken(claim: _Claim, stronger: _Claim) -> bool:
    """Whether the stronger claim has the same number for itself, or says otherwise here."""
    if claim.fact == stronger.fact:
        return claim.value != stronger.value and _over(claim.found, stronger.found)
    return (claim.read and stronger.read) and any(
        at < other_end and other_at < end
        for _, at, end, _ in claim.found.values
        for _, other_at, other_end, _ in stronger.found.values
    )


def _over(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _strength(claim: _Claim) -> tuple[int, int, int]:
    width = claim.found.end - claim.found.start
    return claim.found.literal, width, -claim.rank
