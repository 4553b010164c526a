"""Prints how well free text is understood: right, wrongly found, missed; precision and recall."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent / "dialogs"))

import utterances

from dialogs.texts import load_texts
from dialogs.turn import Abilities, Context
from knowledge.loading import load


def main() -> None:
    """Print a table for each set of utterances."""
    now = dt.datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Europe/Sofia"))
    context = Context(load(), load_texts(), now, abilities=Abilities(hides=True))
    for name in sys.argv[1:]:
        heard = [utterances.hear(one, context) for one in utterances.load(name)]
        sys.stdout.write(
            f"\n{name}: {len(heard)} utterances   right wrong missed   precision recall\n"
        )
        for title, scores in (
            ("facts", utterances.score_facts(heard)),
            ("taken without asking back", utterances.score_facts(heard, taken_only=True)),
            ("wishes and questions", utterances.score_wishes(heard)),
        ):
            sys.stdout.write(f"-- {title}\n")
            sys.stdout.write("\n".join([*utterances.table(scores), ""]))


if __name__ == "__main__":
    main()
