"""The measures that fit, those that may, those not known yet, those not now; and each as a card."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby

from babel.numbers import format_decimal

from dialogs.flows import corrected, deadlines, interview, plan
from dialogs.model import Button, Count, Message
from dialogs.screens import (
    Screen,
    all_sources,
    cards_of,
    rows_of,
    small_number,
    sources_in_short,
    ways_on,
    written_day,
)
from dialogs.turn import Turn
from knowledge.explaining import reason
from knowledge.facts import Known
from knowledge.measures import Measure, MeasureId, SourceId
from knowledge.parameters import MissingValueError, Parameter
from knowledge.verdicts import Verdict, judge

HEADINGS = ("yes", "likely", "ask", "unknown", "no")
GAP = range(1, 5)
"""The months in which the year's plan, and with it the money, may not be there yet."""
LISTED = 10
"""Measures listed at once: more do not fit a phone's screen, nor a head."""
FEW = 2
"""So few more are listed with the rest, rather than on a page of their own."""
NAMED = 3
"""Measures named among those that may become possible: the heaviest, and the soonest."""
PAGE = 1500
"""Characters of one page of „Засега не“: a few screens of a phone."""


def open_results(turn: Turn) -> Turn:
    """Open what fits; an employer's list is another one."""
    employer = turn.profile.answers.get("audience") == Known("employer")
    return turn.go("employer" if employer else "results")


@dataclass(frozen=True)
class _Entry:
    """A measure of the list, below its heading and what is missing for it."""

    heading: str
    verdict: Verdict
    missing: str = ""


def _by_heading(turn: Turn) -> dict[str, list[Verdict]]:
    sorted_ = sorted(turn.verdicts(), key=rank)
    return {word: [v for v in sorted_ if _heading(v) == word] for word in HEADINGS}


def rank(verdict: Verdict) -> tuple[bool, float, bool]:
    """Return the place: what fits for this person's own answers leads, then the heavier.

    Of equals, what the law gives stands before what a programme may.
    """
    for_anybody = not set(verdict.because) - {"working"}
    return for_anybody, -verdict.measure.weight, verdict.measure.status != "in_force"


def _heading(verdict: Verdict) -> str:
    """Return where a verdict stands; what may not run any more is only something to ask about."""
    unclear = verdict.measure.status == "unclear" and verdict.word != "no"
    return "ask" if unclear else verdict.word


