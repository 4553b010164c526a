"""Files of the web chat: what a person sends to a librarian, and what comes back."""

import hashlib
import re
import secrets

import aiohttp_jinja2
from aiohttp import web

from bot.channels.web import NAME, address_of
from bot.clock import millis, wait_at_most
from bot.kept.files import Fault, Loaded, Loss, LostFileError, RefusedFileError
from bot.service import Service, stored_language
from bot.store.interface import Arrival
from bot.web.chat import KEY, STEP, WebChat, conversation_of, token_of
from bot.web.entries import sent_words
from bot.web.files import attached
from bot.web.guard import Measure
from bot.web.listening import librarian_listens
from bot.web.own_files import mark
from bot.web.uploads import Upload, posted
from dialogs.model import KeptFile, SentFile
from dialogs.passing_files import LIMITS_HERE
from knowledge.texts import Language

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
_REFUSED: dict[Fault, tuple[str, int]] = {
    "empty": ("web-attach-empty", 400),
    "large": ("web-attach-large", 413),
    "kind": ("web-attach-kind", 415),
    "many": ("web-attach-many", 409),
    "off": ("web-attach-off", 503),
}
_LOST: dict[Loss, tuple[str, int]] = {
    "gone": ("web-file-gone", 410),
    "unreadable": ("web-file-unreadable", 503),
    "platform": ("web-file-unreadable", 502),
    "kind": ("web-file-unreadable", 415),
}


class _NotTakenError(Exception):
    """A file is not taken; the name of the text that says why."""

    def __init__(self, name: str, status: int) -> None:
        super().__init__(name)
        self.name = name
        self.status = status


class ChatFiles:
    """The routes of files in a talk; only the browser whose talk it is sends and gets them."""

    def __init__(self, service: Service, chat: WebChat) -> None:
        self._service = service
        self._chat = chat
        self._sends = Measure(per_minute=6, burst=6)
        self._gets = Measure(per_minute=30, burst=12)

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered."""
        return [
            web.get("/file", self.form, allow_head=False),
            web.post("/file", self.send),
            web.get("/files/{message:[0-9]{1,18}}", self.get, allow_head=False),
        ]

    # -- to the librarian ----------------------------------------------------------------------

    async def form(self, request: web.Request) -> web.StreamResponse:
        """Give the form alone to a page that was open before a librarian listened."""
        token = token_of(request)
        stored = await self._service.store.conversation(conversation_of(token)) if token else None
        if not librarian_listens(stored):
            return web.Response(status=204)
        t = self._service.context().texts[stored_language(stored)]
        key = secrets.token_urlsafe(12)
        shown = {"t": t, "key": key, "file_limits": LIMITS_HERE, "version": mark()}
        return aiohttp_jinja2.render_template("chat_attach.html", request, shown)

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Take a file in and pass it on; answer only once it is stored."""
        as_json = "application/json" in request.headers.get("Accept", "")
        try:
            file = await self._sent(request)
        except _NotTakenError as refused:
            return await self._refuse(request, refused, as_json=as_json)
        if as_json:
            t = self._service.context().texts[await self._language(request)]
            key = secrets.token_urlsafe(12)
            said = {"stored": True, "shown": sent_words(file, t), "key": key}
            return web.json_response(said)
        return web.Response(status=303, headers={"Location": "/#end"})

    async def _sent(self, request: web.Request) -> KeptFile:
        token = token_of(request)
        if token and not self._sends.allows(address_of(token)):
            raise _NotTakenError("web-too-fast", 429)
        stored = await self._service.store.conversation(conversation_of(token)) if token else None
        listens = librarian_listens(stored)
        form = await posted(request, files=listens)
        if token is None or not listens:
            raise _NotTakenError("web-attach-not-now", 409)
        key = form.fields.get("key", "")
        if not re.fullmatch(KEY, key):
            raise _NotTakenError("web-not-understood", 400)
        return await self._passed_on(address_of(token), key, form.file)

    async def _passed_on(self, address: str, key: str, upload: Upload | None) -> KeptFile:
        files, talk = self._service.files, f"{NAME}:{address}"
        if upload is None:
            raise _NotTakenError("web-attach-none", 400)
        # Another file under the key of one whose answer was lost is another file.
        key = f"{key}:{hashlib.sha256(upload.content).hexdigest()[:16]}"
        try:
            if upload.too_large:
                raise RefusedFileError("large")  # noqa: TRY301
            file = await files.keep(talk, key, upload.name, upload.content)
        except RefusedFileError as refused:
            raise _NotTakenError(*_REFUSED[refused.fault]) from None
        event = SentFile(type=file.type, file=file, ref=f"file-{key}")
        raw, now = event.model_dump_json(), millis(self._service.clock())
        await self._service.runtime.take_in([Arrival(NAME, f"{address}:{key}", address, raw, now)])
        await wait_at_most(STEP, self._service.runtime.settled(talk))
        # The librarian may have ended the talk meanwhile: then nothing of the file stays.
        await files.drop_unless_used(file)
        return file

    async def _refuse(
        self, request: web.Request, refused: _NotTakenError, *, as_json: bool
    ) -> web.Response:
        if as_json:
            t = self._service.context().texts[await self._language(request)]
            said = {"error": t(refused.name, **LIMITS_HERE)}
            return web.json_response(said, status=refused.status)
        return await self._chat.said(request, refused.name, refused.status, **LIMITS_HERE)

    async def _language(self, request: web.Request) -> Language:
        token = token_of(request)
        found = await self._service.store.conversation(conversation_of(token)) if token else None
        return stored_language(found)

    # -- from the librarian --------------------------------------------------------------------

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Give the file of a message, or say kindly why not."""
        token = token_of(request)
        if token is None:
            raise web.HTTPNotFound
        if not self._gets.allows(address_of(token)):
            return await self._chat.said(request, "web-too-fast", 429)
        message = int(request.match_info["message"])
        kept = await self._service.files.sent_with(conversation_of(token), message)
        if kept is None:
            return await self._chat.said(request, "web-file-gone", 404)
        try:
            return saved(await self._service.files.bytes_of(kept), request)
        except LostFileError as lost:
            return await self._chat.said(request, *_LOST[lost.loss])


def saved(file: Loaded, request: web.Request) -> web.Response:
    """Return the answer that lets a browser save a file or play it, and never open it as a page."""
    headers = {
        "Content-Type": file.mime,
        "Content-Disposition": attached(file.name),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
        "Accept-Ranges": "bytes",
    }
    part = _asked_part(request, len(file.content))
    if part is None:
        return web.Response(body=file.content, headers=headers)
    # Some browsers play nothing that they cannot ask for in parts.
    last, size = part.stop - 1, len(file.content)
    headers["Content-Range"] = f"bytes {part.start}-{last}/{size}"
    return web.Response(status=206, body=file.content[part.start : part.stop], headers=headers)


def _asked_part(request: web.Request, size: int) -> range | None:
    """Return the part of a file that is asked for; None where it is all, or cannot be read."""
    try:
        asked = request.http_range
    except ValueError:
        return None
    if asked.start is None and asked.stop is None:
        return None
    return range(*asked.indices(size)) or None
