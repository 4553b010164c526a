"""„/поправка“: a fact that a librarian corrects with one line, in a topic or in General."""

from bot.desk.telegram.acting import Acting, Here
from dialogs.corrections import line_answer, read_line
from knowledge.corrections import Kind


async def correct(acting: Acting, here: Here, line: str) -> None:
    """Propose what the line says, once for each message, and say what became of it."""
    service, texts = acting.service, acting.texts
    base, corrections = service.knowledge, service.corrections
    read = read_line(texts, line, base, corrections.today, _own(here.group.desk))
    if isinstance(read, str):
        acting.say(here, read)
        return
    outcome = await corrections.propose(await acting.who(here), read, here.key)
    acting.say(here, line_answer(texts, base, read, outcome.number, outcome.faults))


def _own(desk: str) -> tuple[Kind, str]:
    """Return the place that a line without a name is about: the group's own."""
    if desk.startswith("bureau:"):
        return "bureaus", desk.removeprefix("bureau:")
    return "libraries", desk
