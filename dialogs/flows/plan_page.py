"""The plan on one sheet of paper: for the person's own hand, for the library and the bureau."""

from collections.abc import Iterable, Iterator

from dialogs.bulgarian_only import shows_bulgarian
from dialogs.documents import Document, Line, Part
from dialogs.flows import next_steps, places
from dialogs.flows.next_steps import NextSteps, Task, without_personal
from dialogs.turn import Turn
from knowledge.places import Bureau, Library


def of(turn: Turn, *, whole: bool) -> tuple[Document, int]:
    """Return the page, and how many measures it leaves out as they tell something personal.

    Without these it is worked out as if nothing personal had been told: a word more or a measure
    less would tell of it.
    """
    all_of_it = NextSteps(turn)
    steps = all_of_it if whole else NextSteps(without_personal(turn))
    settlement = places.settlement_of(turn)
    ticked = set(turn.conversation.plan.brought) - (set() if whole else all_of_it.private_papers)
    parts = tuple(part for part in _parts(turn, steps, ticked) if part.lines)
    page = Document(
        form="pdf",
        language=turn.language,
        name=turn.text("plan-page-name"),
        title=turn.text("plan-page-title"),
        lead=turn.text(
            "plan-page-lead",
            day=f"{turn.context.today:%d.%m.%Y}",
            place=places.full_name(turn, settlement) if settlement else "none",
        ),
        parts=parts,
        foot=(*_in_bulgarian(turn, parts), turn.text("plan-page-foot"), *_foot(turn, steps.tasks)),
        payload="plan",
        invitation=turn.text("plan-page-invitation"),
    )
    of_measures = {task.about for task in all_of_it.tasks if task.kind in ("measure", "register")}
    return page, len(of_measures - {task.about for task in steps.tasks})


def _parts(turn: Turn, steps: NextSteps, ticked: set[str]) -> Iterator[Part]:
    dated = [task for task in steps.tasks if task.kind in ("sign", "register", "apply")]
    yield Part(heading=turn.text("plan-page-first"), lines=tuple(_lines(dated)))
    measures = [task for task in steps.tasks if task.kind == "measure"]
    yield Part(heading=turn.text("plan-page-then"), lines=tuple(_lines(measures)))
    yield Part(
        heading=turn.text("plan-page-papers"),
        lines=tuple(
            Line(text=paper.text, mark="ticked" if paper.key in ticked else "box")
            for paper in steps.papers
        ),
    )
    yield Part(heading=turn.text("plan-page-where"), lines=tuple(_where(turn)))


def _lines(tasks: list[Task]) -> Iterator[Line]:
    """Yield a box for each task, with its steps below it in the same line of the page."""
    for task in tasks:
        title = f"{task.title}:" if task.steps else task.title
        yield Line(text="\n".join([title, *task.steps]), mark="box")


def _where(turn: Turn) -> Iterator[Line]:
    """Yield the bureau and the library with what is sourced about them, or what is not known."""
    settlement = places.settlement_of(turn)
    if settlement is None:
        return
    status = turn.knowledge.directory.competent_bureau(settlement).status
    bureau = next_steps.competent_bureau(turn)
    name = next_steps.name_with_way(turn, bureau) if bureau else ""
    said = turn.text("plan-bureau", status=status, name=name)
    contacts = [_contacts(turn, bureau)] if bureau else []
    yield Line(text="\n".join([said, *contacts]), mark="bullet")
    library = next_steps.nearest_library(turn)
    if library:
        name = next_steps.name_with_way(turn, library)
        said = turn.text("plan-page-library", name=name)
        yield Line(text=f"{said}\n{_contacts(turn, library)}", mark="bullet")


def _contacts(turn: Turn, place: Bureau | Library) -> str:
    return ". ".join(places.contact_lines(turn, place)) or turn.text("contacts-unknown")


def _in_bulgarian(turn: Turn, parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield that measures stand there in Bulgarian, where they do."""
    lines = "\n".join(line.text for part in parts for line in part.lines)
    if shows_bulgarian(turn, lines):
        yield turn.text("measures-in-bulgarian")


def _foot(turn: Turn, tasks: Iterable[Task]) -> Iterator[str]:
    """Yield who says so, each once: of the tasks, and of the contacts."""
    said = [source.full for task in tasks for source in task.sources]
    bureau = next_steps.competent_bureau(turn)
    if bureau and places.contact_lines(turn, bureau):
        said.append(places.source(turn, bureau, bureau.contact_source))
    yield from dict.fromkeys(said)
