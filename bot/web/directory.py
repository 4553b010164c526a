"""The directory at the desk: what people are shown; corrections proposed, decided, made at once."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from bot.clock import moment
from bot.desk.corrections import Outcome, may_administer
from bot.desk.roster import TRIAL, TRIAL_LIBRARY
from bot.service import Service
from bot.store.interface import DeskSession, Librarian
from bot.store.sqlite_corrections import KeptCorrection
from bot.web.desk import KEY, WebDesk
from bot.web.forms import form_of, is_blank
from bot.web.guard import Measure
from dialogs.corrections import fault_words, from_form, label, name_of, value_said, who_says
from dialogs.turn import Context
from dialogs.typed_hours import typed_hours
from knowledge.corrections import (
    CHOICES,
    CONTACTS,
    FIELDS,
    IN_TWO_LANGUAGES,
    KINDS,
    LONGEST_NOTE,
    LONGEST_VALUE,
    NEEDED,
    OLDEST,
    REMARK,
    Correction,
    Fault,
    Kind,
    entry,
    shown,
)
from knowledge.directory_search import search
from knowledge.field_sources import LONGEST
from knowledge.measure_sheets import LISTS
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Place

MOST_FOUND = 30
LONG = frozenset((*LISTS, "summary", "gives", "services", "opening_hours_note", REMARK))
"""What is written in several lines."""


class DirectoryDesk(WebDesk):
    """Pages of the same desk: whoever is signed in there reads, proposes, and perhaps decides."""

    base = "/desk/directory"

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._desk_of_corrections = service.corrections
        self._pace = Measure(per_minute=30, burst=30)

    def routes(self) -> list[web.RouteDef]:
        """Return what the directory and the corrections answer to."""
        row = f"{self.base}/{{kind:{'|'.join(KINDS)}}}/{{row:[a-z0-9-]{{1,80}}}}"
        one = "/desk/corrections/{number:[0-9]{1,15}}"
        return [
            web.get(self.base, self.search_page),
            web.get(row, self.entry_page),
            web.get(f"{row}/{{field:[a-z_0-9]{{1,40}}}}", self.form_page),
            web.post(f"{row}/{{field:[a-z_0-9]{{1,40}}}}", self.save),
            web.get("/desk/corrections", self.corrections_page),
            web.get(one, self.correction_page),
            web.post(f"{one}/{{act:accept|decline}}", self.decide),
        ]

    # -- reading -------------------------------------------------------------------------------

    async def search_page(self, request: web.Request) -> web.StreamResponse:
        """Find places and measures by name, town or id."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        query = " ".join(request.query.get("q", "").split())[:100]
        hits = search(self._service.knowledge, query)
        own = self._library_of(session.librarian)
        page = {
            "query": query,
            "hits": hits[:MOST_FOUND],
            "more": len(hits) - MOST_FOUND,
            "own": own and name_of(self._service.knowledge, "libraries", own),
            "own_id": own,
        }
        return self._render("directory.html", request, self._around(session) | page)

    async def entry_page(self, request: web.Request) -> web.StreamResponse:
        """Show one place or measure: each field, who says it, what can be done."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        kind, row = self._addressed(request)
        knowledge = self._service.knowledge
        found = entry(knowledge, kind, row)
        if found is None:
            return self._missing(request, session)
        page = {
            "kind": kind,
            "row": row,
            "name": name_of(knowledge, kind, row),
            "fields": [self._field(kind, row, field) for field in FIELDS[kind]],
            "told": await self._told_hours(kind, row),
            "saved": "saved" in request.query,
        }
        return self._render("directory_entry.html", request, self._around(session) | page)

    def _field(self, kind: Kind, row: str, field: str) -> dict[str, Any]:
        """Return a field as it is shown, with its source and its day."""
        knowledge = self._service.knowledge
        now = shown(knowledge, kind, row, field)
        found = entry(knowledge, kind, row)
        if now is None or found is None:
            return {}
        hidden = isinstance(found, Place) and field in CONTACTS and not found.shows(field)
        return {
            "id": field,
            "label": label(self._texts, field),
            "value": self._words(field, now.value),
            "english": now.english,
            "said": who_says(self._texts, now.sources, now.checked_on) if now.value else "",
            "addresses": [s for s in now.sources if s.startswith("http")] if now.value else [],
            "by_itself": now.by_itself,
            "hidden": hidden and bool(now.value),
        }

    def _words(self, field: str, value: str) -> str:
        return words_of(self._service.context(), field, value)

    async def _told_hours(self, kind: Kind, row: str) -> str:
        """Return that the library told other hours for its desk; they do not change silently."""
        told = await self._desk_of_corrections.store.hours_of(row) if kind == "libraries" else None
        if told is None:
            return ""
        day = moment(told.set_at)
        hours = self._words("opening_hours", told.hours)
        return self._texts("directory-told-hours", day=f"{day:%d.%m.%Y}", hours=hours)

    # -- proposing and editing -----------------------------------------------------------------

    async def form_page(self, request: web.Request) -> web.StreamResponse:
        """Ask for the new value, who says it, and the day it was checked."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        return self._form(request, session)

    def _form(
        self,
        request: web.Request,
        session: DeskSession,
        form: Mapping[str, str] | None = None,
        outcome: Outcome | None = None,
    ) -> web.StreamResponse:
        kind, row = self._addressed(request)
        field = request.match_info["field"]
        now = shown(self._service.knowledge, kind, row, field)
        found = entry(self._service.knowledge, kind, row)
        if found is None or (now is None and field != REMARK):
            return self._missing(request, session)
        value, english = (now.value, now.english) if now else ("", "")
        # What is there is the start of what will be; a source is never taken over.
        typed = form or {
            "value": value_to_type(self._service.context(), field, value),
            "english": "",
            "checked_on": self._desk_of_corrections.today.isoformat(),
        }
        page = {
            "kind": kind,
            "row": row,
            "name": name_of(self._service.knowledge, kind, row),
            "now": self._field(kind, row, field),
            "english_now": english,
            "typed": {name: typed.get(name, "") for name in _TYPED},
            "faults": [fault_words(self._texts, fault) for fault in outcome.faults]
            if outcome
            else [],
            **self._inputs(field),
        }
        response = self._render("correction_form.html", request, self._around(session) | page)
        response.set_status(409 if outcome and outcome.faults else 200)
        return response

    def _inputs(self, field: str) -> dict[str, Any]:
        """Return how a field is asked for."""
        today = self._desk_of_corrections.today
        choices = CHOICES.get(field, ())
        hint = self._texts("correction-hint", field=field)
        return {
            "field": field,
            "label": label(self._texts, field),
            "remark": field == REMARK,
            "long": field in LONG,
            "choices": [(one, self._texts("correction-choice", choice=one)) for one in choices],
            "may_be_none": field not in NEEDED,
            "two": field in IN_TWO_LANGUAGES,
            "hint": hint.strip(),
            "today": today.isoformat(),
            "oldest": (today - OLDEST).isoformat(),
            "longest": LONGEST_VALUE,
            "longest_source": LONGEST,
            "longest_note": LONGEST_NOTE,
            "form_key": secrets.token_urlsafe(12),
        }

    async def save(self, request: web.Request) -> web.StreamResponse:
        """Keep what was proposed; what an administrator writes holds at once."""
        form = await form_of(request)
        session = await self.session(request)
        if session is None:
            return self._door(request, form.get("value", ""))
        kind, row = self._addressed(request)
        field = request.match_info["field"]
        key = form.get("key", "")
        if not self._is_own(form, session) or not KEY.fullmatch(key):
            return self._form(request, session, form, Outcome(faults=(("desk-repeat", {}),)))
        if not self._pace.allows(session.librarian.id):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        if _says_nothing(form):
            return self._form(request, session, form, Outcome(faults=(NOTHING,)))
        wanted = from_form(kind, row, field, form)
        edits = may_administer(session.librarian) and field != REMARK
        act = self._desk_of_corrections.edit if edits else self._desk_of_corrections.propose
        outcome = await act(session.librarian, wanted, key)
        if not outcome.done:
            return self._form(request, session, form, outcome)
        if edits:
            raise web.HTTPSeeOther(f"{self.base}/{kind}/{row}?saved#{field}")
        raise web.HTTPSeeOther("/desk/corrections?sent")

    # -- deciding ------------------------------------------------------------------------------

    async def corrections_page(self, request: web.Request) -> web.StreamResponse:
        """Show one's own proposals; to an administrator all that wait, and the latest decisions."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        me, store = session.librarian, self._desk_of_corrections.store
        decides = may_administer(me)
        page = {
            "sent": "sent" in request.query,
            "waiting": self._lines(await store.waiting(trial=me.trial)) if decides else [],
            "mine": [] if decides else self._lines(await store.of(me.id)),
            "decided": self._lines(await store.decided(trial=me.trial)) if decides else [],
        }
        return self._render("corrections.html", request, self._around(session) | page)

    def _lines(self, kept: Iterable[KeptCorrection]) -> list[dict[str, Any]]:
        return [self._line(one) for one in kept]

    def _line(self, kept: KeptCorrection) -> dict[str, Any]:
        """Return a correction as lists and pages show it, old and new side by side."""
        t, wanted = self._texts, kept.correction
        now = shown(self._service.knowledge, wanted.kind, wanted.row, wanted.field)
        said = (wanted.source,), wanted.checked_on or dt.date.min
        unfit = kept.state == "accepted" and not (
            wanted.is_remark or self._desk_of_corrections.holds(kept)
        )
        return {
            "kept": kept,
            "wanted": wanted,
            "name": name_of(self._service.knowledge, wanted.kind, wanted.row),
            "label": label(t, wanted.field),
            "before": self._words(wanted.field, kept.before),
            "value": self._words(wanted.field, wanted.value),
            "proposed": self._words(wanted.field, kept.proposed),
            "said": who_says(t, *said),
            "said_now": who_says(t, now.sources, now.checked_on) if now and now.value else "",
            "now": self._words(wanted.field, now.value) if now else "",
            "moved": now is not None and now.value != kept.before and kept.state == "waiting",
            "state": t("correction-state-unfit")
            if unfit
            else t("correction-state", state=kept.state),
        }

    async def correction_page(self, request: web.Request) -> web.StreamResponse:
        """Show one correction; an administrator can accept it, also changed, or decline it."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        return await self._correction(request, session)

    async def _correction(
        self,
        request: web.Request,
        session: DeskSession,
        form: Mapping[str, str] | None = None,
        outcome: Outcome | None = None,
    ) -> web.StreamResponse:
        kept = await self._theirs(request, session.librarian)
        if kept is None:
            return self._missing(request, session)
        wanted = kept.correction
        day = wanted.checked_on.isoformat() if wanted.checked_on else ""
        typed: Mapping[str, str] = form or {
            "value": value_to_type(self._service.context(), wanted.field, wanted.value),
            "english": wanted.english,
            "source": wanted.source,
            "checked_on": day,
            "none": "" if wanted.value else "yes",
        }
        page = {
            "line": self._line(kept),
            "typed": {name: typed.get(name, "") for name in _TYPED},
            "answer": typed.get("answer", ""),
            "faults": [fault_words(self._texts, fault) for fault in outcome.faults]
            if outcome
            else [],
            **self._inputs(wanted.field),
        }
        response = self._render("correction.html", request, self._around(session) | page)
        response.set_status(409 if outcome and outcome.faults else 200)
        return response

    async def _theirs(self, request: web.Request, me: Librarian) -> KeptCorrection | None:
        """Return the correction, if it is theirs or theirs to decide."""
        kept = await self._desk_of_corrections.store.one(int(request.match_info["number"]))
        if kept is None or kept.trial != me.trial:
            return None
        return kept if kept.author == me.id or may_administer(me) else None

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Accept or decline; what did not go through comes back with what was written."""
        form = await form_of(request)
        session = await self.session(request)
        if session is None:
            return self._door(request, form.get("answer", ""))
        kept = await self._theirs(request, session.librarian)
        if kept is None:
            return self._missing(request, session)
        if not self._is_own(form, session):
            outcome = Outcome(kept.number, (("desk-repeat", {}),))
        else:
            outcome = await self._decided(request, session.librarian, kept, form)
        if outcome.done:
            raise web.HTTPSeeOther("/desk/corrections")
        return await self._correction(request, session, form, outcome)

    async def _decided(
        self,
        request: web.Request,
        judge: Librarian,
        kept: KeptCorrection,
        form: Mapping[str, str],
    ) -> Outcome:
        answer = form.get("answer", "")[:LONGEST_NOTE]
        if request.match_info["act"] == "decline":
            return await self._desk_of_corrections.decline(judge, kept.number, answer)
        was: Correction = kept.correction
        if not was.is_remark and _says_nothing(form):
            return Outcome(kept.number, (NOTHING,))
        wanted = was if was.is_remark else from_form(was.kind, was.row, was.field, form)
        return await self._desk_of_corrections.accept(judge, kept.number, wanted, answer)

    # -- showing -------------------------------------------------------------------------------

    def _around(self, session: DeskSession) -> dict[str, Any]:
        """Return what stands round every page."""
        return self._face(session) | {"decides": may_administer(session.librarian)}

    def _library_of(self, me: Librarian) -> str:
        own = TRIAL_LIBRARY if me.library == TRIAL else me.library
        return own if self._service.knowledge.directory.library(own) else ""

    def _missing(self, request: web.Request, session: DeskSession) -> web.Response:
        response = self._render("directory_gone.html", request, self._around(session))
        response.set_status(404)
        return response

    @staticmethod
    def _addressed(request: web.Request) -> tuple[Kind, str]:
        """Return which entry the address names."""
        named = request.match_info["kind"]
        kind = next(kind for kind in KINDS if kind == named)
        return kind, request.match_info["row"]


def words_of(context: Context, field: str, value: str) -> str:
    """Return a value of a field as people read it."""
    return value_said(context, field, value)


def value_to_type(context: Context, field: str, value: str) -> str:
    """Return a value as somebody types it; as the data have it where that would not be read so."""
    if field != "opening_hours":
        return value
    words = words_of(context, field, value)
    read = typed_hours(words)
    try:
        same = OpeningHours.parse(read) == OpeningHours.parse(value)
    except HoursError:
        return value
    return words if same else value


NOTHING: Fault = ("correction-value-missing", {})


def _says_nothing(form: Mapping[str, str]) -> bool:
    """Whether the value was left empty, and not said to be no more."""
    return is_blank(form.get("value", "")) and not form.get("none")


_TYPED = ("value", "english", "source", "checked_on", "note", "none")
