"""The code that lets a group in, as it is made, typed and told with its steps."""

import datetime as dt
import secrets
from collections.abc import Iterable

from bot.clock import Clock, millis
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from dialogs.texts import Texts

INVITATION = dt.timedelta(days=7)
"""How long a code can be used."""
LETTERS = "ABCEHKMPTX23456789"
"""None that is taken for another one; each can be typed on a Bulgarian keyboard, too."""
LENGTH = 15
_ALIKE = str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX")  # the same to the eye


async def new_code(groups: SqliteTelegramGroups, desk: str, clock: Clock) -> str:
    """Return a fresh code with which one group becomes this desk; only its hash is kept."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    await groups.invite(code, desk, millis(clock() + INVITATION))
    return "-".join(code[at : at + 5] for at in range(0, LENGTH, 5))


def plain(typed: str) -> str:
    """Return a code without what people put between and around its letters."""
    return "".join(c for c in typed.upper().translate(_ALIKE) if c in LETTERS)


def steps(texts: Texts, code: str) -> Iterable[str]:
    """Yield the lines that say what to do with a code."""
    yield texts("desk-tg-invite-code", code=code, days=INVITATION.days)
    yield ""
    for number in range(1, 6):
        yield f"{number}. {texts(f'desk-tg-invite-step-{number}', code=code)}"
