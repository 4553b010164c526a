"""The command line of the knowledge: for editors who change it and programs that ask it."""

import argparse
import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from timeit import default_timer
from typing import Any

from knowledge import sheet_commands
from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA
from knowledge.cases import Case
from knowledge.difference_words import lines
from knowledge.differences import differences
from knowledge.editor_words import EditorWords
from knowledge.errors import DataError
from knowledge.explaining import reason
from knowledge.facts import FAR_AHEAD, LONG_AGO, Answer, Fact, Profile
from knowledge.golden_profiles import Person, people_of
from knowledge.guide import guide as editors_page
from knowledge.interview_figures import figures, most_decided_after
from knowledge.loading import DATA, load
from knowledge.loading.cases import load_cases, profile_of
from knowledge.loading.everything import ending_sums, overdue_sources, rough_bands
from knowledge.loading.places import TABLES
from knowledge.loading.review import complaints
from knowledge.measures import Source
from knowledge.scoring import score
from knowledge.texts import WRITTEN
from knowledge.typed_interview import answer as typed_answer
from knowledge.typed_interview import asks_why, question, verdict_lines, why
from knowledge.typed_name_figures import figures as place_figures
from knowledge.typed_name_figures import forms_of
from knowledge.verdict_page import page
from knowledge.verdicts import Verdict

LAST_READ = "last-read"
"""For `check --on`: the day on which the sources were last read, whatever day it is today."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, 1 where the data is wrong, 2 where the call is."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except DataError as error:
        print(error, file=sys.stdout if command is check else sys.stderr)
        return 1
    except RecursionError:
        text = "found data nested without end; allowed: no anchors (&) and aliases (*) in YAML"
        print(f"knowledge: {text}; write it out", file=sys.stderr)  # noqa: T201
        return 2
    except (ValueError, OSError) as error:
        print(f"knowledge: {error}", file=sys.stderr)  # noqa: T201
        return 2


def check(options: argparse.Namespace) -> int:
    """Load everything and review it: cases, bounds, rules, words, sources; a line a complaint.

    A warning, as of a source to be read again, is printed and is no fault.
    """
    folder = options.data
    base = load(folder)
    on = _last_read(base) if options.on == LAST_READ else options.on
    cases = load_cases(folder / "cases", base.facts)
    found = [
        *complaints(base, folder, cases, on),
        *rough_bands(base, folder, on),
        *ending_sums(base, folder, on),
        *overdue_sources(base, folder, on),
    ]
    wrong = any(complaint.severity == "error" for complaint in found)
    lines = [*map(str, found), *([] if wrong else [_summary(base)])]
    print("\n".join(lines))  # noqa: T201
    if options.scores:
        _print_scores(base, cases, on)
    return 1 if wrong else 0


def _last_read(base: KnowledgeBase) -> dt.date:
    """Return the day on which a source was last read: as of then the knowledge must be whole."""
    return max(source.verified_on for source in base.sources.values())


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


def questions(options: argparse.Namespace) -> int:
    """Play the interview with every golden profile and print how well the questions are chosen."""
    base = load(options.data)
    people = _golden_people(base, options.data, options.on)
    found = asdict(figures(people, base.interviewer, default_timer))
    _print_json(found | {"most_decided_after": most_decided_after(people, base.interviewer)})
    return 0


def _golden_people(base: KnowledgeBase, folder: Path, on: dt.date | None) -> tuple[Person, ...]:
    cases = load_cases(folder / "cases", base.facts)
    return people_of(cases, base.facts, base.measures.values(), on)


def explain(options: argparse.Namespace) -> int:
    """Print a verdict as the tree of its condition, with the reason and all that follows."""
    base = load(options.data)
    if options.measure not in base.measures:
        allowed = ", ".join(base.measures)
        raise ValueError(f"{options.measure}: no such measure; allowed: {allowed}")
    profile = _read_profile(base, options.facts)
    say = EditorWords(base.editor_words, options.lang)
    print(page(base, base.measures[options.measure], profile, options.on, say))  # noqa: T201
    return 0


def ask(options: argparse.Namespace) -> int:
    """Ask what the bot would ask, read a line for each, and print all verdicts at the end."""
    base = load(options.data)
    say = EditorWords(base.editor_words, options.lang)
    interviewer = base.interviewer(options.on)
    profile = Profile()
    while (wanted := _next_question(base, profile, options.on)) is not None:
        fact = base.facts[wanted]
        print("\n".join(question(fact, say)), flush=True)  # noqa: T201
        about = why(interviewer.decides(profile, wanted), say)
        answer = _typed_answer(base, fact, about, options.on, say)
        if answer is None:
            break
        profile = profile.with_(wanted, answer)
    print("\n".join(verdict_lines(base, base.screen(profile, options.on), say)))  # noqa: T201
    return 0


def _next_question(base: KnowledgeBase, profile: Profile, on: dt.date) -> str | None:
    """Return the fact to ask for; an employer is told what there is, and asked nothing."""
    hires = profile.known.get("audience") == "employer"
    return None if hires else base.interviewer(on).next_question(profile)


def _typed_answer(
    base: KnowledgeBase, fact: Fact, about: str, on: dt.date, say: EditorWords
) -> Answer | None:
    """Read lines until one answers the fact; None where there are no more."""
    while line := sys.stdin.readline():
        if asks_why(line, say):
            print(about, flush=True)  # noqa: T201
            continue
        try:
            answer = typed_answer(fact, line, on, say)
            _check_places(base, Profile({fact.id: answer}))
        except ValueError as error:
            print(error, flush=True)  # noqa: T201
        else:
            return answer
    return None


def diff(options: argparse.Namespace) -> int:
    """Print whose verdict changes from the data of folder A to that of folder B, and added ones."""
    before, after = _loaded(options.before), _loaded(options.after)
    people = _golden_people(before, options.before, options.on)
    told = {person.told for person in people}
    new = _golden_people(after, options.after, options.on)
    people += tuple(person for person in new if person.told not in told)
    day = options.on or _today()
    for line in lines(differences(before, after, people, day), day, after.editor_words):
        print(line)  # noqa: T201
    return 0


def _loaded(folder: Path) -> KnowledgeBase:
    """Return the data of a folder that may be anything; raises ValueError, DataError."""
    if not folder.is_dir():
        raise ValueError(f"{folder}: no such folder; allowed: a folder of data like {DATA}")
    return load(folder)


def screen(options: argparse.Namespace) -> int:
    """Print a verdict for every measure and the next question worth asking."""
    base = load(options.data)
    profile = _read_profile(base, options.facts)
    verdicts = base.screen(profile, options.on)
    _print_json(
        {
            "measures": [_verdict_face(base, v, options.lang) for v in verdicts],
            "next_question": _next_question(base, profile, options.on),
        }
    )
    return 0


def _read_profile(base: KnowledgeBase, name: str) -> Profile:
    """Return the profile of a JSON file, or of what is piped in; raises ValueError, OSError."""
    profile = profile_of(_read_json(name), base.facts)
    _check_places(base, profile)
    return profile


def _check_places(base: KnowledgeBase, profile: Profile) -> None:
    """Raise ValueError for a settlement that there is not."""
    for fact, value in profile.known.items():
        if base.facts[fact].kind == "place" and base.gazetteer.by_ekatte(str(value)) is None:
            text = "allowed: an EKATTE code of settlements.csv, for example '12259'"
            raise ValueError(f"{fact}: found {value!r}; {text}")


def _read_json(name: str) -> dict[str, Any]:
    """Return the object in the file, or in what is piped in; raises ValueError, OSError."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
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
        "until": verdict.until_day.isoformat() if verdict.until_day else None,
        "birthday": asdict(verdict.birthday) if verdict.birthday else None,
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


