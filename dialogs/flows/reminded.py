"""What is said when the moment of a reminder has come: kind, short, nothing others should read."""

from dialogs.flows import next_steps, recap, rechecks
from dialogs.model import Awaited, KnowledgeChanged, Message, Reminded
from dialogs.screens import ways_on
from dialogs.turn import Turn
from knowledge.calendar import ONE_DAY
from knowledge.measures import Measure

NAMED = 3
SINCE_REGISTERING = ("half_year", "year")


def come_due(turn: Turn, event: Reminded | KnowledgeChanged) -> Turn:
    """Say what was asked for; the person may have done nothing for months."""
    if isinstance(event, KnowledgeChanged):
        return rechecks.look_again(turn, event)
    return remind(turn, event)


def remind(turn: Turn, event: Reminded) -> Turn:
    """Say it, with the way on; where the talk is gone, invite to answer anew."""
    said = Awaited(about=event.about, day=event.day)
    others = tuple(one for one in turn.conversation.awaited if one != said)
    turn = turn.change(awaited=others)
    known = recap.known(turn)
    parts = [turn.text("reminded"), _line(turn, event)]
    job_seeker = known and turn.conversation.who != "employer"
    if job_seeker and event.about in SINCE_REGISTERING and event.day <= turn.context.today:
        parts += _opened(turn, event)
    parts.append(turn.text("reminded-on" if known else "reminded-anew"))
    rows = (
        ways_on(turn, "plan", "results") if known else (turn.button("begin", "ask"),),
        ways_on(turn, "places", "librarian"),
        (turn.button("reminders", "go:reminders"), *ways_on(turn, "menu")),
    )
    return turn.apart(Message(text="\n\n".join(parts), rows=rows))


def _line(turn: Turn, event: Reminded) -> str:
    """Return what the reminder is about, and its day as seen from today."""
    days = (event.day - turn.context.today).days
    when = {0: "today", 1: "tomorrow"}.get(days, "past" if days < 0 else "later")
    return turn.text(f"reminded-{event.about}", when=when, day=f"{event.day:%d.%m.%Y}")


def _opened(turn: Turn, event: Reminded) -> list[str]:
    """Return the measures that the length of the registration opened, if others may read it."""
    earlier = turn.knowledge.suggested(turn.profile, event.day - ONE_DAY)
    fitted = {v.measure.id for v in earlier if v.word in ("yes", "likely")}
    new = [m for m in next_steps.fitting(turn) if m.id not in fitted]
    return [turn.text("reminded-opened", names=_titles(turn, new))] if _titles(turn, new) else []


def _titles(turn: Turn, measures: list[Measure]) -> str:
    private = next_steps.private_measures(turn)
    neutral = [m for m in measures if m.id not in private]
    return "; ".join(turn.words(measure.title) for measure in neutral[:NAMED])
