"""The web chat: a page that works without scripts, and better with them."""

import asyncio
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from pydantic import ValidationError

from bot.channels.opening import PAYLOAD
from bot.channels.speaking import of_header
from bot.channels.web import NAME, WebChannel, address_of
from bot.clock import Clock, millis, wait_at_most
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.service import stored_language
from bot.store.interface import Arrival, Line, Mark, Queued, Store, Stored
from bot.web.entries import entries_of, entry_of, linked, with_file, with_words
from bot.web.forms import form_of, is_blank
from bot.web.guard import Measure
from bot.web.listening import librarian_listens
from bot.web.own_files import mark
from dialogs.model import (
    Conversation,
    Event,
    Message,
    Pressed,
    Said,
    SharedLocation,
    Started,
)
from dialogs.passing_files import LIMITS_HERE as FILE_LIMITS
from dialogs.respond import respond
from dialogs.texts import Texts
from dialogs.turn import Context
from knowledge.texts import Language

COOKIE = "posoka"
COOKIE_AGE = 30 * 24 * 3600
TOKEN = re.compile(r"[\w-]{32}", re.ASCII)
KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
PRESS = re.compile(r"([0-9]{1,9})\.(\S.*)")
AFTER = re.compile(r"[0-9]{1,18}")
WAIT = 25.0
"""Seconds that a request for new messages is held open."""
TABS = 8
"""Requests of one talk held open at once; one more lets the oldest go."""
STEP = 3.0
"""Seconds that a page without scripts waits for the answer to what it has sent."""
LONGEST = 10_000
"""Characters of one typed message; the rest is cut, and a text that long is answered as such."""
ACTION = 64
"""Bytes of a button's action on every platform."""


NOTHING: Mapping[str, object] = MappingProxyType({})


class _RefusedError(Exception):
    """What was posted cannot be taken; the name of the text that says why."""

    def __init__(self, status: int, name: str) -> None:
        super().__init__(name)
        self.status = status
        self.name = name