def _show_results(turn: Turn) -> Message:
    groups = _by_heading(turn)
    near = _after_the_step(turn, groups["no"])
    numbered = list(enumerate(_entries(turn, groups, near), start=1))
    page = min(_page(turn.screen.about), max(len(numbered) - 1, 0) // LISTED)
    shown = numbered[page * LISTED :]
    if len(shown) > LISTED + FEW:
        shown = shown[:LISTED]
    parts = [turn.text("results-title")]
    if not groups["yes"] and not groups["likely"]:
        parts.append(turn.text("results-none-yet"))
    parts += _sections(turn, shown)
    left = len(numbered) - page * LISTED - len(shown)
    if left > 0:
        parts.append(turn.text("results-more", count=left))
    if groups["no"] and page == 0:
        parts.append(_not_now_in_short(turn, groups["no"], near))
    parts.append(turn.text("results-foot"))
    cards = cards_of((number, entry.verdict.measure.id) for number, entry in shown)
    further = (turn.button("next-page", f"results:{page + 1}"),) if left > 0 else ()
    return Message(
        text="\n\n".join(parts),
        rows=(*cards, further, *_result_rows(turn, near, bool(groups["no"]))),
    )


def _entries(
    turn: Turn, groups: dict[str, list[Verdict]], near: dict[str, list[Verdict]]
) -> Iterator[_Entry]:
    """Yield what is listed: what fits first, what is not known yet last."""
    for word in ("yes", "likely"):
        heading = turn.text(f"heading-{word}")
        yield from (_Entry(heading, verdict) for verdict in groups[word])
    if near["fits"]:
        heading = turn.text("heading-near", change=_changes(turn, near["fits"]))
        yield from (_Entry(heading, verdict) for verdict in near["fits"])
    waiting: dict[str, list[Verdict]] = {}
    for verdict in groups["unknown"]:
        waiting.setdefault(_labels(turn, verdict.missing), []).append(verdict)
    for missing, verdicts in waiting.items():
        said = turn.text("missing", facts=missing)
        yield from (_Entry(turn.text("heading-unknown"), verdict, said) for verdict in verdicts)
    yield from (_Entry(turn.text("heading-ask"), verdict) for verdict in groups["ask"])


def _sections(turn: Turn, shown: list[tuple[int, _Entry]]) -> Iterator[str]:
    """Yield a paragraph for each heading; what is missing is said once for all that wait."""
    for heading, under in groupby(shown, key=lambda pair: pair[1].heading):
        lines = [heading]
        for missing, entries in groupby(under, key=lambda pair: pair[1].missing):
            lines += [missing] if missing else []
            lines += [f"{n}. {turn.words(e.verdict.measure.title)}" for n, e in entries]
        yield "\n".join(lines)


def _labels(turn: Turn, facts: tuple[str, ...]) -> str:
    return ", ".join(turn.words(turn.knowledge.facts[fact].label) for fact in facts)


def turn_results(turn: Turn, page: str) -> Turn:
    """Show more of the list."""
    if turn.screen.name != "results":
        return turn.say(turn.text("old-button"))
    return turn.go("results", str(_page(page)))


def _after_the_step(turn: Turn, refused: list[Verdict]) -> dict[str, list[Verdict]]:
    """Return the refused measures that would fit after one doable step, and those that may."""
    near = [v for v in refused if v.would_change and v.measure.status != "unclear"]
    after = turn.truths_after_the_step(v.measure for v in near)
    return {
        "fits": [v for v in near if after[v.measure.id] is True],
        "open": [v for v in near if after[v.measure.id] is None],
    }


def _changes(turn: Turn, verdicts: list[Verdict]) -> str:
    facts = dict.fromkeys(fact for v in verdicts for fact in v.would_change)
    changes = (turn.knowledge.facts[fact].change for fact in facts)
    return ", ".join(turn.words(change) for change in changes if change)


def suppose(turn: Turn, _argument: str) -> Turn:
    """Go on with the questions as if the one doable step had been taken."""
    return interview.proceed(turn.change(supposing=True))


def _not_now_in_short(turn: Turn, verdicts: list[Verdict], near: dict[str, list[Verdict]]) -> str:
    lines = [turn.text("heading-no", count=len(verdicts) - len(near["fits"]))]
    if near["open"]:
        names = "; ".join(turn.words(v.measure.title) for v in near["open"][:NAMED])
        further = max(len(near["open"]) - NAMED, 0)
        change = _changes(turn, near["open"])
        lines.append(turn.text("near-miss", change=change, names=names, further=further))
    dated = sorted((v for v in verdicts if v.from_day), key=lambda v: str(v.from_day))
    lines += [
        turn.text(
            "from-day-at-latest" if v.at_latest else "from-day",
            day=f"{v.from_day:%d.%m.%Y}",
            measure=turn.words(v.measure.title),
        )
        for v in dated[:NAMED]
        if v.from_day
    ]
    lines += _from_birthdays(turn, verdicts)
    lines.append(turn.text("not-now-more"))
    return "\n".join(lines)


def _from_birthdays(turn: Turn, verdicts: list[Verdict]) -> list[str]:
    lines = []
    for verdict in verdicts:
        birthday = verdict.birthday
        called = turn.knowledge.facts[birthday.fact].birthday if birthday else None
        if birthday and called:
            words = turn.words(called).format(years=birthday.years)
            title = turn.words(verdict.measure.title)
            doubt = "yes" if birthday.doubtful else "no"
            lines.append(turn.text("from-birthday", birthday=words, measure=title, doubt=doubt))
    return lines[:NAMED]


def _result_rows(
    turn: Turn, near: dict[str, list[Verdict]], some_not_now: bool
) -> tuple[tuple[Button, ...], ...]:
    first = []
    if near["open"] and not turn.conversation.supposing:
        first.append(turn.button("suppose", "suppose"))
    if some_not_now:
        first.append(turn.button("not-now", "go:not_now"))
    if deadlines.card(turn):
        first.append(turn.button("deadline", "go:deadline"))
    if interview.next_fact(turn):
        first.append(turn.button("more-questions", "ask"))
    return (
        *rows_of(tuple(first)),
        ways_on(turn, "plan"),
        ways_on(turn, "places", "librarian"),
        ways_on(turn, "back", "menu"),
    )


def _show_not_now(turn: Turn) -> Message:
    pages = _not_now_pages(turn)
    page = min(_page(turn.screen.about), len(pages) - 1)
    numbered = [pair for _, pairs in pages[page] for pair in pairs]
    cards = cards_of((number, verdict.measure.id) for number, verdict in numbered)
    said = [_refused(turn, why, pairs) for why, pairs in pages[page]]
    further = (turn.button("next-page", f"not-now:{page + 1}"),) if page + 1 < len(pages) else ()
    ways = (ways_on(turn, "librarian"), ways_on(turn, "back", "menu"))
    return Message(
        text="\n\n".join([turn.text("not-now-title"), *(said or [turn.text("not-now-none")])]),
        rows=(*cards, further, *ways),
    )


Numbered = tuple[int, Verdict]


def _refused(turn: Turn, why: str, numbered: list[Numbered]) -> str:
    titles = [f"{number}. {turn.words(v.measure.title)}" for number, v in numbered]
    return "\n".join([why, *titles])


def _not_now_pages(turn: Turn) -> list[list[tuple[str, list[Numbered]]]]:
    """Return the refused measures by reason, numbered, about a message's length a page.

    Those that one step makes possible stand among the results.
    """
    by_reason: dict[str, list[Verdict]] = {}
    refused = _by_heading(turn)["no"]
    fits = _after_the_step(turn, refused)["fits"]
    for verdict in (v for v in refused if v not in fits):
        why = reason(verdict, turn.knowledge.facts, turn.knowledge.phrases, turn.language)
        by_reason.setdefault(why, []).append(verdict)
    pages: list[list[tuple[str, list[Numbered]]]] = [[]]
    number = count(1)
    length = 0
    for why, verdicts in by_reason.items():
        numbered = [(next(number), verdict) for verdict in verdicts]
        size = len(_refused(turn, why, numbered))
        if pages[-1] and length + size > PAGE:
            pages.append([])
            length = 0
        pages[-1].append((why, numbered))
        length += size
    return pages


def _page(about: str) -> int:
    return small_number(about)


def turn_page(turn: Turn, page: str) -> Turn:
    """Show the next page of what does not fit now."""
    if turn.screen.name != "not_now":
        return turn.say(turn.text("old-button"))
    return turn.go("not_now", str(_page(page)))


def running(turn: Turn, measure: str) -> bool:
    """Whether the measure can be asked for today."""
    return any(one.id == measure for one in turn.knowledge.running(turn.context.today))


def card(turn: Turn, measure: str) -> Turn:
    """Open the card of one measure; one that has left the data is said to be gone."""
    if not running(turn, measure):
        return open_results(turn.say(turn.text("measure-gone")))
    return turn.effect(Count(metric=f"card:{measure}")).go(_kind_of_card(turn, measure), measure)


def _kind_of_card(turn: Turn, measure: str) -> str:
    """Return which card opens: a firm reads what it gets and takes on, where that is told."""
    hires = turn.conversation.who == "employer"
    return "employer_card" if hires and turn.knowledge.measures[measure].for_employer else "card"


def _show_card(turn: Turn) -> Message:
    measure = turn.knowledge.measures[turn.screen.about]
    verdict = judge(measure, turn.knowledge.facts, turn.profile, turn.context.today)
    why = reason(verdict, turn.knowledge.facts, turn.knowledge.phrases, turn.language)
    parts = [turn.in_capitals(measure.title), turn.words(measure.summary)]
    parts.append(f"{turn.text('card-gives')}\n{turn.words(measure.gives)}{_amounts(turn, measure)}")
    # An employer is not judged: the reasons are about a person who looks for work.
    if turn.conversation.who != "employer" or verdict.word == "likely":
        parts.append(f"{turn.text('card-why')}\n{why}")
    caveats = verdict.caveats or tuple(p for p in measure.unmodelled if p.when is None)
    # A card for firms alone says „Вие“ to the firm.
    if turn.conversation.who != "self" and "jobseeker" in measure.audience:
        parts.append(turn.text("card-of-whom"))
    if caveats:
        parts.append(bullets(turn.text("card-bureau"), [turn.words(c.text) for c in caveats]))
    parts += warnings(turn, measure)
    others = [turn.words(other.title) for other in turn.knowledge.excluded_by(measure)]
    if others:
        parts.append(bullets(turn.text("card-excludes"), others))
    steps = [f"{n}. {turn.words(s)}" for n, s in enumerate(measure.steps, start=1)]
    parts.append("\n".join([turn.text("card-steps"), *steps]))
    if measure.documents:
        parts.append(
            bullets(turn.text("card-documents"), [turn.words(d) for d in measure.documents])
        )
    else:
        parts.append(turn.text("card-documents-ask"))
    parts.append(_basis(turn, measure))
    services = ((turn.button("services", "go:services"),),) if measure.online_only else ()
    ways = (ways_on(turn, "places", "librarian"), ways_on(turn, "back", "results", "menu"))
    planned = (*plan.button_on_card(turn, measure.id), *ways_on(turn, "plan"))
    sources = all_sources(turn, sources_of_card(turn, measure.id))
    return Message(text="\n\n".join(parts), rows=(*services, planned, sources, *ways))


def warnings(turn: Turn, measure: Measure) -> Iterator[str]:
    """Yield what is not certain about it, or not easy."""
    if measure.status == "unclear":
        yield turn.text("card-unclear")
    if measure.status == "programme_dependent":
        yield turn.text("card-programme")
    if measure.yearly_money and turn.context.today.month in GAP:
        yield turn.text("card-yearly-gap")
    if measure.valid_to:
        yield turn.text("card-ends", day=f"{measure.valid_to:%d.%m.%Y}")
    if measure.online_only:
        yield turn.text("card-online")


def _amounts(turn: Turn, measure: Measure) -> str:
    return "".join(f"\n• {_sum(turn, turn.knowledge.parameters[name])}" for name in measure.amounts)


def _sum(turn: Turn, parameter: Parameter) -> str:
    """Return what the sum is today, or that it is not known: an older one is not shown."""
    what = turn.words(parameter.what)
    try:
        today = parameter.on(turn.context.today)
    except MissingValueError:
        return turn.text("amount-unknown", what=what)
    return turn.text(
        "amount",
        what=f"{what} ({turn.words(today.computed)})" if today.computed else what,
        value=format_decimal(today.value, "0.00", locale=turn.language),
        currency=today.currency,
        until=f"{today.valid_to:%d.%m.%Y}" if today.valid_to else "",
    )


def bullets(title: str, items: list[str]) -> str:
    """Return a title and a line for each item."""
    return "\n".join([title, *(f"• {item}" for item in items)])


def _basis(turn: Turn, measure: Measure) -> str:
    lines = [
        turn.text(
            "card-basis", basis=turn.words(measure.legal_basis), as_of=written_day(measure.as_of)
        )
    ]
    told = sources_in_short(turn, sources_of_card(turn, measure.id))
    return "\n".join([*lines, *told, *corrected.lines(turn, measure)])


def sources_of_card(turn: Turn, about: MeasureId) -> tuple[SourceId, ...]:
    """Return who says what stands on the card of a measure, the weightiest first."""
    measure = turn.knowledge.measures[about]
    return tuple(dict.fromkeys([*measure.sources, *_sources_of_sums(turn, measure)]))


def _sources_of_sums(turn: Turn, measure: Measure) -> Iterator[SourceId]:
    """Yield who says the sums that the card shows today."""
    for name in measure.amounts:
        values = turn.knowledge.parameters[name].values
        yield from (value.source for value in values if value.holds(turn.context.today))


SCREENS = {
    "results": Screen(_show_results),
    "not_now": Screen(_show_not_now),
    "card": Screen(_show_card),
}
ACTIONS = {"suppose": suppose, "card": card, "not-now": turn_page, "results": turn_results}
