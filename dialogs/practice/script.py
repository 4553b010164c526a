"""What an invented person says next: their words come in order, whatever was answered."""

from dialogs.practice.people import Invented


def next_words(person: Invented, said: int, answered: int) -> tuple[int, str] | None:
    """Return the reply that is due, with its number from one; None where the librarian is next.

    `said` counts the replies that were given, `answered` the librarian's answers. Answers sent in
    a row are answered one by one, and after the last reply nothing more comes.
    """
    due = said < min(answered, len(person.replies))
    return (said + 1, person.replies[said]) if due else None


def is_done(person: Invented, said: int) -> bool:
    """Return whether the person has said all there is."""
    return said >= len(person.replies)
