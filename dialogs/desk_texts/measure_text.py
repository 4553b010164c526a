"""A measure as a librarian sends it: what it gives, to whom, the next step, who says so."""

from collections.abc import Iterator

from babel.numbers import format_decimal

from dialogs.flows.measures import sources_of_card
from dialogs.screens import source_lines, written_day
from dialogs.turn import Turn
from knowledge.archive import Ended
from knowledge.conditions import AllOf, AnyOf, Condition, Rule
from knowledge.measures import Measure, MeasureId
from knowledge.parameters import MissingValueError, Parameter

LONGEST = 900
"""Characters: more is not read on a phone."""


def measure_text(turn: Turn, about: MeasureId) -> str:
    """Return the measure in short, of one that has ended that it has; KeyError where none is."""
    if about in turn.knowledge.archive:
        return _ended(turn, turn.knowledge.archive[about])
    measure = turn.knowledge.measures[about]
    title, summary = turn.words(measure.title), turn.words(measure.summary)
    head = [title, *_end(turn, measure), summary]
    gives = turn.text("desk-measure-gives", gives=turn.words(measure.gives))
    needed = [gives, *_amounts(turn, measure), *_warnings(turn, measure)]
    steps = [turn.words(step) for step in measure.steps]
    foot = "\n".join(_sources(turn, measure))
    # What does not fit is left out, the least needed first: all but the first step, then for whom.
    who = _who(turn, measure)
    for most in range(len(steps), 0, -1):
        for told in (who, "") if most == 1 else (who,):
            parts = [*head, *needed, *filter(None, [told]), _steps(turn, steps[:most])]
            text = "\n\n".join(["\n".join(parts), foot])
            if len(text) <= LONGEST:
                return text
    return text


def _steps(turn: Turn, steps: list[str]) -> str:
    if len(steps) == 1:
        return turn.text("desk-measure-step", step=steps[0])
    lines = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    return "\n".join([turn.text("card-steps"), *lines])


def _end(turn: Turn, measure: Measure) -> Iterator[str]:
    """Yield that it cannot be asked for today, where it cannot."""
    today = turn.context.today
    if measure.valid_to and measure.valid_to < today:
        yield turn.text("desk-measure-over", day=f"{measure.valid_to:%d.%m.%Y}")
    elif measure.valid_from and measure.valid_from > today:
        yield turn.text("desk-measure-not-yet", day=f"{measure.valid_from:%d.%m.%Y}")


def _warnings(turn: Turn, measure: Measure) -> Iterator[str]:
    if measure.status == "unclear":
        yield turn.text("card-unclear")
    if measure.status == "programme_dependent":
        yield turn.text("card-programme")
    if measure.valid_to and measure.valid_to >= turn.context.today:
        yield turn.text("card-ends", day=f"{measure.valid_to:%d.%m.%Y}")
    if measure.online_only:
        yield turn.text("card-online")


def _amounts(turn: Turn, measure: Measure) -> Iterator[str]:
    for name in measure.amounts:
        yield _sum(turn, turn.knowledge.parameters[name])


def _sum(turn: Turn, parameter: Parameter) -> str:
    """Return the sum as of today, or that it is not known; an older one is never said."""
    what, today = turn.words(parameter.what), turn.context.today
    try:
        value = parameter.on(today)
    except MissingValueError:
        return turn.text("amount-unknown", what=what)
    said = turn.text(
        "desk-measure-amount",
        what=what,
        value=format_decimal(value.value, "0.00", locale="bg"),
        currency=value.currency,
        day=f"{today:%d.%m.%Y}",
    )
    late = turn.knowledge.sources[value.source].overdue(today)
    return f"{said} {turn.text('desk-measure-amount-overdue')}" if late else said


def _who(turn: Turn, measure: Measure) -> str:
    """Return for whom it is in the words of its rules; empty where some have none."""
    words = _conditions(turn, measure.who)
    return turn.text("desk-measure-who", people=words) if words else ""


def _conditions(turn: Turn, condition: Condition) -> str:
    match condition:
        case Rule(text=text):
            return turn.words(text)
        case AllOf(of=parts):
            each = [_conditions(turn, part) for part in parts]
            return "; ".join(each) if all(each) else ""
        case AnyOf(of=parts):
            each = [_conditions(turn, part) for part in parts]
            ways = " / ".join(each)
            return turn.text("desk-measure-any", ways=ways) if all(each) else ""
        case _:
            return ""


def _sources(turn: Turn, measure: Measure) -> Iterator[str]:
    """Yield who says so, whole; and who says the sums, by name."""
    first, *further = sources_of_card(turn, measure.id)
    yield from source_lines(turn, [first])
    of_sums = [name for name in further if name not in measure.sources]
    for source in (turn.knowledge.sources[name] for name in of_sums[:1]):
        checked = f"{source.verified_on:%d.%m.%Y}"
        yield turn.text("desk-measure-sum-source", host=source.host, checked=checked)


def _ended(turn: Turn, entry: Ended) -> str:
    since = (
        turn.text("ended-since", day=written_day(entry.ended))
        if entry.ended
        else turn.text("ended-day-unknown")
    )
    lines = [turn.words(entry.title), since, turn.words(entry.was)]
    if entry.note:
        lines.append(turn.words(entry.note))
    today = turn.context.today
    measures = (turn.knowledge.measures[name] for name in entry.replaced_by)
    now = [f"• {turn.words(measure.title)}" for measure in measures if measure.runs(today)]
    if now:
        lines.append("\n".join([turn.text("ended-instead"), *now]))
    return "\n\n".join(["\n".join(lines), *source_lines(turn, entry.sources[:1])])
