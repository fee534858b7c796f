"""Connections that break, servers that are busy, slow or silent, and users who have had enough."""

from __future__ import annotations

import contextlib
import email.utils
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import FetchError, InterruptedByUserError, StorageError
from aidx_assistant.fetching import Fetcher
from tests.fakes.disks import mounted
from tests.fakes.fetching import A_PNG, HTML, PAGE, PNG, QUICK, Names, fetched, quick
from tests.fakes.pages_server import PagesServer, Reply, Request, closed_port, ranged

TAGGED = {**A_PNG, "etag": '"v1"'}


def test_a_cut_connection_is_continued_at_the_next_try(tmp_path: Path) -> None:
    cut = Reply(headers=TAGGED, body=PNG, cut_after=30_000)
    told: list[int] = []
    with PagesServer({"/a": [cut, ranged(PNG, '"v1"')]}) as server:
        _, content = fetched(
            tmp_path,
            f"{server.url}/a",
            kind="picture",
            on_progress=lambda _address, so_far, in_all: told.append(so_far),
        )
        second = server.requests[1].headers
    assert content == PNG
    assert (second["range"], second["if-range"]) == ("bytes=30000-", '"v1"')
    assert second["accept-encoding"] == "identity"
    assert told == sorted(told)


def test_a_cut_connection_is_continued_by_another_process(tmp_path: Path) -> None:
    cut = Reply(headers=TAGGED, body=PNG, cut_after=30_000)
    with PagesServer({"/a": [cut, ranged(PNG, '"v1"')]}) as server:
        with pytest.raises(FetchError, match="the connection broke off"):
            fetched(tmp_path, f"{server.url}/a", patience=quick(retries=0))
        assert sorted(file.suffix for file in tmp_path.iterdir()) == [".etag", ".lock", ".partial"]
        _, content = fetched(tmp_path, f"{server.url}/a")
        assert server.requests[1].headers["range"] == "bytes=30000-"
    assert content == PNG
    assert [file.suffix for file in tmp_path.iterdir()] == [".lock"]


def test_another_version_is_begun_anew(tmp_path: Path) -> None:
    cut = Reply(headers=TAGGED, body=b"\x89PNG\r\n\x1a\n" + bytes(9000), cut_after=5000)
    with PagesServer({"/a": [cut, ranged(PNG, '"v2"')]}) as server:
        answer, content = fetched(tmp_path, f"{server.url}/a")
        assert server.requests[1].headers["if-range"] == '"v1"'
    assert content == PNG
    assert answer.validators["etag"] == '"v2"'


@pytest.mark.parametrize(
    "headers",
    [
        {"content-range": "bytes 0-99/100"},
        {"content-range": "bytes 10000-10099/99999", "etag": '"v2"'},
        {"content-range": "bytes 10000-10099/99999", "content-encoding": "gzip"},
        {"content-range": "pages 1-2/3"},
        {},
    ],
)
def test_a_part_that_does_not_fit_is_thrown_away(tmp_path: Path, headers: dict[str, str]) -> None:
    cut = Reply(headers=TAGGED, body=PNG, cut_after=10_000)
    misfit = Reply(206, {**A_PNG, **headers}, b"x" * 100)
    with PagesServer({"/a": [cut, misfit, Reply(headers=A_PNG, body=PNG)]}) as server:
        _, content = fetched(tmp_path, f"{server.url}/a")
        assert "range" not in server.requests[2].headers
    assert content == PNG


def test_a_part_that_nobody_asked_for(tmp_path: Path) -> None:
    part = Reply(206, {**A_PNG, "content-range": "bytes 0-9/99"}, PNG[:10])
    with PagesServer({"/a": [part]}) as server, pytest.raises(FetchError, match="does not send what it was asked"):
        fetched(tmp_path, f"{server.url}/a")


