"""Files on the desk: a librarian who sees a case sees what was sent in it, and nobody else."""

from aiohttp import web

from bot.kept.files import Loss, LostFileError
from bot.store.interface import DeskSession
from bot.web.chat_files import SANDBOX, saved
from bot.web.desk import WebDesk
from bot.web.desk_shown_files import file_in
from bot.web.guard import Measure
from dialogs.model import KeptFile
from dialogs.passing_files import LIMITS_HERE, PICTURES

_LOST: dict[Loss, tuple[str, int]] = {
    "gone": ("desk-file-gone", 410),
    "unreadable": ("desk-file-unreadable", 503),
    "platform": ("desk-file-platform", 502),
    "kind": ("desk-file-kind", 415),
}


class DeskFiles(WebDesk):
    """The routes of a line's file: to save it, and a picture small. Nothing of it is stored."""

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered."""
        one = f"{self.base}/cases/{{number:[0-9]{{1,15}}}}/files/{{entry:[0-9]{{1,15}}}}"
        self._gets = Measure(per_minute=120, burst=60)
        return [
            web.get(one, self.file, allow_head=False),
            web.get(f"{one}/small", self.small, allow_head=False),
        ]

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give the file of a line, or say why not."""
        session = await self._opens(request)
        if session is None:
            raise web.HTTPSeeOther("/desk")
        kept = await self._kept(request, session)
        if kept is None:
            return await self._told(request, session, "gone")
        try:
            return saved(await self._service.files.bytes_of(kept), request)
        except LostFileError as lost:
            return await self._told(request, session, lost.loss)

    async def small(self, request: web.Request) -> web.StreamResponse:
        """Give a small picture of a photo."""
        session = await self._opens(request)
        kept = await self._kept(request, session) if session else None
        if kept is None or (kept.mime or "image/jpeg") not in PICTURES:
            raise web.HTTPNotFound
        try:
            content = await self._service.files.small_picture(kept)
        except LostFileError:
            raise web.HTTPNotFound from None
        headers = {"Content-Type": "image/jpeg", "Content-Security-Policy": SANDBOX}
        return web.Response(body=content, headers=headers)

    async def _kept(self, request: web.Request, session: DeskSession) -> KeptFile | None:
        number, entry = (int(request.match_info[name]) for name in ("number", "entry"))
        case = await self._mine(session, number)
        if case is None or not self._gets.allows(session.librarian.id):
            return None
        room = await self._room_of(case, session)
        found = next((line for line in room.entries if line.id == entry), None)
        return file_in(found) if found else None

    async def _told(
        self, request: web.Request, session: DeskSession, loss: Loss
    ) -> web.StreamResponse:
        name, status = _LOST[loss]
        words = self._texts(name, **LIMITS_HERE)
        response = await self._case(request, session, "desk.html", notice=words)
        response.set_status(status)
        return response
