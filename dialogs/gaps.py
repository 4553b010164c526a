"""What a person asked and got no answer to, as a topic and a municipality, no words."""

from typing import Literal, get_args

from dialogs.flows import places
from dialogs.free_text.wishes import asks
from dialogs.model import Count
from dialogs.turn import Turn

Topic = Literal[
    "training",
    "subsidised",
    "benefits",
    "own_business",
    "housing",
    "transport",
    "documents",
    "family",
    "health",
    "abroad",
    "other",
]
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""What a question nobody could answer was about: the words are `desk-gap-topic-<topic>`."""
SEARCHED = "searched"
"""A question of the person's own words that no measure is near to."""
PREFIX = "gap:"
"""What the metric of such a count begins with: each person counts once in a month."""
TWICE = 2
_WHERE = {
    "interview": (
        "home",
        "audience",
        "question",
        "consent",
        "joint",
        "any_of",
        "told",
        "why",
        "leave",
    ),
    "place": ("settlement", "namesakes", "confirm_place", "places", "services"),
    "measures": ("results", "card", "found", "ended", "sources", "deadline", "not_now"),
    "plan": (
        "plan",
        "plan_papers",
        "plan_places",
        "reminders",
        "rechecks",
        "visit_day",
        "birthday",
    ),
    "cv": ("cv", "cv_question", "cv_check", "cv_sent", "cv_drop"),
    "employers": ("employer", "hire", "employer_card", "vacancy"),
}
_GROUP = {screen: where for where, screens in _WHERE.items() for screen in screens}


def metric(topic: str, municipality: str) -> str:
    """Return the metric under which a gap is counted; the municipality is '' where unknown."""
    return f"{PREFIX}{topic}:{municipality}"


def parts_of(metric: str) -> tuple[str, str] | None:
    """Return the topic and the municipality of a gap's metric; None for any other metric."""
    if not metric.startswith(PREFIX):
        return None
    topic, _, municipality = metric.removeprefix(PREFIX).partition(":")
    return topic, municipality


def unanswered(turn: Turn, topic: Topic) -> Turn:
    """Count that a person's question of this topic was closed without an answer."""
    return _counted(turn, topic)


def noted(turn: Turn, text: str) -> Turn:
    """Count what was just missed: a question no measure is near to, a screen missed twice."""
    if asks(text, turn.language):
        turn = _counted(turn, SEARCHED)
    if turn.conversation.misses == TWICE:
        # Exactly here: who goes on missing at the same screen is counted once.
        turn = _counted(turn, missed_at(turn.screen.name))
    return turn


def missed_at(screen: str) -> str:
    """Return the topic of a screen at which the bot did not understand twice in a row."""
    return f"missed_{_GROUP.get(screen, 'elsewhere')}"


def _counted(turn: Turn, topic: str) -> Turn:
    settlement = places.settlement_of(turn)
    municipality = settlement.municipality_code if settlement else ""
    return turn.effect(Count(metric=metric(topic, municipality)))
