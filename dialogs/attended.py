"""A talk at the desk, a librarian beside the person: what is not offered, and said instead."""

from dialogs.model import Button, Message
from dialogs.turn import Turn

ABSENT = ("go:librarian", "to:", "go:reminders", "go:hide", "go:delete", "cv-send:docx")
"""What hands over, keeps for later, or leaves something on the computer of the library.

One way ends such a talk and erases it, and it stands above every screen: no other is offered.
"""


def offered(turn: Turn, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the messages with what can be done here; other talks' as they are."""
    if not turn.context.abilities.attended:
        return messages
    return tuple(_at_the_desk(turn, message) for message in messages)


def _at_the_desk(turn: Turn, message: Message) -> Message:
    rows = tuple(left for row in message.rows if (left := tuple(filter(_stays, row))))
    if message.rows and not rows:
        # Nobody is left on a screen that had but the way to a librarian.
        rows = ((turn.button("back", "back"),),)
    return message.model_copy(update={"rows": rows, "asks_location": False})


def _stays(button: Button) -> bool:
    return not button.action.startswith(ABSENT)


def ask_beside(turn: Turn) -> Turn:
    """Say that the librarian sits beside; the screen stays."""
    return turn.say(turn.text("attended-librarian"))