def test_a_part_that_is_whole_already(tmp_path: Path) -> None:
    """As after the process ended between the last byte and the renaming."""
    longer = Reply(headers={**TAGGED, "content-length": str(len(PNG) + 1)}, body=PNG, says_length=False)
    with PagesServer({"/a": [longer, ranged(PNG, '"v1"')]}) as server:
        _, content = fetched(tmp_path, f"{server.url}/a")
        assert [request.headers.get("range") for request in server.requests] == [None, f"bytes={len(PNG)}-", None]
    assert content == PNG


def test_without_a_strong_tag_nothing_is_kept(tmp_path: Path) -> None:
    for headers in (A_PNG, {**A_PNG, "etag": 'W/"v1"'}, {**TAGGED, "accept-ranges": "none"}):
        cut = Reply(headers=headers, body=PNG, cut_after=30_000)
        with PagesServer({"/a": [cut, Reply(headers=A_PNG, body=PNG)]}) as server:
            _, content = fetched(tmp_path, f"{server.url}/a")
            assert "range" not in server.requests[1].headers
        assert content == PNG


def test_a_part_larger_than_allowed_is_not_kept(tmp_path: Path) -> None:
    cut = Reply(headers=TAGGED, body=PNG, cut_after=60_000)
    with PagesServer({"/a": [cut, ranged(PNG, '"v1"')]}) as server:
        with pytest.raises(FetchError, match="broke off"):
            fetched(tmp_path, f"{server.url}/a", patience=quick(retries=0))
        with pytest.raises(FetchError, match="larger than"):
            fetched(tmp_path, f"{server.url}/a", largest=70_000)
    assert [file.suffix for file in tmp_path.iterdir()] == [".lock"]


def test_two_fetchers_at_once_do_not_share_a_part(tmp_path: Path) -> None:
    cut = Reply(headers=TAGGED, body=PNG, cut_after=30_000)
    with PagesServer({"/a": [cut, ranged(PNG, '"v1"')]}) as server:
        with pytest.raises(FetchError, match="broke off"):
            fetched(tmp_path, f"{server.url}/a", patience=quick(retries=0))
        with FileLock(tmp_path / "fetching.lock"):
            _, content = fetched(tmp_path, f"{server.url}/a")
        assert "range" not in server.requests[1].headers
    assert content == PNG
    assert any(file.suffix == ".partial" for file in tmp_path.iterdir())


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(tmp_path: Path, status: int) -> None:
    with PagesServer({"/a": [Reply(status), Reply(status), Reply(headers=HTML, body=PAGE)]}) as server:
        _, content = fetched(tmp_path, f"{server.url}/a")
    assert content == PAGE


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    in_three_seconds = email.utils.formatdate(time.time() + 3, usegmt=True)  # whole seconds
    replies = [
        Reply(429, {"retry-after": "1"}),
        Reply(503, {"retry-after": in_three_seconds}),
        Reply(headers=HTML, body=PAGE),
    ]
    with PagesServer({"/a": replies}) as server:
        fetched(tmp_path, f"{server.url}/a")
        first, second, third = (request.moment for request in server.requests)
    assert second - first >= 1
    assert third - first >= 1.9


