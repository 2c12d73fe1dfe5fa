"""Servers in the house that speak Open Food Facts' and Grocy's wire formats, and misbehave when told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

type Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


def says(data: Any, *, status: int = 200, **headers: str) -> Behaviour:
    """Answer with JSON."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(
            data, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return answer


def shows(page: str, *, status: int = 200) -> Behaviour:
    """Answer with a page for people."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(text=page, status=status, content_type="text/html")

    return answer


def sends_on(location: str) -> Behaviour:
    """Answer with another address, in which ``{host}`` is the server's own."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": location.format(host=request.host)})

    return answer


async def floods(request: web.Request) -> web.StreamResponse:
    """Answer without an end."""
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        while True:
            await response.write(b"[" * 65_536)
    except ConnectionError:
        return response


async def bombs(request: web.Request) -> web.StreamResponse:
    """Answer with little that unpacks to much."""
    response = web.Response(body=b" " * 50_000_000)
    response.enable_compression(web.ContentCoding.gzip)
    return response


async def hangs_up(request: web.Request) -> web.StreamResponse:
    """Close the line in the middle of an answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport is not None
    request.transport.abort()
    return response


class Sleeper:
    """Answers only once it is woken, which the end of the test does."""

    def __init__(self) -> None:
        """Sleep."""
        self.woken = asyncio.Event()

    async def __call__(self, _: web.Request) -> web.StreamResponse:
        await self.woken.wait()
        return web.json_response({})


@dataclass(kw_only=True)
class Server:
    """A server: what it answers where, and what it was asked."""

    url: URL
    answers: dict[str, Behaviour]
    otherwise: Behaviour
    asked: list[web.Request] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await self.answers.get(request.path, self.otherwise)(request)


@asynccontextmanager
async def serving(
    answers: Mapping[str, Behaviour] | None = None, otherwise: Behaviour | None = None
) -> AsyncGenerator[Server]:
    """Run a server on the loopback address."""
    server = Server(url=URL(), answers=dict(answers or {}), otherwise=otherwise or says({}, status=404))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    async with TestServer(app, host="127.0.0.1") as running:
        server.url = running.make_url("/")
        yield server
        for behaviour in (*server.answers.values(), server.otherwise):
            if isinstance(behaviour, Sleeper):
                behaviour.woken.set()
