"""Looking up what a librarian may send: prepared answers, measures, places; nothing is sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.desk_texts.case_context import CaseContext
from dialogs.desk_texts.measure_text import measure_text
from dialogs.desk_texts.place_text import place_named, place_text, place_title
from dialogs.desk_texts.prepared import Prepared, offered, standing
from dialogs.desk_texts.shelf import Entry, Hit, Index, Kind, in_order, tokens
from dialogs.desk_texts.variables import filled
from dialogs.free_text.search import Hit as MeasureHit
from dialogs.free_text.search import Search, search
from dialogs.free_text.words import lemma_of
from dialogs.screens import written_day
from dialogs.texts import Texts
from knowledge.asked_as import AskedAs
from knowledge.gazetteer import Settlement

Command = Literal["answer", "measure", "place"]
MOST = 5
"""Results of a command: what one glance takes."""
MOST_OF_A_KIND, MOST_AT_ALL = 4, 8
"""Results while somebody types, over all kinds."""
NEAR_BEST = 0.6
"""How good, beside the best, a result must be to stand before it by its kind."""
ON_CARD = 0.35
"""How much a measure that stands on the card is meant more than others."""
PREVIEW = 110
"""Characters."""
WHISPERED = 2
"""What is suggested for a question."""
SURELY: Mapping[Kind, float] = {"answer": 0.65, "measure": 0.8}
"""How surely it must be meant to be suggested unasked, where not all of a phrase was said."""
CURATED = 0.25
"""How much an answer that somebody wrote for the purpose goes before a measure."""
MOST_NAMESAKES = 3
"""Villages of one name whose bureaus are told."""
WHOLE_NAME = 100.0
"""The score of a settlement that is named and not guessed."""
NAMED, ONE_BEHIND = 0.95, 0.001
"""How good the first place of a named settlement is, and how much less each after it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be put into a reply: its whole text, and what is missing in it."""

    kind: Kind
    id: str
    title: str
    text: str
    gaps: tuple[str, ...] = ()
    """While there is any, the text must not be sent: see `variables.gaps_in`."""
    ends: str = ""
    """The last day of an answer that ends soon, as people write it."""

    @property
    def preview(self) -> str:
        """The beginning of the text on one line, without its title."""
        words = self._on_one_line
        return words if self.is_short else f"{words[: PREVIEW - 1].rstrip()}…"

    @property
    def is_short(self) -> bool:
        """Whether its preview, below its title, is all of it."""
        return len(self._on_one_line) <= PREVIEW

    @property
    def _on_one_line(self) -> str:
        return " ".join(self.text.removeprefix(self.title).split())


# -- what is asked for -------------------------------------------------------------------------


def lookup(command: Command, query: str, case: CaseContext) -> tuple[Found, ...]:
    """Return at most five results of one kind, the best first; without a query, what is nearest."""
    if command == "answer":
        return tuple(_answers(query, case, MOST))
    hits = _measures(query, case) if command == "measure" else _places(query, case)
    return tuple(_found(hit.entry, case) for hit in hits[:MOST])


def lookup_all(query: str, case: CaseContext) -> tuple[Found, ...]:
    """Return what somebody who types may mean: answers, measures of the card, then all else.

    What fits far worse than the best is left out.
    """
    answers = _hit_answers(query, case)
    measures, places = _measures(query, case), _places(query, case)
    best = max((hit.score for hit in (*answers, *measures, *places)), default=0.0)
    mine = [hit for hit in measures if hit.entry.id in case.on_card]
    others = [hit for hit in measures if hit.entry.id not in case.on_card]
    if query.strip():
        answers, mine, others, places = (
            _titled_first(_near(group, best), query)[:MOST_OF_A_KIND]
            for group in (answers, mine, others, places)
        )
        others = sorted([*others, *places], key=lambda hit: -hit.score)
    else:
        answers, others = answers[:MOST_OF_A_KIND], places
    ranked = sorted([*answers, *mine, *others], key=lambda hit: hit.inside)
    hits = _titled_first(ranked, query)
    return tuple(_found(hit.entry, case) for hit in hits[:MOST_AT_ALL])


def found(kind: Kind, about: str, case: CaseContext) -> Found | None:
    """Return what a result with that kind and id would send now; None where it is offered no more.

    So a button may carry the two alone: an answer that has expired since is not sent.
    """
    if kind == "answer":
        entries = [_entry(answer) for answer in _offered(case)]
    else:
        entries = list(case.shelf.index.entries)
    entry = next((e for e in entries if (e.kind, e.id) == (kind, about)), None)
    return _found(entry, case) if entry else None


def numbered(results: Iterable[Found], texts: Texts) -> str:
    """Return the results as a message: a number, a title, the beginning, what is missing."""
    lines = []
    for number, one in enumerate(results, start=1):
        lines.append(f"{number}. {one.title}\n{one.preview}")
        if one.gaps:
            lines.append(texts("desk-found-gaps", what=", ".join(one.gaps)))
        if one.ends:
            lines.append(texts("desk-answer-ends-soon", day=one.ends))
    return "\n".join(lines) or texts("desk-found-nothing")


def nothing(command: Command, query: str, texts: Texts) -> str:
    """Return what is said where a command finds nothing: of a measure, which words find some."""
    if command != "measure":
        return texts("desk-found-nothing")
    return texts("desk-found-no-measure", query=query) if query else texts("desk-find-measure-how")


def matching(query: str, answers: Iterable[Prepared]) -> tuple[Prepared, ...]:
    """Return the answers that fit a search, the best first; all without one."""
    there = {str(answer.id): answer for answer in answers}
    if not query:
        return tuple(there.values())
    hits = Index(map(_entry, there.values())).find(query)
    return tuple(there[hit.entry.id] for hit in hits)


# -- by kind -----------------------------------------------------------------------------------


def _offered(case: CaseContext) -> tuple[Prepared, ...]:
    return offered(case.answers, case.desk, case.context.today)


def _entry(answer: Prepared) -> Entry:
    phrases = ((answer.title, 1.0), (answer.key, 1.0), (answer.text, 0.6))
    return Entry("answer", str(answer.id), answer.title, phrases)


def _hit_answers(query: str, case: CaseContext) -> list[Hit]:
    answers = _offered(case)
    if not query.strip():
        return [Hit(_entry(answer), 1.0) for answer in answers]
    return _titled_first(Index(map(_entry, answers)).find(query), query)


def _titled_first(hits: Iterable[Hit], query: str) -> list[Hit]:
    """Return the hits with those first whose titles begin so: the text is meant less than they."""
    return sorted(hits, key=lambda hit: not _is_titled(hit.entry, query))


def _is_titled(entry: Entry, query: str) -> bool:
    """Whether each typed word begins a word of the title, or of the short word for it.

    Of places nothing is said by it: there are so many of each name.
    """
    if entry.kind == "place":
        return False
    titled = [word for phrase, _ in entry.phrases[:2] for word in tokens(phrase)]
    return all(any(word.startswith(typed) for word in titled) for typed in tokens(query))


def _answers(query: str, case: CaseContext, most: int) -> Iterator[Found]:
    yield from (_found(hit.entry, case) for hit in _hit_answers(query, case)[:most])


def _measures(query: str, case: CaseContext) -> list[Hit]:
    """Return the measures, those of the card first where they fit as well."""
    entries = {e.id: e for e in case.shelf.index.entries if e.kind == "measure"}
    if not query.strip():
        return [Hit(entries[name], 1.0) for name in case.on_card if name in entries]
    found_there = [h for h in case.shelf.index.find(query) if h.entry.kind != "place"]
    scores = {h.entry.id: h.score for h in found_there}
    inside = {h.entry.id for h in found_there if h.inside}
    running = [measure.id for measure in case.knowledge.running(case.context.today)]
    for hit in search(case.knowledge, "bg").find(query, running):
        if hit.whole:
            scores[hit.measure] = max(scores.get(hit.measure, 0.0), min(1.0, hit.score))
            inside.discard(hit.measure)
    for ended in case.knowledge.archive.named(query):
        scores[ended.id] = 1.0
        inside.discard(ended.id)
    hits = [Hit(entries[name], score, name in inside) for name, score in scores.items()]

    def order(hit: Hit) -> tuple[bool, float, str]:
        on_card = ON_CARD * (hit.entry.id in case.on_card)
        return hit.inside, -hit.score - on_card, hit.entry.title

    return sorted(hits, key=order)


def _places(query: str, case: CaseContext) -> list[Hit]:
    entries = {e.id: e for e in case.shelf.index.entries if e.kind == "place"}
    if not query.strip():
        return [Hit(entries[name], 1.0) for name in _near_the_person(case)]
    words, wanted = _place_words(query, case.texts)
    kinds = {
        kind: set(tokens(words)) & set(tokens(case.texts(f"desk-lookup-{kind}")))
        for kind in ("bureau", "library")
    }
    said = kinds["bureau"] | kinds["library"]
    name = " ".join(word for word in words.split() if not set(tokens(word)) & said)
    if not name:
        return [Hit(entries[one], 0.9) for one in _near_the_person(case)]
    index = case.shelf.index
    hits = {h.entry.id: h for h in index.find(words, prefer="place") if h.entry.kind == "place"}
    named = _settlements(name, case)
    if named and (wanted or any(kinds.values())):
        # A town is named: what is elsewhere is not meant, however much else of it fits.
        there = {settlement.municipality_code for settlement in named}
        hits = {name: hit for name, hit in hits.items() if _municipality(name, case) in there}
    if named and not wanted and _is_name(words, named):
        return _of_town(named[:MOST_NAMESAKES], hits, case)
    if named and (wanted or any(kinds.values())):
        serving = {name for one in named[:MOST_NAMESAKES] for name in _serving(one, kinds, case)}
        hits |= {name: Hit(entries[name], 0.95) for name in serving}
    return sorted(hits.values(), key=in_order)


def _municipality(place: str, case: CaseContext) -> str:
    found = place_named(case.turn, place)
    return found.municipality_code if found else ""


def _settlements(name: str, case: CaseContext) -> list[Settlement]:
    """Return the settlements that are named in full, with nothing to be mended."""
    told = case.knowledge.gazetteer.match(name)
    return [m.settlement for m in told.matches if told.certain or m.score >= WHOLE_NAME]


def _is_name(words: str, named: list[Settlement]) -> bool:
    """Whether nothing was typed but the name of a settlement, as it is written."""
    written = {tokens(name) for one in named for name in (one.name, one.name_latin)}
    return tokens(words) in written


def _of_town(named: list[Settlement], hits: Mapping[str, Hit], case: CaseContext) -> list[Hit]:
    """Return the bureau and the main library of a town, then all that has its name, by way."""
    entries = {e.id: e for e in case.shelf.index.entries if e.kind == "place"}
    directory = case.knowledge.directory
    first = [name for one in named for name in _mainly(one, case)]
    there = {one.ekatte for one in named}
    of_town = [p.id for p in (*directory.bureaus, *directory.libraries) if p.ekatte in there]

    def way(name: str) -> tuple[int, bool, str]:
        place = place_named(case.turn, name)
        far = [directory.far(one, place) for one in named] if place else []
        entry = entries[name]
        return min((-1 if km is None else km for km in far), default=0), entry.behind, entry.title

    rest = sorted(dict.fromkeys([*of_town, *hits]), key=way)
    names = dict.fromkeys([*first, *rest])
    return [Hit(entries[name], NAMED - ONE_BEHIND * place) for place, name in enumerate(names)]


def _mainly(settlement: Settlement, case: CaseContext) -> Iterator[str]:
    """Yield the bureau of a settlement, and its main library: the regional one where it is.

    A bureau that stands there goes before the one that serves it from elsewhere.
    """
    directory = case.knowledge.directory
    serves = directory.competent_bureau(settlement).bureau
    there = [one for one in directory.bureaus if one.ekatte == settlement.ekatte]
    bureau = serves if serves in there or not there else there[0]
    if bureau:
        yield bureau.id
    yield _main_library(settlement, case)
    if serves:
        yield serves.id


def _main_library(settlement: Settlement, case: CaseContext) -> str:
    """Return the regional library where it stands, else the nearest one."""
    directory = case.knowledge.directory
    regional = directory.regional_library(settlement.province)
    if regional and regional.ekatte == settlement.ekatte:
        return regional.id
    near = directory.nearest_libraries(settlement, limit=len(directory.libraries))
    return ([one for one in near if one.same_settlement] or near)[0].library.id


def _serving(
    settlement: Settlement, kinds: Mapping[str, Collection[str]], case: CaseContext
) -> Iterator[str]:
    """Yield the bureau and the nearest library of a settlement; one kind where it was named."""
    directory = case.knowledge.directory
    bureau = directory.competent_bureau(settlement).bureau
    if bureau and (kinds["bureau"] or not kinds["library"]):
        yield bureau.id
    if kinds["library"] or not kinds["bureau"]:
        yield from (near.library.id for near in directory.nearest_libraries(settlement, limit=1))


def _place_words(query: str, texts: Texts) -> tuple[str, bool]:
    """Return the query without „телефон“ and „адрес“, and whether it had any."""
    asked = {lemma_of(word, "bg") for word in tokens(texts("desk-lookup-place-words"))}
    words = query.split()
    rest = [w for w in words if not {lemma_of(t, "bg") for t in tokens(w)} & asked]
    return " ".join(rest), len(rest) < len(words)


def _near_the_person(case: CaseContext) -> Iterator[str]:
    if case.competent and case.competent.bureau:
        yield case.competent.bureau.id
    if case.library:
        yield case.library.id


def _near(hits: Collection[Hit], best: float) -> list[Hit]:
    return [hit for hit in hits if hit.score >= NEAR_BEST * best]


# -- what it says ------------------------------------------------------------------------------


def _found(entry: Entry, case: CaseContext) -> Found:
    if entry.kind == "answer":
        return answer_found(next(a for a in _offered(case) if str(a.id) == entry.id), case)
    if entry.kind == "measure":
        return Found("measure", entry.id, entry.title, measure_text(case.turn, entry.id))
    place = place_named(case.turn, entry.id)
    assert place is not None  # noqa: S101  # the shelf is made of the same directory
    return Found("place", entry.id, place_title(case.turn, place), place_text(case.turn, place))


def answer_found(answer: Prepared, case: CaseContext) -> Found:
    """Return the answer filled in, with the lines that say who says what stands in it."""
    values = case.values
    told = filled(answer.text, {name: value.text for name, value in values.items()}, case.texts)
    lines = []
    if answer.source:
        checked = written_day(answer.checked_on.isoformat())
        lines.append(case.texts("desk-answer-source", source=answer.source, checked=checked))
    lines += [values[name].source for name in told.used if name in values and values[name].source]
    text = "\n\n".join(filter(None, [told.text.strip(), "\n".join(dict.fromkeys(lines))]))
    soon = standing(answer, case.context.today) == "soon"
    ends = written_day(answer.expires_on.isoformat()) if soon else ""
    return Found("answer", str(answer.id), answer.title, text, told.gaps, ends)


# -- unasked -----------------------------------------------------------------------------------


def whisper(question: str, case: CaseContext) -> tuple[Found, ...]:
    """Return the two answers or measures that surely are what is asked about, or fewer, or none."""
    if not question.strip():
        return ()
    answers = {str(answer.id): answer for answer in _offered(case)}
    asked = tuple(
        AskedAs(id=name, about=(name,), bg=(answer.title, answer.key), en=(answer.key,))
        for name, answer in answers.items()
    )
    running = [measure.id for measure in case.knowledge.running(case.context.today)]
    hits: dict[Kind, tuple[MeasureHit, ...]] = {
        "answer": Search(asked, (), "bg").find(question, answers),
        "measure": search(case.knowledge, "bg").find(question, running),
    }
    sure = [
        (hit.score + (CURATED if kind == "answer" else 0.0), kind, hit)
        for kind, of_kind in hits.items()
        for hit in of_kind
        if hit.whole or hit.sure or hit.score >= SURELY[kind]
    ]
    if any(kind == "answer" or hit.whole for _, kind, hit in sure):
        # A measure of which only a part was said is suggested where nothing better is.
        sure = [one for one in sure if one[1] == "answer" or one[2].whole]
    best = sorted(sure, key=lambda one: -one[0])[:WHISPERED]
    told = (found(kind, hit.measure, case) for _, kind, hit in best)
    return tuple(one for one in told if one)
