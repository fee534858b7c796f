"""A Messages API on 127.0.0.1 that says what a test scripts and refuses what the API refuses.

    with MessagesServer(rate_limited("1"), Reply((Text("Yes.", (Cite(0, 1, 2),)),))) as server:
        ...  # ask server.url; then look at server.requests

Scripts are played in their order, the last one again and again; without any, `honest()` answers. Every response
closes its connection. By hand: `python -m tests.fakes.messages_server --script honest`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.fakes import messages_script as script
from tests.fakes.messages_honest import honest
from tests.fakes.messages_models import model_info, models_page
from tests.fakes.messages_requests import known_models, refusal_of, search_results
from tests.fakes.messages_usage import PromptCache, input_tokens
from tests.fakes.messages_wire import chunks, events_of, frame, message_of


class MessagesServer:
    """The server in threads of its own. `stop` raises what the script did wrong, e.g. citing what is not there."""

    def __init__(self, *scripts: script.Script) -> None:
        self.requests: list[script.Received] = []
        """Every request in its order, refused ones included."""
        self.hung_up = threading.Event()
        """Set when a client closes its connection while a stream stalls."""
        self.stopping = threading.Event()
        self._scripts = list(scripts) or [honest()]
        self._script_faults: list[Exception] = []
        self._paused: list[list[Mapping[str, Any]]] = []
        self._cache = PromptCache()
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.api = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def bodies(self) -> list[Mapping[str, Any]]:
        """The bodies of the requests for an answer."""
        return [request.body for request in self.requests if request.path == "/v1/messages"]

    def start(self) -> MessagesServer:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        if self._script_faults:
            raise self._script_faults[0]

    def __enter__(self) -> MessagesServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def turn_for(self, request: script.Received) -> script.Turn:
        """What the script says to this request."""
        with self._lock:
            turn = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        return turn(request) if callable(turn) else turn

    def message_for(self, request: script.Received, reply: script.Reply) -> dict[str, Any]:
        """The message object of a reply to this request."""
        usage = {**self._cache.usage_of(request.body, reply.content), **reply.usage}
        message = message_of(reply, request.body["model"], search_results(request.body), usage)
        if reply.stop_reason == "pause_turn":
            self._paused.append(message["content"])
        return message

    def refusal_of(self, headers: Mapping[str, str], body: Any, *, counting: bool) -> script.Failure | None:
        """How the API refuses the request; None where it takes it."""
        return refusal_of(headers, body, counting=counting, paused=self._paused)

    def note_script_fault(self, fault: Exception) -> None:
        self._script_faults.append(fault)


def closed_port() -> str:
    """The address of a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


