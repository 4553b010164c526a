"""„Говорете с библиотекар“: whom, what is passed on, the talk with them, and the way back."""

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
from knowledge.explaining import reason
from knowledge.facts import Fact, Known, Profile
from knowledge.gazetteer import distance_km

CHOICES = 5
"""Desks offered at once."""
LONGEST = 3000
"""Characters of a question; the card must fit one message."""
LEAVING = ("bot", "delete", "menu", "help", "stop")
"""Words that are meant for the bot even while a librarian listens."""


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
    if desk.hours.is_open(turn.context.now):
        closes = desk.hours.closes_at(turn.context.now)
        return turn.text("promise-open", time=f"{closes:%H:%M}" if closes else "")
    opens = desk.hours.next_opening(turn.context.now)
    if opens is None:
        return turn.text("promise-unknown")
    return turn.text("promise-closed", day=f"{opens:%d.%m}", time=f"{opens:%H:%M}")


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
    shown = "\n".join(_lines(turn, card_of(turn)))
    parts.append(f"{turn.text('card-to-show')}\n{shown}")
    parts.append(turn.text("librarian-wait-offer"))
    return Message(text="\n\n".join(parts), rows=rows)


def choose(turn: Turn, library: str) -> Turn:
    """Begin a question to this library, or to the first desk that joins."""
    if cases.is_open(turn.conversation.case):
        return turn.go("case_chat")
    if library and _desk(turn, library) is None:
        return turn.say(turn.text("desk-gone")).go("librarian")
    return turn.change(draft=Draft(library=library or None)).go("case_question")


# -- what is passed on -------------------------------------------------------------------------


def _show_question(turn: Turn) -> Message:
    return Message(
        text=turn.text("case-question"),
        rows=(
            (turn.button("no-question", "case-card"),),
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def _hear_question(turn: Turn, text: str) -> Turn:
    draft = turn.conversation.draft.model_copy(update={"question": text.strip()[:LONGEST]})
    if len(text.strip()) > LONGEST:
        turn = turn.say(turn.text("question-cut", most=LONGEST))
    return turn.change(draft=draft).go("case_card")


def show_card(turn: Turn, _argument: str) -> Turn:
    """Go on to the card without a question of one's own."""
    return turn.go("case_card")


def _passable(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that could stand on the card."""
    answers = turn.profile.answers
    return tuple(
        fact
        for fact in turn.knowledge.facts
        if isinstance(answers.get(fact.id), Known) and fact.id != "audience"
    )


def _passed(turn: Turn, fact: Fact) -> bool:
    """Whether a line is passed on: what is sensitive only when it was ticked."""
    turned = fact.id in turn.conversation.draft.turned
    return turned if fact.sensitivity == "special" else not turned


def card_of(turn: Turn) -> Card:
    """Return the card as it would be passed on now, in Bulgarian, for the librarian."""
    bulgarian = turn.change(language="bg")
    passed = tuple(fact for fact in _passable(turn) if _passed(turn, fact))
    settlement = places.settlement_of(turn)
    shown = settlement is not None and any(fact.kind == "place" for fact in passed)
    # What was left out must not show through the reasons: judge by what is passed on alone.
    profile = Profile({f.id: turn.profile.answers[f.id] for f in passed})
    return Card(
        question=turn.conversation.draft.question,
        place=places.full_name(bulgarian, settlement) if settlement and shown else "",
        facts=tuple(_fact_line(bulgarian, fact) for fact in passed if fact.kind != "place"),
        unknown=_unknown(bulgarian),
        measures=_measure_lines(bulgarian, profile),
        deadline=_deadline(bulgarian, profile),
        relative=turn.conversation.relative,
    )


def _fact_line(turn: Turn, fact: Fact) -> CardLine:
    value = words_of(turn, fact, turn.profile.answers[fact.id])
    return CardLine(about=fact.id, label=turn.words(fact.label), value=value)


def _unknown(turn: Turn) -> tuple[str, ...]:
    return tuple(
        turn.words(fact.label)
        for fact in turn.knowledge.facts
        if turn.profile.closed(fact.id) and fact.sensitivity != "special"
    )


def _measure_lines(turn: Turn, profile: Profile) -> tuple[CardLine, ...]:
    verdicts = turn.knowledge.screen(profile, turn.context.today)
    return tuple(
        CardLine(
            about=v.measure.id,
            label=turn.words(v.measure.title),
            value=reason(v, turn.knowledge.facts, turn.knowledge.phrases, turn.language),
        )
        for v in verdicts
        if v.word in ("yes", "likely") and "jobseeker" in v.measure.audience
    )


def _deadline(turn: Turn, profile: Profile) -> str:
    return deadlines.card(turn) if "job_ended_on" in profile.answers else ""


def _lines(turn: Turn, card: Card) -> list[str]:
    lines = [f"• {line.label}: {line.value}" for line in card.facts]
    if card.place:
        lines.insert(0, f"• {turn.text('card-place')}: {card.place}")
    if card.unknown:
        lines.append(f"• {turn.text('card-unknown')}: {', '.join(card.unknown)}")
    if card.measures:
        titles = "; ".join(line.label for line in card.measures)
        lines.append(f"• {turn.text('card-fitting')}: {titles}")
    return lines or [turn.text("card-empty")]


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
        (
            Button(
                label=f"{'☑' if _passed(turn, fact) else '☐'} {turn.words(fact.label)}"[:60],
                action=f"turn:{fact.id}",
            ),
        )
        for fact in _passable(turn)
    )
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("pass-on", "pass-on"),),
            *toggles,
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def toggle(turn: Turn, fact: str) -> Turn:
    """Take a line of the card out, or put it in."""
    if turn.screen.name != "case_card" or fact not in turn.knowledge.facts:
        return turn.say(turn.text("old-button"))
    turned = set(turn.conversation.draft.turned) ^ {fact}
    return turn.change(
        draft=turn.conversation.draft.model_copy(update={"turned": tuple(sorted(turned))})
    )


def pass_on(turn: Turn, _argument: str) -> Turn:
    """Hand the question over, as the card shows it; a case that is open already stays the one."""
    if cases.is_open(turn.conversation.case):
        return turn.go("case_chat")
    if turn.screen.name != "case_card":
        return turn.say(turn.text("old-button"))
    draft, card = turn.conversation.draft, card_of(turn)
    desk = _desk(turn, draft.library)
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
    return turn.say(turn.text("case-found-desk", name=name)).silent()


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
    rows = () if here else ((turn.button("answer-librarian", "go:librarian"),),)
    reply = Message(
        text=turn.text("librarian-says", name=act.name, text=act.text),
        rows=rows,
        serial=turn.conversation.serial,
    )
    return turn.effect(spoken).add(reply).silent()


def _closed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    turn = turn.change(case=cases.closed(case, turn.context.now)).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=act.name, text="closed"))
    turn = turn.effect(Count(metric="case_closed"))
    was_here = turn.screen.name == "case_chat"
    turn = to_bot(turn.say(turn.text("case-closed", name=act.name)), "")
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
