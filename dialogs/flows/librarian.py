"""„Говорете с библиотекар“: whom, what is passed on, the talk with them, and the way back."""

from collections.abc import Iterator

from dialogs import case as cases
from dialogs.flows import deadlines, places
from dialogs.flows.interview import words_of
from dialogs.model import (
    Button,
    Card,
    CardLine,
    Case,
    CaseChanged,
    CaseSaid,
    Count,
    DeskAct,
    Draft,
    Message,
)
from dialogs.screens import Screen, ways_on
from dialogs.turn import Desk, Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.calendar import DAYS
from knowledge.explaining import reason
from knowledge.facts import Fact, Known
from knowledge.gazetteer import distance_km

CHOICES = 5
"""Desks offered at once."""
LONGEST = 2000
"""Characters of a question; the card must fit one message."""
LEAVING = ("bot", "delete", "menu", "help", "stop", "back")
"""Words that are meant for the bot even while a librarian listens."""
RELATIVE, UNKNOWN, FITTING = "audience", "unknown", "measures"
"""The lines of the card that are no answer of their own: for whom, what is open, what may fit."""


def desks_near(turn: Turn) -> tuple[Desk, ...]:
    """Return the desks that could take a case, the best first: near, then the regional one."""
    settlement = places.settlement_of(turn)
    if settlement is None:
        return turn.context.desks[:CHOICES]

    def nearness(desk: Desk) -> tuple[float, bool, str]:
        library = desk.library
        far = distance_km(
            settlement.latitude, settlement.longitude, library.latitude, library.longitude
        )
        return (round(far), library.kind != "regional", library.name)

    return tuple(sorted(turn.context.desks, key=nearness))[:CHOICES]


def _desk(turn: Turn, library: str | None) -> Desk | None:
    return next((d for d in turn.context.desks if d.id == library), None)


# -- whom --------------------------------------------------------------------------------------


def open_librarian(turn: Turn) -> Turn:
    """Open the way to a person: the talk that runs, or whom to ask."""
    if cases.is_open(turn.conversation.case):
        return turn.go("case_chat")
    return turn.go("librarian")


def _show(turn: Turn) -> Message:
    desks = desks_near(turn)
    if not desks:
        return _show_no_desk(turn)
    settlement = places.settlement_of(turn)
    parts = [turn.text("librarian")]
    if settlement is None and not turn.context.trial:
        parts.append(turn.text("librarian-no-place"))
    parts += [_desk_text(turn, desk) for desk in desks]
    choices = tuple(
        (turn.button("ask-library", f"to:{d.id}", name=_short(turn, d)),) for d in desks
    )
    place = () if settlement or turn.context.trial else (turn.button("say-place", "ask-place"),)
    return Message(
        text="\n\n".join(parts),
        rows=(*choices, place, ways_on(turn, "places", "results"), ways_on(turn, "back", "menu")),
    )


def _short(turn: Turn, desk: Desk) -> str:
    return desk.library.city if len(desks_near(turn)) > 1 else turn.text("this-library")


def _desk_text(turn: Turn, desk: Desk) -> str:
    name = turn.text("place-of", name=desk.library.name, city=desk.library.city)
    return f"{name}\n{promise(turn, desk)}"


def promise(turn: Turn, desk: Desk) -> str:
    """Return when an answer can be expected, as honestly as the hours are known."""
    if desk.hours is None:
        return turn.text("promise-unknown")
    now = turn.context.now
    closes = desk.hours.closes_at(now)
    if closes:
        return turn.text("promise-open", time=f"{closes:%H:%M}")
    opens = desk.hours.next_opening(now)
    if opens is None:
        return turn.text("promise-unknown")
    days = (opens.date() - now.date()).days
    when = ("today", "tomorrow")[days] if days < 2 else DAYS[opens.weekday()].lower()
    return turn.text("promise-closed", when=when, day=f"{opens:%d.%m}", time=f"{opens:%H:%M}")


