"""A card in words for desks, both times the same: the parts of a page, and one plain message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from dialogs.flows import hours
from dialogs.model import Card, CardBureau, CardLine, CardMeasure, CardUnknown, Conversation
from dialogs.texts import Texts
from dialogs.turn import Context, Turn
from knowledge.opening_hours import HoursError, OpeningHours

LONGEST = 3500
"""Characters of the message: it fits a topic with buttons below and a state above."""
LONGEST_QUESTION = 200
"""Characters of the question on a card: the talk below has it whole."""
MOST_SUGGESTED, MOST_TO_ASK, MOST_PAPERS = 6, 3, 6
"""Measures, facts and papers in the message; the page has them all."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure as a librarian reads it."""

    name: str
    title: str
    verdict: str
    stands: str
    """The same as one plain word of ours, for how it looks."""
    reason: str
    source: str
    source_in_short: str
    """By whose page it is, where there is no room for its title and address."""
    url: str


@dataclass(frozen=True, slots=True)
class ShownUnknown:
    """What is not known, and why it matters; without measures `why` is empty."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper, and what it is for."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownBureau:
    """The bureau in lines; `now` says whether it is open, where that is known."""

    name: str
    lines: tuple[str, ...]
    now: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """All of a card in words, in the order in which it helps."""

    speaks: str
    """In which language the person writes, where it is not Bulgarian."""
    question: str
    situation: tuple[str, ...]
    deadline: str
    measures: tuple[ShownMeasure, ...]
    unknown: tuple[ShownUnknown, ...]
    papers: tuple[ShownPaper, ...]
    bureau: ShownBureau | None
    answers: tuple[CardLine, ...]
    """Every answer that was passed on."""


def shown(card: Card, context: Context) -> ShownCard:
    """Return the card in words; whether the bureau is open is said for the moment of `context`."""
    say = context.texts["bg"]
    place = (CardLine(about="settlement", label=say("desk-place"), value=card.place),)
    return ShownCard(
        speaks="" if card.speaks == "bg" else say("desk-card-speaks", language=card.speaks),
        question=_shortened(card.question, LONGEST_QUESTION),
        situation=card.situation or tuple(_of_an_older_release(card, say)),
        deadline=card.deadline,
        measures=tuple(_measure(line, say) for line in card.measures),
        unknown=tuple(_unknown(one, say) for one in card.unknown),
        papers=tuple(ShownPaper(paper.text, _for(paper.measures, say)) for paper in card.papers),
        bureau=_bureau(card.bureau, context) if card.bureau else None,
        answers=(*(place if card.place else ()), *card.facts),
    )


def _of_an_older_release(card: Card, say: Texts) -> Iterator[str]:
    """Yield what a card without a situation says of for whom it is asked."""
    if card.relative:
        yield say("desk-card-of-whom", of="relative", said="none")


def _measure(line: CardMeasure, say: Texts) -> ShownMeasure:
    checked = f"{line.checked:%d.%m.%Y}" if line.checked else ""
    host = urlsplit(line.url).netloc.removeprefix("www.")
    return ShownMeasure(
        name=line.about,
        title=line.label,
        verdict=say(f"desk-card-verdict-{line.verdict}") if line.verdict else "",
        stands=line.verdict,
        reason=line.value,
        source=say("desk-card-source", title=line.source, checked=checked) if line.source else "",
        source_in_short=say("desk-card-source", title=host, checked=checked) if host else "",
        url=line.url,
    )


def _unknown(one: CardUnknown, say: Texts) -> ShownUnknown:
    label = say("desk-card-unknown-asked", label=one.label) if one.asked else one.label
    named = _in_quotes(one.decides)
    return ShownUnknown(label, say("desk-card-decides", measures=named) if named else "")


def _for(measures: Iterable[str], say: Texts) -> str:
    return say("desk-card-paper-for", measures=_in_quotes(measures))


def _in_quotes(titles: Iterable[str]) -> str:
    """Return the titles side by side; one that is quoted already is not quoted again."""
    return ", ".join(title if "„" in title else f"„{title}“" for title in titles)


def _bureau(bureau: CardBureau, context: Context) -> ShownBureau:
    say = context.texts["bg"]
    if not bureau.name:
        others = [say("desk-card-bureau-others", names="; ".join(bureau.others))]
        lines = tuple(others if bureau.others else ())
        return ShownBureau(say("desk-card-bureau-unknown"), lines, "", ())
    named = {"address": bureau.address, "phone": bureau.phone, "hours": bureau.hours}
    told = tuple(say(f"desk-card-{what}", value=value) for what, value in named.items() if value)
    doubt = bureau.status == "doubtful"
    return ShownBureau(
        name=say("desk-card-bureau-doubtful", name=bureau.name) if doubt else bureau.name,
        lines=told or (say("desk-card-bureau-bare"),),
        now=_open_now(bureau, context),
        sources=tuple(dict.fromkeys(filter(None, (bureau.source, bureau.competence)))),
    )


def _open_now(bureau: CardBureau, context: Context) -> str:
    """Return whether it is open at the moment, where its hours are known."""
    try:
        read = OpeningHours.parse(bureau.opens) if bureau.opens else None
    except HoursError:
        return ""  # kept by another release
    return hours.now(Turn(Conversation(), context), read) if read else ""


# -- one plain message -------------------------------------------------------------------------


def as_text(card: Card, context: Context) -> str:
    """Return the card as one message for a topic, the most important first, cut honestly.

    Whether the bureau is open now is left out: what stands in a topic is read later too.
    """
    say, told = context.texts["bg"], shown(card, context)
    first = [*_head(told, say), told.deadline]
    last = [*_open_questions(told, say), *_to_bring(told, say), *_where(told, say)]
    room = LONGEST - _length([*first, *last])
    return _fitted("\n\n".join(filter(None, [*first, *_suggested(told, say, room), *last])), say)


def _head(told: ShownCard, say: Texts) -> Iterator[str]:
    asked = told.question or say("desk-no-question")
    yield "\n".join(filter(None, (told.speaks, f"❓ {asked}")))
    yield from _titled(say("desk-card-situation"), told.situation)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a paragraph below its title, where there is anything to say."""
    said = [line for line in lines if line]
    if said:
        yield "\n".join([f"{title}:", *said])


