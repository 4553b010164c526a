"""What every page is guarded by: headers, own origin only, a measure of how much at once."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put the guarding headers on every answer, errors too; pages are not kept by caches."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    response.headers.update(HEADERS)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


@web.middleware
async def own_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site makes a browser post."""
    if request.method not in ("GET", "HEAD"):
        origin = request.headers.get("Origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.host
        if foreign or request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
            raise web.HTTPForbidden(text="This request came from another site.")
    return await handler(request)


class Measure:
    """A bucket of permissions for each of many callers; the least recent are forgotten."""

    def __init__(self, per_minute: int, burst: int, callers: int = 10_000) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._callers = callers
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """Return whether this caller may do one more thing now."""
        at = time.monotonic()
        left, before = self._left.pop(caller, (float(self._burst), at))
        left = min(self._burst, left + (at - before) * self._rate)
        allowed = left >= 1
        self._left[caller] = (left - 1 if allowed else left, at)
        while len(self._left) > self._callers:
            self._left.popitem(last=False)
        return allowed
