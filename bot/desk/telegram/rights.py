"""What the bot must be allowed in a group, and what of it is missing: pure."""

from collections.abc import Mapping

TOPICS, PINS, DELETES = "can_manage_topics", "can_pin_messages", "can_delete_messages"
RIGHTS = (TOPICS, PINS, DELETES)
"""As the platform calls them; without the first nothing can be shown in the group."""


def lacking(member: Mapping[str, object]) -> tuple[str, ...]:
    """Return the rights that the bot lacks, by what the platform tells of its membership."""
    if member.get("status") == "creator":
        return ()
    if member.get("status") != "administrator":
        return RIGHTS
    return tuple(right for right in RIGHTS if member.get(right) is not True)


def shows_topics(missing: str) -> bool:
    """Return whether cases can be shown in a group that lacks these, separated by spaces."""
    return TOPICS not in missing.split()