def _suggested(told: ShownCard, say: Texts, room: int) -> Iterator[str]:
    """Yield the measures that the room takes, and how many it does not."""
    if not told.measures:
        return
    lines = [f"{say('desk-card-measures')}:"]
    left = len(told.measures)
    room -= _length([*lines, say("desk-card-more-measures", count=left)])
    for measure in told.measures[:MOST_SUGGESTED]:
        said = _in_lines(measure)
        room -= _length([said])
        if room < 0:
            break
        lines.append(said)
        left -= 1
    if left:
        lines.append(f"… {say('desk-card-more-measures', count=left)}")
    yield "\n".join(lines)


def _in_lines(measure: ShownMeasure) -> str:
    """Return the measure in three lines; a reason that begins with the verdict says it alone."""
    verdict = measure.verdict
    said_below = measure.reason.casefold().startswith(verdict.partition(",")[0].casefold())
    head = f"• {measure.title}" + (f" – {verdict}" if verdict and not said_below else "")
    return "\n".join(filter(None, (head, measure.reason, measure.source_in_short)))


def _open_questions(told: ShownCard, say: Texts) -> Iterator[str]:
    lines = [
        "\n".join(filter(None, (f"• {one.label}", one.why))) for one in told.unknown[:MOST_TO_ASK]
    ]
    yield from _titled(say("desk-card-unknown"), lines)


def _to_bring(told: ShownCard, say: Texts) -> Iterator[str]:
    papers = [f"• {paper.text}" for paper in told.papers[:MOST_PAPERS]]
    more = [CUT] if len(told.papers) > MOST_PAPERS else []
    yield from _titled(say("desk-card-papers"), [*papers, *more])


def _where(told: ShownCard, say: Texts) -> Iterator[str]:
    if told.bureau:
        lines = [told.bureau.name, *told.bureau.lines, *told.bureau.sources]
        yield from _titled(say("desk-card-bureau"), lines)


def _length(paragraphs: Iterable[str]) -> int:
    return sum(len(paragraph) + 2 for paragraph in paragraphs)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + CUT


def _fitted(text: str, say: Texts) -> str:
    """Return the text, or its beginning with a word on where the rest is."""
    more = say("desk-card-more")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - len(more) - 2].rstrip()}\n{more}"
