"""Who calls, as far as it is looked at: the network they are in, and the kind of browser."""

import re
from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp import web

Network = IPv4Network | IPv6Network
TRUSTED: web.AppKey[tuple[Network, ...]] = web.AppKey("trusted_proxy", tuple)
"""Where the web server stands whose X-Forwarded-For is believed."""
KEPT = {4: 24, 6: 48}
"""Bits of an address that are kept; they name a house or a street, and nobody in it."""
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|Chromium/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def network_of(request: web.Request) -> str:
    """Return the network of whoever calls; empty where that is not known."""
    address = _address(request)
    if address is None:
        return ""
    return str(ip_network((address, KEPT[address.version]), strict=False))


def _address(request: web.Request) -> IPv4Address | IPv6Address | None:
    trusted = request.app[TRUSTED]
    address = _read(request.remote or "")
    hops = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    # Each server writes at the end whom it was called by: the last one not ours is the caller.
    while address is not None and hops and _stands_in(address, trusted):
        before = _read(hops.pop())
        if before is None:
            break
        address = before
    return address


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _stands_in(address: IPv4Address | IPv6Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def browser_of(request: web.Request) -> str:
    """Return the kind of browser as „Firefox/Windows“; a part that is not known is empty."""
    said = request.headers.get("User-Agent", "")
    return f"{_first(BROWSERS, said)}/{_first(SYSTEMS, said)}"


def _first(kinds: Sequence[tuple[str, str]], said: str) -> str:
    return next((name for name, pattern in kinds if re.search(pattern, said)), "")
