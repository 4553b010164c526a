"""What every page is guarded by: headers, own origin only, a measure of how much at once."""

import logging
import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic
from urllib.parse import urlsplit

from aiohttp import web

from dialogs.texts import load_texts

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
CONDITIONS = ("If-None-Match", "If-Modified-Since", "Range")
"""Where one asks so, the answer may have no body, or a part: neither can be made smaller."""


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put the guarding headers on every answer, errors too; pages are not kept by caches."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        _in_plain_words(error)
        error.headers.update(HEADERS)
        error.headers.setdefault("Cache-Control", "no-store")
        raise
    except Exception as error:  # noqa: BLE001  # told to the log, without the person's words
        response = _failed(request, error)
    for name, value in HEADERS.items():
        # A file that somebody sent is guarded more strictly still.
        response.headers.setdefault(name, value)
    if request.path.startswith("/static/"):
        # Only these: the length of a page that is made smaller tells of the secrets in it.
        whole = not any(name in request.headers for name in CONDITIONS)
        if whole and request.method == "GET":
            response.enable_compression()
        response.headers["Vary"] = "Accept-Encoding"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


async def kept_by_browsers(request: web.Request, response: web.StreamResponse) -> None:
    """Say how long a browser may keep one of our own files; whether it is there is known by now."""
    if request.path.startswith("/static/"):
        # The page names its files with a mark of what is in them.
        marked = "v" in request.query and response.status < 400
        kept = "public, max-age=31536000, immutable" if marked else "no-cache"
        response.headers["Cache-Control"] = kept


def _failed(request: web.Request, error: Exception) -> web.Response:
    t = load_texts()["bg"]
    if isinstance(error, OSError) and request.path.startswith("/static/"):
        # A name that no disk takes is the name of no file.
        return web.Response(status=404, text=t("web-not-found"))
    trace = "".join(traceback.format_tb(error.__traceback__))
    log.error("a request failed: %s\n%s", type(error).__name__, trace)
    return web.Response(status=500, text=t("web-error"))


def _in_plain_words(error: web.HTTPException) -> None:
    """Replace the framework's own English words by kind ones."""
    if error.status < 400 or error.text != f"{error.status}: {error.reason}":
        return
    names = {404: "web-not-found", 405: "web-not-found", 413: "web-too-large"}
    fallback = "web-not-understood" if error.status < 500 else "web-error"
    error.text = load_texts()["bg"](names.get(error.status, fallback))


@web.middleware
async def own_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site makes a browser post."""
    if request.method not in ("GET", "HEAD"):
        site = request.headers.get("Sec-Fetch-Site")
        origin = request.headers.get("Origin")
        foreign = origin is not None and _host_of(origin) != request.host
        # What the browser itself says cannot be forged by a page, and holds behind a proxy too.
        if site != "same-origin" and (foreign or site in ("cross-site", "same-site")):
            raise web.HTTPForbidden(text=load_texts()["bg"]("web-other-site"))
    return await handler(request)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class Measure:
    """A bucket of permissions for each of many callers; the least recent are forgotten."""

    def __init__(self, per_minute: int, burst: int, callers: int = 10_000) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._callers = callers
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """Return whether this caller may do one more thing now."""
        at = monotonic()
        left, before = self._left.pop(caller, (float(self._burst), at))
        left = min(self._burst, left + (at - before) * self._rate)
        allowed = left >= 1
        self._left[caller] = (left - 1 if allowed else left, at)
        while len(self._left) > self._callers:
            self._left.popitem(last=False)
        return allowed