def _show_no_desk(turn: Turn) -> Message:
    wait = (turn.button("wait", "to:"),)
    rows = (wait, ways_on(turn, "places", "results"), ways_on(turn, "back", "menu"))
    settlement = places.settlement_of(turn)
    if settlement is None:
        ask = (turn.button("say-place", "ask-place"),)
        return Message(text=turn.text("librarian-no-desk-place"), rows=(ask, *rows))
    libraries = turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    parts = [turn.text("librarian-no-desk")]
    if libraries:
        parts.append(places.library_text(turn, libraries[0]))
    regional = turn.knowledge.directory.regional_library(settlement.province)
    if regional and (not libraries or libraries[0].library.id != regional.id):
        head = turn.text("library-regional", name=regional.name, city=regional.city)
        parts.append(f"{head}\n{places.contacts(turn, regional)}")
    parts.append(places.bureau_text(turn, turn.knowledge.directory.competent_bureau(settlement)))
    # To be shown at a desk: in Bulgarian, whatever the talk is in.
    bulgarian = turn.change(language="bg")
    shown = "\n".join(_lines(bulgarian, card_of(bulgarian)))
    parts.append(f"{turn.text('card-to-show')}\n{shown}")
    parts.append(turn.text("librarian-wait-offer"))
    return Message(text="\n\n".join(parts), rows=rows)


def choose(turn: Turn, library: str) -> Turn:
    """Begin a question to this library, or to the first desk that joins."""
    if cases.is_open(turn.conversation.case):
        return _already_open(turn)
    if library and _desk(turn, library) is None:
        return turn.say(turn.text("desk-gone")).go("librarian")
    return turn.change(draft=Draft(library=library or None)).go("case_question")


# -- what is passed on -------------------------------------------------------------------------


def _already_open(turn: Turn) -> Turn:
    """One question at a time: more words go to the one that is open."""
    return turn.say(turn.text("case-open-already")).go("case_chat")