class WebChat:
    """The routes of the job seeker's page."""

    def __init__(
        self,
        store: Store,
        commit: GroupCommit,
        runtime: Runtime,
        context: Callable[[], Context],
        clock: Clock,
    ) -> None:
        self._store = store
        self._commit = commit
        self._runtime = runtime
        self._context = context
        self._clock = clock
        self._bells: dict[str, list[asyncio.Event]] = {}
        self._stopping = False
        self._says = Measure(per_minute=60, burst=40)
        self._looks = Measure(per_minute=120, burst=60)
        self._strangers = Measure(per_minute=120, burst=120)
        runtime.listen(self._ring)

    def routes(self) -> list[web.RouteDef]:
        """Return what the chat answers to."""
        return [
            web.get("/", self.page),
            web.post("/say", self.say),
            web.get("/messages", self.messages, allow_head=False),
        ]

    # -- the page ------------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the talk so far, or the welcome; nothing is stored for merely looking."""
        return await self._page(request)

    async def said(
        self, request: web.Request, name: str, status: int, **values: object
    ) -> web.Response:
        """Show the page with a word of this name in the language of the talk."""
        response = await self._page(request, name, values=values)
        response.set_status(status)
        return response

    async def _page(
        self,
        request: web.Request,
        fault: str = "",
        draft: str = "",
        values: Mapping[str, object] = NOTHING,
    ) -> web.Response:
        token = token_of(request)
        conversation = conversation_of(token) if token else ""
        lines = await self._store.transcript(conversation) if token else []
        stored = await self._store.conversation(conversation) if token else None
        language = stored_language(stored) if stored else _spoken(request) or "bg"
        t = self._texts(language)
        # A link with a payload begins the talk with it: the page says so itself, by a post.
        start = _payload(request) if not fault else ""
        kept = [line for line in lines if line.body]
        entries = [] if start else self._welcome(kept, stored, language)
        entries = with_words([*entries, *entries_of(kept, t)], t)
        if entries:
            # Where a page without scripts comes to: what was said last, with the answer below it.
            mine = [e for e in entries if e["who"] == "me"]
            (mine or entries)[-1]["end"] = True
        waiting = any(line.kind == "in" and line.state == "new" for line in lines)
        upto = max((line.id for line in lines if line.kind == "out"), default=0)
        offered = [e for e in entries if e["rows"] and not e["aside"]]
        response = aiohttp_jinja2.render_template(
            "chat.html",
            request,
            {
                "entries": entries,
                "choices": offered[-1] if offered and not waiting and not start else None,
                "waiting": waiting,
                "last": upto,
                "start": start,
                "language": language,
                "keys": [secrets.token_urlsafe(12) for _ in range(3)],
                "talk": "" if token else secrets.token_urlsafe(24),
                "fault": t(fault, **values) if fault else "",
                "files": librarian_listens(stored),
                "key": secrets.token_urlsafe(12),
                "file_limits": FILE_LIMITS,
                "draft": draft,
                "t": t,
                "trial": self._context().trial,
                "linked": linked,
                "longest": LONGEST,
                "version": mark(),
            },
        )
        if token and _looked_at(request):
            shown = [m for m in await self._store.unread(conversation, 0) if m.id <= upto]
            await self._acknowledge(shown)
        return response

    def _welcome(
        self, lines: Sequence[Line], stored: Stored | None, language: Language
    ) -> list[dict[str, Any]]:
        """Return the greeting above what was said first; it is not stored, only shown.

        Where nothing is left of what was said, the answers may be: the greeting then says so.
        """
        if lines and lines[0].kind == "out":
            return []
        talk = Conversation(language=language)
        if stored and not lines:
            talk = Conversation.model_validate_json(stored.state)
        context = replace(self._context(), abilities=WebChannel.abilities)
        return [entry_of(0, m) for m in respond(talk, Started(), context).messages]

    # -- what the person does ------------------------------------------------------------------

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Take one event in; answer only once it is stored."""
        form: dict[str, str] = {}
        try:
            form = await _form(request)
            # A first post whose answer was lost comes again without a cookie: the page had
            # offered it a token, so that both are of the same talk.
            token = token_of(request) or _valid(form.get("talk")) or secrets.token_urlsafe(24)
            address = address_of(token)
            if not self._may_say(request, address):
                raise _RefusedError(429, "web-too-fast")  # noqa: TRY301
            key = form.get("key", "")
            if not KEY.fullmatch(key):
                raise _RefusedError(400, "web-not-understood")  # noqa: TRY301
            raw = _event_of(form, _spoken(request)).model_dump_json()
        except _RefusedError as refused:
            return await self._refuse(request, refused, form.get("text", ""))
        arrival = Arrival(NAME, f"{address}:{key}", address, raw, self._now())
        await self._runtime.take_in([arrival])
        response: web.StreamResponse
        if _wants_json(request):
            response = web.json_response({"stored": True})
        else:
            await wait_at_most(STEP, self._runtime.settled(arrival.conversation))
            response = web.Response(status=303, headers={"Location": "/#end"})
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.secure or request.headers.get("X-Forwarded-Proto") == "https",
            path="/",
        )
        return response

    def _may_say(self, request: web.Request, address: str) -> bool:
        """Return whether this talk may go on, or this caller begin one more."""
        if token_of(request) is None:
            caller = _caller(request)
            if caller and not self._strangers.allows(caller):
                return False
        return self._says.allows(address)

    async def _refuse(
        self, request: web.Request, refused: _RefusedError, draft: str
    ) -> web.Response:
        """Say kindly why not; what was typed stays in the field."""
        token = token_of(request)
        stored = await self._store.conversation(conversation_of(token)) if token else None
        said = self._texts(stored_language(stored))(refused.name)
        response = (
            web.json_response({"error": said})
            if _wants_json(request)
            else await self._page(request, refused.name, draft[:LONGEST])
        )
        response.set_status(refused.status)
        if refused.status == 429:
            response.headers["Retry-After"] = "5"
        return response

    # -- what is said back ---------------------------------------------------------------------

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Give the messages after the one the browser has; asking acknowledges those before."""
        token, query = token_of(request), request.query.get("after", "0")
        if token is None or not AFTER.fullmatch(query):
            return web.json_response({"messages": []})
        if not self._looks.allows(address_of(token)):
            said = self._texts("bg")("web-too-fast")
            return web.json_response({"error": said}, status=429, headers={"Retry-After": "5"})
        conversation, after = conversation_of(token), int(query)
        # The bell hangs before the first look: what comes in between rings it.
        with self._bell(conversation) as bell:
            kept = await self._store.unread(conversation, 0)
            await self._acknowledge([m for m in kept if m.id <= after])
            unread = [m for m in kept if m.id > after and m.body]
            if not unread and not self._stopping:
                await wait_at_most(WAIT, bell.wait())
                kept = await self._store.unread(conversation, 0)
                unread = [m for m in kept if m.id > after and m.body]
        if not unread:
            return web.json_response({"messages": []})
        stored = await self._store.conversation(conversation)
        t = self._texts(stored_language(stored))
        entries = [
            with_file(entry_of(m.id, Message.model_validate_json(m.body)), m, t)
            | {"changes": _changed_by(m, kept, t), "gone": _gone_with(m, kept)}
            for m in unread
        ]
        # `erased`: only a farewell is left of the talk, and the page forgets it too.
        return web.json_response(
            {
                "messages": entries,
                "language": stored_language(stored) if stored else None,
                "erased": stored is None,
                "files": librarian_listens(stored),
            }
        )

    @contextmanager
    def _bell(self, conversation: str) -> Iterator[asyncio.Event]:
        """Hang up a bell of this request's own, so that no other tab can silence it."""
        bell = asyncio.Event()
        bells = self._bells.setdefault(conversation, [])
        bells.append(bell)
        if len(bells) > TABS:
            bells[0].set()
        try:
            yield bell
        finally:
            bells.remove(bell)
            if not bells:
                del self._bells[conversation]

    async def stop(self, _app: web.Application) -> None:
        """Let go of the requests that are held open, so that a stop is not kept waiting."""
        self._stopping = True
        for bells in self._bells.values():
            for bell in bells:
                bell.set()

    def _ring(self, queued: Sequence[Queued]) -> None:
        for conversation in {m.conversation for m in queued if m.channel == NAME}:
            for bell in self._bells.get(conversation, ()):
                bell.set()

    async def _acknowledge(self, messages: Sequence[Queued]) -> None:
        marks = [Mark(m.id, "sent", self._now(), tries=1) for m in messages if m.state == "pending"]
        if marks:
            await self._commit.mark(marks)

    def _texts(self, language: Language) -> Texts:
        return self._context().texts[language]

    def _now(self) -> int:
        return millis(self._clock())


