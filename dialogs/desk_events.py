"""What happened to a case, in the words that every desk shows."""

from collections.abc import Callable

from dialogs.texts import Texts

DeskName = Callable[[str], str]
"""Returns what the desk of that id is called."""
_ABOUT_A_DESK = ("covered", "transferred", "offered", "asked_expert", "rehomed")


def event_words(
    texts: Texts, text: str, who: str, desk_name: DeskName, *, failed: bool = False
) -> str:
    """Return a line of the history in words; one of a newer release is shown as it stands.

    `failed` says of a change that it has not come to the person.
    """
    what, _, about = text.partition(":")
    name = f"desk-event-{what.replace('_', '-')}{'-not' if failed else ''}"
    if name not in texts:
        return text
    if what in _ABOUT_A_DESK:
        about = desk_name(about)
    elif what == "closed" and about:
        return texts("desk-event-closed-as", who=who, how=texts(f"desk-resolution-{about}"))
    elif what == "rated":
        about = texts(f"desk-rating-{about}")
    return texts(name, who=who, about=about)
