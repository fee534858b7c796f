"""`aidx serve`: who is let in, what is served, what ends when."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import pytest

from aidx_assistant.errors import UsageError
from aidx_assistant.serving.app_process import AppCommand
from aidx_assistant.serving.listening import listen
from aidx_assistant.serving.server import AppServer
from tests.fakes.command import aidx
from tests.serving import chromium

PRETENDED_APP = Path(__file__).with_name("pretended_app.py")
ROUTES = ["", "static/page.js", "static/terminal.js", "download/k1", "ws", "nothing"]
"""Under the app's own path."""

_FONT = re.compile(r'url\("([^"]+)"\)')


class Served:
    """A server in this process whose apps are pretended ones, and a browser's side of it."""

    def __init__(
        self, server: AppServer, running: asyncio.Task[None], client: aiohttp.ClientSession, pid_file: Path
    ) -> None:
        self.running = running
        self.entrance = server.entrance
        self.client = client
        self.origin, _, self.token = self.entrance.address.partition("/?token=")
        self.app = self.entrance.path
        self.pid_file = pid_file

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"aidx={self.token}"}

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        """Status, text and headers."""
        async with self.client.get(self.origin + path, headers=headers) as response:
            return response.status, await response.text(errors="replace"), response.headers

    @contextlib.asynccontextmanager
    async def page(self, query: str = "") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        headers = {**self.cookie, "Origin": self.origin}
        async with self.client.ws_connect(f"{self.origin}{self.app}ws{query}", headers=headers) as opened:
            yield opened

    def app_runs(self) -> bool:
        return _runs(int(self.pid_file.read_text()))


def serving(tmp_path: Path, check: Callable[[Served], Awaitable[None]], *arguments: str) -> None:
    """Runs a check against a server, whose app may be another than the pretended one."""

    async def checked() -> None:
        pid_file = tmp_path / "pid"
        server = AppServer(
            listen("127.0.0.1", 0), AppCommand(arguments or (sys.executable, str(PRETENDED_APP), str(pid_file)))
        )
        task = asyncio.create_task(server.serve())
        try:
            async with asyncio.timeout(20), aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
                await check(Served(server, task, client, pid_file))
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    asyncio.run(checked())


async def drawn(page: aiohttp.ClientWebSocketResponse, expected: str) -> str:
    """Everything that came for the terminal up to the text expected."""
    text = ""
    async with asyncio.timeout(10):
        while expected not in text:
            message = await page.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, (text, message)
            text += message.data.decode()
    return text


async def asked(page: aiohttp.ClientWebSocketResponse) -> Any:
    """The next thing that the page is asked for."""
    async with asyncio.timeout(10):
        while (message := await page.receive()).type is aiohttp.WSMsgType.BINARY:
            pass
    return message.json()


