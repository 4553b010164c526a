"""„Моят план“: what to do next, what to bring and where; a screen over the facts, never stored."""

from collections.abc import Iterator

from dialogs.flows import places, plan_page
from dialogs.flows.next_steps import NextSteps, Paper, Task
from dialogs.model import Button, Count, Message
from dialogs.screens import Screen, rows_of, small_number, source_lines, ways_on
from dialogs.turn import Turn
from knowledge.measures import MeasureId
from knowledge.texts import LANGUAGES

LISTED = 5
"""Steps on one screen: more is no next step."""
WIDTH = 5
"""Number buttons in a row."""
PAYLOAD = "plan"
"""What a link to the bot ends with that opens the plan."""


def known(turn: Turn) -> bool:
    """Whether there are answers that a plan can be made of."""
    return bool(turn.profile.answers)


def open_plan(turn: Turn) -> Turn:
    """Open the plan; without any answers the questions come first."""
    if not known(turn):
        return turn.home().say(turn.text("plan-needs-answers"))
    return turn.effect(Count(metric="plan_opened")).go("plan")


# -- what to do --------------------------------------------------------------------------------


def _show(turn: Turn) -> Message:
    steps = NextSteps(turn)
    page = _page(turn, steps)
    numbered = list(enumerate(steps.tasks, start=1))[page * LISTED : (page + 1) * LISTED]
    left = len(steps.tasks) - page * LISTED - len(numbered)
    parts = [turn.text("plan-title", page=page + 1)]
    parts += [_line(number, task) for number, task in numbered]
    parts += _remarks(turn, steps) if page == 0 else ()
    if left > 0:
        parts.append(turn.text("plan-more", count=left))
    if numbered:
        parts.append(_small_print(turn, numbered))
    numbers = tuple(button for n, task in numbered if (button := _number(n, task)))
    further = (turn.button("next-page", f"plan-page:{page + 1}"),) if left > 0 else ()
    return Message(
        text="\n\n".join(parts),
        rows=(*rows_of(numbers, width=WIDTH), further, *_ways(turn, steps)),
    )


def _page(turn: Turn, steps: NextSteps) -> int:
    about = turn.screen.about
    last = max(len(steps.tasks) - 1, 0) // LISTED
    return min(small_number(about), last)


def turn_page(turn: Turn, page: str) -> Turn:
    """Show more of what to do."""
    return turn.swap("plan", page) if turn.screen.name == "plan" else turn.go("plan")


def _line(number: int, task: Task) -> str:
    """Return the task, its first step, and where it is done."""
    first = task.steps[:1] if task.kind in ("measure", "library") else ()
    where = (task.place,) if task.place else ()
    return "\n".join([f"{number}. {task.title}", *first, *where])


def _remarks(turn: Turn, steps: NextSteps) -> Iterator[str]:
    if not steps.tasks:
        yield turn.text("plan-empty")
    if turn.conversation.who == "relative" and steps.chosen:
        yield turn.text("card-of-whom")
    if steps.gone:
        names = "; ".join(turn.words(measure.title) for measure in steps.gone)
        yield turn.text("plan-gone", names=names)
    if places.settlement_of(turn) is None:
        yield turn.text("plan-no-place")


def _small_print(turn: Turn, numbered: list[tuple[int, Task]]) -> str:
    """Return who says so, each once, with the numbers of what rests on it."""
    said: dict[str, list[str]] = {}
    for number, task in numbered:
        for source in task.sources:
            said.setdefault(source.short, []).append(str(number))
    lines = [f"{', '.join(numbers)}: {source}" for source, numbers in said.items()]
    return "\n".join([turn.text("plan-sources"), *lines])


def _number(number: int, task: Task) -> Button | None:
    """Return the button that tells more of a task."""
    if task.kind in ("sign", "apply") or (task.kind == "register" and not task.measure):
        return Button(label=str(number), action="go:deadline")
    if task.kind in ("bureau", "library"):
        return Button(label=str(number), action="go:plan_places")
    return Button(label=str(number), action=f"card:{task.measure}")


def _ways(turn: Turn, steps: NextSteps) -> tuple[tuple[Button, ...], ...]:
    papers = (turn.button("plan-papers", "go:plan_papers"),) if steps.papers else ()
    reminders = turn.context.abilities.reaches
    return (
        (*papers, turn.button("plan-places", "go:plan_places")),
        (turn.button("plan-pdf", "plan-pdf"),) if steps.tasks else (),
        (turn.button("reminders", "go:reminders"),) if reminders else (),
        ways_on(turn, "results", "librarian"),
        ways_on(turn, "back", "menu"),
    )


# -- what is in it -----------------------------------------------------------------------------


def button_on_card(turn: Turn, measure: MeasureId) -> tuple[Button, ...]:
    """Return the button that puts this measure into the plan or takes it out, where it fits."""
    steps = NextSteps(turn)
    if any(one.id == measure for one in steps.chosen):
        return (turn.button("plan-drop", f"plan-drop:{measure}"),)
    if any(one.id == measure for one in steps.fitting):
        return (turn.button("plan-add", f"plan-add:{measure}"),)
    return ()


def add(turn: Turn, measure: str) -> Turn:
    """Put a measure into the plan; one that does not fit is not put there."""
    steps = NextSteps(turn)
    if not any(one.id == measure for one in steps.fitting):
        return turn.say(turn.text("plan-does-not-fit"))
    held = _held(turn, steps)
    return _choose(turn, (*held, measure)).say(turn.text("plan-added"))


