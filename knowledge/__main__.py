"""The command line of the knowledge: check, guide, facts, screen, place."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA
from knowledge.cases import Case
from knowledge.errors import DataError
from knowledge.explaining import reason
from knowledge.facts import Fact, Profile
from knowledge.guide import guide as editors_page
from knowledge.loading import DATA, load
from knowledge.loading.cases import load_cases, profile_of
from knowledge.loading.everything import overdue_sources, rough_bands
from knowledge.loading.review import complaints
from knowledge.measures import Source
from knowledge.scoring import score
from knowledge.verdicts import Verdict


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, 1 where the data is wrong, 2 where the call is."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except DataError as error:
        print(error, file=sys.stdout if command is check else sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(f"knowledge: {error}", file=sys.stderr)  # noqa: T201
        return 2


def check(options: argparse.Namespace) -> int:
    """Load everything and review it: cases, bounds, rules, words, sources; a line a complaint."""
    folder, on = options.data, options.on
    base = load(folder)
    cases = load_cases(folder / "cases", base.facts)
    found = [
        *complaints(base, folder, cases, on),
        *rough_bands(base, folder, on),
        *overdue_sources(base, folder, on),
    ]
    print("\n".join(map(str, found)) or _summary(base))  # noqa: T201
    if options.scores:
        _print_scores(base, cases, on)
    return 1 if found else 0


def _print_scores(base: KnowledgeBase, cases: tuple[Case, ...], on: dt.date) -> None:
    scores = {measure.id: score(measure, base, cases, on) for measure in base.measures.values()}
    for name, found in sorted(scores.items(), key=lambda item: item[1].points):
        missing = f"  missing: {'; '.join(found.missing)}" if found.missing else ""
        print(f"{found.points:3}  {name}{missing}")  # noqa: T201


def _summary(base: KnowledgeBase) -> str:
    return (
        f"{len(base.measures)} measures, {len(base.sources)} sources, "
        f"{len(list(base.facts))} facts: no complaints"
    )


def guide(options: argparse.Namespace) -> int:
    """Print the editors' page: every file, field, fact and rule, from the models themselves."""
    print(editors_page(load(options.data)), end="")  # noqa: T201
    return 0


def facts(options: argparse.Namespace) -> int:
    """Print the facts with kinds, choices, bounds and sensitivity."""
    _print_json([_fact_face(fact) for fact in load(options.data).facts])
    return 0


def _fact_face(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "label": fact.label.model_dump(),
        "choices": [choice.value for choice in fact.choices],
        "bounds": list(fact.bounds) if fact.bounds else None,
        "none_allowed": fact.none is not None,
        "sensitivity": fact.sensitivity,
        "allowed": fact.allowed,
    }


def screen(options: argparse.Namespace) -> int:
    """Print a verdict for every measure and the next question worth asking."""
    base = load(options.data)
    raw = _read_json(options.facts)
    profile = profile_of(raw, base.facts)
    _check_places(base, profile)
    # An employer is told what there is, and asked nothing.
    hires = profile.known.get("audience") == "employer"
    verdicts = base.screen(profile, options.on)
    _print_json(
        {
            "measures": [_verdict_face(base, v, options.lang) for v in verdicts],
            "next_question": None if hires else base.interviewer(options.on).next_question(profile),
        }
    )
    return 0


def _check_places(base: KnowledgeBase, profile: Profile) -> None:
    """Raise ValueError for a settlement that there is not."""
    for fact, value in profile.known.items():
        if base.facts[fact].kind == "place" and base.gazetteer.by_ekatte(str(value)) is None:
            text = "allowed: an EKATTE code of settlements.csv, for example '12259'"
            raise ValueError(f"{fact}: found {value!r}; {text}")


def _read_json(name: str) -> dict[str, Any]:
    """Return the object in the file, or in what is piped in; raises ValueError, OSError."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        raw = json.loads(text, object_pairs_hook=_once_each)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{name}: found no JSON ({error}); allowed: an object of facts") from error
    if not isinstance(raw, dict):
        raise ValueError(f"{name}: found {type(raw).__name__}; allowed: an object of facts")  # noqa: TRY004
    return raw


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice}: stands twice; write it once")
    return read


def _verdict_face(base: KnowledgeBase, verdict: Verdict, language: Any) -> dict[str, Any]:
    measure = verdict.measure
    return {
        "id": measure.id,
        "title": measure.title.in_(language),
        "verdict": verdict.word,
        "status": measure.status,
        "because": list(verdict.because),
        "missing": list(verdict.missing),
        "would_change": list(verdict.would_change),
        "from": verdict.from_day.isoformat() if verdict.from_day else None,
        "reason": reason(verdict, base.facts, base.phrases, language),
        "caveats": [prose.text.in_(language) for prose in verdict.caveats],
        "as_of": measure.as_of,
        "sources": [_source_face(base.sources[name], language) for name in measure.sources],
    }


def _source_face(source: Source, language: Any) -> dict[str, str]:
    return {
        "id": source.id,
        "title": source.title.in_(language),
        "url": str(source.url),
        "verified_on": source.verified_on.isoformat(),
    }


def place(options: argparse.Namespace) -> int:
    """Print what a typed place may be, and for a sure match its bureau and libraries."""
    base = load(options.data)
    found = base.gazetteer.match(options.text)
    face: dict[str, Any] = {
        "matches": [
            {
                "ekatte": match.settlement.ekatte,
                "name": match.settlement.name,
                "kind": match.settlement.kind,
                "municipality": match.settlement.municipality,
                "province": match.settlement.province,
                "score": match.score,
            }
            for match in found.matches
        ],
        "certain": found.certain,
        "bureau": None,
        "bureau_status": "unknown",
        "libraries": [],
    }
    if len(found.matches) == 1:
        settlement = found.matches[0].settlement
        competent = base.directory.competent_bureau(settlement)
        near = base.directory.nearest_libraries(settlement)
        face["bureau"] = competent.bureau and competent.bureau.model_dump(mode="json")
        face["bureau_status"] = competent.status
        face["libraries"] = [
            {**n.library.model_dump(mode="json"), "distance_km": n.distance_km} for n in near
        ]
    _print_json(face)
    return 0


def _print_json(face: object) -> None:
    print(json.dumps(face, ensure_ascii=False, indent=1))  # noqa: T201


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="another folder of data")
    commands = parser.add_subparsers(required=True)
    today = dt.datetime.now(SOFIA).date()

    def add(run: Callable[[argparse.Namespace], int], **options: Any) -> argparse.ArgumentParser:
        command = commands.add_parser(run.__name__, help=run.__doc__, **options)
        command.set_defaults(run=run)
        command.add_argument(
            "--json", action="store_true", help="the only form; accepted for clarity"
        )
        command.add_argument("--on", type=dt.date.fromisoformat, default=today, metavar="DATE")
        return command

    add(check).add_argument("--scores", action="store_true", help="how well each is founded")
    add(guide)
    add(facts)
    command = add(screen)
    command.add_argument(
        "--facts", required=True, metavar="FILE", help="a JSON file, or - for stdin"
    )
    command.add_argument("--lang", choices=("bg", "en"), default="bg")
    add(place).add_argument("text")
    return parser


if __name__ == "__main__":
    sys.exit(main())
