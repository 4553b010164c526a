"""What typed words mean: numbers, dates, commands; by rules and lexicons only, never a guess."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dateutil.relativedelta import relativedelta
from ruamel.yaml import YAML

from knowledge.facts import FAR_AHEAD, LONG_AGO, FactId, Span
from knowledge.texts import LANGUAGES, Language

LEXICONS = Path(__file__).parent / "lexicons"
LONGEST = 300
"""Longer texts are stories, not answers: characters."""
_EDGES = " \t\n.!?,;:„“”\"'()…–-"
_LEAP = 8
"""So many years back there is a 29 February, also round a century's turn."""

_ONE_I = str.maketrans({"İ": "i", "ı": "i"})

Unit = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, by what they mean."""

    commands: Mapping[str, str]
    months: Mapping[str, int]
    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    last: frozenset[str]
    """Words before a day of the week that may mean the week before: „миналия“."""
    ago: str
    units: Mapping[str, Unit]
    halves: Mapping[str, int]
    calendar: Mapping[str, tuple[Literal["months", "years"], int]]
    numbers: Mapping[str, int]
    joins: frozenset[str]
    beside_numbers: frozenset[str]
    percent: tuple[str, ...]
    yes: frozenset[str]
    no: frozenset[str]
    dont_know: frozenset[str]
    decline: frozenset[str]
    go_on: frozenset[str]
    fillers: frozenset[str]
    choices: Mapping[FactId, Mapping[str, str]]
    """By fact and by words: what its button would say."""


def read_lexicon(file: Path) -> dict[str, Any]:
    """Return what stands in a lexicon, its letters as typed words are compared."""
    text = with_one_i(file.read_text(encoding="utf-8"))
    raw: dict[str, Any] = YAML(typ="safe").load(text)
    return raw


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of that language."""
    raw = read_lexicon(LEXICONS / language / "words.yaml")
    return Lexicon(
        commands=_turned(raw["commands"]),
        months={word: n for n, words in enumerate(raw["months"], start=1) for word in words},
        days=raw["days"],
        weekdays=raw["weekdays"],
        last=frozenset(raw["last"]),
        ago=raw["ago"],
        units=raw["units"],
        halves=raw["halves"],
        calendar={
            w: (unit, n) for unit, words in raw["calendar"].items() for w, n in words.items()
        },
        numbers=raw["numbers"],
        joins=frozenset(raw["joins"]),
        beside_numbers=frozenset(raw["beside_numbers"]),
        percent=tuple(raw["percent"]),
        yes=frozenset(raw["yes"]),
        no=frozenset(raw["no"]),
        dont_know=frozenset(raw["dont_know"]),
        decline=frozenset(raw["decline"]),
        go_on=frozenset(raw["go_on"]),
        fillers=frozenset(raw["fillers"]),
        choices={fact: _turned(words) for fact, words in raw["choices"].items()},
    )


def _turned(words_of: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: meaning for meaning, words in words_of.items() for word in words}


def with_one_i(text: str) -> str:
    """Return the text in which the Turkish i with a dot and without one are the same letter.

    On many keyboards only one of the two can be typed, and capitals hide which one is meant.
    """
    return text.translate(_ONE_I)


def lowered(text: str) -> str:
    """Return the text composed, in lower case, the Turkish i as one letter.

    >>> lowered("İŞSİZİM, AÇIK IŞIK")
    'işsizim, açik işik'
    """
    return with_one_i(unicodedata.normalize("NFC", text)).lower()


def folded(text: str) -> str:
    """Return the text as it is compared: lower case, single spaces, no punctuation at the edges."""
    edged = " ".join(lowered(text[:LONGEST].replace("’", "'")).split())
    return edged.strip(_EDGES) or edged


@cache
def _languages() -> Mapping[str, Language]:
    named = read_lexicon(LEXICONS / "languages.yaml")
    return {folded(word): code for code in LANGUAGES for word in named[code]}


def language_named(words: str) -> Language | None:
    """Return the language that is named by these (folded) words alone, in whatever language."""
    return _languages().get(words)


# -- numbers -----------------------------------------------------------------------------------


