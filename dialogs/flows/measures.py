"""The measures that fit, those that may, those not known yet, those not now; and each as a card."""

from dialogs.flows import deadlines, interview
from dialogs.model import Button, Count, Message
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from knowledge.explaining import reason
from knowledge.facts import Known
from knowledge.measures import Measure
from knowledge.verdicts import Verdict

HEADINGS = ("yes", "likely", "unknown", "no")


def open_results(turn: Turn) -> Turn:
    """Open what fits; an employer's list is another one."""
    employer = turn.profile.answers.get("audience") == Known("employer")
    return turn.go("employer" if employer else "results")


def _by_heading(turn: Turn) -> dict[str, list[Verdict]]:
    sorted_ = sorted(turn.verdicts(), key=lambda v: -v.measure.weight)
    return {word: [v for v in sorted_ if v.word == word] for word in HEADINGS}


def _show_results(turn: Turn) -> Message:
    groups = _by_heading(turn)
    numbered: list[Verdict] = []
    parts = [turn.text("results-title")]
    for word in ("yes", "likely", "unknown"):
        if groups[word]:
            parts.append(_section(turn, word, groups[word], numbered))
    if not groups["yes"] and not groups["likely"]:
        parts.insert(1, turn.text("results-none-yet"))
    if groups["no"]:
        parts.append(_not_now_in_short(turn, groups["no"]))
    parts.append(turn.text("results-foot"))
    cards = tuple(
        Button(label=str(n), action=f"card:{v.measure.id}") for n, v in enumerate(numbered, start=1)
    )
    return Message(
        text="\n\n".join(parts),
        rows=(*rows_of(cards, width=6), *_result_rows(turn, bool(groups["no"]))),
    )


def _section(turn: Turn, word: str, verdicts: list[Verdict], numbered: list[Verdict]) -> str:
    lines = [turn.text(f"heading-{word}")]
    for verdict in verdicts:
        numbered.append(verdict)
        line = f"{len(numbered)}. {turn.words(verdict.measure.title)}"
        if word == "unknown":
            line += f" ({turn.text('missing')}: {_labels(turn, verdict.missing)})"
        lines.append(line)
    return "\n".join(lines)


def _labels(turn: Turn, facts: tuple[str, ...]) -> str:
    return ", ".join(turn.words(turn.knowledge.facts[fact].label) for fact in facts)


def _not_now_in_short(turn: Turn, verdicts: list[Verdict]) -> str:
    lines = [turn.text("heading-no", count=len(verdicts))]
    near = [v for v in verdicts if v.would_change]
    for fact in dict.fromkeys(fact for v in near for fact in v.would_change):
        change = turn.knowledge.facts[fact].change
        titles = "; ".join(turn.words(v.measure.title) for v in near if fact in v.would_change)
        if change:
            lines.append(turn.text("near-miss", change=turn.words(change), measures=titles))
    dated = sorted((v for v in verdicts if v.from_day), key=lambda v: str(v.from_day))
    lines += [
        turn.text("from-day", day=f"{v.from_day:%d.%m.%Y}", measure=turn.words(v.measure.title))
        for v in dated
        if v.from_day
    ]
    lines.append(turn.text("not-now-more"))
    return "\n".join(lines)


def _result_rows(turn: Turn, some_not_now: bool) -> tuple[tuple[Button, ...], ...]:
    first = []
    if some_not_now:
        first.append(turn.button("not-now", "go:not_now"))
    if deadlines.card(turn):
        first.append(turn.button("deadline", "go:deadline"))
    if interview.next_fact(turn):
        first.append(turn.button("more-questions", "ask"))
    return (
        *rows_of(tuple(first)),
        ways_on(turn, "places", "librarian"),
        ways_on(turn, "back", "menu"),
    )


