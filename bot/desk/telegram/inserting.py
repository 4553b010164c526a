"""Answers, measures and places that a librarian looks up in a topic and sends with one press."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.answering import LONGEST_DATA
from bot.desk.telegram.pressing import Pressed, Word
from bot.store.interface import CaseFile
from dialogs.desk_texts.case_context import CaseContext
from dialogs.desk_texts.lookup import (
    MOST,
    Command,
    Found,
    found,
    lookup,
    nothing,
    numbered,
    whisper,
)
from dialogs.desk_texts.shelf import Kind

LETTERS: dict[str, Kind] = {"a": "answer", "m": "measure", "p": "place"}
"""The kinds as a button carries them."""
LONGEST_QUERY = 100
SHORTENED = "~"
"""Stands before the hash of an id that is too long for a button."""
SEND, LOOK = "send", "look"
"""What a button does: it sends, or shows the whole text first."""


class Inserting:
    """Looks up, and sends what was chosen; what misses something is shown and never sent."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def find(self, here: Here, case: CaseFile, command: Command, query: str) -> None:
        """Show what was found, with a button for each."""
        asked = " ".join(query.split())[:LONGEST_QUERY]
        context = await self._context(here, case)
        said = "" if asked else await self._last_words(case, context)
        results = await asyncio.to_thread(_results, command, asked, said, context)
        texts = self._acting.texts
        if not results:
            self._acting.say(here, nothing(command, asked, texts))
            return
        how = texts("desk-tg-insert-how", count=len(results), shown=_shown(results))
        text = f"{numbered(results, texts)}\n\n{how}"
        self._acting.say(here, text, [_buttons(case.number, results)])

    async def look(self, press: Pressed, case: CaseFile) -> Word:
        """Show the whole of a chosen text, with a button that sends it."""
        wanted = await self._wanted(press, case)
        if isinstance(wanted, Word):
            return wanted
        if wanted.chosen.gaps:
            return self._show_gaps(press, wanted.chosen)
        texts = self._acting.texts
        data = data_of(case.number, wanted.letter, wanted.chosen.id, of=press.at.message_id)
        back = (texts("desk-tg-insert-back"), f"desk:back:{case.number}")
        shown = f"{texts('desk-tg-insert-whole')}\n\n{wanted.chosen.text}"
        self._acting.say(press.here, shown, [[(texts("desk-tg-insert-send"), data), back]])
        return self._word("desk-tg-look-below", alert=False)

    async def back(self, press: Pressed) -> Word:
        """Take a text away that was shown whole; the list it is from still stands."""
        self._acting.answers.take_away(press.here.chat, press.at.message_id)
        return self._word("desk-tg-insert-not-sent", alert=False)

    async def send(self, press: Pressed, case: CaseFile) -> Word:
        """Send the chosen text to the person, once for each list that it was chosen from."""
        wanted = await self._wanted(press, case)
        if isinstance(wanted, Word):
            return wanted
        if wanted.chosen.gaps:
            return self._show_gaps(press, wanted.chosen)
        why = await self._acting.attempt(
            press.here, case, "reply", text=wanted.chosen.text, ref=wanted.ref
        )
        if why:
            return Word(why, alert=True)
        if wanted.of != press.at.message_id:
            # The mirror shows what was sent.
            self._acting.answers.take_away(press.here.chat, press.at.message_id)
        return self._word("desk-tg-insert-sent", alert=False)

    async def _wanted(self, press: Pressed, case: CaseFile) -> "_Wanted | Word":
        """Return what a button means now, or why nothing can be sent by it."""
        head, _, about = press.choice.partition(":")
        letter, _, list_number = head.partition("@")
        if letter not in LETTERS or not about or not (list_number or "0").isdecimal():
            return self._word("desk-tg-old-button")
        here, of = press.here, int(list_number or press.at.message_id)
        # Not as a message of the topic is called: the mirror shows there what was sent.
        ref = f"tg-press:{here.chat}:{of}:{letter}:{about}"
        if await self._acting.groups.entry(ref) is not None:
            return self._word("desk-tg-insert-sent-already")
        why = await self._acting.in_the_way(here, case)
        if why:
            return Word(why, alert=True)
        context = await self._context(here, case)
        chosen = await asyncio.to_thread(_chosen, LETTERS[letter], about, context)
        if chosen is None:
            return self._word("desk-tg-insert-over")
        return _Wanted(chosen, letter, ref, of)

    def _show_gaps(self, press: Pressed, chosen: Found) -> Word:
        what = ", ".join(chosen.gaps)
        told = self._acting.texts("desk-tg-insert-gaps", what=what)
        self._acting.say(press.here, f"{told}\n\n{chosen.text}")
        return Word(self._acting.texts("desk-tg-insert-gaps-short"), alert=True)

    async def _context(self, here: Here, case: CaseFile) -> CaseContext:
        me = await self._acting.who(here)
        return await self._acting.service.writing.case_context(me, case)

    async def _last_words(self, case: CaseFile, context: CaseContext) -> str:
        """Return what the person said last: what they asked, where they said nothing since."""
        entries = await self._acting.service.desk.entries(case.number)
        spoken = (entry.text for entry in reversed(entries) if entry.kind == "person")
        return next(spoken, context.card.question)

    def _word(self, name: str, *, alert: bool = True) -> Word:
        return Word(self._acting.texts(name), alert)


def _results(command: Command, query: str, said: str, context: CaseContext) -> tuple[Found, ...]:
    """Return what is looked for; without a query what fits the words, then what is nearest."""
    if query:
        return lookup(command, query, context)
    fits = [one for one in whisper(said, context) if one.kind == command]
    near = lookup(command, "", context)
    return tuple({one.id: one for one in (*fits, *near)}.values())[:MOST]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a button would send."""

    chosen: Found
    letter: str
    ref: str
    """What the history calls it: one for the same text from the same list."""
    of: int
    """The message with the list."""


def _shown(results: Sequence[Found]) -> str:
    """Return whether a list shows all of its texts whole, some of them, or none."""
    short = [one.is_short for one in results]
    return "all" if all(short) else "some" if any(short) else "none"


def _buttons(number: int, results: Sequence[Found]) -> list[tuple[str, str]]:
    """Return a button for each: one that was shown whole is sent at once."""
    letters = {kind: letter for letter, kind in LETTERS.items()}
    return [
        (
            str(place),
            data_of(number, letters[one.kind], one.id, act=SEND if one.is_short else LOOK),
        )
        for place, one in enumerate(results, start=1)
    ]


def data_of(number: int, letter: str, about: str, *, act: str = SEND, of: int = 0) -> str:
    """Return what a button carries; a long id goes as its hash, found again among all.

    `of` is the list that a text shown whole was chosen from.
    """
    head = f"desk:{act}:{number}:{letter}{f'@{of}' if of else ''}"
    whole = f"{head}:{about}"
    return whole if len(whole.encode()) <= LONGEST_DATA else f"{head}:{_short(about)}"


def _short(about: str) -> str:
    return f"{SHORTENED}{hashlib.sha256(about.encode()).hexdigest()[:16]}"


def _chosen(kind: Kind, about: str, context: CaseContext) -> Found | None:
    """Return what a button would send now; None where it is offered no more."""
    if about.startswith(SHORTENED):
        ids = (entry.id for entry in context.shelf.index.entries if entry.kind == kind)
        about = next((name for name in ids if _short(name) == about), "")
    return found(kind, about, context)
