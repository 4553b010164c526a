"""Leads on from an address of the desk that is no page: it was opened, and only a form posts there.

A browser asks for such an address when somebody reloads after an act, or comes back to a tab.
"""

import re

import aiohttp_jinja2
from aiohttp import web

from bot.web.guard import Handler
from bot.web.own_files import mark
from dialogs.texts import load_texts

OF_CASE = re.compile(r"(?P<case>/desk(?:/practice)?/cases/[0-9]{1,15})/\w+")


@web.middleware
async def led_back(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer as the handler does; where it takes no GET, lead to the case, or say so on a page."""
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as error:
        opened = request.method in ("GET", "HEAD")
        if not opened or not request.path.startswith("/desk"):
            raise
        of_case = OF_CASE.fullmatch(request.path)
        if of_case:
            raise web.HTTPSeeOther(of_case["case"]) from error
        page = {"t": load_texts()["bg"], "version": mark(), "practice": False, "trial": False}
        response = aiohttp_jinja2.render_template("desk_lost.html", request, page)
        response.set_status(error.status)
        response.headers["Allow"] = error.headers["Allow"]
        return response