def number_in(text: str, lexicon: Lexicon) -> int | None:
    """Return the one whole number that the text names, or None.

    „на 57 години“ and „петдесет и седем“ are 57; „над 50“, „50-55“ and „57,5“ are no one number.
    """
    if len(text) > LONGEST or re.search(r"\d\s*[.,:/–-]\s*\d|(?:^|\s)[-–−+]\s*\d|[<>~=/]", text):
        return None
    words = folded(text)
    for phrase in lexicon.percent:
        words = words.removesuffix(phrase)
    tokens = re.findall(r"\d+|(?:[^\W\d_]|')+|[^\w\s]", words)
    digits = [token for token in tokens if token.isdecimal()]
    named = [token for token in tokens if token in lexicon.numbers]
    allowed = {*lexicon.beside_numbers, *lexicon.joins, *".,!%()-", *digits, *named}
    if not allowed.issuperset(tokens) or bool(digits) == bool(named):
        return None
    if digits:
        return int(digits[0]) if len(digits) == 1 and len(digits[0]) <= 3 else None
    return _spelt(named, lexicon)


def _spelt(words: list[str], lexicon: Lexicon) -> int | None:
    """Return the number of „петдесет“, „седем“: one word, or tens and then a unit."""
    values = [lexicon.numbers[word] for word in words]
    if len(values) == 1:
        return values[0]
    if len(values) == 2 and 10 <= values[0] < 100 and values[0] % 10 == 0 and 0 < values[1] < 10:
        return sum(values)
    return None


def child_age_in(text: str, lexicon: Lexicon) -> int | None:
    """Return the full years of a small child's age: „8 месеца“ is 0, „1 година и 8 месеца“ is 1."""
    plain = number_in(text, lexicon)
    if plain is not None or len(text) > LONGEST:
        return plain
    words = " ".join(w for w in folded(text).split() if w not in lexicon.fillers | lexicon.joins)
    years, small = (
        "|".join(word for word, unit in lexicon.units.items() if (unit == "years") is wanted)
        for wanted in (True, False)
    )
    found = re.fullmatch(rf"(?:(\d{{1,2}}) (?:{years}) )?(\d{{1,2}}) ({small})", words)
    if found is None:
        return None
    months = int(found[2]) if lexicon.units[found[3]] == "months" else 0
    return int(found[1] or 0) + months // 12


# -- dates -------------------------------------------------------------------------------------


