"""Files that go with messages of the web chat: made as they are fetched, for an hour."""

import asyncio
import re
import unicodedata
from urllib.parse import quote

from aiohttp import web

from bot.channels.opening import web_link
from bot.channels.web import address_of
from bot.clock import Clock, millis
from bot.documents import File, file_of
from bot.store.interface import Retention, Store
from bot.web.chat import WebChat, conversation_of, token_of
from bot.web.guard import Measure
from dialogs.documents import Document
from dialogs.texts import load_texts


class WebFiles:
    """The route of a file; only the browser whose talk it is gets it."""

    def __init__(self, store: Store, chat: WebChat, clock: Clock, public_url: str) -> None:
        self._store = store
        self._chat = chat
        self._clock = clock
        self._public_url = public_url
        self._made = Measure(per_minute=10, burst=6)

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered."""
        return [web.get("/file/{message:[0-9]{1,18}}", self.file, allow_head=False)]

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give the file of a message, or say kindly why not."""
        token, message = token_of(request), int(request.match_info["message"])
        if token is None:
            raise web.HTTPNotFound
        kept = await self._store.document(conversation_of(token), message)
        if kept is None:
            raise web.HTTPNotFound
        if millis(self._clock()) - kept.at > Retention().document:
            await self._store.empty_document(message)
            return await self._chat.said(request, "web-file-gone", 410)
        if not kept.content:
            return await self._chat.said(request, "web-file-gone", 410)
        if not self._made.allows(address_of(token)):
            return await self._chat.said(request, "web-too-fast", 429)
        return _answer(await self._file(Document.model_validate_json(kept.content)))

    async def _file(self, document: Document) -> File:
        words = load_texts()[document.language]
        link = web_link(self._public_url, document.payload)
        return await asyncio.to_thread(file_of, document, words, link)


def _answer(file: File) -> web.Response:
    return web.Response(
        body=file.content,
        headers={
            "Content-Type": file.content_type,
            "Content-Disposition": attached(file.name),
            "Cache-Control": "no-store",
        },
    )


def attached(name: str) -> str:
    """Return the header that names the file: in plain letters, and in its own."""
    bare = re.sub(r"[^\w .()-]", "", unicodedata.normalize("NFKD", name), flags=re.ASCII)
    stem, _, ending = bare.rpartition(".")
    plain = f"{stem.strip(' .') or 'posoka'}.{ending}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
