"""How many messages a group gets: so many in any minute, and rest where the platform wants it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a group takes; times in seconds."""

    messages: int = 18
    """In `window`; the platform's own bound is 20."""
    window: float = 60.0
    gap: float = 1.0
    """Between two messages."""
    touch_gap: float = 0.5
    """Between two acts that are no message: an edit, a reaction, a title."""


BOUNDS = Bounds()


class GroupPace:
    """Says how long to wait; what was done is told afterwards, so no delay shrinks a window."""

    def __init__(self, bounds: Bounds = BOUNDS, *, sent: Iterable[float] = ()) -> None:
        self._bounds = bounds
        self._sent = deque(sorted(sent), maxlen=bounds.messages)
        self._touched = 0.0
        self._rests_until = 0.0

    def message(self, now: float) -> float:
        """Return the seconds until a message may be sent.

        While half of a window is free they go as they come; then what is left of it is divided
        evenly, and what waits is joined.
        """
        bounds, sent = self._bounds, self._sent
        earliest = self._rests_until
        if len(sent) == bounds.messages:
            earliest = max(earliest, sent[0] + bounds.window)
        if sent:
            earliest = max(earliest, sent[-1] + max(bounds.gap, self._even(now)))
        return max(0.0, earliest - now)

    def touch(self, now: float) -> float:
        """Return the seconds until something that is no message may be done."""
        return max(0.0, max(self._rests_until, self._touched + self._bounds.touch_gap) - now)

    def was_sent(self, now: float) -> None:
        """Count a message, of which the call has ended, however it ended."""
        self._sent.append(now)

    def was_touched(self, now: float) -> None:
        """Count an act that is no message."""
        self._touched = now

    def rest(self, now: float, seconds: float) -> None:
        """Let the group be left alone for so long."""
        self._rests_until = max(self._rests_until, now + seconds)

    def _even(self, now: float) -> float:
        """Return the gap that divides the rest of a window that is half used."""
        bounds = self._bounds
        counted = [at for at in self._sent if at > now - bounds.window]
        if len(counted) * 2 < bounds.messages:
            return 0.0
        rest = counted[0] + bounds.window - counted[-1]
        return rest / (bounds.messages - len(counted) + 1)