def _changed_by(told: Queued, kept: Sequence[Queued], t: Texts) -> dict[str, Any] | None:
    """Return the message that reads otherwise now, where that is what is told."""
    if told.target is None or told.hides is not None:
        return None
    found = next((m for m in kept if m.id == told.target and m.body), None)
    message = found and Message.model_validate_json(found.body)
    return with_file(entry_of(found.id, message), found, t) if found and message else None


def _gone_with(told: Queued, kept: Sequence[Queued]) -> list[int]:
    """Return the messages that told of earlier changes of the same one."""
    if told.target is None or told.hides is not None:
        return []
    return [m.id for m in kept if m.target == told.target and m.hides is None and not m.body]


# -- who asks ----------------------------------------------------------------------------------


def _valid(token: str | None) -> str | None:
    return token if token and TOKEN.fullmatch(token) else None


def token_of(request: web.Request) -> str | None:
    """Return the token of the browser that asks, if it has one."""
    return _valid(request.cookies.get(COOKIE))


def conversation_of(token: str) -> str:
    """Return the talk of the browser with this token."""
    return f"{NAME}:{address_of(token)}"


def _spoken(request: web.Request) -> Language | None:
    return of_header(request.headers.get("Accept-Language", ""))


def _payload(request: web.Request) -> str:
    found = request.query.get("start", "") if request.path == "/" else ""
    return found if PAYLOAD.fullmatch(found) else ""


def _wants_json(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _looked_at(request: web.Request) -> bool:
    """Return whether a person sees the page: HEAD and fetching ahead do not show it."""
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose")
    return request.method != "HEAD" and not ahead and "X-Moz" not in request.headers


def _caller(request: web.Request) -> str | None:
    """Return the caller's address; None behind a proxy of this machine that does not say it."""
    remote = request.remote or ""
    try:
        if not ip_address(remote).is_loopback:
            return remote
    except ValueError:
        return remote or None
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded or None


# -- what was posted ---------------------------------------------------------------------------


async def _form(request: web.Request) -> dict[str, str]:
    try:
        return await form_of(request)
    except web.HTTPRequestEntityTooLarge:
        raise _RefusedError(413, "web-too-large") from None
    except web.HTTPBadRequest:
        raise _RefusedError(400, "web-not-understood") from None


def _event_of(form: dict[str, str], speaks: Language | None) -> Event:
    """Return the event that the form means."""
    if form.get("start"):
        if not PAYLOAD.fullmatch(form["start"]):
            raise _RefusedError(400, "web-not-understood")
        return Started(payload=form["start"], speaks=speaks)
    if form.get("press"):
        pressed = PRESS.fullmatch(form["press"])
        if pressed is None or len(pressed[2].encode()) > ACTION:
            raise _RefusedError(400, "web-not-understood")
        return Pressed(serial=int(pressed[1]), action=pressed[2], speaks=speaks)
    if form.get("latitude"):
        try:
            return SharedLocation(
                latitude=float(form["latitude"]), longitude=float(form.get("longitude", ""))
            )
        except (ValidationError, ValueError):
            raise _RefusedError(400, "web-no-location") from None
    text = form.get("text", "").strip()
    if is_blank(text):
        raise _RefusedError(400, "web-empty")
    return Said(text=text[:LONGEST], speaks=speaks)
