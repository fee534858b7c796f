"""A real Chroma server on loopback, and a network before it that wants a token, is slow, or cuts off."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

_HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
    return port


class RunningChroma:
    """`chroma run` over a folder; can be killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://{_HOST}:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        """Gives back once it answers."""
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self._folder)]
        command += ["--host", _HOST, "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline and self._process.poll() is None, "chroma run does not start"
            time.sleep(0.05)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def new_database(self) -> str:
        """The name of an empty one."""
        name = f"db-{uuid.uuid4().hex[:10]}"
        self._request("POST", "", f'{{"name": "{name}"}}')
        return name

    def delete_collection(self, database: str, name: str) -> None:
        """With all that it holds."""
        self._request("DELETE", f"/{database}/collections/{name}")

    def _request(self, method: str, below: str, body: str | None = None) -> None:
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=30)
        address = f"/api/v2/tenants/default_tenant/databases{below}"
        connection.request(method, address, body, {"Content-Type": "application/json"})
        assert connection.getresponse().status == 200
        connection.close()

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection(_HOST, self.port, timeout=5)
            connection.request("GET", "/api/v2/heartbeat")
            ok = connection.getresponse().status == 200
            connection.close()
        except OSError:
            return False
        return ok


class NetworkBefore:
    """What stands between aidx and a Chroma server; without one behind it, every path is unknown."""

    def __init__(self, behind: int | None, *, token: str = "", delay: float = 0.0, status: int = 404) -> None:
        self.delay = delay
        self.served = 0
        network = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self) -> None:
                network.served += 1
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                time.sleep(network.delay)
                if token and self.headers.get("Authorization") != f"Bearer {token}":
                    self._answer(401, b"no")
                elif behind is None:
                    self._answer(status, b"?")
                else:
                    connection = http.client.HTTPConnection(_HOST, behind, timeout=60)
                    kept = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                    connection.request(self.command, self.path, sent, kept)
                    answer = connection.getresponse()
                    self._answer(answer.status, answer.read())
                    connection.close()

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815

            def _answer(self, status: int, content: bytes) -> None:
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:  # whoever asked has given up
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((_HOST, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{_HOST}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
