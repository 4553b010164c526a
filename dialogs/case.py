"""The acts that move a case on: pure, the same for every desk."""

import datetime as dt

from dialogs.model import Card, Case


def is_open(case: Case | None) -> bool:
    """Return whether words still go to the desk."""
    return case is not None and case.state != "closed"


def may_answer(case: Case, librarian: str) -> bool:
    """Return whether this librarian's words go to the person: the first to claim answers."""
    return is_open(case) and case.claimed_by in (None, librarian)


def claimed(case: Case, librarian: str, name: str, at: dt.datetime) -> Case:
    """Return the case in this librarian's hands; one that is taken or closed stays as it is."""
    if not is_open(case) or case.claimed_by is not None:
        return case
    hands = {"claimed_by": librarian, "claimed_name": name, "claimed_at": at}
    return case.model_copy(update={"state": "claimed", **hands})


def closed(case: Case, at: dt.datetime) -> Case:
    """Return the case after its end, without what was passed on; the first end counts."""
    if not is_open(case):
        return case
    # The desk keeps the card for its time; the talk, which may go on for long, does not.
    return case.model_copy(
        update={"state": "closed", "closed_at": at, "card": Card(question="", place="")}
    )


def assigned(case: Case, library: str) -> Case:
    """Return the case at a library, if it was waiting for any."""
    if case.library is not None or not is_open(case):
        return case
    return case.model_copy(update={"library": library})
