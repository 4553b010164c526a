"""The web chat as a channel: what the browser posts is an event already."""

import hashlib

from pydantic import ValidationError

from bot.channels.interface import MalformedError
from dialogs.model import EVENT, Event
from dialogs.turn import Abilities

NAME = "web"


class WebChannel:
    """Messages are not sent: the browser fetches them and says which it has."""

    name = NAME
    abilities = Abilities(reaches=False, hides=True, notices=False)

    def decode(self, raw: str) -> Event | None:
        """Return the event; raises MalformedError where the browser sent something else."""
        try:
            return EVENT.validate_json(raw)
        except ValidationError as error:
            # Without the input: it may be what a person wrote.
            raise MalformedError(error.errors(include_input=False)[0]["msg"]) from None


def address_of(token: str) -> str:
    """Return the address of the browser that holds this token; the token itself is not kept."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]
