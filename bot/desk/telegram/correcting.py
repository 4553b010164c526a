"""„/поправка“: a fact that a librarian corrects with one line, in a topic or in General."""

from bot.desk.telegram.acting import Acting, Here
from dialogs.corrections import Which, line_answer, read_line, value_said
from knowledge.corrections import Correction, Kind

LETTERS: dict[str, Kind] = {"b": "bureaus", "l": "libraries", "m": "measures"}
"""The kinds as a button carries them."""


async def correct(acting: Acting, here: Here, line: str) -> None:
    """Propose what the line says, once for each message, and say what became of it."""
    base, today = acting.service.knowledge, acting.service.corrections.today
    read = read_line(acting.texts, line, base, today, _own(here.group.desk))
    if isinstance(read, Which):
        acting.say(here, read.text, [_buttons(read)])
    elif isinstance(read, str):
        acting.say(here, read)
    else:
        acting.say(here, await propose(acting, here, read, here.key))


async def propose(acting: Acting, here: Here, read: Correction, key: str) -> str:
    """Return what became of a proposal, in words."""
    service = acting.service
    outcome = await service.corrections.propose(await acting.who(here), read, key)
    value = value_said(service.context(), read.field, read.value)
    found = outcome.number, outcome.faults
    return line_answer(acting.texts, service.knowledge, read, *found, value=value)


def _buttons(which: Which) -> list[tuple[str, str]]:
    letters = {kind: letter for letter, kind in LETTERS.items()}
    return [
        (str(number), f"desk:which:{letters[kind]}:{row}")
        for number, (kind, row) in enumerate(which.places, start=1)
    ]


def _own(desk: str) -> tuple[Kind, str]:
    """Return the place that a line without a name is about: the group's own."""
    if desk.startswith("bureau:"):
        return "bureaus", desk.removeprefix("bureau:")
    return "libraries", desk
