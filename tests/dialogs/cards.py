"""Cards as librarians read them, a file for each group of people; `python -m tests.dialogs.cards`.

Each file has the message of a topic, and below it what a page shows besides.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from dialogs.flows.card_shown import as_text, shown
from dialogs.flows.desk_card import for_the_desk
from dialogs.model import Card, Conversation, Draft
from dialogs.texts import load_texts
from dialogs.turn import Context, Turn
from knowledge.loading import load

FOLDER = Path(__file__).parent / "data" / "cards"
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Sofia"))
"""A Monday morning."""
PAGE = "\n=== на страницата ===\n"


def people() -> dict[str, dict[str, object]]:
    """Return whose cards are kept, by name."""
    told = YAML(typ="safe", pure=True).load(FOLDER / "people.yaml")
    assert isinstance(told, dict)
    return told


def context() -> Context:
    """Return the moment of all these cards."""
    return Context(load(), load_texts(), NOW)


def card_for(person: dict[str, object]) -> Card:
    """Return the card of a person, as it would be passed on."""
    draft = Draft(question=str(person["question"]), turned=tuple(person.get("turned", ())))
    # Through JSON, as a talk is kept: a day of the file becomes its text.
    talk = Conversation(
        language=str(person.get("language", "bg")), answers=person["answers"], draft=draft
    )
    kept = Conversation.model_validate_json(talk.model_dump_json())
    return for_the_desk(Turn(kept, context()))


def written(person: dict[str, object]) -> str:
    """Return the card as its file has it."""
    card = card_for(person)
    return (
        "\n".join([f"# {person['about']}\n", as_text(card, context()), PAGE, *_page(card)]) + "\n"
    )


def _page(card: Card) -> Iterator[str]:
    """Yield what the page shows: all that stands on it, a line each."""
    told = shown(card, context())
    for measure in told.measures:
        yield f"{measure.title} | {measure.verdict} | {measure.reason}"
    yield from (f"? {one.label} | {one.why}" for one in told.unknown)
    yield from (f"□ {paper.text} | {paper.why}" for paper in told.papers)
    if told.bureau:
        yield f"{told.bureau.name} | {told.bureau.now}"
    yield from (f"{line.label}: {line.value}" for line in told.answers)


def main() -> int:
    """Write each card that has changed."""
    for name, person in people().items():
        file, now = FOLDER / f"{name}.txt", written(person)
        if not file.is_file() or file.read_text(encoding="utf-8") != now:
            file.write_text(now, encoding="utf-8")
            sys.stdout.write(f"{file.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
