"""A visitor's talk at the desk: the librarian types and presses, and reads aloud what is said."""

from pydantic import ValidationError

from bot.channels.interface import MalformedError
from dialogs.model import EVENT, Event
from dialogs.turn import Abilities

NAME = "visitor"


class VisitorChannel:
    """Nothing is sent over it: the desk shows what is said."""

    name = NAME
    abilities = Abilities(reaches=False, notices=False, attended=True)

    def decode(self, raw: str) -> Event | None:
        """Return the event; raises MalformedError for anything else."""
        try:
            return EVENT.validate_json(raw)
        except ValidationError as error:
            # Without the input: it may be what a person said.
            raise MalformedError(error.errors(include_input=False)[0]["msg"]) from None