def _show_question(turn: Turn) -> Message:
    return Message(
        text=turn.text("case-question"),
        rows=(
            (turn.button("no-question", "case-card"),),
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def _hear_question(turn: Turn, text: str) -> Turn | None:
    if folded(text) in load_lexicon(turn.language).commands:
        return None
    draft = turn.conversation.draft.model_copy(update={"question": text.strip()[:LONGEST]})
    if len(text.strip()) > LONGEST:
        turn = turn.say(turn.text("question-cut", most=LONGEST))
    return turn.change(draft=draft).go("case_card")


def show_card(turn: Turn, _argument: str) -> Turn:
    """Go on to the card without a question of one's own."""
    if turn.screen.name != "case_question":
        return turn.say(turn.text("old-button"))
    draft = turn.conversation.draft.model_copy(update={"question": ""})
    return turn.change(draft=draft).go("case_card")


def _passable(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that could stand on the card."""
    answers = turn.profile.answers
    return tuple(
        fact
        for fact in turn.knowledge.facts
        if isinstance(answers.get(fact.id), Known) and fact.id != "audience"
    )


def _passed(turn: Turn, fact: Fact) -> bool:
    """Whether a line is passed on: what is sensitive only when it was ticked.

    What counts only by an answer that is left out is left out with it: it would give it away.
    """
    turned = fact.id in turn.conversation.draft.turned
    wanted = turned if fact.sensitivity == "special" else not turned
    return wanted and _grounded(turn, fact)


def _grounded(turn: Turn, fact: Fact) -> bool:
    """Whether what this fact counts by is passed on, or was never told."""
    if fact.given is None:
        return True
    ground = turn.knowledge.facts[fact.given.fact]
    return _passed(turn, ground) if ground in _passable(turn) else _grounded(turn, ground)


def _kept_in(turn: Turn, line: str) -> bool:
    return line not in turn.conversation.draft.turned


def card_of(turn: Turn) -> Card:
    """Return the card as it would be passed on now, in the language of this turn."""
    answers = turn.conversation.answers
    passed = tuple(fact for fact in _passable(turn) if _passed(turn, fact))
    settlement = places.settlement_of(turn)
    shown = settlement is not None and any(fact.kind == "place" for fact in passed)
    # What was left out must not show through anything: judge by what is passed on alone.
    relative = turn.conversation.relative and _kept_in(turn, RELATIVE)
    seen = turn.change(
        answers={fact.id: answers[fact.id] for fact in passed}
        | ({"audience": "relative"} if relative else {})
    )
    return Card(
        question=turn.conversation.draft.question,
        place=places.full_name(turn, settlement) if settlement and shown else "",
        facts=tuple(_fact_line(seen, fact) for fact in passed if fact.kind != "place"),
        unknown=_unknown(turn) if _kept_in(turn, UNKNOWN) else (),
        measures=_measure_lines(seen) if _kept_in(turn, FITTING) else (),
        deadline=deadlines.card(seen),
        relative=relative,
    )


def _fact_line(turn: Turn, fact: Fact) -> CardLine:
    value = words_of(turn, fact, turn.profile.answers[fact.id])
    return CardLine(about=fact.id, label=turn.words(fact.label), value=value)


def _unknown(turn: Turn) -> tuple[str, ...]:
    return tuple(
        turn.words(fact.label)
        for fact in turn.knowledge.facts
        if turn.profile.closed(fact.id) and fact.sensitivity != "special" and _grounded(turn, fact)
    )


def _measure_lines(turn: Turn) -> tuple[CardLine, ...]:
    return tuple(
        CardLine(
            about=v.measure.id,
            label=turn.words(v.measure.title),
            value=reason(v, turn.knowledge.facts, turn.knowledge.phrases, turn.language),
        )
        for v in turn.verdicts()
        if v.word in ("yes", "likely")
    )


def _lines(turn: Turn, card: Card) -> list[str]:
    lines = [turn.text("card-for-relative")] if card.relative else []
    if card.place:
        lines.append(f"{turn.text('card-place')}: {card.place}")
    lines += [f"{line.label}: {line.value}" for line in card.facts]
    if card.unknown:
        lines.append(f"{turn.text('card-unknown')}: {', '.join(card.unknown)}")
    if card.measures:
        titles = "; ".join(line.label for line in card.measures)
        lines.append(f"{turn.text('card-fitting')}: {titles}")
    if card.deadline:
        lines.append(turn.text("card-deadline"))
    return [f"• {line}" for line in lines] or [turn.text("card-empty")]


def _show_card(turn: Turn) -> Message:
    draft = turn.conversation.draft
    desk = _desk(turn, draft.library)
    to = turn.text("place-of", name=desk.library.name, city=desk.library.city) if desk else ""
    parts = [turn.text("case-card", to=to, known="yes" if desk else "no")]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    if draft.question:
        parts.append(f"{turn.text('card-question')}: {draft.question}")
    parts.append("\n".join(_lines(turn, card_of(turn))))
    parts.append(turn.text("case-card-foot"))
    toggles = tuple(
        (Button(label=f"{'☑' if kept else '☐'} {label}"[:60], action=f"turn:{name}"),)
        for name, label, kept in _turnable(turn)
    )
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("pass-on", "pass-on"),),
            *toggles,
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def _turnable(turn: Turn) -> Iterator[tuple[str, str, bool]]:
    """Yield the lines that can be left out: name, label, whether it is passed on now."""
    if turn.conversation.relative:
        yield RELATIVE, turn.text("card-for-relative"), _kept_in(turn, RELATIVE)
    for fact in _passable(turn):
        yield fact.id, turn.words(fact.label), _passed(turn, fact)
    whole = _with_lines_kept(turn)
    for name, lines in ((UNKNOWN, whole.unknown), (FITTING, whole.measures)):
        if lines:
            label = "card-unknown" if name == UNKNOWN else "card-fitting"
            yield name, turn.text(label), _kept_in(turn, name)


def _with_lines_kept(turn: Turn) -> Card:
    """Return the card with the lines that sum up, so that a left out one can be put in again."""
    turned = tuple(t for t in turn.conversation.draft.turned if t not in (UNKNOWN, FITTING))
    draft = turn.conversation.draft.model_copy(update={"turned": turned})
    return card_of(turn.change(draft=draft))


def toggle(turn: Turn, line: str) -> Turn:
    """Take a line of the card out, or put it in with what it counts by."""
    known = (RELATIVE, UNKNOWN, FITTING)
    if turn.screen.name != "case_card" or (line not in turn.knowledge.facts and line not in known):
        return turn.say(turn.text("old-button"))
    if line in known:
        return _turned(turn, line)
    fact = turn.knowledge.facts[line]
    if _passed(turn, fact):
        return _turned(turn, line)
    grounds = turn.knowledge.facts.with_grounds((line,))
    for ground in (turn.knowledge.facts[name] for name in grounds):
        if ground in _passable(turn) and not _passed(turn, ground):
            turned = ground.id in turn.conversation.draft.turned
            if turned is not (ground.sensitivity == "special"):
                turn = _turned(turn, ground.id)
    return turn


def _turned(turn: Turn, line: str) -> Turn:
    turned = tuple(sorted(set(turn.conversation.draft.turned) ^ {line}))
    return turn.change(draft=turn.conversation.draft.model_copy(update={"turned": turned}))


def pass_on(turn: Turn, _argument: str) -> Turn:
    """Hand the question over, as the card shows it; a case that is open already stays the one."""
    if cases.is_open(turn.conversation.case):
        return _already_open(turn)
    if turn.screen.name != "case_card":
        return turn.say(turn.text("old-button"))
    # The librarian reads Bulgarian.
    draft, card = turn.conversation.draft, card_of(turn.change(language="bg"))
    desk = _desk(turn, draft.library)
    if draft.library and desk is None:
        # The card named another: nothing goes to a library that it did not name.
        return turn.say(turn.text("desk-gone")).go("librarian")
    if desk is None and turn.context.trial and turn.context.desks:
        desk = turn.context.desks[0]
    opened = Case(
        number=turn.context.number,
        library=desk.id if desk else None,
        state="waiting",
        card=card,
        opened_at=turn.context.now,
    )
    kept = tuple(s for s in turn.conversation.screens if s.name not in _HANDING)
    turn = turn.change(case=opened, draft=Draft(), screens=kept or turn.conversation.screens[:1])
    turn = turn.effect(CaseChanged()).effect(Count(metric="case_opened"))
    if draft.question:
        turn = turn.effect(CaseSaid(by="person", text=draft.question))
    return turn.go("case_chat")


# -- the talk ----------------------------------------------------------------------------------


def _show_chat(turn: Turn) -> Message:
    case = turn.conversation.case
    if not cases.is_open(case) or case is None:
        rows = ((turn.button("to-bot", "to-bot"),), ways_on(turn, "librarian", "menu"))
        return Message(text=turn.text("case-none"), rows=rows)
    desk = _desk(turn, case.library)
    if case.claimed_name:
        head = turn.text("case-claimed", name=case.claimed_name)
    elif desk:
        to = turn.text("place-of", name=desk.library.name, city=desk.library.city)
        head = f"{turn.text('case-waiting', to=to, number=case.number)}\n{promise(turn, desk)}"
    else:
        head = turn.text("case-waiting-any", number=case.number)
    parts = [head, turn.text("case-write-here")]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("to-bot", "to-bot"), turn.button("end-case", "end-case")),
            ways_on(turn, "menu"),
        ),
    )


def _hear_chat(turn: Turn, text: str) -> Turn | None:
    command = load_lexicon(turn.language).commands.get(folded(text))
    if command == "bot":
        return to_bot(turn, "")
    if command in LEAVING or not cases.is_open(turn.conversation.case):
        return None
    return turn.effect(CaseSaid(by="person", text=text)).silent()


def to_bot(turn: Turn, _argument: str) -> Turn:
    """Go back to where the talk with the bot was; the case stays open."""
    kept = tuple(s for s in turn.conversation.screens if s.name != "case_chat")
    return turn.change(screens=kept or turn.conversation.screens[:1])


def end(turn: Turn, _argument: str) -> Turn:
    """Close the case, as the person wishes."""
    case = turn.conversation.case
    if case is None or not cases.is_open(case):
        return to_bot(turn.say(turn.text("case-over")), "")
    turn = turn.change(case=cases.closed(case, turn.context.now))
    turn = turn.effect(CaseSaid(by="event", text="closed_by_person")).effect(CaseChanged())
    return to_bot(turn.say(turn.text("case-ended-by-you")), "")


def desk_act(turn: Turn, act: DeskAct) -> Turn:
    """Do what a librarian did; what no longer fits the case changes nothing."""
    case = turn.conversation.case
    if case is None or case.number != act.case or not cases.is_open(case):
        return turn.silent()
    match act.act:
        case "assign":
            return _assigned(turn, case, act)
        case "note":
            return turn.effect(CaseSaid(by="note", who=act.name, text=act.text)).silent()
        case "close":
            return _closed(turn, case, act)
        case "claim":
            return _claimed(turn, case, act).silent()
        case _:
            return _replied(turn, case, act)


def _assigned(turn: Turn, case: Case, act: DeskAct) -> Turn:
    changed = cases.assigned(case, act.library)
    desk = _desk(turn, act.library)
    if changed == case or desk is None:
        return turn.silent()
    name = turn.text("place-of", name=desk.library.name, city=desk.library.city)
    turn = turn.change(case=changed).effect(CaseChanged())
    said = f"{turn.text('case-found-desk', name=name)}\n{promise(turn, desk)}"
    return turn.say(said).silent()


def _claimed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    changed = cases.claimed(case, act.librarian, act.name, turn.context.now)
    if changed == case:
        return turn
    turn = turn.change(case=changed).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=act.name, text="claimed"))
    return turn.say(turn.text("case-claimed", name=act.name))


def _replied(turn: Turn, case: Case, act: DeskAct) -> Turn:
    if not cases.may_answer(case, act.librarian):
        return turn.silent()
    turn = _claimed(turn, case, act)
    spoken = CaseSaid(by="librarian", who=act.name, text=act.text, delivered=True)
    here = turn.screen.name == "case_chat"
    ways = (turn.button("answer-librarian", "go:librarian"),), (turn.button("to-bot", "to-bot"),)
    rows = () if here else ways
    # The texts refuse long arguments: a whole answer is put behind its head.
    head = turn.text("librarian-says", name=act.name, text="").rstrip()
    reply = Message(
        text=f"{head} {act.text}",
        rows=rows,
        serial=turn.conversation.serial,
    )
    return turn.effect(spoken).add(reply).silent()


def _closed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    # Nobody's name: the trial is over, and with it what was asked there.
    if act.librarian and not cases.may_answer(case, act.librarian):
        return turn.silent()
    said = turn.text("case-closed", name=act.name) if act.name else turn.text("trial-over")
    turn = turn.change(case=cases.closed(case, turn.context.now)).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=act.name, text="closed"))
    turn = turn.effect(Count(metric="case_closed"))
    was_here = turn.screen.name == "case_chat"
    turn = to_bot(turn.say(said), "")
    return turn if was_here else turn.silent()


SCREENS = {
    "librarian": Screen(_show),
    "case_question": Screen(_show_question, _hear_question),
    "case_card": Screen(_show_card),
    "case_chat": Screen(_show_chat, _hear_chat),
}
_HANDING = {"librarian", "case_question", "case_card"}
ACTIONS = {
    "to": choose,
    "case-card": show_card,
    "turn": toggle,
    "pass-on": pass_on,
    "to-bot": to_bot,
    "end-case": end,
}
