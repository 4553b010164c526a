"""Opening hours as a librarian types them: „пн–пт 9–18, сб 9–14“ is `Mo-Fr 09:00-18:00; Sa …`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.understanding import LEXICONS, read_lexicon
from knowledge.opening_hours import DAYS, HoursError, OpeningHours

LONGEST = 300
OFF = "off"
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True)
class HoursWords:
    """What the words between days and hours stand for, the longest words first."""

    meant: tuple[tuple[str, str], ...]


@cache
def load_hours_words() -> HoursWords:
    """Return the words of the Bulgarian lexicon."""
    raw = read_lexicon(LEXICONS / "bg" / "desk_corrections.yaml")
    meant = dict(_meant(raw))
    return HoursWords(tuple(sorted(meant.items(), key=lambda pair: -len(pair[0]))))


def _meant(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for day, words in raw["weekdays"].items():
        yield from ((word, DAYS[day]) for word in words)
    stand_for = {"working_days": "Mo-Fr", "every_day": "Mo-Su", "closed": OFF, "to": "-"}
    for name, meaning in (*stand_for.items(), ("and", ","), ("passed_over", " ")):
        yield from ((word, meaning) for word in raw[name])


def typed_hours(text: str) -> str:
    """Return the hours in the syntax of the data; what is not understood stays as it was typed."""
    if len(text) > LONGEST or _parses(text):
        return text
    written = "; ".join(_rules(_tokens(text)))
    return written if _parses(written) else text


def _parses(text: str) -> bool:
    try:
        OpeningHours.parse(text)
    except HoursError:
        return False
    return True


def _tokens(text: str) -> list[str]:
    words = re.sub("[–—−]", "-", text.lower()).replace("\n", ";")
    for word, meaning in load_hours_words().meant:
        words = re.sub(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])\.?", f" {meaning} ", words)
    return re.findall(r"\d{1,2}(?:[:.]\d{2})?|[A-Za-z]{2,3}|[-,;]|[^\s,;-]+", words)


def _rules(tokens: Iterable[str]) -> Iterator[str]:
    """Yield a rule for each run of days and the hours after it."""
    days, hours = "", ""
    for part in tokens:
        if part in DAYS:
            if hours:
                yield _rule(days, hours)
                days, hours = "", ""
            days += part
        elif part in ("-", ",") and not hours:
            days += part
        elif part != ";":
            hours += part if part in ("-", ",", OFF) else _time(part)
    yield _rule(days, hours)


def _rule(days: str, hours: str) -> str:
    return f"{days.strip(',-')} {hours.strip(',-')}"


def _time(token: str) -> str:
    found = _TIME.fullmatch(token)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else token
