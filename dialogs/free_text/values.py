"""The values that stand in a text: an age, a day, a percentage, a place; each as it is meant."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any

from dialogs.free_text.lexicon import FactLexicon, load_fact_lexicon
from dialogs.free_text.patterns import Slot
from dialogs.free_text.words import Word
from dialogs.understanding import Lexicon, date_in, load_lexicon, start_in
from knowledge.facts import Span
from knowledge.gazetteer import Gazetteer
from knowledge.texts import Language

Values = Iterator[tuple[int, Any]]
"""Where a value ends, and what it is; the longest first."""
DATE_WORDS = 5
PLACE_WORDS = 3
ADULT = 18
YOUNGEST, OLDEST = 14, 100
LARGE_FAMILY = range(3, 16)
LEAST_PERCENT = 10
"""A smaller number without a sign is no percentage of a decision."""
LONGEST_SINCE = 15
"""Years: „53 години съм без работа“ is an age."""
MOST_MONTHS = 36
"""Older children are told in years."""
CHILDREN_WORDS = 14
"""Words in which several children's ages are told: „имам три, на 11, на 7 и на 1“."""


@dataclass(frozen=True)
class Reading:
    """What is needed to read a text: the language, the day, the places."""

    language: Language
    today: dt.date
    gazetteer: Gazetteer

    @property
    def lexicon(self) -> FactLexicon:
        """The ways people tell about themselves in that language."""
        return load_fact_lexicon(self.language)

    @property
    def words(self) -> Lexicon:
        """The words of numbers and dates in that language."""
        return load_lexicon(self.language)

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """The kinds of value that a pattern may have in it."""
        return {
            "age": self._age,
            "n": self._number,
            "many": self._many,
            "child": self._child,
            "children": self._children,
            "ages": self._ages,
            "three": self._three,
            "percent": self._percent,
            "marked": self._marked,
            "date": self._date,
            "since": self._since,
            "place": self._place,
            "home": self._home,
        }

    # -- numbers -------------------------------------------------------------------------------

    def _exact(self, words: Sequence[Word], at: int) -> bool:
        """Whether the number is meant as it stands: not „над 50“, not „между 45 и 50“."""
        before = [word.readings for word in words[max(at - 3, 0) : at]]
        if any(readings & self.lexicon["range"] for readings in before):
            return False
        if not before or not before[-1] & self.lexicon["beside"]:
            return not (before and before[-1] & self.lexicon["inexact"])
        beyond = before[-2] if len(before) > 1 and not words[at - 1].pause_before else frozenset()
        return not beyond & self.lexicon["inexact"]

    def _age(self, words: Sequence[Word], at: int) -> Values:
        number = words[at].number
        if number is None or not YOUNGEST <= number <= OLDEST or not self._exact(words, at):
            return
        if number == 100 and at > 1 and words[at - 2].number is not None:
            return  # the end of „60 на сто“
        after = [word.readings for word in words[at + 1 : at + 3] if not word.pause_before]
        if after and after[0] & self.lexicon["no_age"]:
            return
        of_years = len(after) == 2 and after[0] & self.lexicon["years"]
        if not (of_years and after[1] & self.lexicon["no_age_years"]):
            yield at + 1, number

    def _number(self, words: Sequence[Word], at: int) -> Values:
        if words[at].number is not None:
            yield at + 1, words[at].number

    def _many(self, words: Sequence[Word], at: int) -> Values:
        if words[at].number in LARGE_FAMILY:
            yield at + 1, words[at].number

    def _child(self, words: Sequence[Word], at: int) -> Values:
        value = words[at].number
        if value is None or not self._exact(words, at):
            return
        unit = words[at + 1].readings if at + 1 < len(words) else frozenset()
        if unit & self.lexicon["months_unit"] and value <= MOST_MONTHS:
            yield at + 2, value // 12
        elif value < ADULT and not unit & self.lexicon["no_child_age"]:
            yield at + 1, value

    def _children(self, words: Sequence[Word], at: int) -> Values:
        """Yield the age of the youngest of several children whose ages are told."""
        several = (words[at].number or 0) > 1 and at > 0
        of_them = several and words[at - 1].readings & self.lexicon["having"]
        if not (words[at].readings & self.lexicon["children_words"] or of_them):
            return
        yield from self._youngest(words, at + 1)

    def _ages(self, words: Sequence[Word], at: int) -> Values:
        """Yield the least of the ages that begin here: „на 5 и на 12“."""
        if words[at].readings & self.lexicon["at_age"]:
            yield from self._youngest(words, at + 1)

    def _three(self, words: Sequence[Word], at: int) -> Values:
        """Yield that there are three children, where the age of each is told."""
        if words[at].readings & self.lexicon["children_words"]:
            ages = self._ages_from(words, at + 1)
            if len(ages) > 2:
                yield ages[-1][0] + 1, True

    def _youngest(self, words: Sequence[Word], at: int) -> Values:
        ages = self._ages_from(words, at)
        if len(ages) > 1:
            yield ages[-1][0] + 1, min(value for _, value in ages)

    def _ages_from(self, words: Sequence[Word], at: int) -> list[tuple[int, int]]:
        """Return where the ages of children stand, and which: „на 12, 9 и на 6“."""
        leading = self.lexicon["at_age"] | self.words.joins
        ages: list[tuple[int, int]] = []
        for n, word in enumerate(words[at : at + CHILDREN_WORDS], start=at):
            young = word.number is not None and word.number < ADULT
            listed = bool(ages) and ages[-1][0] == n - 1
            if young and (words[n - 1].readings & leading or listed):
                ages.append((n, word.number or 0))
        return ages

    def _percent(self, words: Sequence[Word], at: int) -> Values:
        yield from self._marked(words, at)
        value = words[at].number
        after = words[at + 1].readings if at + 1 < len(words) else frozenset()
        if value is None or not LEAST_PERCENT <= value <= 100 or not self._exact(words, at):
            return
        hundred = value == 100 and at > 0 and words[at - 1].readings & self.lexicon["of_"]
        if not hundred and not after & self.lexicon["no_age"]:
            yield at + 1, value

    def _marked(self, words: Sequence[Word], at: int) -> Values:
        """Yield a percentage that is called so: „60 %“, „60 на сто“."""
        value = words[at].number
        if value is None or not 0 <= value <= 100 or not self._exact(words, at):
            return
        rest = words[at + 1 : at + 3]
        if rest and rest[0].readings & self.lexicon["percent"]:
            yield at + 2, value
        elif len(rest) == 2 and rest[0].readings & self.lexicon["of_"] and rest[1].number == 100:
            yield at + 3, value

    # -- days ----------------------------------------------------------------------------------

    def _date(self, words: Sequence[Word], at: int) -> Values:
        return self._dated(words, at, since=False)

    def _since(self, words: Sequence[Word], at: int) -> Values:
        return self._dated(words, at, since=True)

    def _dated(self, words: Sequence[Word], at: int, *, since: bool) -> Values:
        if at and words[at - 1].readings & self.lexicon["inexact_date"]:
            return
        if at and words[at].plain in self.words.months and (words[at - 1].number or 32) < 32:
            return  # the end of „10 ноември“
        read = start_in if since else date_in
        for end in range(min(at + DATE_WORDS, len(words)), at, -1):
            if any(word.pause_before for word in words[at + 1 : end]):
                continue
            if words[end - 1].plain in self.words.fillers:
                continue
            if since and not self._likely_length(words, at, end):
                continue
            found = read(" ".join(map(_dated_form, words[at:end])), self.today, self.words)
            latest = found.high if isinstance(found, Span) else found
            if isinstance(latest, dt.date) and latest <= self.today:
                yield end, found
                return

    def _likely_length(self, words: Sequence[Word], at: int, end: int) -> bool:
        """Whether it may be told as a length: not „53 години“, nor a bare „месец“."""
        units = [self.words.units.get(word.plain) for word in words[at:end]]
        if end - at == 1 and units[0]:
            return at > 0 and bool(words[at - 1].readings & self.lexicon["since_leading"])
        number = max(word.number or 0 for word in words[at:end])
        return not (number > LONGEST_SINCE and "years" in units)

    # -- places --------------------------------------------------------------------------------

    def _place(self, words: Sequence[Word], at: int) -> Values:
        """Yield the settlement that is named without any doubt; others are asked for."""
        named = tuple(self._named(words, at, ("", *self.lexicon.endings("place_endings"))))
        yield from named or self._declined(words, at)

    def _declined(self, words: Sequence[Word], at: int) -> Values:
        """Yield the town whose name stands here in a case: „у Враці“; nothing if it may be two."""
        letters = {ord(a): b for a, b in map(_exchange, self.lexicon.endings("place_letters"))}
        cases = tuple(map(_exchange, self.lexicon.endings("place_cases")))
        last = min(at + PLACE_WORDS, len(words)) if cases else at
        for end in range(last, at, -1):
            inside = words[at:end]
            if any(word.pause_before for word in inside[1:]):
                continue
            if any(word.typed in self.lexicon["not_towns"] for word in inside):
                continue
            typed = " ".join(word.typed for word in inside).translate(letters)
            names = _nominatives(typed, cases) & _towns(self.gazetteer)
            meant = {found.only for name in names if (found := self.gazetteer.match(name)).only}
            if len(meant) == 1:
                yield from ((end, town.ekatte) for town in meant if town)
                return

    def _home(self, words: Sequence[Word], at: int) -> Values:
        """Yield the settlement that one is of, where an ending of its name says so."""
        return self._named(words, at, self.lexicon.endings("home_endings"))

    def _named(self, words: Sequence[Word], at: int, endings: Sequence[str]) -> Values:
        """Yield the settlement that a name with one of these endings names.

        A word behind the name may be taken for a slip in it, so the shorter name is yielded too.
        """
        kept = ""
        ordinary = self.lexicon["not_places"]
        for end in range(min(at + PLACE_WORDS, len(words)), at, -1):
            inside = words[at:end]
            if any(word.pause_before for word in inside[1:]):
                continue
            if any(w.number is not None or w.readings & ordinary for w in (inside[0], inside[-1])):
                continue
            for name in _names(" ".join(word.typed for word in inside), endings):
                if not (words[at].readings | {name}) & _first_words(self.gazetteer):
                    continue
                found = self.gazetteer.match(name)
                if found.only is not None and kept in ("", found.only.ekatte):
                    kept = found.only.ekatte
                    yield end, kept
                    break


