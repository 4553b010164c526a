"""The HTTP application: its routes, its guards, its health."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.clock import millis
from bot.service import Service
from bot.web import caller, desk_lost, guard
from bot.web.answers import AnswerPages
from bot.web.audit import AuditTrail
from bot.web.chat import WebChat
from bot.web.chat_files import ChatFiles
from bot.web.desk import WebDesk
from bot.web.desk_day import DeskDay
from bot.web.desk_files import DeskFiles
from bot.web.directory import DirectoryDesk
from bot.web.door import Door
from bot.web.files import WebFiles
from bot.web.insert import InsertPages
from bot.web.live import Live
from bot.web.me import OwnAccount
from bot.web.people import People
from bot.web.practice import PracticeDesk
from bot.web.reports import Reports
from bot.web.visitor import VisitorDesk

HERE = Path(__file__).parent
LARGEST = 64 * 1024
"""Bytes of one request."""
LATE = 60_000
"""Milliseconds after which waiting work makes the service unhealthy."""
GUARDS = (guard.headers, guard.own_origin, desk_lost.led_back)
"""What every request passes, the outermost first."""


Standing = Callable[[], str]
"""Returns „ok“, or why a channel does not work now."""


def application(
    service: Service,
    channels: Mapping[str, Standing] = MappingProxyType({}),
    public_url: str = "",
    trusted_proxy: Sequence[caller.Network] = (),
) -> web.Application:
    """Return the application over a running service; its health names how `channels` stand.

    `public_url` is what people reach it at, empty where that is not known; `trusted_proxy` is
    where the web server stands whose word is taken for who calls.
    """
    app = web.Application(middlewares=list(GUARDS), client_max_size=LARGEST)
    app[caller.TRUSTED] = tuple(trusted_proxy)
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    chat = WebChat(service.store, service.commit, service.runtime, service.context, service.clock)
    app.add_routes(chat.routes())
    app.add_routes(WebFiles(service.store, chat, service.clock, public_url).routes())
    app.on_shutdown.append(chat.stop)
    app.add_routes(ChatFiles(service, chat).routes())
    desk = WebDesk(service)
    live = Live(service, desk.session)
    app.add_routes(desk.routes())
    app.add_routes(DeskFiles(service).routes())
    app.add_routes(live.routes())
    app.on_shutdown.append(live.stop)
    app.add_routes(PracticeDesk(service).routes())
    app.add_routes(VisitorDesk(service, public_url).routes())
    app.add_routes(DeskDay(service).routes())
    app.add_routes(Door(service).routes())
    app.add_routes(OwnAccount(service).routes())
    app.add_routes(People(service, public_url).routes())
    app.add_routes(AuditTrail(service).routes())
    app.add_routes(Reports(service).routes())
    app.add_routes(AnswerPages(service).routes())
    app.add_routes(InsertPages(service).routes())
    app.add_routes(DirectoryDesk(service).routes())
    app.on_response_prepare.append(guard.kept_by_browsers)
    app.router.add_static("/static", HERE / "static")
    app.router.add_get("/health", _health_of(service, channels))
    return app


def _health_of(
    service: Service, channels: Mapping[str, Standing]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def health(_request: web.Request) -> web.Response:
        ages = await service.store.ages()
        now = millis(service.clock())
        behind = {
            "events_behind_ms": now - ages.oldest_event if ages.oldest_event else 0,
            "messages_behind_ms": now - ages.oldest_message if ages.oldest_message else 0,
        }
        well = behind["events_behind_ms"] < LATE
        face = {
            "status": "ok" if well else "behind",
            **behind,
            "dead_letters": ages.dead_letters,
            "dead_messages": ages.dead_messages,
            "reminders": ages.reminders,
            "rechecks": ages.rechecks,
            "channels": {name: standing() for name, standing in channels.items()},
        }
        return web.json_response(face, status=200 if well else 503)

    return health
