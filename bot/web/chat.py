"""The web chat: a page that works without scripts, and better with them."""

import asyncio
import json
import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from pydantic import ValidationError

from bot.channels.web import NAME, address_of
from bot.clock import Clock, millis
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.store.interface import Arrival, Line, Mark, Queued, Store
from bot.web.guard import Measure
from dialogs.model import EVENT, Conversation, Message, Pressed, Said, SharedLocation, Started
from dialogs.respond import respond
from dialogs.turn import Context

COOKIE = "posoka"
COOKIE_AGE = 30 * 24 * 3600
WAIT = 25.0
"""Seconds that a request for new messages is held open."""
KEY = re.compile(r"[\w-]{8,64}")
LONGEST = 10_000
"""Characters of one typed message; the rest is cut and the person told."""


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
        self._news: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._measure = Measure(per_minute=60, burst=40)
        runtime.listen(self._tell)

    def routes(self) -> list[web.RouteDef]:
        """Return what the chat answers to."""
        return [
            web.get("/", self.page),
            web.post("/say", self.say),
            web.get("/messages", self.messages),
        ]

    # -- the page ------------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the talk so far, or the welcome; nothing is stored for merely looking."""
        conversation = _conversation(request)
        lines = await self._store.transcript(conversation) if conversation else []
        stored = await self._store.conversation(conversation) if conversation else None
        language = _language(stored.state) if stored else "bg"
        welcome = respond(Conversation(), Started(), self._context()).messages
        entries = [_entry(0, m) for m in welcome] if not lines else []
        entries += _entries(lines)
        last = max((e["id"] for e in entries if e["who"] == "bot"), default=0)
        await self._acknowledge(conversation, last)
        return aiohttp_jinja2.render_template(
            "chat.html",
            request,
            {
                "entries": entries,
                "last": last,
                "language": language,
                "key": secrets.token_urlsafe(12),
                "t": self._context().texts[language],
                "trial": self._context().trial,
            },
        )

    # -- what the person does ------------------------------------------------------------------

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Take one event in; answer only once it is stored."""
        form = await request.post()
        token = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
        address = address_of(token)
        if not self._measure.allows(address):
            raise web.HTTPTooManyRequests(text=self._context().texts["bg"]("web-too-fast"))
        key = str(form.get("key", ""))
        if not KEY.fullmatch(key):
            raise web.HTTPBadRequest(text="key: 8 to 64 letters, digits, - or _")
        try:
            raw = EVENT.validate_json(_event_of(form))
        except (ValidationError, ValueError) as error:
            raise web.HTTPBadRequest(text="text, press or latitude and longitude") from error
        arrival = Arrival(NAME, f"{address}:{key}", address, raw.model_dump_json(), self._now())
        await self._runtime.take_in([arrival])
        if request.headers.get("Accept") == "application/json":
            response: web.StreamResponse = web.json_response({"stored": True})
        else:
            await self._answered(f"{NAME}:{address}")
            response = web.HTTPSeeOther("/#end")
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.secure,
            path="/",
        )
        return response

    async def _answered(self, conversation: str) -> None:
        """Give the step a moment, so that a page without scripts shows the answer."""
        for _ in range(40):
            lines = await self._store.transcript(conversation)
            if not any(line.kind == "in" and line.state == "new" for line in lines):
                return
            await asyncio.sleep(0.05)

    # -- what is said back ---------------------------------------------------------------------

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Give the messages after the one the browser has; asking acknowledges those before."""
        conversation = _conversation(request)
        after = request.query.get("after", "0")
        if conversation is None or not after.isdigit():
            return web.json_response({"messages": []})
        await self._acknowledge(conversation, int(after))
        news = self._news[conversation]
        news.clear()
        unread = await self._store.unread(conversation, int(after))
        if not unread:
            try:
                await asyncio.wait_for(news.wait(), WAIT)
            except TimeoutError:
                pass
            unread = await self._store.unread(conversation, int(after))
        entries = [_entry(m.id, Message.model_validate_json(m.body)) for m in unread]
        return web.json_response({"messages": entries})

    async def _acknowledge(self, conversation: str | None, upto: int) -> None:
        if conversation is None or upto == 0:
            return
        waiting = [m for m in await self._store.unread(conversation, 0) if m.id <= upto]
        marks = [Mark(m.id, "sent", self._now(), tries=1) for m in waiting if m.state == "pending"]
        if marks:
            await self._commit.mark(marks)

    def _tell(self, queued: Sequence[Queued]) -> None:
        for message in queued:
            if message.channel == NAME and message.conversation in self._news:
                self._news[message.conversation].set()

    def _now(self) -> int:
        return millis(self._clock())


def _conversation(request: web.Request) -> str | None:
    token = request.cookies.get(COOKIE)
    return f"{NAME}:{address_of(token)}" if token else None


def _language(state: str) -> Any:
    return json.loads(state).get("language", "bg")


def _event_of(form: Any) -> str:
    """Return the event that the form means, as JSON."""
    if form.get("press"):
        serial, _, action = str(form["press"]).partition(".")
        return Pressed(serial=int(serial), action=action[:64]).model_dump_json()
    if form.get("latitude"):
        place = SharedLocation(
            latitude=float(str(form["latitude"])), longitude=float(str(form["longitude"]))
        )
        return place.model_dump_json()
    text = str(form.get("text", "")).strip()
    if not text:
        raise ValueError("nothing was said")
    return Said(text=text[:LONGEST]).model_dump_json()


def _entries(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the talk for the page; a press is shown by the words that stood on its button."""
    labels: dict[str, str] = {}
    entries = []
    for line in lines:
        if line.kind == "out":
            message = Message.model_validate_json(line.body)
            labels |= {f"{message.serial}.{b.action}": b.label for b in message.buttons}
            labels |= {b.action: b.label for b in message.buttons}
            entries.append(_entry(line.id, message))
            continue
        said = _said(line.body, labels)
        if said:
            entries.append({"who": "me", "id": line.id, "text": said})
    return entries


def _said(raw: str, labels: dict[str, str]) -> str | None:
    event = EVENT.validate_json(raw)
    match event:
        case Said(text=text):
            return text
        case Pressed(serial=serial, action=action):
            return labels.get(f"{serial}.{action}") or labels.get(action)
        case SharedLocation():
            return "📍"
        case _:
            return None


def _entry(number: int, message: Message) -> dict[str, Any]:
    return {
        "who": "bot",
        "id": number,
        "text": message.text,
        "asks_location": message.asks_location,
        "rows": [
            [{"label": b.label, "press": f"{message.serial}.{b.action}"} for b in row]
            for row in message.rows
        ],
        "pin": message.pin.model_dump() if message.pin else None,
    }
