"""How well free text is understood: each utterance typed into a real talk, and what comes of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from talk import Talk

from dialogs import respond
from dialogs.model import Conversation, ScreenRef
from dialogs.texts import load_texts
from dialogs.turn import Context

DATA = Path(__file__).parent / "data"
SCREENS = {
    "places": {"places", "settlement"},
    "deadline": {"deadline"},
    "results": {"results", "employer", "hire"},
    "librarian": {"librarian", "case_question"},
    "help": {"help"},
    "delete": {"delete"},
    "menu": {"menu"},
    "privacy": {"privacy"},
    "language": {"language"},
    "change": {"answers"},
    "jobs": {"job_search"},
    "scam": {"scam"},
    "distress_despair": {"help_lines"},
    "distress_violence": {"help_lines"},
    "distress_hunger": {"help_lines"},
    "plan": {"plan"},
    "cv": {"cv"},
    "hide": {"hidden", "hide"},
    "ended": {"ended"},
}
"""The screens that answer what was wanted."""


@dataclass(frozen=True)
class Utterance:
    """What somebody typed, and what a careful reader is sure that it means."""

    text: str
    lang: str
    asked: str | None
    kind: str
    facts: dict[str, Any]
    intent: str | None
    target: tuple[str, ...]


def load(name: str) -> tuple[Utterance, ...]:
    """Return the utterances of that file."""
    raw = YAML(typ="safe", pure=True).load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(
        Utterance(
            text=one["text"],
            lang=one["lang"],
            asked=one["asked"],
            kind=one["class"],
            facts=one.get("facts") or {},
            intent=one.get("intent"),
            target=tuple(one.get("target") or ()),
        )
        for one in raw
    )


@dataclass
class Heard:
    """What the talk made of one utterance."""

    utterance: Utterance
    taken: dict[str, Any] = field(default_factory=dict)
    """Facts that were kept without asking back."""
    read_back: dict[str, Any] = field(default_factory=dict)
    """Facts that are kept once the person says yes."""
    screen: ScreenRef = field(default_factory=lambda: ScreenRef(name="home"))
    said: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.taken, **self.read_back}


def hear(utterance: Utterance, context: Context) -> Heard:
    """Type the utterance where it was typed, and say yes to what is read back."""
    before = _talk(utterance)
    talk = Talk(context, before).says(utterance.text)
    taken = {f: v for f, v in talk.answers.items() if before.answers.get(f, _NOTHING) != v}
    read_back: dict[str, Any] = {}
    if talk.conversation.screen.name == "told":
        held = json.loads(talk.conversation.screen.about)["facts"]
        read_back = {f: v for f, v in held.items() if f not in before.answers}
        talk.does(talk.press_of(talk.buttons[0]))
    if talk.conversation.screen.name == "confirm_place":
        read_back["settlement"] = talk.conversation.screen.about.partition(",")[2]
    return Heard(utterance, taken, read_back, talk.conversation.screen, talk.text)


_NOTHING = object()


def _talk(utterance: Utterance) -> Conversation:
    home = ScreenRef(name="home")
    if utterance.asked in (None, "audience"):
        return Conversation(language=utterance.lang, screens=(home,))
    answers: dict[str, Any] = {"audience": "self"}
    name = {"settlement": "settlement", "disability_percent": "question"}.get(
        utterance.asked, "question"
    )
    about = "" if name == "settlement" else utterance.asked
    return Conversation(
        language=utterance.lang,
        answers=answers,
        screens=(home, ScreenRef(name=name, about=about)),
    )


# -- what is right -----------------------------------------------------------------------------


def same(fact: str, wanted: Any, got: Any) -> bool:
    """Whether the fact was understood: a month is right within it, „~“ a month to either side."""
    if wanted == got or {"from": wanted, "to": wanted} == got:  # noqa: PLR1714  # no hash
        return True
    if not fact.endswith("_on") or not isinstance(wanted, str) or not isinstance(got, str | dict):
        return False
    low, high = (got["from"], got["to"]) if isinstance(got, dict) else (got, got)
    if not wanted.startswith("~"):
        return low.startswith(wanted) and high.startswith(wanted)
    around = _months(wanted[1:])
    return _months(low) - 1 <= around <= _months(high) + 1


def _months(day: str) -> int:
    year, month = (day + "-06").split("-")[:2]
    return int(year) * 12 + int(month)


@dataclass
class Score:
    """Right, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        there = self.right + self.missed
        return self.right / there if there else 1.0


