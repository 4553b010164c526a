"""What an expert sees of a card: the place and ordinary facts, nothing sensitive."""

from collections.abc import Iterator

from dialogs.model import Card
from dialogs.texts import Texts
from knowledge.base import KnowledgeBase


def expert_card_text(texts: Texts, knowledge: KnowledgeBase, card_json: str) -> str:
    """Return what an expert of a bureau needs: place and ordinary facts, nothing sensitive."""
    card = Card.model_validate_json(card_json)
    lines = [texts("desk-group-card-relative")] if card.relative else []
    lines += _place(texts, card)
    for line in card.facts:
        known = line.about in knowledge.facts
        if known and knowledge.facts[line.about].sensitivity != "special":
            lines.append(texts("desk-group-card-line", label=line.label, value=line.value))
    return "\n".join(lines)


def _place(texts: Texts, card: Card) -> Iterator[str]:
    if card.place:
        yield texts("desk-group-card-place", place=card.place)
