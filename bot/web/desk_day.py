"""A library's day at the desk: numbers by one tap, the month's table, what nobody could answer."""

import datetime as dt
from typing import Any

from aiohttp import web

from bot.desk import gap_words
from bot.desk.absence import set_away
from bot.desk.day import COLUMNS, TAPPED, beside, is_month, table
from bot.desk.gaps import Cell, K, Row, grouped, seen_from
from bot.desk.roster import TRIAL
from bot.service import Service
from bot.store.interface import DeskSession, Librarian
from bot.web.desk import KEY, WebDesk
from bot.web.signed_in import LIBRARIAN
from knowledge.calendar import SOFIA


class DeskDay(WebDesk):
    """What a library counts, and what was asked for nothing; of other libraries nothing is seen."""

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._day = service.day

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered."""
        return [
            web.post(f"/desk/day/{{metric:{'|'.join(TAPPED)}}}/{{act:tap|undo}}", self.tap),
            web.post("/desk/away", self.away),
            web.get("/desk/counters", self.counters),
            web.get("/desk/gaps", self.gaps),
        ]

    # -- one tap -------------------------------------------------------------------------------

    async def tap(self, request: web.Request) -> web.StreamResponse:
        """Count one more, or take the last tap back; the same form again changes nothing."""
        session, form = await self._posted(request, *LIBRARIAN, needs_desk=True)
        key = form.get("key", "")
        if KEY.fullmatch(key):
            tapped = request.match_info["act"] == "tap"
            change = self._day.tap if tapped else self._day.undo
            library, metric = session.librarian.library, request.match_info["metric"]
            await change(library, self._today(), metric, key)
        raise web.HTTPSeeOther("/desk#day")

    # -- away today ------------------------------------------------------------------------------

    async def away(self, request: web.Request) -> web.StreamResponse:
        """Note that who pressed is away today, or here again."""
        session, form = await self._posted(request, needs_desk=True)
        away = form.get("away") == "yes"
        await set_away(self._service, session.librarian, away=away)
        raise web.HTTPSeeOther("/desk#day")

    # -- the month -----------------------------------------------------------------------------

    async def counters(self, request: web.Request) -> web.StreamResponse:
        """Show the month of the library, day by day."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        self._only(request, session, *LIBRARIAN, needs_desk=True)
        this = f"{self._today():%Y-%m}"
        month = request.query.get("month", this)
        month = month if is_month(month) and month <= this else this
        counted = await self._day.month(month, session.librarian.library)
        page = self._head(session) | {
            "month": self._month_words(month),
            "columns": COLUMNS,
            "table": table(counted),
            "before": beside(month, -1),
            "after": beside(month, 1) if month < this else "",
        }
        return self._render("desk_counters.html", request, page)

    # -- what nobody could answer --------------------------------------------------------------

    async def gaps(self, request: web.Request) -> web.StreamResponse:
        """Show what was asked and not answered in a month that is over."""
        session = await self.session(request)
        if session is None:
            return self._door(request)
        self._only(request, session, *LIBRARIAN)
        this = f"{self._today():%Y-%m}"
        months = [month for month in await self._service.gaps.months() if month < this]
        asked = request.query.get("month", "")
        month = asked if asked in months else next(iter(months), "")
        rows = await self._rows(session.librarian, month) if month else ()
        page = self._head(session) | {
            "months": [(each, self._month_words(each)) for each in months],
            "month": month,
            "rows": [self._row_words(row) for row in rows],
            "least": K,
            "province": ""
            if self._sees_all(session.librarian)
            else self._province(session.librarian),
        }
        return self._render("desk_gaps.html", request, page)

    async def _rows(self, librarian: Librarian, month: str) -> tuple[Row, ...]:
        provinces = gap_words.provinces_of(self._service.knowledge.gazetteer)
        cells = [Cell(*counted) for counted in await self._service.gaps.month(month)]
        rows = grouped(cells, provinces)
        if self._sees_all(librarian):
            return rows
        return seen_from(rows, self._province(librarian), provinces)

    def _sees_all(self, librarian: Librarian) -> bool:
        """Whether this librarian reads the report of the whole country."""
        return librarian.role == "admin" or librarian.library == TRIAL

    def _province(self, librarian: Librarian) -> str:
        library = self._service.knowledge.directory.library(librarian.library)
        return library.state_province if library else ""

    def _row_words(self, row: Row) -> tuple[str, str, str]:
        """Return what a row says: what about, from where, how many."""
        t = self._texts
        places = self._service.knowledge.gazetteer
        return gap_words.topic(row, t), gap_words.place(row, t, places), gap_words.number(row, t)

    # -- showing -------------------------------------------------------------------------------

    def _head(self, session: DeskSession) -> dict[str, Any]:
        """Return what stands at the head of every page."""
        return self._face(session)

    def _month_words(self, month: str) -> str:
        year, number = month.split("-")
        return self._texts("desk-day-month", month=int(number), year=year)

    def _today(self) -> dt.date:
        return self._service.clock().astimezone(SOFIA).date()
