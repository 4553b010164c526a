"""What has become due, as events of the talk that it was set in."""

from pydantic import TypeAdapter, ValidationError

from bot.channels.interface import MalformedError
from bot.store.interface import DUE
from dialogs.model import KnowledgeChanged, Reminded
from dialogs.turn import Abilities

_EVENT: TypeAdapter[Reminded | KnowledgeChanged] = TypeAdapter(Reminded | KnowledgeChanged)


class DueChannel:
    """Nothing is sent over it: the answer goes where the person is."""

    name = DUE
    abilities = Abilities(reaches=False)

    def decode(self, raw: str) -> Reminded | KnowledgeChanged:
        """Return what became due; raises MalformedError where another version had set it."""
        try:
            return _EVENT.validate_json(raw)
        except ValidationError as error:
            # Without the input: it may be what a person told.
            raise MalformedError(error.errors(include_input=False)[0]["msg"]) from None
