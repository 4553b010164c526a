"""What librarians do, as events of the talk that their case belongs to."""

from bot.store.interface import DESK
from dialogs.model import DeskAct
from dialogs.turn import Abilities


class DeskChannel:
    """Nothing is sent over it: a desk reads its cases."""

    name = DESK
    abilities = Abilities(reaches=False)

    def decode(self, raw: str) -> DeskAct:
        """Return what the librarian did."""
        return DeskAct.model_validate_json(raw)
