"""Which settlement a typed place means; it asks between namesakes and never guesses."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.texts import Frozen
from knowledge.typed_names import (
    MOST_GUESSES,
    Ids,
    NameIndex,
    Naming,
    is_cyrillic,
    key_of,
    official_latin,
    other_layouts,
)

Kind = Literal["town", "village", "monastery"]
CoordinateKind = Literal[
    "osm_point", "osm_point_doubtful", "land_polygon_centroid", "settlement_centre", "own"
]
Ekatte = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
Latitude = Annotated[float, Field(ge=41.0, le=44.5)]
Longitude = Annotated[float, Field(ge=22.0, le=29.0)]

LONGEST = 120
"""A longer text is a letter, not the name of a place."""
MOST_SEGMENTS = 8
MOST_WORDS = 8
LONGEST_NAME = 4
"""So many words the longest name has that is looked for inside a sentence."""
SHORTEST_KEYBOARD = 3
SUREST_KEYBOARD = 4
"""Shorter names typed in another keyboard layout are asked about, or not looked for at all."""
EARTH_KM = 6371.0088
FULL_SCORE = 100.0
PART_SCORE = 90.0
BEGINNING_SCORE = 80.0


class Settlement(Frozen):
    """A town, village or monastery of the state register."""

    ekatte: Ekatte
    kind: Kind
    name: str
    name_latin: str
    municipality: str
    municipality_code: str
    province: str
    postal_code: str | None
    population: int = Field(ge=0)
    latitude: Latitude
    longitude: Longitude
    coordinate_kind: CoordinateKind
    note: str = ""


class Match(Frozen):
    """A settlement that may be meant, and how well the typed text fits it."""

    settlement: Settlement
    score: float = Field(ge=0, le=100)


class Found(Frozen):
    """What a typed place may mean. Certain: one settlement, by its name and no correction."""

    matches: tuple[Match, ...] = ()
    certain: bool = False

    @property
    def only(self) -> Settlement | None:
        """Return the settlement, if it is certain."""
        return self.matches[0].settlement if self.certain else None


NOTHING = Found()


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance over the ground as the crow flies (haversine)."""
    south, north = math.radians(lat1), math.radians(lat2)
    rise = math.sin((north - south) / 2) ** 2
    turn = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return (
        2
        * EARTH_KM
        * math.asin(min(1.0, math.sqrt(rise + math.cos(south) * math.cos(north) * turn)))
    )


Role = Literal["name", "municipality", "province", "near"]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the typed text: a name or an area."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class _Request:
    """The typed text taken apart."""

    segments: tuple[_Segment, ...]
    postal_code: str | None