def _names(typed: str, endings: Sequence[str]) -> Iterator[str]:
    """Yield the name before each ending that it has: „vratsa“ of „vratsa'da“ and „vratsada“."""
    for ending in endings:
        # Both i of Turkish are typed for one another.
        if typed.replace("ı", "i").endswith(ending.replace("ı", "i")):
            yield typed[: len(typed) - len(ending)].rstrip("'")


def _exchange(written: str) -> tuple[str, str]:
    """Return the two sides of „і>а“: what is typed, and what the name has there."""
    typed, _, named = written.partition(">")
    return typed, named


def _nominatives(typed: str, cases: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return every name that these words may be cases of, also as they are."""
    ways = (
        [word, *(word.removesuffix(end) + named for end, named in cases if word.endswith(end))]
        for word in typed.replace("-", " ").split()
    )
    return frozenset(map(" ".join, product(*ways)))


@cache
def _towns(gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(s.name.lower() for s in gazetteer.settlements if s.kind == "town")


@cache
def _first_words(gazetteer: Gazetteer) -> frozenset[str]:
    """Return the words with which names of places begin, in both alphabets."""
    names = (name for s in gazetteer.settlements for name in (s.name, s.name_latin))
    return frozenset(name.lower().split()[0] for name in names)


def _dated_form(word: Word) -> str:
    spelt = word.number is not None and len(word.typed) < 4
    return str(word.number) if spelt else word.plain
