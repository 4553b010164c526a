"""The whole card as it goes to a desk, and how it grows while its case is open."""

from collections.abc import Iterable

from dialogs import case as cases
from dialogs.flows import card_situation, corrected, hours, places
from dialogs.flows.card import FITTING, PassedOn, card_of, kept_in, what_is_passed_on
from dialogs.flows.next_steps import key_of
from dialogs.model import Card, CardBureau, CardMeasure, CardPaper, CaseChanged, Conversation, Draft
from dialogs.turn import Context, Turn
from knowledge.measures import Measure
from knowledge.texts import Text

ASKING = 3
"""So many of the first fitting measures say which papers to bring."""


def for_the_desk(turn: Turn) -> Card:
    """Return the card as a librarian gets it: in Bulgarian, whatever the talk is in."""
    bulgarian = turn.change(language="bg")
    card, passed = card_of(bulgarian), what_is_passed_on(bulgarian)
    more = {
        "situation": card_situation.lines(passed),
        "papers": _papers(passed, card.measures) if kept_in(turn, FITTING) else (),
        "bureau": _bureau(passed.seen),
        "speaks": turn.language,
    }
    return card.model_copy(update=more)


# -- papers ------------------------------------------------------------------------------------


def _papers(passed: PassedOn, lines: Iterable[CardMeasure]) -> tuple[CardPaper, ...]:
    """Return what to bring, each once although several measures ask for it."""
    seen = passed.seen
    found: dict[str, CardPaper] = {}
    for measure in _asking(passed, lines):
        title = seen.words(measure.title)
        for document in _documents(passed, measure):
            key, text = key_of(document.bg), seen.words(document)
            before = found.get(key, CardPaper(text=text))
            # The shorter words are the surer ones: „ако има такова“ is for those who may not.
            surer = min(before.text, text, key=len)
            found[key] = CardPaper(text=surer, measures=(*before.measures, title))
    return tuple(found.values())


def _asking(passed: PassedOn, lines: Iterable[CardMeasure]) -> tuple[Measure, ...]:
    """Return the first measures that fit and ask for a paper."""
    fit = [line.about for line in lines if line.verdict not in ("near", "unknown")]
    measures = [passed.seen.knowledge.measures[name] for name in fit]
    return tuple(measure for measure in measures if _documents(passed, measure))[:ASKING]


def _documents(passed: PassedOn, measure: Measure) -> tuple[Text, ...]:
    """Return what the one who asks is to bring: a firm other papers than a job seeker."""
    if not passed.employer:
        return measure.documents
    return measure.for_employer.documents if measure.for_employer else ()


# -- the bureau --------------------------------------------------------------------------------


def _bureau(seen: Turn) -> CardBureau | None:
    """Return the bureau of the address with what is sourced about it; None without a place."""
    settlement = places.settlement_of(seen)
    if settlement is None:
        return None
    competent = seen.knowledge.directory.competent_bureau(settlement)
    bureau = competent.bureau
    if bureau is None:
        return CardBureau(status="unknown", others=tuple(b.name for b in competent.in_province))
    known = bureau.hours if bureau.shows("opening_hours") else None
    noted = bureau.opening_hours_note if bureau.shows("opening_hours_note") else None
    week = hours.in_words(seen, known) if known else noted or ""

    def told(column: str, value: str | None) -> str:
        return corrected.line(seen, bureau, column, value) if value and bureau.shows(column) else ""

    address, phone = told("address_1", bureau.address_1), told("phone", bureau.phone)
    shown = bureau.showable and any((address, phone, week))
    return CardBureau(
        status=competent.status,
        name=bureau.name,
        address=address,
        phone=phone,
        hours=told("opening_hours" if known else "opening_hours_note", week),
        opens=str(known) if known else "",
        source=places.source(seen, bureau, bureau.contact_source) if shown else "",
        competence=places.source(seen, competent.service) if competent.service else "",
    )


# -- while the case is open --------------------------------------------------------------------


def renewed(conversation: Conversation, context: Context) -> Card | None:
    """Return the card with what was answered since, under the agreement it was passed on with.

    What was left out stays out, and what is sensitive stays out unless it was ticked. None where
    no case is open, or where nobody agreed that more is passed on.
    """
    case = conversation.case
    if case is None or not cases.is_open(case):
        return None
    return as_agreed(conversation, context)


def as_agreed(conversation: Conversation, context: Context) -> Card | None:
    """Return the card of the latest case, open or not, as its person agreed; else None."""
    case = conversation.case
    if case is None or case.turned is None:
        return None
    agreed = Draft(question=case.card.question, turned=case.turned)
    return for_the_desk(Turn(conversation.model_copy(update={"draft": agreed}), context))


def keep_up(before: Conversation, turn: Turn) -> Turn:
    """Return the turn with its open case's card as new answers make it."""
    case, was = turn.conversation.case, before.case
    if case is None or was is None or case.number != was.number or case.turned is None:
        return turn
    if _of_another(before, turn.conversation):
        # The answers speak of somebody else from now on: the card stays as it is.
        return turn.change(case=case.model_copy(update={"turned": None}))
    after = turn.conversation
    if (before.answers, before.language) == (after.answers, after.language):
        return turn
    card = renewed(turn.conversation, turn.context)
    if card is None or card == case.card:
        return turn
    return turn.change(case=case.model_copy(update={"card": card})).effect(CaseChanged())


def _of_another(before: Conversation, after: Conversation) -> bool:
    """Whether the answers are no longer of the one for whom it was asked, or were forgotten."""
    was = before.answers.get("audience")
    return was is not None and after.answers.get("audience") != was
