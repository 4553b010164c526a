"""Answers, measures and places that a librarian looks up in a topic and sends with one press."""

import asyncio
import hashlib
from collections.abc import Sequence

from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.answering import LONGEST_DATA
from bot.desk.telegram.pressing import Pressed, Word
from bot.store.interface import CaseFile
from dialogs.desk_texts.case_context import CaseContext
from dialogs.desk_texts.lookup import MOST, Command, Found, found, lookup, numbered, whisper
from dialogs.desk_texts.shelf import Kind

LETTERS: dict[str, Kind] = {"a": "answer", "m": "measure", "p": "place"}
"""The kinds as a button carries them."""
LONGEST_QUERY = 100
SHORTENED = "~"
"""Stands before the hash of an id that is too long for a button."""


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
        text = numbered(results, self._acting.texts)
        if not results:
            self._acting.say(here, text)
            return
        how = self._acting.texts("desk-tg-insert-how", count=len(results))
        self._acting.say(here, f"{text}\n\n{how}", [_buttons(case.number, results)])

    async def send(self, press: Pressed, case: CaseFile) -> Word:
        """Send the chosen text to the person, once for each button."""
        letter, _, about = press.choice.partition(":")
        if letter not in LETTERS or not about:
            return self._word("desk-tg-old-button")
        here = press.here
        # Not as a message of the topic is called: the mirror shows there what was sent.
        ref = f"tg-press:{here.chat}:{press.at.message_id}:{press.choice}"
        if await self._acting.groups.entry(ref) is not None:
            return self._word("desk-tg-insert-sent-already")
        why = await self._acting.in_the_way(here, case)
        if why:
            return Word(why, alert=True)
        context = await self._context(here, case)
        chosen = await asyncio.to_thread(_chosen, LETTERS[letter], about, context)
        if chosen is None:
            return self._word("desk-tg-insert-over")
        if chosen.gaps:
            return self._show_gaps(press, chosen)
        why = await self._acting.attempt(here, case, "reply", text=chosen.text, ref=ref)
        return Word(why, alert=True) if why else self._word("desk-tg-insert-sent", alert=False)

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


def _buttons(number: int, results: Sequence[Found]) -> list[tuple[str, str]]:
    letters = {kind: letter for letter, kind in LETTERS.items()}
    return [
        (str(place), data_of(number, letters[one.kind], one.id))
        for place, one in enumerate(results, start=1)
    ]


def data_of(number: int, letter: str, about: str) -> str:
    """Return what a button carries; a long id goes as its hash, found again among all."""
    whole = f"desk:send:{number}:{letter}:{about}"
    if len(whole.encode()) <= LONGEST_DATA:
        return whole
    return f"desk:send:{number}:{letter}:{_short(about)}"


def _short(about: str) -> str:
    return f"{SHORTENED}{hashlib.sha256(about.encode()).hexdigest()[:16]}"


def _chosen(kind: Kind, about: str, context: CaseContext) -> Found | None:
    """Return what a button would send now; None where it is offered no more."""
    if about.startswith(SHORTENED):
        ids = (entry.id for entry in context.shelf.index.entries if entry.kind == kind)
        about = next((name for name in ids if _short(name) == about), "")
    return found(kind, about, context)
