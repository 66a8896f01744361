"""The server: who may ask what, how much, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, get_args

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cleantext.batch.workers import Bounds
from cleantext.serve.answer import Kind, answer, to_json, warm_up
from cleantext.serve.openapi import description
from cleantext.serve.page import page
from cleantext.serve.question import RefusedError, question_of

NAMES: Final = ("127.0.0.1", "localhost")
"""What this machine is called by those who may ask it. A page elsewhere may point a name of its own here, but can't
choose these."""

READING: Final = 30.0
"""Seconds that a request's body may take to arrive."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take: bytes of its body, seconds and megabytes of its answer; and how many are answered at once."""

    size: int = 10_000_000
    seconds: float = 20.0
    megabytes: int = 2_000
    processes: int = 2


def app(limits: Limits) -> Starlette:
    """The application."""
    desk = _Desk(limits)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(asyncio.to_thread(warm_up))
        yield
        await warming

    routes = [
        Route("/", _guarded(_page), methods=["GET"]),
        Route("/openapi.json", _guarded(_description), methods=["GET"]),
        *(Route(f"/{kind}", _guarded(desk.answering(kind)), methods=["POST"]) for kind in get_args(Kind)),
    ]
    return Starlette(routes=routes, lifespan=life, exception_handlers={HTTPException: _unknown})


class _Desk:
    """Takes questions in, and lets no more be worked on than there are processes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bounds = Bounds(limits.seconds, limits.megabytes)
        self.free = asyncio.Semaphore(limits.processes)

    def answering(self, kind: Kind) -> Handler:
        """The handler that gives answers of one kind."""

        async def handle(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise RefusedError(415, "send JSON, with the header Content-Type: application/json")
            question = question_of(await self._body(request))
            await self._turn()
            try:
                text = await asyncio.to_thread(answer, question, kind, self.bounds)
            finally:
                self.free.release()
            return _response(200, text, "text/html" if kind == "view" else "application/json")

        return handle

    async def _turn(self) -> None:
        """Wait for a process, no longer than one may work."""
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self.free.acquire()
        except TimeoutError:
            raise RefusedError(503, "too many requests at once: ask again later") from None

    async def _body(self, request: Request) -> bytes:
        size = self.limits.size
        refusal = RefusedError(413, f"the body is larger than {size:,} bytes")
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > size:
            raise refusal
        body = bytearray()
        try:
            async with asyncio.timeout(READING):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > size:
                        raise refusal
        except TimeoutError:
            raise RefusedError(408, f"the body took longer than {READING:g} seconds") from None
        return bytes(body)


def _guarded(handler: Handler) -> Handler:
    """The handler behind its guards: whoever asks calls this machine by its own name, and is no page from elsewhere."""

    async def handle(request: Request) -> Response:
        try:
            _check_caller(request)
            return await handler(request)
        except RefusedError as refusal:
            return _error(refusal.status, str(refusal))

    return handle


def _check_caller(request: Request) -> None:
    port = request.scope["server"][1]
    hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
    if request.headers.get("host", "").lower() not in hosts:
        raise RefusedError(403, f"this server answers to {' and '.join(sorted(hosts))} only")
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        raise RefusedError(403, "pages from elsewhere may not ask")


async def _page(_request: Request) -> Response:
    html, policy = page()
    return _response(200, html, "text/html", {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"})


async def _description(_request: Request) -> Response:
    return _response(200, to_json(description()), "application/json")


async def _unknown(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail.lower(), dict(error.headers or {}))


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return _response(status, to_json({"error": message, "status": status}), "application/json", headers)


def _response(status: int, text: str, kind: str, headers: dict[str, str] | None = None) -> Response:
    return Response(text, status, HEADERS | (headers or {}), media_type=kind)
