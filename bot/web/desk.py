"""The librarians' desk in the browser: list, card, conversation; claim, reply, note, close."""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from markupsafe import Markup

from bot.clock import millis, moment
from bot.desk.day import lines_of
from bot.desk.deliveries import failed, standings, stays
from bot.desk.reworded import reads_so
from bot.desk.roster import card_in
from bot.desk.timekeeper import as_case
from bot.store.interface import CaseFile, DeskSession, Entry, Librarian
from bot.web import acts
from bot.web.desk_shown_files import shown_file
from bot.web.desk_uploads import NotKeptError, keep_for
from bot.web.desk_why import Why
from bot.web.signed_in import SignedIn, here_of, home_of, signed_out
from bot.web.uploads import posted
from bot.web.waiting import Waiting, waiting
from dialogs.case import LONGEST_REPLY, RESOLUTIONS, can_stop
from dialogs.desk_events import event_words
from dialogs.desk_texts.variables import unfilled
from dialogs.flows.card_shown import shown
from dialogs.gaps import TOPICS
from dialogs.model import Card
from dialogs.passing_files import LIMITS_HERE
from dialogs.waiting_words import lateness, written_while_closed
from knowledge.opening_hours import OpeningHours

KEY = re.compile(r"[\w-]{8,64}")
CHOSEN = re.compile(r"[0-9]{1,15}")
NOTHING = acts.Tried("")
"""A page that was opened, and no act."""
LANDS = {"claim": "reply", "reply": "reply", "note": "note"}
"""Where the page stands after an act that went through; after others at the talk."""


