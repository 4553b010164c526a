"""The library's requests over aiohttp; no error of it names an address, which holds the token."""

import json
import os
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

# Waiting times as timedelta: the library's coming default, and without a warning for each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class TokenRefusedError(InvalidToken):
    """The platform does not take this token: 401, and only that.

    The library raises the same error for 404, which a wrong address gives as well.
    """


class AiohttpRequest(BaseRequest):
    """One session for all the calls of a bot."""

    def __init__(
        self, *, read_timeout: float = 20, connect_timeout: float = 10, connections: int = 64
    ) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the call does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  # the library's parameters
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # aiohttp has none
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # aiohttp has none
    ) -> tuple[int, bytes]:
        """Return status and body; raises NetworkError, TimedOut or TokenRefusedError."""
        if self._session is None or self._session.closed:
            raise NetworkError("the connection to the platform is not open")
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=self._timeout(read_timeout, connect_timeout),
                proxy=_proxy(url),
                # A redirect would carry the token elsewhere.
                allow_redirects=False,
            ) as response:
                status, body = response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(_named(error)) from None
        if status == HTTPStatus.UNAUTHORIZED:
            raise TokenRefusedError
        return status, body if 200 <= status < 300 else _legible(body)

    async def download(self, url: str, most: int) -> bytes:
        """Return the bytes at an address, at most so many; raises NetworkError, TimedOut."""
        if self._session is None or self._session.closed:
            raise NetworkError("the connection to the platform is not open")
        timeout = self._timeout(self.DEFAULT_NONE, self._connect_timeout)
        try:
            async with self._session.get(
                url, timeout=timeout, proxy=_proxy(url), allow_redirects=False
            ) as response:
                if response.status != HTTPStatus.OK:
                    raise NetworkError(f"the file was refused ({response.status})")
                content = bytearray()
                async for chunk in response.content.iter_chunked(64 * 1024):
                    content += chunk
                    if len(content) > most:
                        raise NetworkError("the file is too large")
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(_named(error)) from None
        return bytes(content)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer; unlike the library's own, never write a broken one into the log."""
        try:
            parsed = json.loads(payload.decode(errors="replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed

    def _timeout(self, read: Any, connect: Any) -> aiohttp.ClientTimeout:
        read = self._read_timeout if read is self.DEFAULT_NONE else read
        connect = self._connect_timeout if connect is self.DEFAULT_NONE else connect
        total = None if read is None or connect is None else read + connect
        return aiohttp.ClientTimeout(total=total, sock_connect=connect, sock_read=read)


def form(parameters: Mapping[str, object]) -> RequestData:
    """Return the parameters of a call that the library has no typed method for."""
    return RequestData([RequestParameter.from_input(*item) for item in parameters.items()])


def _proxy(url: str) -> str | None:
    # The session's own trust_env reads ~/.netrc in a thread for each request: three times slower.
    parts = urlsplit(url)
    return _proxy_of(parts.scheme, parts.hostname or "")


@cache
def _proxy_of(scheme: str, host: str) -> str | None:
    """Return the proxy that the environment names for this host."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    # A file keeps its name in its own letters: quoted, the platform would show the quoting.
    parts = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in data.multipart_data.items():
        parts.add_field(name, content, filename=filename, content_type=kind)
    return parts


def _named(error: Exception) -> str:
    """Return what went wrong without the words of the library: they may quote the address."""
    name = type(error).__name__
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
    return f"{name}: {reason}" if reason else name


def _legible(body: bytes) -> bytes:
    """Return an error's body if it is the platform's; a proxy's page may quote the address."""
    try:
        return body if isinstance(json.loads(body), dict) else b"{}"
    except ValueError:
        return b"{}"