class _Reader:
    """Takes a typed place apart into a name, areas and a postal code."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def read(self, text: str) -> _Request:
        """Return the parts of the text."""
        numbers = re.findall(r"(?<![^\W_])\d+(?![^\W_])", text)
        text = re.sub(r"(?<![^\W_])\d+(?![^\W_])", " ", text)
        code = next((n for n in numbers if len(n) == 4), None)
        segments: list[_Segment] = []
        for part in re.split(r"[,;()\[\]/|\n\r\t]+|\s[-–—]+\s", text):
            segments += self._segments(re.findall(r"[^\s.]+\.?", part))
        return _Request(tuple(segments[:MOST_SEGMENTS]), code)

    def _segments(self, words: Sequence[str]) -> Iterable[_Segment]:
        """Yield the stretches of one part, cut where a word announces the next."""
        start = 0
        for at in range(1, len(words) + 1):
            if at == len(words) or self._announces(words, at):
                segment = self._segment(words[start:at])
                if segment:
                    yield segment
                start = at

    def _announces(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a new stretch begins here: „Баница | общ. Враца“, „Враца | с. Баница“."""
        key = key_of(words[at])
        if self._role(key) or key in self._naming.finer_words:
            return at + 1 < len(words) and self._has_name(words[:at])
        dotted_kind = words[at].endswith(".") and self._naming.kind_of(key)
        return bool(dotted_kind) and at + 1 < len(words) and self._has_name(words[:at])

    def places_in(self, words: Sequence[str]) -> Iterator[tuple[_Segment, ...]]:
        """Yield where in a sentence a place may stand, each time its stretches, the longest first.

        It stands after a word like „в“ or „с.“, or it begins the sentence: „Бутан е моето село“.
        """
        keys = [key_of(word) for word in words]
        for start, key in enumerate(keys):
            if self._naming.only_announces(key):
                continue
            ends = range(min(len(words), start + LONGEST_NAME), start, -1)
            if start == 0:
                fillers = self._naming.filler_words
                ends_well = [e for e in ends if e < len(keys) and keys[e] in fillers]
            elif self._naming.only_announces(keys[start - 1]):
                ends_well = list(ends)
            else:
                continue
            yield tuple(_Segment("name", " ".join(words[start:end])) for end in ends_well)

    def _has_name(self, words: Sequence[str]) -> bool:
        """Tell whether the words hold more than prefixes."""
        keys = [key_of(word) for word in words]
        return any(
            key and key not in self._naming.filler_words and not self._naming.kind_of(key)
            for key in keys
        )

    def _role(self, key: str) -> Role | None:
        """Return the role a word announces."""
        if key in self._naming.municipality_words:
            return "municipality"
        if key in self._naming.province_words:
            return "province"
        return "near" if key in self._naming.near_words else None

    def _segment(self, words: Sequence[str]) -> _Segment | None:
        """Return the stretch these words make, without the words that only announce it."""
        keys = [key_of(word) for word in words]
        if not any(keys) or keys[0] in self._naming.finer_words:
            return None
        if all(key in self._naming.country_words for key in keys):
            return None
        role = self._role(keys[0])
        while len(words) > 1 and self._role(keys[len(words) - 1]) in ("municipality", "province"):
            words = words[:-1]  # „Враца област“
        if role:
            return _Segment(role, " ".join(words[1:])) if any(keys[1 : len(words)]) else None
        return _Segment("name", " ".join(words))


@dataclass(frozen=True, slots=True)
class _Answer:
    """Candidates with their scores, and whether the text names them without correction."""

    scores: dict[int, float]
    sure: bool

    def __bool__(self) -> bool:
        return bool(self.scores)

    def kept(self, allowed: Collection[int], *, strict: bool = False) -> "_Answer":
        """Return the candidates among the allowed ones; if there are none, all, unsure."""
        scores = {number: score for number, score in self.scores.items() if number in allowed}
        if scores or strict:
            return _Answer(scores, self.sure)
        return replace(self, sure=False)


NO_ANSWER = _Answer({}, sure=False)


def _named(ids: Collection[int]) -> _Answer:
    return _Answer(dict.fromkeys(ids, FULL_SCORE), sure=True)


def _any_of(answers: Iterable[_Answer]) -> _Answer:
    """Return the candidates of all the answers; they have to be asked about."""
    return _Answer({n: s for a in answers for n, s in a.scores.items()}, sure=False)