@pytest.mark.parametrize(
    ("retry_after", "words", "requests"),
    [
        ("3600", "asks to wait 60 minutes", 1),
        ("9" * 400, "asks to wait [0-9]+ days", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "asks to wait [0-9]+ days", 1),
        ("Fri, 31 Dec 1999 23:59:59 GMT", r"too many requests \(429\)", 4),
        ("soon", r"too many requests \(429\)", 4),
        ("-1", r"too many requests \(429\)", 4),
    ],
)
def test_how_long_a_server_may_let_wait(tmp_path: Path, retry_after: str, words: str, requests: int) -> None:
    with PagesServer({"/a": [Reply(429, {"retry-after": retry_after})]}) as server:
        with pytest.raises(FetchError, match=words):
            fetched(tmp_path, f"{server.url}/a")
        assert len(server.requests) == requests


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 204, 300, 305])
def test_other_statuses_are_final(tmp_path: Path, status: int) -> None:
    with PagesServer({"/a": [Reply(status)]}) as server:
        with pytest.raises(FetchError, match=str(status)) as caught:
            fetched(tmp_path, f"{server.url}/a")
        assert len(server.requests) == 1
    assert caught.value.hint


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no connection came about: it is refused"):
        fetched(tmp_path, f"http://127.0.0.1:{closed_port()}/a")


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"])
def test_what_answers_speaks_no_http(tmp_path: Path, answer: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):  # the test has closed it
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(9999)
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener, pytest.raises(FetchError, match="not proper HTTP|broke off"):
        fetched(tmp_path, f"http://127.0.0.1:{listener.getsockname()[1]}/a", patience=quick(retries=0, silence=1))


def test_https_where_only_http_is_spoken(tmp_path: Path) -> None:
    with PagesServer({}) as server, pytest.raises(FetchError, match="certificate is not accepted|broke off"):
        fetched(tmp_path, f"https://127.0.0.1:{server.port}/a", patience=quick(retries=0))


def test_silence_counts_as_an_end_and_what_came_is_kept(tmp_path: Path) -> None:
    stalled = Reply(headers=TAGGED, body=PNG, stall_after=30_000)
    with PagesServer({"/a": [stalled, ranged(PNG, '"v1"')]}) as server:
        _, content = fetched(tmp_path, f"{server.url}/a", patience=quick(silence=0.3))
        assert server.requests[1].headers["range"] == "bytes=30000-"
    assert content == PNG


def test_silence_before_the_answer(tmp_path: Path) -> None:
    def late(request: Request) -> Reply:
        time.sleep(1)
        return Reply(headers=HTML, body=PAGE)

    with PagesServer({"/a": [late]}) as server, pytest.raises(FetchError, match=r"nothing came for 0\.2 seconds"):
        fetched(tmp_path, f"{server.url}/a", patience=quick(silence=0.2, retries=0))


def test_a_slow_look_up_ends(tmp_path: Path) -> None:
    def slow(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        time.sleep(5)
        return []

    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"no connection came about within 0\.2 seconds"):
        fetched(tmp_path, "https://slow.example/a", look_up=slow, patience=quick(connect=0.2, retries=0))
    assert time.monotonic() - begun < 2


def test_drops_that_never_end_are_ended(tmp_path: Path) -> None:
    slow = Reply(headers=TAGGED, body=PNG, piece=1, pause=0.02)
    with PagesServer({"/a": [slow]}) as server:
        with pytest.raises(FetchError, match="longer than 1 seconds"):
            fetched(tmp_path, f"{server.url}/a", patience=quick(whole=1))
        assert len(server.requests) == 1
    assert any(file.suffix == ".partial" for file in tmp_path.iterdir())


def test_one_connection_and_a_pause_between_requests(tmp_path: Path) -> None:
    page = Reply(headers=HTML, body=PAGE)
    with PagesServer({"/a": [page], "/b": [page], "/c": [page]}) as server:
        with Fetcher(tmp_path, patience=quick(between_requests=0.2)) as fetcher:
            for name in "abc":
                fetcher.fetch(f"{server.url}/{name}", largest=1000)
        moments = [request.moment for request in server.requests]
        assert server.connections == 1
    assert all(later - earlier >= 0.2 for earlier, later in zip(moments, moments[1:], strict=False))