class WebDesk(SignedIn):
    """The routes of the desk. A librarian sees the cases of their own library and no others."""

    lands = LANDS

    def routes(self) -> list[web.RouteDef]:
        """Return what the desk answers to."""
        return self._pages()

    def _pages(self) -> list[web.RouteDef]:
        """Return the list, the cases and the acts."""
        one = f"{self.base}/cases/{{number:[0-9]{{1,15}}}}"
        return [
            web.get(self.base, self.list_page),
            web.get(f"{self.base}/list", self.list_part),
            web.get(one, self.case_page),
            web.get(f"{one}/talk", self.talk_part),
            web.post(f"{one}/{{act:{acts.ACTS}}}", self.act),
            web.get(f"{one}/card", self.card_part),
        ]

    def _desk(self, librarian: Librarian) -> str:
        """Return whose cases this librarian sees here."""
        return librarian.library

    # -- reading -------------------------------------------------------------------------------

    async def list_page(self, request: web.Request) -> web.StreamResponse:
        """Show the cases of the library, or how to come in."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        if not self._may_open(session.librarian):
            # An administrator without a library answers nobody.
            raise web.HTTPSeeOther(home_of(session.librarian))
        page = await self._page(session) | {"handed": "handed" in request.query}
        return self._render("desk.html", request, page)

    def _may_open(self, who: Librarian) -> bool:
        """Return whether this person answers here."""
        return bool(who.library)

    async def _opens(self, request: web.Request) -> DeskSession | None:
        """Return who is signed in, if anybody; raises HTTPForbidden where they answer nobody."""
        session = await self.session(request)
        if session and not self._may_open(session.librarian):
            self._refuse(request, session)
        return session

    async def list_part(self, request: web.Request) -> web.StreamResponse:
        """Give the list alone, for refreshing it."""
        session = await self._opens(request)
        if session is None:
            return signed_out(request)
        chosen = request.query.get("chosen", "")
        page = await self._page(session, int(chosen) if CHOSEN.fullmatch(chosen) else 0)
        return self._render_part("list", request, page)

    async def case_page(self, request: web.Request) -> web.StreamResponse:
        """Show one case: its card, its conversation, what can be done."""
        session = await self._opens(request)
        if session is None:
            return self._door(request, back=request.path)
        return await self._case(request, session, "desk.html")

    async def talk_part(self, request: web.Request) -> web.StreamResponse:
        """Give the conversation alone, for refreshing it."""
        session = await self._opens(request)
        if session is None:
            return signed_out(request)
        return await self._case(request, session, "desk_talk.html")

    async def card_part(self, request: web.Request) -> web.StreamResponse:
        """Give the card alone, for refreshing it."""
        session = await self._opens(request)
        if session is None:
            return signed_out(request)
        if self._is_experts(session):
            raise web.HTTPNotFound
        return await self._case(request, session, "desk_card.html")

    async def _case(  # what a page of a case may show besides
        self,
        request: web.Request,
        session: DeskSession,
        template: str,
        *,
        notice: str = "",
        tried: acts.Tried = NOTHING,
    ) -> web.StreamResponse:
        number = int(request.match_info["number"])
        page = await self._page(session, number)
        case = await self._mine(session, number)
        if case is None:
            return await self._gone(request, session, page, template, tried)
        room = await self._room_of(case, session)
        changing = self._changing(tried.ref or request.query.get("change", ""), room)
        can = acts.can_be_done(room, expert=self._is_experts(session))
        can |= {"edit"} if changing and changing.text else set()
        # Words that no form of this page can send again stand in a field of their own.
        unsent = tried.text if tried.act not in can else ""
        about = page | {
            "case": case,
            "heading": self._heading(case),
            "shown": shown(Card.model_validate_json(case.card), self._service.context()),
            "entries": room.entries,
            "state": self._state(case, session),
            "may_stop": not self.practice and can_stop(as_case(case), self._service.clock()),
            "may_answer": case.is_open and case.claimed_by in (None, session.librarian.id),
            "notice": notice,
            "kept": {tried.act: tried.text} if tried.act and not unsent else {},
            "unsent": {"act": tried.act, "text": unsent} if unsent else None,
            "notable": "note" in can,
            "room": room,
            "expert": self._is_experts(session),
            "resolutions": RESOLUTIONS,
            "topics": [(topic, self._texts(f"desk-gap-topic-{topic}")) for topic in TOPICS],
            "muted_days": acts.MUTED_DAYS,
            "asked_of": self._asked_of(case),
            "stands": standings(self._texts, case, room.entries, millis(room.now)),
            "stays": stays(room.entries),
            "changeable": lambda entry: acts.changeable(entry, room),
            "changing": changing,
            "late": self._late_words(case, room),
            "key": secrets.token_urlsafe(12),
            **await self._besides(case, whole=template == "desk.html"),
        }
        if template != "desk.html":
            part = template.removeprefix("desk_").removesuffix(".html")
            return self._render_part(part, request, about)
        response = self._render(template, request, about)
        response.set_status(409 if notice else 200)
        return response

    @staticmethod
    def _changing(ref: str, room: acts.Room) -> Entry | None:
        """Return the line that is being changed, while it can be."""
        lines = (e for e in room.entries if ref and e.ref == ref)
        return next((e for e in lines if acts.changeable(e, room)), None)

    def _late_words(self, case: CaseFile, room: acts.Room) -> Callable[[Entry], tuple[str, ...]]:
        """Return what says of the person's words that nobody was there, and that they wait."""
        if self.practice:
            return lambda _entry: ()
        hours, now = self._hours_of(room.me.library), room.now
        answered = max((e.id for e in room.entries if e.kind == "librarian"), default=0)
        owed = case.is_open and case.asked_at is not None

        def words(entry: Entry) -> tuple[str, ...]:
            at = moment(entry.at)
            if owed and entry.id > answered:
                return lateness(self._texts, at, now, hours)
            closed = written_while_closed(self._texts, at, now, hours)
            return (closed,) if closed else ()

        return words

    def _hours_of(self, desk: str) -> OpeningHours | None:
        return next((d.hours for d in self._service.roster.now.desks if d.id == desk), None)

    async def _room_of(self, case: CaseFile, session: DeskSession) -> acts.Room:
        """Return what can be named in an act: colleagues, other desks, experts."""
        me, standing = session.librarian, self._service.roster.now
        everybody = await self._service.desk.librarians()
        day = self._service.clock().date().isoformat()
        away = await self._service.desk.absent(day)
        crew = [c for c in everybody if c.library == me.library and c.id != me.id]
        entries = tuple(await self._service.desk.entries(case.number))
        if self._is_experts(session):
            entries = tuple(e for e in entries if e.kind in ("to_expert", "expert"))
        return acts.Room(
            case=case,
            me=me,
            now=self._service.clock(),
            entries=entries,
            colleagues=tuple(c for c in crew if c.id not in away),
            colleagues_away=tuple(c.name for c in crew if c.id in away),
            desks=tuple(d.id for d in standing.desks if d.id != case.library),
            experts=() if self.practice else standing.experts,
            experts_away=()
            if self.practice
            else tuple(map(self._library_name, standing.experts_away)),
            topics=TOPICS,
        )

    def _asked_of(self, case: CaseFile) -> dict[str, Any]:
        """Return what an expert may see of the card: nothing about health or status."""
        facts = self._service.context().knowledge.facts
        card = Card.model_validate_json(case.card)
        lines = [
            line
            for line in card.facts
            if line.about in facts and facts[line.about].sensitivity != "special"
        ]
        return {"place": card.place, "lines": lines}

    @staticmethod
    def _is_experts(session: DeskSession) -> bool:
        """Return whether an expert of a labour bureau sits here."""
        return session.librarian.role == "expert"

    async def _besides(self, case: CaseFile, *, whole: bool) -> dict[str, Any]:  # noqa: ARG002
        """Return what else is shown of a case; `whole` where it is a page and no part of one."""
        return {}

    async def _gone(
        self,
        request: web.Request,
        session: DeskSession,
        page: dict[str, Any],
        template: str,
        tried: acts.Tried,
    ) -> web.Response:
        """Say that the case is not here, and where it went; an open page no longer shows it.

        What was typed for it stays to be copied, unless the person has erased what they said.
        """
        if template == "desk_card.html":
            return web.Response(status=204)  # The conversation beside it says so, once.
        number = page["number"]
        case = await self._service.desk.case(number)
        why = await self._why_gone(case, session) if case else ""
        kept = tried.text if case else ""
        notice = why or self._texts("desk-not-yours")
        missing = {
            "notice": f"{notice} {self._texts('desk-text-kept')}" if kept else notice,
            "erased": case is None,
            "unsent": {"act": tried.act, "text": kept} if kept else None,
        }
        if template == "desk.html":
            response = self._render(template, request, page | missing)
            response.set_status(409 if why and tried.act else 404)
            return response
        bare = {name: page[name] for name in ("csrf", "number", "notable")}
        response = self._render("desk_gone.html", request, bare | missing)
        response.headers.update({"HX-Retarget": "#case", "HX-Reswap": "innerHTML"})
        return response

    async def _why_gone(self, case: CaseFile, session: DeskSession) -> str:
        """Return who took the case away, and when; empty where it was never here."""
        if not await self._service.desk.was_at(case.number, self._desk(session.librarian)):
            return ""
        return await self._why_not(case, session)

    async def _mine(self, session: DeskSession, number: int) -> CaseFile | None:
        case, desk = await self._service.desk.case(number), self._desk(session.librarian)
        mine = case is not None and (case.at_desk(desk) or case.expert_desk == desk)
        return case if mine else None

    def _heading(self, case: CaseFile) -> str:
        """Return what the page of a case is called."""
        return self._texts("desk-case", number=case.number)

    def _label(self, case: CaseFile) -> str:
        """Return what a case is called in the list."""
        return f"№ {case.number}"

    async def _page(self, session: DeskSession, chosen: int = 0) -> dict[str, Any]:
        who, now = session.librarian, self._service.clock()
        waits = await self._waits()
        rows = [
            self._row(case, session) | {"waits": waits(case)}
            for case in await self._service.desk.cases(self._desk(session.librarian))
        ]
        return self._face(session) | {
            # First what waits for this librarian's answer, the longest waiting first.
            "cases": sorted(rows, key=lambda row: not row["due"]),
            "due": sum(row["due"] for row in rows),
            "chosen": chosen,
            "case": None,
            "number": chosen,
            "notice": "",
            "erased": False,
            "unsent": None,
            "notable": False,
            "live": False,
            "day": await lines_of(self._service.day, who.library, now),
            "away": who.id in await self._service.desk.absent(now.date().isoformat()),
            "standing": await self._service.digests.now(who.library, who.name),
        }

    async def _waits(self) -> Callable[[CaseFile], Waiting | None]:
        """Return what says how long a case has waited; invented people wait for nobody."""
        if self.practice:
            return lambda _case: None
        within = await self._service.waiting.answer_within()
        desks, now = self._service.roster.now.desks, self._service.clock()
        return lambda case: waiting(self._texts, case, now, desks, within)

    def _row(self, case: CaseFile, session: DeskSession) -> dict[str, Any]:
        """Return a line of the list; `due` when somebody waits for who reads it."""
        if case.expert_desk == self._desk(session.librarian):
            return self._expert_row(case)
        mine = case.is_open and case.claimed_by in (None, session.librarian.id)
        due = mine and case.due_since is not None
        again = due and case.claimed_by is not None and case.answered_at is not None
        again = again and not case.stands.startswith(("for_expert", "handed_over"))
        return {
            "file": case,
            "label": self._label(case),
            "state": self._texts("desk-mine-due") if again else self._state(case, session),
            "question": card_in(case)["question"],
            "due": due,
        }

    def _expert_row(self, case: CaseFile) -> dict[str, Any]:
        """Return a line of an expert's list: nothing of it but the librarian's question."""
        due = case.is_open and case.expert_answered_at is None
        return {
            "file": case,
            "label": self._label(case),
            "state": self._texts("desk-expert-due" if due else "desk-expert-done"),
            "question": case.expert_question,
            "due": due,
        }

    def _state(self, case: CaseFile, session: DeskSession) -> str:
        stands = case.stands
        if case.is_open and case.claimed_by == session.librarian.id:
            mine = f"desk-mine-{stands.replace('_', '-')}"
            return self._texts(mine if mine in self._texts else "desk-mine")
        return self._texts(f"desk-{stands}", name=case.claimed_name or "")

    # -- acting --------------------------------------------------------------------------------

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do something with a case; what did not go through comes back with its text."""
        session = await self._opens(request)
        sent = await posted(request, files=session is not None)
        form, act = sent.fields, request.match_info["act"]
        tried = acts.Tried.of(act, form)
        if session is None:
            return self._door(request, tried.text)
        case = await self._mine(session, int(request.match_info["number"]))
        if case is None:
            return await self._case(request, session, "desk.html", tried=tried)
        key = form.get("key", "")
        if not self._is_own(form, session) or not KEY.fullmatch(key):
            return await self._not_done(request, session, tried, self._texts("desk-repeat"))
        asked = acts.wanted(act, form, await self._room_of(case, session))
        fault = self._fault_of(asked, tried, with_file=sent.file is not None)
        if fault:
            return await self._not_done(request, session, tried, fault)
        # A page one went back to has its old key: other words under it are an act of their own.
        written = hashlib.sha256(repr(sorted(asked.fields.items())).encode()).hexdigest()[:12]
        key = f"{session.librarian.id}:{key}:{act}:{written}"
        fields = {"ref": f"web:{key}"} | dict(asked.fields)
        if act == "reply" and sent.file:
            try:
                invented = self.practice
                fields["file"] = await keep_for(
                    self._service, case, key, sent.file, invented=invented
                )
            except NotKeptError as why:
                return await self._not_done(request, session, tried, why.words)
        await self._service.roster.act(case, act, session.librarian, key=key, **fields)
        done = await self._service.roster.done(case, key) or await self._reads_so(case, act, fields)
        if "file" in fields and not done:
            await self._service.files.drop_unless_used(fields["file"])
        await self._acted(case)
        return await self._after(request, session, tried, done=done)

    def _fault_of(self, asked: acts.Wanted, tried: acts.Tried, *, with_file: bool) -> str:
        """Return what is wrong with the form, in words; empty where nothing is."""
        to_person = asked.act in ("reply", "expert_reply", "edit")
        lacks = unfilled(tried.text, self._texts) if to_person and not asked.is_of_note else ""
        # A file can go without a word.
        fault = "" if asked.act == "reply" and with_file and not tried.text else asked.fault
        return self._texts(fault, most=LONGEST_REPLY) if fault else lacks

    async def _reads_so(self, case: CaseFile, act: str, fields: Mapping[str, Any]) -> bool:
        """Return whether a line reads as was wanted: of a changed note nothing else tells."""
        entries = await self._service.desk.entries(case.number)
        line = next((e for e in entries if e.ref == fields["ref"]), None)
        return reads_so(act, fields, line)

    async def _acted(self, case: CaseFile) -> None:
        """Do what follows an act at once: of a person's case, nothing."""

    async def _after(
        self, request: web.Request, session: DeskSession, tried: acts.Tried, *, done: bool
    ) -> web.StreamResponse:
        act, number = tried.act, int(request.match_info["number"])
        case = await self._mine(session, number)
        if case is None and done:
            # It is another library's now.
            raise web.HTTPSeeOther(f"{self.base}?handed")
        if case is None:
            return await self._case(request, session, "desk.html", tried=tried)
        if done or (act == "claim" and case.is_open and case.claimed_by == session.librarian.id):
            raise web.HTTPSeeOther(f"{self.base}/cases/{number}#{self.lands.get(act, 'talk')}")
        fault = await self._why_not(case, session)
        if tried.text:
            fault = f"{fault} {self._texts('desk-text-kept')}"
        return await self._not_done(request, session, tried, fault)

    async def _why_not(self, case: CaseFile, session: DeskSession) -> str:
        """Return who was faster, and when."""
        return Why(
            texts=self._texts,
            case=case,
            entries=await self._service.desk.entries(case.number),
            me=session.librarian,
            desk=self._desk(session.librarian),
            now=self._service.clock(),
            desk_name=self._library_name,
        ).words()

    async def _not_done(
        self, request: web.Request, session: DeskSession, tried: acts.Tried, fault: str
    ) -> web.StreamResponse:
        return await self._case(request, session, "desk.html", notice=fault, tried=tried)

    # -- showing -------------------------------------------------------------------------------

    def _render(self, template: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        shared = self._shared()
        if "cases" in page:
            shared |= {"list": self._part("list", request, shared | page)}
        if page.get("case"):
            parts = {name: self._part(name, request, shared | page) for name in ("card", "talk")}
            shared |= parts
        shared |= {"here": here_of(request.path)}
        return aiohttp_jinja2.render_template(template, request, shared | page)

    def _shared(self) -> dict[str, Any]:
        """Return what every template uses."""
        return super()._shared() | {
            "most": LONGEST_REPLY,
            "happened": self._happened,
            "desk_name": self._library_name,
            "shown_file": shown_file,
            "file_limits": LIMITS_HERE,
        }

    def _happened(self, entry: Entry) -> str:
        """Return a line of the history that is nobody's words."""
        return event_words(
            self._texts, entry.text, entry.who, self._library_name, failed=failed(entry)
        )

    def _part(self, name: str, request: web.Request, page: dict[str, Any]) -> dict[str, Any]:
        """Return a part that refreshes itself, and a mark that is another once it changes."""
        html = aiohttp_jinja2.render_string(f"desk_{name}.html", request, page)
        mark = hashlib.sha256(f"{html}{page['chosen']}".encode()).hexdigest()[:12]
        return {"html": Markup(html), "mark": mark}  # noqa: S704  # rendered with everything escaped

    def _render_part(self, name: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        """Give a part anew if it has changed; else the page stays untouched."""
        shared = self._shared()
        part = self._part(name, request, shared | page)
        if part["mark"] == request.query.get("seen"):
            return web.Response(status=204)
        live = {"live": True, name: part}
        return aiohttp_jinja2.render_template(
            f"desk_{name}_live.html", request, shared | page | live
        )
