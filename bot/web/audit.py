"""The audit trail, for administrators: the newest first, page by page."""

import re
from typing import Any

from aiohttp import web

from bot.desk.audit import OPERATOR
from bot.store.accounts import AuditLine
from bot.web import audit_words
from bot.web.signed_in import SignedIn

AT_ONCE = 50
NUMBER = re.compile(r"[0-9]{1,15}")


class AuditTrail(SignedIn):
    """The page „Дневник“."""

    base = "/desk/audit"

    def routes(self) -> list[web.RouteDef]:
        """Return what the page answers to."""
        return [web.get("/desk/audit", self.page)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show a page of the trail."""
        session = await self._required(request, "admin")
        asked = request.query.get("before", "")
        before = int(asked) if NUMBER.fullmatch(asked) else 0
        lines = await self._service.accounts.store.trail(before, AT_ONCE + 1)
        shown, more = lines[:AT_ONCE], len(lines) > AT_ONCE
        page = self._face(session) | {
            "lines": [self._line(line) for line in shown],
            "older": shown[-1].id if more else 0,
            "newer": bool(before),
        }
        return self._render("desk_audit.html", request, page)

    def _line(self, line: AuditLine) -> dict[str, Any]:
        said = f"desk-act-{line.action}"
        return {
            "at": line.at,
            "who": line.actor_name or self._nameless(line),
            "role": f"desk-role-{line.role}" if f"desk-role-{line.role}" in self._texts else "",
            "action": self._texts(said) if said in self._texts else line.action,
            "about": self._about(line),
            "change": audit_words.change(line, self._service.context()),
            "address": line.address,
        }

    def _nameless(self, line: AuditLine) -> str:
        if line.role == OPERATOR:
            return self._texts("people-operator")
        return self._texts("people-somebody")

    def _about(self, line: AuditLine) -> str:
        """Return whom or what it was done to; nothing where that is the one who did it."""
        if line.about == line.actor:
            return ""
        role, _, desk = line.about.partition(" ")
        if line.action == "invite" and f"desk-role-{role}" in self._texts:
            where = self._library_name(desk)
            named = self._texts(f"desk-role-{role}")
            return f"{named}, {where}" if where else named
        told = audit_words.about(line, self._service.context(), self._library_name)
        return line.about_name or told
