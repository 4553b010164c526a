"""The library's requests over aiohttp."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TimedOut

from bot.channels.telegram.request import AiohttpRequest, TokenRefusedError, form

TOKEN = "123456789:AAtest-token-of-nobody_0123456789"  # noqa: S105


@asynccontextmanager
async def serving(handler):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}".format(*runner.addresses[0][:2])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def opened(**options):
    async with AiohttpRequest(**options) as request:
        yield request


def _url(base):
    return f"{base}/bot{TOKEN}/sendMessage"


async def test_parameters_go_as_a_form():
    async def echo(request):
        return web.json_response({"ok": True, "result": dict(await request.post())})

    async with serving(echo) as base, opened() as request:
        parameters = {"text": "Здравейте & ?", "limit": 100, "list": ["a"], "none": None}
        found = await request.post(_url(base), form(parameters))
    assert found == {"text": "Здравейте & ?", "limit": "100", "list": '["a"]'}


async def test_files_go_as_parts():
    async def answer(request):
        found = await request.post()
        file = found["document"]
        name, content = file.filename, file.file.read().decode()
        chat = {"id": 7, "type": "private"}
        message = {"message_id": 1, "date": 1, "chat": chat, "text": f"{name} {content}"}
        assert found["chat_id"] == "7"
        return web.json_response({"ok": True, "result": message})

    async with serving(answer) as base, opened() as request:
        bot = Bot(TOKEN, base_url=f"{base}/bot", request=request, get_updates_request=request)
        sent = await bot.send_document(7, InputFile("съдържание", filename="a.txt"))
    assert sent.text == "a.txt съдържание"


async def test_a_redirect_does_not_carry_the_token_elsewhere():
    asked = []

    async def redirect(request):
        asked.append(request.path)
        raise web.HTTPTemporaryRedirect(f"/elsewhere{request.path}")

    async with serving(redirect) as base, opened() as request:
        with pytest.raises(NetworkError) as caught:
            await request.post(_url(base))
    assert len(asked) == 1
    assert TOKEN not in str(caught.value)


async def test_an_answer_that_does_not_come_is_a_time_out():
    async def never(_request):
        await asyncio.sleep(30)

    async with serving(never) as base, opened(read_timeout=0.1) as request:
        with pytest.raises(TimedOut):
            await request.post(_url(base))
        with pytest.raises(TimedOut):
            await request.post(_url(base), read_timeout=0.2)
    assert request.read_timeout == 0.1


async def test_an_answer_that_drips_is_a_time_out():
    async def drip(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    async with serving(drip) as base, opened(read_timeout=0.3, connect_timeout=0.1) as request:
        with pytest.raises(TimedOut):
            await request.post(_url(base))


async def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(monkeypatch):
    asked = []

    async def proxy(request):
        asked.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    async with serving(proxy) as base, opened() as request:
        monkeypatch.setenv("http_proxy", base)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert await request.post("http://api.example.invalid/bot1:x/getMe") is True
        assert await request.post(f"{base}/bot1:x/getMe") is True
    assert asked[0].startswith("http://api.example.invalid/")
    assert asked[1].startswith(base)


async def test_401_is_a_refused_token():
    async def refuse(_request):
        return web.json_response({"ok": False, "description": f"no {TOKEN}"}, status=401)

    async with serving(refuse) as base, opened() as request:
        with pytest.raises(TokenRefusedError) as caught:
            await request.post(_url(base))
    assert TOKEN not in str(caught.value)


async def test_nothing_is_asked_before_it_is_opened_or_after_it_is_closed():
    request = AiohttpRequest()
    await request.shutdown()
    with pytest.raises(NetworkError):
        await request.post(_url("http://127.0.0.1:1"))
    async with request:
        await request.initialize()
    with pytest.raises(NetworkError):
        await request.post(_url("http://127.0.0.1:1"))


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://:x", "nonsense", "http://a b"])
async def test_no_error_names_the_address(base):
    async with opened() as request:
        with pytest.raises(NetworkError) as caught:
            await request.post(_url(base))
    assert TOKEN not in "".join(map(repr, (caught.value, caught.value.__cause__)))
    assert TOKEN not in str(caught.getrepr(chain=True, style="short", showlocals=False))
