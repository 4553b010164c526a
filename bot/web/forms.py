"""What a browser posts, as text that a person could have typed."""

import re
import unicodedata

from aiohttp import web

from dialogs.texts import load_texts

LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""What other programs end a line with; a text pasted from one must not run together."""


async def form_of(request: web.Request) -> dict[str, str]:
    """Return the fields that are text, cleaned; raises HTTPBadRequest, HTTPRequestEntityTooLarge.

    Their words are for the person.
    """
    t = load_texts()["bg"]
    try:
        posted = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        error.text = t("web-too-large")
        raise
    except Exception:  # noqa: BLE001  # a body no browser makes; the parsers raise many kinds
        raise web.HTTPBadRequest(text=t("web-not-understood")) from None
    return {name: cleaned(value) for name, value in posted.items() if isinstance(value, str)}


def cleaned(text: str) -> str:
    """Return the text with one kind of line end, without controls and halves of characters."""
    text = LINE_ENDS.sub("\n", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def is_blank(text: str) -> bool:
    """Return whether nothing of the text can be seen."""
    return not any(unicodedata.category(c)[0] in "LNPS" for c in text)
