"""Screens with texts that are there in Bulgarian alone say so, once, and offer all in Bulgarian."""

from dialogs.model import Button, Message
from dialogs.turn import Turn

SWITCH = "lang:bg"
"""What the button does: the talk goes on in Bulgarian, and all that was answered stays."""


def shows_bulgarian(turn: Turn, text: str) -> bool:
    """Return whether a text of a measure stands in it that this talk's language lacks."""
    return any(one in text for one in turn.knowledge.bulgarian_only(turn.language))


def told(turn: Turn, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the messages; the first of those that can have buttons and need it says so."""
    for number, message in enumerate(messages):
        if message.rows and shows_bulgarian(turn, message.text):
            return (*messages[:number], _saying_so(turn, message), *messages[number + 1 :])
    return messages


def _saying_so(turn: Turn, message: Message) -> Message:
    note = turn.text("measures-in-bulgarian")
    button = Button(label=turn.text("button-all-in-bg"), action=SWITCH)
    last = message.rows[-1:]
    rows = (*message.rows[:-1], (button,), *last)
    return message.model_copy(update={"text": f"{note}\n\n{message.text}", "rows": rows})