class _Server(ThreadingHTTPServer):
    api: MessagesServer
    daemon_threads = False
    """So that closing the server waits for what its threads still have to report."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        fault = sys.exception()
        if isinstance(fault, Exception) and not isinstance(fault, OSError):
            self.api.note_script_fault(fault)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 5.0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        models = known_models()
        named = path.removeprefix("/v1/models/")
        if path == "/v1/models":
            return self._json(200, models_page(models))
        if path.startswith("/v1/models/") and named in models:
            return self._json(200, model_info(named))
        self._fail(script.Failure(404, "not_found_error", "Not found"))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = script.Received(self.path, headers, body if isinstance(body, dict) else {})
        self.server.api.requests.append(request)
        counting = self.path == "/v1/messages/count_tokens"
        if self.path != "/v1/messages" and not counting:
            return self._fail(script.Failure(404, "not_found_error", "Not found"))
        refusal = self.server.api.refusal_of(headers, body, counting=counting)
        if refusal:
            return self._fail(refusal)
        if counting:
            return self._json(200, {"input_tokens": input_tokens(request.body)})
        self._play(request)

    def _play(self, request: script.Received) -> None:
        try:
            turn = self.server.api.turn_for(request)
            message = self.server.api.message_for(request, turn) if isinstance(turn, script.Reply) else {}
        except Exception as fault:
            self.server.api.note_script_fault(fault)
            return self._fail(script.Failure(500, "api_error", f"fault in the script: {fault}"))
        match turn:
            case script.Failure():
                self._fail(turn)
            case script.Verbatim():
                with self._body(turn.status, turn.content_type):
                    self._send(chunks([turn.body], turn.chunking))
            case script.Reply(first_byte_after=silence):
                self.server.api.stopping.wait(silence)
                if request.body.get("stream"):
                    self._stream(turn, message)
                else:
                    self._json(200, message)

    def _stream(self, reply: script.Reply, message: dict[str, Any]) -> None:
        events = list(events_of(message, reply.delivery))
        frames = [frame(event, reply.delivery.newline) for event in events]
        broken = reply.broken
        at = len(frames) if broken is None else _break_position(events, broken.at)
        sent = frames[:at]
        if broken and broken.half_event and at < len(frames):
            sent.append(frames[at][: len(frames[at]) // 2])
        with self._body(200, "text/event-stream; charset=utf-8"):
            self._send(chunks(sent, reply.delivery.chunking), reply.delivery.per_second)
            if broken:
                self._break(broken, frames[at:], reply.delivery)

    def _break(self, broken: script.Break, rest: list[bytes], delivery: script.Delivery) -> None:
        match broken.kind:
            case "reset" | "close":
                if broken.kind == "reset":
                    time.sleep(0.05)  # A reset drops what the client has not read yet.
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                raise ConnectionAbortedError
            case "malformed":
                self._send(iter([b'event: content_block_delta\ndata: {"type": "content_bl\n\n']))
                self._send(chunks(rest, delivery.chunking))
            case "error":
                error = {"type": broken.error_type, "message": broken.error_type.replace("_", " ")}
                self._send(iter([frame({"type": "error", "error": error}, delivery.newline)]))
            case "stall":
                self._stall(broken.seconds)
                self._send(chunks(rest, delivery.chunking))

    def _stall(self, seconds: float) -> None:
        """Silence until the time is over, the server stops or the client hangs up."""
        end = time.monotonic() + seconds
        waiting = select.poll()  # select itself takes no descriptor beyond 1023
        waiting.register(self.connection, select.POLLIN | select.POLLHUP)
        while time.monotonic() < end and not self.server.api.stopping.is_set():
            if waiting.poll(10):
                self.server.api.hung_up.set()
                raise ConnectionAbortedError

    @contextlib.contextmanager
    def _body(self, status: int, content_type: str) -> Iterator[None]:
        """A chunked response; a client that has gone away is no fault."""
        try:
            self._head(status, {"content-type": content_type, "transfer-encoding": "chunked"})
            yield
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            pass

    def _send(self, parts: Iterator[bytes], per_second: float | None = None) -> None:
        start = time.monotonic()
        for number, part in enumerate(parts):
            if per_second:
                self.server.api.stopping.wait(max(0.0, start + number / per_second - time.monotonic()))
            if part:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.flush()

    def _fail(self, failure: script.Failure) -> None:
        error = {"type": failure.error_type, "message": failure.message}
        body = {"type": "error", "error": error, "request_id": "req_scripted"}
        self._json(failure.status, body, failure.headers)

    def _json(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        length = {"content-type": "application/json", "content-length": str(len(data))}
        with contextlib.suppress(OSError):
            self._head(status, {**length, **(headers or {})})
            self.wfile.write(data)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "request-id": "req_scripted", "connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()


def _break_position(events: list[dict[str, Any]], at: int | str) -> int:
    """How many events come before the break. Raises LookupError where the stream has no such place."""
    if at == "end":
        return len(events)
    if isinstance(at, str):
        places = [number for number, event in enumerate(events) if event["type"] == at]
        if not places:
            raise LookupError(f"the stream has no {at} to break at")
        return places[0]
    deltas = [number for number, event in enumerate(events) if event["type"] == "content_block_delta"]
    if at > len(deltas):
        raise LookupError(f"the stream has {len(deltas)} deltas, the script breaks after {at}")
    return deltas[at - 1] + 1 if at else 0


def main() -> None:
    """Serves until interrupted, for trying the command line by hand."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    by_name: dict[str, script.Script] = {
        "honest": honest(),
        "plain": honest(ignores_citations=True),
        "flowing": script.flowing(4000, 500),
        "busy": script.rate_limited(),
        "overloaded": script.overloaded(),
        "unauthorised": script.unauthorised(),
    }
    parser.add_argument("--script", choices=sorted(by_name), default="honest")
    with MessagesServer(by_name[parser.parse_args().script]) as server:
        print(server.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