def places(options: argparse.Namespace) -> int:
    """Print how well the forms of a table of typed names are found, by class."""
    with options.figures.open(encoding="utf-8", newline="") as file:
        forms = forms_of(file)
    print("\n".join(place_figures(forms, load(options.data).gazetteer).lines()))  # noqa: T201
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the places or the measures as spreadsheets that open right in a Bulgarian program."""
    return _print_lines(sheet_commands.export(options))


def import_(options: argparse.Namespace) -> int:
    """Show what a spreadsheet would change; with --write, change it."""
    return _print_lines(sheet_commands.import_(options))


def _print_lines(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)  # noqa: T201
    return 0


def _print_json(face: object) -> None:
    print(json.dumps(face, ensure_ascii=False, indent=1))  # noqa: T201


def day(text: str) -> dt.date:
    """Return the day that was typed; raises ValueError far from any that a rule may look at."""
    found = dt.date.fromisoformat(text)
    if not LONG_AGO <= found < FAR_AHEAD:
        raise ValueError(text)
    return found


def day_or_last_read(text: str) -> dt.date | str:
    """Return the day that was typed, or the word for the day of the last reading."""
    return text if text == LAST_READ else day(text)


def _today() -> dt.date:
    return dt.datetime.now(SOFIA).date()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="another folder of data")
    commands = parser.add_subparsers(required=True)

    def add(
        run: Callable[[argparse.Namespace], int], on: dt.date | None
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(run.__name__.rstrip("_"), help=run.__doc__)
        command.set_defaults(run=run)
        otherwise = "today" if on else "each golden case's own day, and today for the rest"
        command.add_argument(
            "--on",
            type=day_or_last_read if run is check else day,
            default=on,
            metavar="DATE",
            help=f"as YYYY-MM-DD; when not given, {otherwise}",
        )
        return command

    today = _today()
    add(check, today).add_argument("--scores", action="store_true", help="how well each is founded")
    add(guide, today)
    add(facts, today)
    _takes_facts(add(screen, today))
    add(place, today).add_argument("text")
    add(places, today).add_argument("--figures", required=True, type=Path, metavar="FILE")
    add(questions, None)
    command = add(explain, today)
    command.add_argument("measure", metavar="MEASURE", help="the id of a measure")
    _takes_facts(command)
    _takes_language(add(ask, today))
    command = add(diff, None)
    command.add_argument("before", type=Path, metavar="A", help="the folder of data as it was")
    command.add_argument("after", type=Path, metavar="B", help="the folder of data as it is")
    kinds = (sheet_commands.PLACES, sheet_commands.MEASURES)
    command = add(export, today)
    command.add_argument("what", choices=kinds)
    command.add_argument("folder", type=Path, metavar="FOLDER", help="where the tables are written")
    command = add(import_, today)
    command.add_argument("what", choices=kinds)
    command.add_argument("file", type=Path, metavar="FILE", help="a table as CSV")
    command.add_argument("--write", action="store_true", help="change the data, not only show how")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="what stands in every cell of a column that is empty or not there",
    )
    command.add_argument("--table", choices=tuple(TABLES), help="which table of the places it is")
    command.add_argument(
        "--replace", action="store_true", help="remove the places that the table does not name"
    )
    for name in ("check", "guide", "facts", "screen", "place", "questions"):
        json_only = "the only form; accepted for clarity"
        commands.choices[name].add_argument("--json", action="store_true", help=json_only)
    return parser


def _takes_facts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--facts", required=True, metavar="FILE", help="a JSON file, or - for stdin"
    )
    _takes_language(command)


def _takes_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=WRITTEN, default="bg")


if __name__ == "__main__":
    # A command ends before anything need be collected; looking for it takes a third of its time.
    gc.disable()
    sys.exit(main())
