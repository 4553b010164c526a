"""What is known now; other knowledge takes its place whole, in one act, while talks go on."""

from collections.abc import Callable

from knowledge.base import KnowledgeBase


class Knowing:
    """Holds the knowledge that is spoken from; those who keep it too are told of another."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.now = base
        self._followers: list[Callable[[KnowledgeBase], None]] = []

    def follow(self, learn: Callable[[KnowledgeBase], None]) -> None:
        """Tell this one of other knowledge from now on."""
        self._followers.append(learn)

    def learn(self, base: KnowledgeBase) -> None:
        """Speak from this knowledge from now on: no step sees half of the one and of the other."""
        self.now = base
        for learn in self._followers:
            learn(base)