def date_in(text: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    """Return the day that the text names, or the span of a bare month or year.

    „15.11.2026“, „15 ноември“, „вчера“, „преди 3 седмици“, „май 2026“, „2024“. A day or a month
    without a year is the latest one not after `today`; with its year it may lie in the future.
    None where nothing is understood.
    """
    if len(text) > LONGEST:
        return None
    words = _bare(text, lexicon)
    if words in lexicon.days:
        return today - dt.timedelta(days=lexicon.days[words])
    for reader in (_numeric, _written, _weekday, _of_a_year, _ago, _calendar, _bare_year):
        found = reader(words, today, lexicon)
        if found is not None:
            return found
    return None


def start_in(text: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    """Return when something began that lasts until today: „14 месеца“, or any date."""
    if len(text) > LONGEST:
        return None
    return _so_long(_bare(text, lexicon), today, lexicon) or date_in(text, today, lexicon)


def _bare(text: str, lexicon: Lexicon) -> str:
    """Return the words without those that only join: „на“, „през“, „2026 г.“, „3-ти“."""
    words = (re.sub(r"(?<=\d)-?[^\W\d_]{1,2}\.?$", "", w) for w in _named_days(text, lexicon))
    said = [w.strip(",;") for w in words if w.strip(_EDGES) not in lexicon.fillers]
    kept = " ".join(w for n, w in enumerate(said) if not _only_month(said, n, lexicon))
    years = "|".join(word for word, unit in lexicon.units.items() if unit == "years")
    return re.sub(rf"(?<=\d{{4}})\s+(?:{years})$", "", kept)


def _only_month(words: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether it is the „месец“ of „декември месец“."""
    unit = lexicon.units.get(words[at]) == "months"
    return unit and at > 0 and words[at - 1].strip(".") in lexicon.months


def _named_days(text: str, lexicon: Lexicon) -> list[str]:
    words = folded(text)
    return [words] if words in lexicon.days else words.split()


def _numeric(words: str, today: dt.date, _lexicon: Lexicon) -> dt.date | Span | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    full = re.fullmatch(r"(\d{1,2})([./ -])\s?(\d{1,2})\2\s?(\d{4}|\d{2})", words)
    if full:
        return _dated(int(full[1]), int(full[3]), full[4], today)
    short = re.fullmatch(r"(\d{1,2})[./]\s?(\d{1,2})", words)
    if short:
        return _dated(int(short[1]), int(short[2]), None, today)
    month_year = re.fullmatch(r"(\d{1,2})[./ -](\d{4})", words)
    if month_year:
        return _month(int(month_year[2]), int(month_year[1]), today)
    return None


def _written(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    name = rf"({'|'.join(lexicon.months)})\.?"
    full = re.fullmatch(rf"(\d{{1,2}})\.?\s+{name}(?:\s+(\d{{4}}))?", words)
    if full:
        return _dated(int(full[1]), lexicon.months[full[2]], full[3], today)
    month_first = re.fullmatch(rf"{name}\s+(\d{{1,2}})(?:\s+(\d{{4}}))?", words)
    if month_first:
        return _dated(int(month_first[2]), lexicon.months[month_first[1]], month_first[3], today)
    bare = re.fullmatch(rf"{name}(?:\s+(\d{{4}}))?", words)
    if bare is None:
        return None
    month = lexicon.months[bare[1]]
    year = int(bare[2]) if bare[2] else today.year - (month > today.month)
    return _month(year, month, today)


def _weekday(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    """Return the day of „в петък“; „миналия петък“ may be a week before, where one has passed."""
    said, _, day = words.rpartition(" ")
    if day not in lexicon.weekdays or (said and said not in lexicon.last):
        return None
    back = (today.weekday() - lexicon.weekdays[day] - 1) % 7 + 1
    latest = today - dt.timedelta(days=back)
    if said and back <= today.weekday():
        return Span(low=latest - dt.timedelta(days=7), high=latest)
    return latest


def _of_a_year(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    """Return the day or month of „миналата година“: „октомври миналата година“, „лани на 5 май“."""
    for said, (unit, back) in lexicon.calendar.items():
        at_an_end = words.startswith(f"{said} ") or words.endswith(f" {said}")
        if unit == "years" and at_an_end:
            rest = words.removeprefix(said).removesuffix(said).strip(" ,")
            return _written(f"{rest} {today.year - back}", today, lexicon)
    return None


def _ago(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    said = re.fullmatch(rf"(?:{lexicon.ago}\s+(.+)|(.+)\s+{lexicon.ago})", words)
    if said is None:
        return None
    return _so_long(said[1] or said[2], today, lexicon)


def _so_long(how_long: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    if how_long in lexicon.halves:
        return _about(today, "months", lexicon.halves[how_long])
    counts = "|".join([r"\d{1,3}", *lexicon.numbers])
    found = re.fullmatch(rf"(?:({counts})\s+)?({'|'.join(lexicon.units)})", how_long)
    if found is None:
        return None
    count = int(found[1]) if (found[1] or "").isdecimal() else lexicon.numbers.get(found[1], 1)
    return _about(today, lexicon.units[found[2]], count)


def _about(today: dt.date, unit: Unit, count: int) -> dt.date | Span | None:
    """Return the day so long ago; but „преди 3 месеца“ is half a month to either side."""
    if count == 0 or (unit == "years" and count > 99):
        return None
    if unit == "days":
        return today - dt.timedelta(days=count)
    middle = today - relativedelta(**{unit: count})  # type: ignore[arg-type]
    slack = dt.timedelta(days={"weeks": 3, "months": 15, "years": 182}[unit])
    return Span(low=middle - slack, high=min(middle + slack, today))


def _calendar(words: str, today: dt.date, lexicon: Lexicon) -> Span | None:
    if words not in lexicon.calendar:
        return None
    unit, back = lexicon.calendar[words]
    then = today - relativedelta(**{unit: back})  # type: ignore[arg-type]
    return _year(then.year, today) if unit == "years" else _month(then.year, then.month, today)


def _bare_year(words: str, today: dt.date, _lexicon: Lexicon) -> Span | None:
    found = re.fullmatch(r"((?:19|20)\d{2})", words)
    return _year(int(found[1]), today) if found else None


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year is not None:
        return _day(_full_year(year, today), month, day)
    days = (_day(today.year - back, month, day) for back in range(_LEAP + 1))
    return next((found for found in days if found and found <= today), None)


def _full_year(year: str, today: dt.date) -> int:
    """Return the year; of two digits it is the latest one not after `today`'s."""
    if len(year) == 4:
        return int(year)
    century = today.year - today.year % 100
    return century + int(year) - (100 if century + int(year) > today.year else 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if LONG_AGO <= found < FAR_AHEAD else None


def _month(year: int, month: int, today: dt.date) -> Span | None:
    first = _day(year, month, 1)
    if first is None:
        return None
    return _until(first, first + relativedelta(months=1, days=-1), today)


def _year(year: int, today: dt.date) -> Span:
    return _until(dt.date(year, 1, 1), dt.date(year, 12, 31), today)


def _until(first: dt.date, last: dt.date, today: dt.date) -> Span:
    """Return the days of a month or year; of one that has begun, those up to today."""
    return Span(low=first, high=min(last, today) if first <= today else last)