async def gone(runs: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while runs():
            await asyncio.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


# Who is let in


def test_every_route_asks_for_the_token(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        for path in ["/", "/favicon.ico", *(served.app + route for route in ROUTES)]:
            for attempt in ("", "?token=", "?token=wrong", f"?token={served.token[:-1]}", "?token=%ff%00ä"):
                status, text, _ = await served.get(path + attempt)
                assert (status, text.count("\n")) == (403, 1), (path, attempt)
                assert "aidx serve" in text
            status, _, _ = await served.get(path, Cookie=served.cookie["Cookie"][:-1])
            assert status == 403, path

    serving(tmp_path, check)


def test_the_first_request_leaves_a_cookie_that_opens_the_rest(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        status, text, headers = await served.get(f"/?token={served.token}")
        assert status == 200 and f'content="0; url={served.app}"' in text
        [cookie] = headers.getall("Set-Cookie")
        assert {"HttpOnly", "SameSite=Strict", f"Path={served.app}"} <= set(cookie.split("; "))
        carried = {"Cookie": cookie.partition(";")[0]}
        answers = [await served.get(served.app + route, **carried) for route in ROUTES]
        assert [status for status, _, _ in answers] == [200, 200, 200, 404, 400, 404]
        assert "textual-terminal" in answers[0][1]
        assert not any("Set-Cookie" in headers for _, _, headers in answers)

    serving(tmp_path, check)


def test_other_servers_on_this_machine_do_not_get_the_token(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        came: list[str] = []

        async def note(request: aiohttp.web.Request) -> aiohttp.web.Response:
            came.append(request.headers.get("Cookie", ""))
            return aiohttp.web.Response()

        other = aiohttp.web.AppRunner(aiohttp.web.Application())
        other.app.router.add_get("/{path:.*}", note)
        await other.setup()
        await aiohttp.web.SockSite(other, socket.create_server(("127.0.0.1", 0))).start()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            for address in (served.entrance.address, served.origin + served.app):
                async with browser.get(address) as response:
                    assert response.status == 200
            for path in ("/", "/static/page.js", "/ws"):
                await browser.get(f"http://127.0.0.1:{other.addresses[0][1]}{path}")
        await other.cleanup()
        assert came == ["", "", ""]
        assert served.app not in served.entrance.address + served.entrance.one_time_address()

    serving(tmp_path, check)


def test_a_one_time_address_opens_once(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        path = served.entrance.one_time_address().removeprefix(served.origin)
        status, _, headers = await served.get(path)
        assert status == 200
        assert (await served.get(path))[0] == 403
        assert (await served.get(served.app, Cookie=headers["Set-Cookie"].partition(";")[0]))[0] == 200

    serving(tmp_path, check)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{host}", "http://127.0.0.1:1", "{host}"])
def test_another_site_is_turned_away_even_with_the_token(tmp_path: Path, origin: str) -> None:
    async def check(served: Served) -> None:
        foreign = origin.format(host=served.origin.removeprefix("http://"))
        for path in ["/", *(served.app + route for route in ROUTES)]:
            status, text, _ = await served.get(f"{path}?token={served.token}", Origin=foreign, **served.cookie)
            assert (status, text) == (403, "This request comes from another site.\n"), path

    serving(tmp_path, check)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "a@127.0.0.1", ""]
)
def test_a_name_made_to_resolve_to_this_machine_is_turned_away(tmp_path: Path, host: str) -> None:
    async def check(served: Served) -> None:
        named = host.format(port=served.origin.rpartition(":")[2])
        for path in ["/", *(served.app + route for route in ROUTES)]:
            status, _, _ = await served.get(path, Host=named, **served.cookie)
            assert status in {400, 403}, path

    serving(tmp_path, check)


def test_a_tunnel_with_another_port_is_this_site(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        headers = {"Host": "localhost:9000", "Origin": "http://localhost:9000", **served.cookie}
        status, _, answered = await served.get(served.app, **headers)
        assert status == 200
        assert "ws://localhost:9000;" in answered["Content-Security-Policy"]

    serving(tmp_path, check)


def test_the_websocket_opens_for_this_page_alone(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        own = {"Origin": served.origin}
        for headers in ({}, own, served.cookie, {**served.cookie, "Origin": "http://evil.example"}):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await served.client.ws_connect(f"{served.origin}{served.app}ws", headers=headers)
            assert refused.value.status == 403
        assert not served.pid_file.exists()
        async with served.page() as page:
            assert await drawn(page, "24") == "80 by 24"

    serving(tmp_path, check)


@pytest.mark.parametrize(
    ("bound", "names", "strangers"),
    [
        (
            "127.0.0.1",
            ["127.0.0.1:80", "localhost", "[::1]:8000"],
            ["192.168.0.7", "evil.example", "[::1", "localhost:x"],
        ),
        (
            "0.0.0.0",
            ["192.168.0.7:8000", "[2001:db8::1]", socket.gethostname()],
            ["evil.example", "1.2.3.4.evil.example"],
        ),
    ],
)
def test_the_names_of_this_server(bound: str, names: list[str], strangers: list[str]) -> None:
    listening = listen(bound, 0)
    assert all(listening.answers_to(name) for name in names)
    assert not any(listening.answers_to(name) for name in strangers)
    listening.socket.close()


def test_a_host_that_is_another_machine() -> None:
    with pytest.raises(UsageError, match="not an address of this machine"):
        listen("192.0.2.1", 0)


# What is served


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        status, text, headers = await served.get(served.app, **served.cookie)
        policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == policy["font-src"] == "'self'"
        assert policy["connect-src"] == f"'self' {served.origin.replace('http', 'ws')}"
        served_files = re.findall(r'(?:src|href)="([^"]+)"', text)
        for path in served_files:
            status, content, file_headers = await served.get(served.app + path, **served.cookie)
            assert status == 200, path
            assert "default-src 'none'" in file_headers["Content-Security-Policy"]
            more = [*re.findall(r'"(static/[^"]+)"', content), *(f"static/{name}" for name in _FONT.findall(content))]
            served_files += [found for found in more if found not in served_files]
            text += re.sub(r"/\*.*?\*/", "", content, flags=re.DOTALL) if path.endswith(("css", "js")) else ""
        assert {path.rpartition(".")[2] for path in served_files} == {"css", "js", "svg", "ttf"}
        assert re.findall(r"""(?:https?|wss?):(?!//\$\{location\.host\})//\w[^"'`\s]*""", text) == []
        assert re.findall(r"""(?:src|href)=["']?//|url\((?!"\w+\.ttf")|@import""", text) == []

    serving(tmp_path, check)


# The page and its app


def test_the_app_has_the_size_of_the_page(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page("?width=120&height=-3") as page:
            assert await drawn(page, "24") == "120 by 24"
            await page.send_json(["resize", {"width": 100, "height": 10**9}])
            await drawn(page, "now 100 by 1000")
            await page.send_json(["stdin", "héllo\ud800"])
            await drawn(page, "got héllo?")
            for nonsense in (
                "[" * 100_000,
                "{",
                "[]",
                '["stdin", 3]',
                '["resize", {"width": "1"}]',
                '"stdin"',
                '["quit"]',
            ):
                await page.send_str(nonsense)
            await page.send_json(["ping", "7"])
            assert await asked(page) == ["pong", "7"]

    serving(tmp_path, check)


def test_only_addresses_of_the_web_are_opened_and_in_a_tab_of_their_own(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            for address in (
                "javascript:alert(1)",
                "file:///etc/passwd",
                "data:text/html,x",
                "http:[",
                "https://example.com/a",
            ):
                await page.send_json(["stdin", f"open {address}"])
            assert await asked(page) == ["open_url", {"url": "https://example.com/a", "new_tab": True}]

    serving(tmp_path, check)


def test_a_file_is_kept_once_and_never_shown(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            await page.send_json(["stdin", 'deliver ../ä"\r\nX: y.html'])
            assert await asked(page) == ["deliver_file_start", "k1"]
            status, text, headers = await served.get(f"{served.app}download/k1", **served.cookie)
            assert status == 200 and text == "ä,1\n" * 50_000
            assert headers["Content-Type"] == "application/octet-stream"
            assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A4%22%0D%0AX%3A%20y.html"
            assert "sandbox" in headers["Content-Security-Policy"]
            assert (await served.get(f"{served.app}download/k1", **served.cookie))[0] == 404

    serving(tmp_path, check)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Traceback …\naidx: It broke.\n      Mend \x1b[31mit.", "It broke.\r\nMend [31mit."),
        ("Traceback …", "The app ended unexpectedly (exit code 1)."),
    ],
)
def test_why_an_app_failed_is_shown_on_its_page(tmp_path: Path, words: str, shown: str) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            await page.send_json(["stdin", f"crash {words}"])
            text = await drawn(page, "\x1bc")
            while (message := await page.receive()).type is aiohttp.WSMsgType.BINARY:
                text += message.data.decode()
            assert re.sub(r"\r\n +", "\r\n", text).endswith(f"\x1bc{shown}\r\n")
            assert message.type is aiohttp.WSMsgType.CLOSE

    serving(tmp_path, check)


def test_why_no_app_can_be_started_is_shown_on_its_page(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            assert await drawn(page, "\r\n") == "\x1bcThe app cannot be started: No such file or directory.\r\n"
            assert (await page.receive()).type is aiohttp.WSMsgType.CLOSE

    serving(tmp_path, check, str(tmp_path / "nothing"))


# What ends when


def test_leaving_the_app_ends_the_page(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            await page.send_json(["stdin", "leave"])
            await drawn(page, "24")
            assert (await page.receive()).type is aiohttp.WSMsgType.CLOSE
        await gone(served.app_runs)

    serving(tmp_path, check)


@pytest.mark.parametrize("busy", [False, True], ids=["", "hanging"])
def test_closing_the_page_ends_the_app(tmp_path: Path, busy: bool) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            await drawn(page, "24")
            if busy:
                await page.send_json(["stdin", "hang"])
                await drawn(page, "hanging")
        await gone(served.app_runs)

    serving(tmp_path, check)


def test_the_end_of_the_server_is_the_end_of_its_apps(tmp_path: Path) -> None:
    async def check(served: Served) -> None:
        async with served.page() as page:
            await drawn(page, "24")
            served.running.cancel()
            assert (await page.receive()).type is aiohttp.WSMsgType.CLOSE
            assert not served.app_runs()

    serving(tmp_path, check)


# The command


@contextlib.contextmanager
def command(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`aidx serve` in a process of its own, and the address that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "aidx_assistant", "serve", "--offline", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AIDX_HOME": str(home)},
    )
    with process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


async def opened(address: str) -> tuple[aiohttp.ClientSession, aiohttp.ClientWebSocketResponse]:
    """A page of the real app, whose first screen has come."""
    client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
    async with client.get(address) as response:
        assert response.status == 200
        [path] = re.findall(r"url=([^\"]+)", await response.text())
    origin = address.partition("/?")[0]
    page = await client.ws_connect(f"{origin}{path}ws", headers={"Origin": origin})
    await drawn(page, "Findings")
    return client, page


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("this system does not list a process's children in /proc")
    return [int(child) for child in listed.read_text().split()]


@pytest.mark.parametrize(
    ("number", "code", "last_words"),
    [(signal.SIGINT, 130, "aidx: Interrupted.\n"), (signal.SIGTERM, 0, ""), (signal.SIGKILL, -9, "")],
)
def test_the_command_ends_with_its_app(own_home: Path, number: int, code: int, last_words: str) -> None:
    async def check(process: subprocess.Popen[str], address: str) -> None:
        client, _ = await opened(address)
        [app] = children(process.pid)
        given = Path(f"/proc/{app}/environ").read_text() + Path(f"/proc/{app}/cmdline").read_text()
        assert "AIDX_OFFLINE=True" in given and address.partition("=")[2] not in given
        begun = time.monotonic()
        process.send_signal(number)
        out, err = await asyncio.to_thread(process.communicate)
        assert time.monotonic() - begun < 5
        assert (process.returncode, out) == (code, "")
        assert err.replace("\n\n", "\n") == f"aidx: Open this address in a browser. Ctrl-C ends it.\n{last_words}"
        await gone(lambda: _runs(app))
        await client.close()

    with command(own_home) as (process, address):
        asyncio.run(check(process, address))


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = aidx("serve", "--port", port, home=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"aidx: Port {port} is taken by another program.\n")


def test_a_wrong_setting_is_told_before_anything_is_served(tmp_path: Path) -> None:
    ran = aidx("serve", "--token-budget", "3", home=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "--token-budget" in ran.err


def test_another_host_comes_with_a_warning(tmp_path: Path) -> None:
    with command(tmp_path, "--host", "0.0.0.0") as (process, address):
        assert address.startswith(f"http://{socket.gethostname().lower()}:")
        process.terminate()
        _, err = process.communicate(timeout=10)
    assert "Other machines can reach this" in err and "not encrypted" in err


def test_the_browser_is_opened_at_an_address_that_opens_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noting = tmp_path / "browser.py"
    noting.write_text("import pathlib, sys; pathlib.Path(__file__).with_name(sys.argv[1]).write_text(sys.argv[2])")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {noting} noted %s")

    async def check(printed: str) -> None:
        await gone(lambda: not (tmp_path / "noted").exists() or not (tmp_path / "noted").read_text())
        address = (tmp_path / "noted").read_text()
        assert address != printed
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            for expected in (200, 403):
                async with client.get(address) as response:
                    assert response.status == expected

    with command(tmp_path, "--open") as (_, printed):
        asyncio.run(check(printed))


def test_other_commands_do_not_load_a_web_server() -> None:
    loaded = "import sys, aidx_assistant.cli.app; print({'aiohttp', 'textual', 'textual_serve'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


# In a browser


@pytest.mark.slow
@pytest.mark.skipif(chromium.EXECUTABLE is None, reason="Chromium is not installed")
def test_the_first_screen_in_chromium(own_home: Path, tmp_path: Path) -> None:
    from PIL import Image

    async def check(address: str) -> None:
        origin = address.partition("/?")[0]
        async with chromium.opened_page(tmp_path / "profile") as page:
            await page.call("Page.navigate", url=address)
            await page.until(lambda: "Ask the sources a question" in page.drawn() and "Findings" in page.drawn())
            await page.call("Input.insertText", text="typed here")
            await page.until(lambda: "typed here" in page.drawn())
            screenshot = await page.call("Page.captureScreenshot")
            picture = Image.open(io.BytesIO(base64.b64decode(screenshot["data"])))
            assert len(picture.convert("RGB").getcolors(2**24) or []) > 20
            shown = await page.call("Runtime.evaluate", expression="location.href + document.cookie")
            assert re.fullmatch(re.escape(origin) + r"/[\w-]{20,}/", shown["result"]["value"])
        requested = [sent["request"]["url"] for sent in page.reported("Network.requestWillBeSent")]
        sockets = [created["url"] for created in page.reported("Network.webSocketCreated")]
        assert requested and all(url.startswith(f"{origin}/") for url in requested), requested
        assert (
            len(sockets) == 1 and sockets[0].startswith(f"{origin.replace('http', 'ws')}/") and "/ws?" in sockets[0]
        ), sockets
        assert page.reported("Network.loadingFailed") == [] and page.reported("Runtime.exceptionThrown") == []
        assert [entry for entry in page.reported("Log.entryAdded") if entry["entry"]["level"] == "error"] == []

    with command(own_home) as (process, address):
        asyncio.run(check(address))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
