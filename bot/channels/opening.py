"""How a talk is opened from outside: a link whose payload says what with."""

import re

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
"""What every platform takes."""


def telegram_link(bot: str, payload: str) -> str:
    """Return the link that opens the talk with a bot; empty where there is nothing to say."""
    return f"https://t.me/{bot}?start={payload}" if bot and PAYLOAD.fullmatch(payload) else ""


def web_link(address: str, payload: str) -> str:
    """Return the link that opens the page; empty where its address is not known."""
    opened = address and PAYLOAD.fullmatch(payload)
    return f"{address.rstrip('/')}/?start={payload}" if opened else ""