@pytest.mark.parametrize("where", ["body", "answer", "pause", "look-up"])
def test_cancelled_from_another_thread(tmp_path: Path, where: str) -> None:
    cancellation = Cancellation()
    script = {
        "/body": [Reply(headers=TAGGED, body=PNG, stall_after=30_000)],
        "/answer": [Reply(302, {"location": "/body"})],
        "/pause": [Reply(503, {"retry-after": "2"})],
    }
    names = Names(slow_example=[[]])

    def look_up(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        time.sleep(3)
        return names(host, port, **options)

    with PagesServer(script) as server, Fetcher(tmp_path, patience=QUICK, cancellation=cancellation) as warm:
        with pytest.raises(FetchError):
            warm.fetch(f"{server.url}/unknown", largest=1)  # aiohttp is loaded
    with PagesServer(script) as server:
        address = "https://slow.example/" if where == "look-up" else f"{server.url}/{where}"
        cancelled: list[float] = []

        def cancel() -> None:
            cancelled.append(time.monotonic())
            cancellation.cancel()

        timer = threading.Timer(0.4, cancel)
        timer.start()
        with pytest.raises(InterruptedByUserError, match="was interrupted"):
            fetched(tmp_path, address, cancellation=cancellation, look_up=look_up)
        assert time.monotonic() - cancelled[0] < 0.2
        timer.join()
        if where == "body":
            assert server.hung_up.wait(1)
            assert any(file.suffix == ".partial" and file.stat().st_size == 30_000 for file in tmp_path.iterdir())


def test_cancelled_before_it_began(tmp_path: Path) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}) as server:
        with pytest.raises(InterruptedByUserError):
            fetched(tmp_path, f"{server.url}/a", cancellation=cancellation)
        assert not server.requests


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Where the tests were started in the background, SIGINT may be ignored."""
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread only, and the tests run in another")
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="signals cannot be sent to a thread here")
def test_an_interrupt_passes_through_and_what_came_is_kept(interruptible: None, tmp_path: Path) -> None:
    with PagesServer({"/a": [Reply(headers=TAGGED, body=PNG, stall_after=30_000), ranged(PNG, '"v1"')]}) as server:
        interrupted: list[float] = []

        def interrupt() -> None:
            server.sent.wait(5)
            time.sleep(0.1)
            interrupted.append(time.monotonic())
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            fetched(tmp_path, f"{server.url}/a")
        assert time.monotonic() - interrupted[0] < 0.2
        thread.join()
        assert server.hung_up.wait(1)
        _, content = fetched(tmp_path, f"{server.url}/a")
        assert server.requests[1].headers["range"] == "bytes=30000-"
    assert content == PNG


def test_killed_in_the_middle_and_continued(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from aidx_assistant.fetching import Fetcher\n"
        "with Fetcher(Path(sys.argv[1])) as fetcher: fetcher.fetch(sys.argv[2], largest=999_999)"
    )
    slow = Reply(headers=TAGGED, body=PNG, piece=20_000, pause=0.1, stall_after=80_000)
    with PagesServer({"/a": [slow, ranged(PNG, '"v1"')]}) as server:
        command = [sys.executable, "-c", code, str(tmp_path), f"{server.url}/a"]
        with subprocess.Popen(command) as process:
            assert server.sent.wait(20)
            process.kill()
        _, content = fetched(tmp_path, f"{server.url}/a")
        assert server.requests[1].headers["range"].startswith("bytes=")
    assert content == PNG


def test_what_progress_raises_comes_out(tmp_path: Path) -> None:
    def broken(*_: Any) -> None:
        raise BrokenPipeError

    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}) as server:
        with pytest.raises(BrokenPipeError):
            fetched(tmp_path, f"{server.url}/a", on_progress=broken)
        assert len(server.requests) == 1


def test_a_full_disk(tmp_path: Path) -> None:
    with (
        mounted(tmp_path / "disk", "size=64k") as disk,
        PagesServer({"/a": [Reply(headers=TAGGED, body=PNG)]}) as server,
    ):
        with pytest.raises(StorageError, match="No space left"):
            fetched(disk, f"{server.url}/a")
        assert len(server.requests) == 1


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be kept"):
        fetched(tmp_path / "file", "https://example.com/a")