def _show_not_now(turn: Turn) -> Message:
    refused = _by_heading(turn)["no"]
    parts = [turn.text("not-now-title")]
    for number, verdict in enumerate(refused, start=1):
        why = reason(verdict, turn.knowledge.facts, turn.knowledge.phrases, turn.language)
        parts.append(f"{number}. {turn.words(verdict.measure.title)}\n{why}")
    if not refused:
        parts.append(turn.text("not-now-none"))
    cards = tuple(
        Button(label=str(n), action=f"card:{v.measure.id}") for n, v in enumerate(refused, start=1)
    )
    rows = (*rows_of(cards, width=6), ways_on(turn, "librarian"), ways_on(turn, "back", "menu"))
    return Message(text="\n\n".join(parts), rows=rows)


def card(turn: Turn, measure: str) -> Turn:
    """Open the card of one measure; one that has left the data is said to be gone."""
    if measure not in turn.knowledge.measures:
        return open_results(turn.say(turn.text("measure-gone")))
    return turn.effect(Count(metric=f"card:{measure}")).go("card", measure)


def _show_card(turn: Turn) -> Message:
    verdict = next(
        v
        for v in turn.knowledge.screen(turn.profile, turn.context.today)
        if v.measure.id == turn.screen.about
    )
    measure = verdict.measure
    why = reason(verdict, turn.knowledge.facts, turn.knowledge.phrases, turn.language)
    parts = [turn.words(measure.title).upper(), turn.words(measure.summary)]
    parts.append(f"{turn.text('card-gives')}\n{turn.words(measure.gives)}{_amounts(turn, measure)}")
    # An employer is not judged: the reasons are about a person who looks for work.
    if turn.conversation.answers.get("audience") != "employer" or verdict.word == "likely":
        parts.append(f"{turn.text('card-why')}\n{why}")
    caveats = verdict.caveats or tuple(p for p in measure.unmodelled if p.when is None)
    if caveats:
        parts.append(_bullets(turn.text("card-bureau"), [turn.words(c.text) for c in caveats]))
    if measure.status == "programme_dependent":
        parts.append(turn.text("card-programme"))
    steps = [f"{n}. {turn.words(s)}" for n, s in enumerate(measure.steps, start=1)]
    parts.append("\n".join([turn.text("card-steps"), *steps]))
    if measure.documents:
        parts.append(_bullets(turn.text("card-documents"), [turn.words(d) for d in measure.documents]))
    else:
        parts.append(turn.text("card-documents-ask"))
    parts.append(_basis(turn, measure))
    rows = (ways_on(turn, "places", "librarian"), ways_on(turn, "back", "results", "menu"))
    return Message(text="\n\n".join(parts), rows=rows)


def _amounts(turn: Turn, measure: Measure) -> str:
    lines = []
    for amount in measure.amounts:
        name = "amount" if amount.current(turn.context.today) else "amount-old"
        value = f"{amount.value:.2f}".replace(".", "," if turn.language == "bg" else ".")
        lines.append(
            turn.text(
                name,
                what=turn.words(amount.what),
                value=value,
                currency=amount.currency,
                until=f"{amount.valid_to:%d.%m.%Y}" if amount.valid_to else "",
            )
        )
    return "".join(f"\n• {line}" for line in lines)


def _bullets(title: str, items: list[str]) -> str:
    return "\n".join([title, *(f"• {item}" for item in items)])


def _basis(turn: Turn, measure: Measure) -> str:
    lines = [turn.text("card-basis", basis=turn.words(measure.legal_basis), as_of=measure.as_of)]
    for name in measure.sources:
        source = turn.knowledge.sources[name]
        late = "source-overdue" if source.overdue(turn.context.today) else "source"
        lines.append(
            turn.text(
                late,
                title=turn.words(source.title),
                url=str(source.url),
                checked=f"{source.verified_on:%d.%m.%Y}",
            )
        )
    return "\n".join(lines)


SCREENS = {
    "results": Screen(_show_results),
    "not_now": Screen(_show_not_now),
    "card": Screen(_show_card),
}
ACTIONS = {"card": card}
