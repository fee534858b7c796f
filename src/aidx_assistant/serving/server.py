"""The server: its routes, and its life from the first request to Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from aidx_assistant.interrupts import left_to_asyncio
from aidx_assistant.serving.app_process import AppCommand, AppProcess
from aidx_assistant.serving.browser_session import BrowserSession, as_drawing, in_cells
from aidx_assistant.serving.entrance import Entrance
from aidx_assistant.serving.listening import Listening
from aidx_assistant.serving.protection import allow_nothing, allow_own_files, protect

_OURS = Path(__file__).parent / "page"
_TERMINAL = Path(str(files("textual_serve"))) / "static"


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file that the page is made of; its type is not left to what the system knows of file names."""

    path: Path
    content_type: str


_FILES = {
    "page.css": ServedFile(_OURS / "page.css", "text/css"),
    "page.js": ServedFile(_OURS / "page.js", "text/javascript"),
    "icon.svg": ServedFile(_OURS / "icon.svg", "image/svg+xml"),
    "terminal.css": ServedFile(_TERMINAL / "css/xterm.css", "text/css"),
    "terminal.js": ServedFile(_TERMINAL / "js/textual.js", "text/javascript"),
    "upright.ttf": ServedFile(_TERMINAL / "fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "italic.ttf": ServedFile(_TERMINAL / "fonts/RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
}

_LEADING_ON = """\
<!doctype html>
<title>aidx</title>
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={path}">
"""


class AppServer:
    """Serves the app to whoever `entrance` lets in: every open page has an app of its own."""

    def __init__(self, listening: Listening, app_command: AppCommand) -> None:
        self.entrance = Entrance(listening)
        self._listening = listening
        self._app_command = app_command
        self._sessions: set[BrowserSession] = set()

    def run(self) -> None:
        """Serves until it is told to end: by Ctrl-C (raises KeyboardInterrupt), or SIGTERM or SIGHUP (returns)."""
        _silence_libraries()
        with contextlib.suppress(asyncio.CancelledError), left_to_asyncio():
            asyncio.run(self._serve_until_signalled())

    async def _serve_until_signalled(self) -> None:
        """asyncio takes Ctrl-C for us; a closed terminal and a request to end come as signals it leaves alone."""
        serving = asyncio.create_task(self.serve())
        if sys.platform != "win32":
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
        await serving

    async def serve(self) -> None:
        """Serves until it is cancelled; then its apps end with it."""
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.SockSite(runner, self._listening.socket)
        await site.start()
        try:
            await asyncio.Event().wait()
        finally:
            await site.stop()
            await asyncio.gather(*(session.end() for session in self._sessions))
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard])
        application.on_response_prepare.append(protect)
        path = self.entrance.path
        application.add_routes(
            [
                web.get("/", self._enter),
                web.get(path, self._page),
                web.get(f"{path}static/{{name}}", self._file),
                web.get(f"{path}download/{{key}}", self._download, allow_head=False),
                web.get(f"{path}ws", self._session, allow_head=False),
            ]
        )
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Before every route, and before it is known whether there is one."""
        refusal = self.entrance.refusal(request)
        if refusal is not None:
            return web.Response(status=403, text=f"{refusal}\n")
        return await handler(request)

    async def _enter(self, _request: web.Request) -> web.StreamResponse:
        """The page leads on by itself: after a redirect from elsewhere the browser would keep the cookie back."""
        response = web.Response(text=_LEADING_ON.format(path=self.entrance.path), content_type="text/html")
        allow_nothing(response)
        self.entrance.admit(response)
        return response

    async def _page(self, request: web.Request) -> web.StreamResponse:
        response = web.Response(body=(_OURS / "page.html").read_bytes(), content_type="text/html", charset="utf-8")
        allow_own_files(response, request.headers["Host"])
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        served = _FILES.get(request.match_info["name"])
        if served is None:
            raise web.HTTPNotFound
        return web.FileResponse(served.path, headers={"Content-Type": served.content_type})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that an app delivers: always to be kept, never to be shown or run as a page of this server."""
        key = request.match_info["key"]
        taken = ((session, file) for session in self._sessions if (file := session.take(key)))
        session, delivery = next(taken, (None, None))
        if session is None or delivery is None:
            raise web.HTTPNotFound
        name = quote(delivery.file_name, safe="")
        response = web.StreamResponse(headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})
        await response.prepare(request)
        async for part in session.parts(delivery):
            await response.write(part)
        return response

    async def _session(self, request: web.Request) -> web.StreamResponse:
        """A WebSocket, and an app for it while it is open."""
        socket = web.WebSocketResponse(heartbeat=15, timeout=1, compress=False)
        await socket.prepare(request)
        width, height = (_size(request, name, usual) for name, usual in (("width", 80), ("height", 24)))
        try:
            app = await AppProcess.start(self._app_command, width, height)
        except OSError as error:
            await socket.send_bytes(as_drawing(f"The app cannot be started: {error.strerror or error}."))
            await socket.close()
            return socket
        session = BrowserSession(socket, app)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)
        return socket


def _size(request: web.Request, name: str, usual: int) -> int:
    asked = request.query.get(name, "")
    return in_cells(int(asked)) if asked.isdecimal() and len(asked) < 10 else usual


def _silence_libraries() -> None:
    """What goes wrong with a request is told to who made it; Python's developer mode shows the libraries' lines."""
    if not sys.flags.dev_mode:
        for name in ("aiohttp", "asyncio"):
            logging.getLogger(name).addHandler(logging.NullHandler())
