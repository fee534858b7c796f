"""A web server on 127.0.0.1 that says what a test scripts, faults included.

    with PagesServer({"/page": [Reply(503), Reply(body=b"<html>…")]}) as server:
        ...  # fetch f"{server.url}/page"; then look at server.requests

The replies of a path are played in their order, the last one again and again; one may be a function of the request.
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked; the names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    moment: float
    """On the monotonic clock, in seconds."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, whole or with a fault."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    says_length: bool = True
    """Else the end of the connection is the end of the body."""
    cut_after: int | None = None
    """Bytes of the body after which the connection is reset."""
    stall_after: int | None = None
    """Bytes of the body after which nothing more comes, until the client hangs up or the server stops."""
    piece: int = 1 << 30
    """Bytes sent at once,"""
    pause: float = 0.0
    """and seconds after each piece."""


Script = Mapping[str, Sequence[Reply | Callable[[Request], Reply]]]


class PagesServer:
    """The server in threads of its own."""

    def __init__(self, script: Script, encrypted: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.hung_up = threading.Event()
        """Set when a client hangs up while an answer stalls."""
        self.sent = threading.Event()
        """Set when an answer has come to where it stalls."""
        self.stopping = threading.Event()
        self.connections = 0
        self._replies = {path: list(replies) for path, replies in script.items()}
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.pages = self
        if encrypted:
            self._http.socket = encrypted.wrap_socket(self._http.socket, server_side=True)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> PagesServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply_to(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            replies = self._replies.get(request.path, [Reply(404)])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        return reply(request) if callable(reply) else reply


def ranged(body: bytes, etag: str, content_type: str = "image/png") -> Callable[[Request], Reply]:
    """A server that knows ranges, as of RFC 9110: a part if the version still is the one asked for."""

    def reply(request: Request) -> Reply:
        headers = {"content-type": content_type, "etag": etag}
        wanted = request.headers.get("range", "")
        if not wanted or request.headers.get("if-range") != etag:
            return Reply(200, headers, body)
        start = int(wanted.removeprefix("bytes=").partition("-")[0])
        if start >= len(body):
            return Reply(416, {"content-range": f"bytes */{len(body)}"})
        part = {"content-range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
        return Reply(206, {**headers, **part}, body[start:])

    return reply


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class _Server(ThreadingHTTPServer):
    pages: PagesServer
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.pages.connections += 1

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing is printed."""

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.pages.reply_to(Request(self.command, self.path, headers, time.monotonic()))
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.says_length and reply.status != 304:
            self.send_header("content-length", str(len(reply.body)))
        elif not reply.says_length:
            self.send_header("connection", "close")
            self.close_connection = True
        self.end_headers()
        self._send_body(reply)

    do_CONNECT = do_GET

    def _send_body(self, reply: Reply) -> None:
        end = min(len(reply.body) if at is None else at for at in (reply.cut_after, reply.stall_after))
        for start in range(0, end, reply.piece):
            self.wfile.write(reply.body[start : min(end, start + reply.piece)])
            self.server.pages.stopping.wait(reply.pause)
        if reply.stall_after is not None:
            self._stall()
        if reply.cut_after is not None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _stall(self) -> None:
        pages = self.server.pages
        pages.sent.set()
        waiting = select.poll()
        waiting.register(self.connection, select.POLLIN | select.POLLHUP)
        while not pages.stopping.is_set():
            if waiting.poll(10):
                pages.hung_up.set()
                break
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