def score_facts(heard: Iterable[Heard], *, taken_only: bool = False) -> dict[str, Score]:
    """Return the score of each fact; whom one asks for is not counted where it went unsaid."""
    scores: dict[str, Score] = {}
    for one in heard:
        got = one.taken if taken_only else one.facts
        for fact, value in got.items():
            if fact == "audience" and fact not in one.utterance.facts:
                continue
            right = fact in one.utterance.facts and same(fact, one.utterance.facts[fact], value)
            score = scores.setdefault(fact, Score())
            score.right += right
            score.wrong += not right
        for fact, value in one.utterance.facts.items():
            if fact not in got or not same(fact, value, got[fact]):
                scores.setdefault(fact, Score()).missed += 1
    return scores


def wishes_there() -> frozenset[str]:
    """Return the wishes for which the product has a screen."""
    led = {wish for wish, screens in SCREENS.items() if screens & set(respond.SCREENS)}
    return frozenset(led | {"card", "stop", "back"})


def score_wishes(heard: Iterable[Heard]) -> dict[str, Score]:
    """Return the score of each wish, by the screen that answered it."""
    scores: dict[str, Score] = {}
    for one in heard:
        wanted, got = one.utterance.intent, wish_of(one)
        if wanted is not None:
            score = scores.setdefault(wanted, Score())
            score.right += got == wanted
            score.missed += got != wanted
        if got is not None and got != wanted:
            scores.setdefault(got, Score()).wrong += 1
    return scores


def wish_of(one: Heard) -> str | None:
    """Return what the talk took the words for, by where it led."""
    name, about, intent = one.screen.name, one.screen.about, one.utterance.intent
    hit = bool(set(about.split(",")) & set(one.utterance.target))
    if name in ("card", "employer_card", "found", "ended"):
        kind = "ended" if name == "ended" else "card"
        return kind if hit or intent != kind else f"another {kind}"
    if intent in ("stop", "back") and name in ("home", "audience"):
        return intent
    if intent in SCREENS and (name in SCREENS[intent] or _asks_first(one)):
        return intent
    # The interview goes on with the place, and an employer is shown what there is.
    of_course = (name == "settlement" and one.facts) or (name == "employer" and intent is None)
    led = [wish for wish, screens in SCREENS.items() if name in screens]
    return led[0] if led and not of_course else None


def _asks_first(one: Heard) -> bool:
    """Whether a plan was wished for before anything is known: then the questions come first."""
    said = load_texts()[one.utterance.lang]("plan-needs-answers", who="self")
    return one.utterance.intent == "plan" and said in one.said


def table(scores: dict[str, Score]) -> Iterator[str]:
    """Yield a line for each class, and one for all."""
    for name, score in sorted(scores.items()):
        yield _row(name, score)
    total = Counter[str]()
    for score in scores.values():
        total.update(right=score.right, wrong=score.wrong, missed=score.missed)
    yield _row("all", Score(total["right"], total["wrong"], total["missed"]))


def _row(name: str, score: Score) -> str:
    counts = f"{score.right:4} {score.wrong:4} {score.missed:4}"
    return f"{name:28} {counts}   {score.precision:6.1%} {score.recall:6.1%}"


def total(scores: dict[str, Score]) -> Score:
    """Return all classes together."""
    return Score(
        sum(s.right for s in scores.values()),
        sum(s.wrong for s in scores.values()),
        sum(s.missed for s in scores.values()),
    )