class Gazetteer:
    """All settlements, found by a typed name, a postal code, a state code or a point."""

    def __init__(self, settlements: Iterable[Settlement], naming: Naming) -> None:
        self.settlements = tuple(settlements)
        self._naming = naming
        self._reader = _Reader(naming)
        self._by_ekatte = {s.ekatte: s for s in self.settlements}
        self._names = NameIndex([self._names_of(s) for s in self.settlements], naming)
        self._of_kind: defaultdict[str, set[int]] = defaultdict(set)
        self._of_code: defaultdict[str, list[int]] = defaultdict(list)
        municipalities: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        provinces: defaultdict[str, set[int]] = defaultdict(set)
        for number, settlement in enumerate(self.settlements):
            self._of_kind[settlement.kind].add(number)
            municipalities[settlement.municipality_code, settlement.municipality].add(number)
            provinces[settlement.province].add(number)
            if settlement.postal_code:
                self._of_code[settlement.postal_code].append(number)
        self._areas: list[tuple[Role, set[int]]] = [
            *(("municipality", members) for members in municipalities.values()),
            *(("province", members) for members in provinces.values()),
        ]
        self._area_titles = [*(name for _, name in municipalities), *provinces]
        self._area_names = NameIndex([naming.area_words(t) for t in self._area_titles], naming)

    def _names_of(self, settlement: Settlement) -> list[str]:
        """Return the name of the settlement with its older and shorter ones."""
        first, _, rest = settlement.name.partition(" ")
        shorter = [rest] if rest and key_of(first) in self._naming.optional_words else []
        old = self._naming.old_names.get(settlement.ekatte, ())
        dialect = self._naming.dialect_names.get(settlement.ekatte, ())
        return [settlement.name, *old, *dialect, *shorter]

    def in_latin(self, name: str) -> str:
        """Return a name in the official Latin letters, each word beginning with a capital."""
        return re.sub(
            r"[^\W\d_]+",
            lambda word: official_latin(word[0].casefold(), self._naming).capitalize(),
            name,
        )

    def by_ekatte(self, ekatte: str) -> Settlement | None:
        """Return the settlement with that state code."""
        return self._by_ekatte.get(ekatte)

    def by_postal_code(self, code: str) -> tuple[Settlement, ...]:
        """Return the settlements with that postal code, the largest first."""
        return tuple(m.settlement for m in self._found(_named(self._of_code.get(code, ()))).matches)

    def nearest(self, latitude: float, longitude: float) -> tuple[Settlement, float]:
        """Return the settlement nearest to the point, and its distance in kilometres."""
        x, y, z = _unit(latitude, longitude)
        # The nearest point has the largest dot product; only its distance has to be computed.
        best = max(
            range(len(self._points)),
            key=lambda n: x * self._points[n][0] + y * self._points[n][1] + z * self._points[n][2],
        )
        settlement = self.settlements[best]
        return settlement, distance_km(
            latitude, longitude, settlement.latitude, settlement.longitude
        )

    @cached_property
    def _points(self) -> list[tuple[float, float, float]]:
        return [_unit(s.latitude, s.longitude) for s in self.settlements]

    def match(self, text: str) -> Found:
        """Return the settlements the text may mean, best first; nothing if none is near."""
        if len(text) > LONGEST or not key_of(text):
            return NOTHING
        request = self._reader.read(text)
        if not request.segments:
            ids = self._of_code.get(request.postal_code or "", ())
            return self._found(replace(_named(ids), sure=False))
        answer = (
            self._by_names(request)
            or self._by_area(request)
            or self._by_keyboards(text)
            or self._by_sentence(request)
            or self._by_likeness(request)
        )
        return self._found(self._within_code(answer, request.postal_code))

    def _found(self, answer: _Answer) -> Found:
        """Return the answer in order: the best first, of equals the most populous."""
        order = sorted(
            answer.scores,
            key=lambda n: (
                -answer.scores[n],
                -self.settlements[n].population,
                self.settlements[n].ekatte,
            ),
        )
        matches = tuple(
            Match(settlement=self.settlements[n], score=round(answer.scores[n], 1)) for n in order
        )
        return Found(matches=matches, certain=answer.sure and len(matches) == 1)

    def _within_code(self, answer: _Answer, code: str | None) -> _Answer:
        """Return the candidates with the typed postal code; if none has it, all, unsure."""
        return answer if code is None else answer.kept(self._of_code.get(code, ()))

    # Names as they are written.

    def _by_names(self, request: _Request) -> _Answer:
        """Return what the text names without any correction of the name."""
        names = [s for s in request.segments if s.role == "name"]
        if not names:
            # Only an area was named; its seat mostly has the same name, but this must be asked.
            return replace(self._segment_named(request.segments[0]), sure=False)
        named = [self._segment_named(subject) for subject in names]
        inside = [
            self._in_areas(answer, [s for s in request.segments if s is not subject])
            for subject, answer in zip(names, named, strict=True)
        ]
        # „Враца, с. Баница“: the area came first; only a name that lies inside it is taken so.
        fitting = [answer for answer in inside if answer]
        if fitting:
            return next((answer for answer in fitting if answer.sure), fitting[0])
        unread = [s for s, answer in zip(names, named, strict=True) if not answer]
        return _any_of([*named, *(self._misspelt_in_area(s, request) for s in unread)])

    def _misspelt_in_area(self, subject: _Segment, request: _Request) -> _Answer:
        """Return whom a misspelt name is like inside the areas beside it: „вршец, Монтана“."""
        others = [s for s in request.segments if s is not subject]
        if not any(self._area_members(s) for s in others):
            return NO_ANSWER
        bare, kind = self._without_prefixes(subject.text.split())
        return self._alike(" ".join(bare), self._allowed(others, kind))

    def _in_areas(self, answer: _Answer, segments: Sequence[_Segment]) -> _Answer:
        """Return the candidates inside all the named areas; unsure if one is misspelt."""
        for segment in segments:
            spelled = self._area_members(segment)
            answer = answer.kept(spelled or self._area_alike(segment), strict=True)
            if not spelled:
                answer = replace(answer, sure=False)
        return answer

    def _segment_named(self, segment: _Segment) -> _Answer:
        """Return whom a stretch names, trying it whole, without prefixes, and with its area."""
        words = segment.text.split()
        bare, kind = self._without_prefixes(words)
        answer = _named(self._names.spelled(segment.text)) if not kind else NO_ANSWER
        answer = answer or self._of_that_kind(_named(self._names.spelled(" ".join(bare))), kind)
        answer = answer or self._with_trailing_area(bare, kind)
        return answer or _named(self._names.spelled(segment.text))

    def _without_prefixes(self, words: Sequence[str]) -> tuple[list[str], str | None]:
        """Return the words after „аз съм от“ and „с.“, and the kind the latter says."""
        rest = list(words)
        kind = None
        while len(rest) > 1:
            key = key_of(rest[0])
            said = self._naming.kind_of(key)
            is_filler = key in self._naming.filler_words and not rest[0].endswith(".")
            if not key or (is_filler and not said):
                rest.pop(0)
            elif said and kind is None:
                kind = said
                rest.pop(0)
            else:
                break
        while len(rest) > 1 and key_of(rest[-1]) in self._naming.filler_words:
            rest.pop()  # „от Козлодуй съм“
        return rest, kind

    def _of_that_kind(self, answer: _Answer, kind: str | None) -> _Answer:
        """Return the candidates of the kind the prefix said; if there are none, all, unsure."""
        return answer.kept(self._of_kind[kind]) if kind else answer

    def _with_trailing_area(self, words: Sequence[str], kind: str | None) -> _Answer:
        """Return whom „Разград Вълчедръм“ names: a name and its area with no sign between."""
        outside = NO_ANSWER
        if len(words) > MOST_WORDS:
            return outside
        for cut in range(len(words) - 1, 0, -1):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            for name, area in ((head, tail), (tail, head)):
                members = self._area_members(_Segment("near", area))
                if not members:
                    continue
                named = self._of_that_kind(_named(self._names.spelled(name)), kind)
                inside = named.kept(members, strict=True)
                if inside:
                    return inside
                outside = outside or replace(named, sure=False)
        return outside

    def _area_members(self, segment: _Segment) -> Ids:
        """Return the settlements of the named area; nobody if no area has that name."""
        return self._members(self._area_names.spelled(self._area_text(segment)), segment.role)

    def _area_alike(self, segment: _Segment) -> Ids:
        """Return the settlements of the area with the most similar name."""
        likeness = self._area_names.like(self._area_text(segment))
        best = max(likeness.values(), default=0.0)
        return self._members([n for n, score in likeness.items() if score == best], segment.role)

    def _area_text(self, segment: _Segment) -> str:
        return " ".join(self._without_prefixes(segment.text.split())[0])

    def _members(self, areas: Iterable[int], role: Role) -> Ids:
        """Return the settlements of those areas that can have this role."""
        members: set[int] = set()
        for number in areas:
            level, inside = self._areas[number]
            if role in ("name", "near", level):
                members |= inside
        return frozenset(members)

    def _by_area(self, request: _Request) -> _Answer:
        """Return the seat of the area that alone was named, „Врачанско“; this must be asked."""
        return _any_of([self._seats(segment) for segment in request.segments])

    def _seats(self, segment: _Segment) -> _Answer:
        """Return the settlements an area of that name is called after."""
        areas = self._area_names.spelled(self._area_text(segment))
        return _named(
            {n for a in areas for n in self._areas[a][1] if self._is_seat(n, self._area_titles[a])}
        )

    def _is_seat(self, number: int, title: str) -> bool:
        return self.settlements[number].name == title

    def _by_sentence(self, request: _Request) -> _Answer:
        """Return whom a longer sentence names, „търся работа в Монтана“; never sure."""
        return _any_of(
            [
                next(filter(None, map(self._named_or_seat, stretches)), NO_ANSWER)
                for segment in request.segments
                for stretches in self._reader.places_in(segment.text.split())
            ]
        )

    def _named_or_seat(self, segment: _Segment) -> _Answer:
        return self._segment_named(segment) or self._seats(segment)

    # Names with mistakes.

    def _by_keyboards(self, text: str) -> _Answer:
        """Return whom the text names in another keyboard layout.

        Two Cyrillic layouts differ in few letters, so there a typo can look like a layout.
        """
        answers = []
        for meant in other_layouts(text, self._naming):
            bare, kind = self._without_prefixes(meant.replace(".", ". ").split())
            key = key_of(" ".join(bare))
            if len(key) >= SHORTEST_KEYBOARD:
                answer = self._of_that_kind(_named(self._names.exact(key)), kind)
                sure = answer.sure and len(key) >= SUREST_KEYBOARD and not is_cyrillic(text)
                answers.append(replace(answer, sure=sure))
        hits = [answer for answer in answers if answer]
        return replace(_any_of(hits), sure=all(answer.sure for answer in hits))

    def _by_likeness(self, request: _Request) -> _Answer:
        """Return at most six settlements whose names are like the text; never sure."""
        names = [s for s in request.segments if s.role == "name"] or list(request.segments[:1])
        for subject in names:
            bare, kind = self._without_prefixes(subject.text.split())
            allowed = self._allowed([s for s in request.segments if s is not subject], kind)
            answer = self._alike(" ".join(bare), allowed)
            if answer:
                return answer
        return self._alike_with_area(names[0])

    def _allowed(self, areas: Sequence[_Segment], kind: str | None) -> Ids:
        """Return the settlements of that kind inside the areas that could be read."""
        allowed = set(self._of_kind[kind]) if kind else set(range(len(self.settlements)))
        for segment in areas:
            allowed &= self._area_members(segment) or self._area_alike(segment) or allowed
        return frozenset(allowed)

    def _alike(self, text: str, allowed: Ids) -> _Answer:
        """Return the best few whose name is partly the text, or else like it."""
        scores = {
            **dict.fromkeys(self._names.beginning(text) & allowed, BEGINNING_SCORE),
            **self._names.like(text, allowed),
            **dict.fromkeys(self._names.parts(text) & allowed, PART_SCORE),
        }
        best = self._found(_Answer(scores, sure=False)).matches[:MOST_GUESSES]
        wanted = {m.settlement.ekatte for m in best}
        kept = {n: s for n, s in scores.items() if self.settlements[n].ekatte in wanted}
        return _Answer(kept, sure=False)

    def _alike_with_area(self, segment: _Segment) -> _Answer:
        """Return the likenesses of a misspelt name before its area: „Вршец Монтана“."""
        words, kind = self._without_prefixes(segment.text.split())
        if len(words) > MOST_WORDS:
            return NO_ANSWER
        for cut in range(len(words) - 1, 0, -1):
            area = _Segment("near", " ".join(words[cut:]))
            members = self._area_members(area) or self._area_alike(area)
            answer = self._alike(" ".join(words[:cut]), members & self._allowed([], kind))
            if answer:
                return answer
        return NO_ANSWER


def _unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Return the point as a vector of length one."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)