def drop(turn: Turn, measure: str) -> Turn:
    """Take a measure out of the plan."""
    held = _held(turn, NextSteps(turn))
    return _choose(turn, tuple(m for m in held if m != measure)).say(turn.text("plan-dropped"))


def _held(turn: Turn, steps: NextSteps) -> tuple[MeasureId, ...]:
    """Return what is in the plan, also what does not fit just now and may again."""
    chosen = turn.conversation.plan.chosen
    return tuple(measure.id for measure in steps.chosen) if chosen is None else chosen


def _choose(turn: Turn, chosen: tuple[MeasureId, ...]) -> Turn:
    plan = turn.conversation.plan.model_copy(update={"chosen": tuple(dict.fromkeys(chosen))})
    return turn.change(plan=plan)


# -- what to bring -----------------------------------------------------------------------------


def _show_papers(turn: Turn) -> Message:
    papers = NextSteps(turn).papers
    brought = turn.conversation.plan.brought
    lines = [
        f"{'☑' if paper.key in brought else '☐'} {n}. {paper.text}"
        for n, paper in enumerate(papers, start=1)
    ]
    parts = [turn.text("plan-papers" if papers else "plan-papers-none")]
    if lines:
        parts += ["\n".join(lines), turn.text("plan-papers-foot")]
        sources = dict.fromkeys(paper.source for paper in papers)
        parts.append("\n".join(source_lines(turn, sources)))
    ticks = tuple(_tick(turn, n, paper) for n, paper in enumerate(papers, start=1))
    return Message(
        text="\n\n".join(parts),
        rows=(
            *rows_of(ticks, width=WIDTH),
            ways_on(turn, "plan", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def _tick(turn: Turn, number: int, paper: Paper) -> Button:
    ticked = paper.key in turn.conversation.plan.brought
    # The button says which way it turns, so that a tap that comes twice turns nothing back.
    return Button(
        label=f"☑ {number}" if ticked else str(number),
        action=f"{'untick' if ticked else 'tick'}:{paper.key}",
    )


def _hear_papers(turn: Turn, text: str) -> Turn | None:
    """Tick the document whose number was typed."""
    papers = NextSteps(turn).papers
    number = small_number(text)
    return tick(turn, papers[number - 1].key) if 1 <= number <= len(papers) else None


def tick(turn: Turn, key: str) -> Turn:
    """Keep that a document is ready; one that the plan does not ask for is not kept."""
    if not any(paper.key == key for paper in NextSteps(turn).papers):
        return turn.say(turn.text("old-button"))
    return _bring(turn, (*turn.conversation.plan.brought, key))


def untick(turn: Turn, key: str) -> Turn:
    """Keep that a document is not ready yet."""
    return _bring(turn, tuple(k for k in turn.conversation.plan.brought if k != key))


def _bring(turn: Turn, brought: tuple[str, ...]) -> Turn:
    plan = turn.conversation.plan.model_copy(update={"brought": tuple(dict.fromkeys(brought))})
    return turn.change(plan=plan).go("plan_papers")


# -- where -------------------------------------------------------------------------------------


def _show_places(turn: Turn) -> Message:
    settlement = places.settlement_of(turn)
    if settlement is None:
        return Message(
            text=turn.text("places-unknown"),
            rows=(
                (turn.button("say-place", "ask-place"),),
                ways_on(turn, "plan", "librarian"),
                ways_on(turn, "back", "menu"),
            ),
        )
    near = turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    parts = [
        turn.text("places-title", place=places.full_name(turn, settlement)),
        places.bureau_text(turn, settlement),
        *(places.library_text(turn, one) for one in near),
    ]
    reaches = turn.context.abilities.reaches
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("other-place", "ask-place"), *ways_on(turn, "places")),
            (turn.button("remind-visit", "go:visit_day"),) if reaches else (),
            ways_on(turn, "plan", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


# -- on paper ----------------------------------------------------------------------------------


def print_out(turn: Turn, how: str) -> Turn:
    """Send the plan as one page: `how` is a language, and „all“ where nothing is left out."""
    asked = how.split(",")
    language = next((code for code in LANGUAGES if code in asked), turn.language)
    whole = "all" in asked
    if not known(turn):
        return open_plan(turn)
    page, left_out = plan_page.of(turn.change(language=language), whole=whole)
    offered = [turn.button("plan-pdf-bg", "plan-pdf:" + ("bg,all" if whole else "bg"))]
    offered = offered if language != "bg" else []
    if left_out:
        offered.append(turn.button("plan-pdf-all", f"plan-pdf:{language},all"))
    said = [turn.text("plan-pdf")]
    said += [turn.text("plan-pdf-left-out", count=left_out)] if left_out else []
    message = Message(
        text="\n".join(said),
        rows=(tuple(offered), (*ways_on(turn, "plan", "menu"),)),
        document=page,
    )
    return turn.effect(Count(metric="plan_printed")).apart(message)


SCREENS = {
    "plan": Screen(_show),
    "plan_papers": Screen(_show_papers, _hear_papers),
    "plan_places": Screen(_show_places),
}
ACTIONS = {
    "plan-page": turn_page,
    "plan-add": add,
    "plan-drop": drop,
    "plan-pdf": print_out,
    "tick": tick,
    "untick": untick,
}
