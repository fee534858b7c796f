"""What is fetched comes whole, is of the kind that was wanted, and is not too large."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from aidx_assistant import __version__
from aidx_assistant.errors import EXIT_API, FetchError
from aidx_assistant.fetching import Fetcher
from tests.fakes.fetching import A_PNG, HTML, PAGE, PNG, QUICK, fetched, quick
from tests.fakes.pages_server import PagesServer, Reply


def test_a_page(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    reply = Reply(headers={**HTML, "etag": '"1"', "last-modified": "Tue, 15 Apr 2025 08:00:00 GMT"}, body=PAGE)
    with PagesServer({"/a": [reply]}) as server:
        address = f"{server.url}/a#part"
        answer, content = fetched(tmp_path, address, kind="page", on_progress=lambda *all_of_it: told.append(all_of_it))
        headers = server.requests[0].headers
    assert content == PAGE
    assert (answer.address, answer.content_type, answer.charset) == (f"{server.url}/a", "text/html", "utf-8")
    assert answer.validators == {"etag": '"1"', "last_modified": "Tue, 15 Apr 2025 08:00:00 GMT"}
    assert not answer.not_modified
    assert told[-1] == (address, len(PAGE), len(PAGE))
    assert headers["user-agent"] == f"aidx/{__version__}"
    assert headers["accept"].startswith("text/html")
    assert "cookie" not in headers and "authorization" not in headers


def test_what_is_fetched_is_removed_unless_moved(tmp_path: Path) -> None:
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)], "/b": [Reply(headers=HTML, body=PAGE)]}) as server:
        with Fetcher(tmp_path / "fetching", patience=QUICK) as fetcher:
            moved = fetcher.fetch(f"{server.url}/a", largest=1000).content
            left = fetcher.fetch(f"{server.url}/b", largest=1000).content
            assert moved and left
            moved.rename(tmp_path / "kept.html")
    assert (tmp_path / "kept.html").read_bytes() == PAGE
    assert [file.name for file in (tmp_path / "fetching").iterdir() if file.suffix != ".lock"] == []


def test_not_modified(tmp_path: Path) -> None:
    validators = {"etag": 'W/"7"', "last_modified": "Tue, 15 Apr 2025 08:00:00 GMT"}
    with PagesServer({"/a": [Reply(304, {"etag": 'W/"7"'})]}) as server:
        answer, _ = fetched(tmp_path, f"{server.url}/a", validators=validators)
        headers = server.requests[0].headers
    assert answer.not_modified and answer.content is None
    assert answer.validators == validators
    assert headers["if-none-match"] == 'W/"7"'
    assert headers["if-modified-since"] == validators["last_modified"]


def test_a_validator_that_cannot_stand_in_a_header_is_left_out(tmp_path: Path) -> None:
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}) as server:
        fetched(tmp_path, f"{server.url}/a", validators={"etag": '"1"\r\nX-Mine: 1', "last_modified": "März"})
        assert not {"if-none-match", "if-modified-since", "x-mine"} & set(server.requests[0].headers)


def test_not_modified_unasked_is_a_failure(tmp_path: Path) -> None:
    with PagesServer({"/a": [Reply(304)]}) as server, pytest.raises(FetchError, match="304"):
        fetched(tmp_path, f"{server.url}/a")


@pytest.mark.parametrize(
    ("kind", "said", "body", "content_type"),
    [
        ("picture", "image/png", PNG, "image/png"),
        ("picture", "image/jpg", b"\xff\xd8\xff\xe0" + bytes(50), "image/jpeg"),
        ("picture", "image/png", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50), "image/webp"),
        ("picture", "application/octet-stream", PNG, "image/png"),
        ("picture", None, PNG, "image/png"),
        ("page", "application/xhtml+xml", b"<?xml version='1.0'?>\n<html/>", "application/xhtml+xml"),
        ("page", "text/html", b"Only words, no tag.", "text/html"),
        ("page", "text/html; charset=utf-16", PAGE.decode().encode("utf-16"), "text/html"),
        ("any", "application/pdf", b"%PDF-1.7\n" + bytes(50), "application/pdf"),
        ("any", "application/octet-stream", b"\n%PDF-1.7\n" + bytes(50), "application/pdf"),
        ("any", "text/markdown", b"<!-- clip --><html>\n# Title", "text/markdown"),
        ("any", "application/octet-stream", b"# Title\n", "text/plain"),
        ("any", "application/zip", b"PK\x03\x04" + bytes(50), "presentation"),
    ],
)
def test_kinds_that_are_taken(tmp_path: Path, kind: str, said: str | None, body: bytes, content_type: str) -> None:
    with PagesServer({"/a": [Reply(headers={"content-type": said} if said else {}, body=body)]}) as server:
        answer, content = fetched(tmp_path, f"{server.url}/a", kind=kind)
    assert content == body
    assert answer.content_type.endswith(content_type)


@pytest.mark.parametrize(
    ("kind", "said", "body", "words"),
    [
        ("picture", "text/html", PAGE, "a web page, perhaps one to log in, and not a PNG, JPEG or WebP picture"),
        ("picture", "image/png", PAGE, "a web page, perhaps one to log in"),
        ("picture", "image/png", b" \n<?xml version='1.0'?> <!DOCTYPE  HTML>", "a web page, perhaps one to log in"),
        ("picture", "image/svg+xml", b"<svg/>", "image/svg\\+xml"),
        ("picture", "image/png", b"GIF89a" + bytes(99), "image/gif"),
        ("picture", "image/png", b"Sorry.", "text/plain"),
        ("picture", "image/png", bytes(99), "something else than it says"),
        ("page", "application/pdf", b"%PDF-1.7", "application/pdf, and not a web page"),
        ("page", "text/html", b"%PDF-1.7", "application/pdf, and not a web page"),
        ("page", "text/html", PNG, "image/png"),
        ("any", "application/pdf", PAGE, "a web page, perhaps one to log in"),
        ("any", "video/mp4", bytes(9), "video/mp4"),
        ("any", "application/octet-stream", b"\x7fELF" + bytes(99), "something else than it says"),
        ("any", "text/plain", b"PK\x03\x04" + bytes(99), "application/zip"),
        ("any", "text/html", b"", "it is empty"),
    ],
)
def test_kinds_that_are_refused(tmp_path: Path, kind: str, said: str, body: bytes, words: str) -> None:
    with PagesServer({"/a": [Reply(headers={"content-type": said}, body=body)]}) as server:
        with pytest.raises(FetchError, match=words) as caught:
            fetched(tmp_path, f"{server.url}/a", kind=kind)
        assert len(server.requests) == 1
    assert caught.value.title.startswith(f"{server.url}/a cannot be fetched: ")
    assert caught.value.hint
    assert caught.value.exit_code == EXIT_API
    assert _kept(tmp_path) == []


def test_a_large_wrong_content_is_not_read_to_its_end(tmp_path: Path) -> None:
    reply = Reply(headers=A_PNG, body=PAGE * 1000, stall_after=20_000)
    with PagesServer({"/a": [reply]}) as server:
        with pytest.raises(FetchError, match="a web page"):
            fetched(tmp_path, f"{server.url}/a", kind="picture")
        assert server.hung_up.wait(1)


@pytest.mark.parametrize("says_length", [True, False])
def test_too_large(tmp_path: Path, says_length: bool) -> None:
    reply = Reply(headers=A_PNG, body=PNG * 20, says_length=says_length, stall_after=None if says_length else 200_000)
    with PagesServer({"/a": [reply]}) as server:
        with pytest.raises(FetchError, match=r"larger than 0\.15 MB"):
            fetched(tmp_path, f"{server.url}/a", kind="picture", largest=150_000)
        assert len(server.requests) == 1
    assert _kept(tmp_path) == []


@pytest.mark.parametrize(
    ("coding", "compressed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("GZIP", gzip.compress(PAGE[:20], mtime=0) + gzip.compress(PAGE[20:], mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
    ],
)
def test_compressed(tmp_path: Path, coding: str, compressed: bytes) -> None:
    reply = Reply(headers={**HTML, "content-encoding": coding, "etag": '"1"'}, body=compressed, piece=7)
    with PagesServer({"/a": [reply]}) as server:
        _, content = fetched(tmp_path, f"{server.url}/a", kind="page")
        assert server.requests[0].headers["accept-encoding"] == "gzip"
    assert content == PAGE


@pytest.mark.parametrize(
    "bomb",
    [gzip.compress(bytes(200_000_000), 1, mtime=0), gzip.compress(b"") * 5000, gzip.compress(PAGE, mtime=0) * 200],
    ids=["zeros", "empty members", "members"],
)
def test_a_bomb_is_refused(tmp_path: Path, bomb: bytes) -> None:
    most = 0

    def noted(address: str, so_far: int, in_all: int | None) -> None:
        nonlocal most
        most = max(most, so_far)

    reply = Reply(headers={**HTML, "content-encoding": "gzip"}, body=bomb)
    with PagesServer({"/a": [reply]}) as server, pytest.raises(FetchError, match="larger than|compression is broken"):
        fetched(tmp_path, f"{server.url}/a", kind="page", on_progress=noted)
    assert most <= 1_000_000


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("br", PAGE, "not asked for"),
        ("gzip, gzip", PAGE, "not asked for"),
        ("gzip", PAGE, "compression is broken"),
        ("gzip", gzip.compress(PAGE, mtime=0)[:-9], "breaks off"),
    ],
)
def test_compression_that_is_refused(tmp_path: Path, coding: str, body: bytes, words: str) -> None:
    reply = Reply(headers={**HTML, "content-encoding": coding}, body=body)
    with PagesServer({"/a": [reply]}) as server, pytest.raises(FetchError, match=words):
        fetched(tmp_path, f"{server.url}/a", kind="page", patience=quick(retries=1))


def test_strange_headers_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    headers = {"content-type": "text/html; charset=klingon", "set-cookie": "a b;c=\x01@, =; {}=1", "etag": "“1”"}
    code = (
        "import sys; from pathlib import Path; from aidx_assistant.fetching import Fetcher\n"
        "with Fetcher(Path(sys.argv[1])) as fetcher: print(fetcher.fetch(sys.argv[2], largest=9999).charset)"
    )
    with PagesServer({"/a": [Reply(headers={**headers, "etag": "1"}, body=PAGE)]}) as server:
        command = [sys.executable, "-W", "error", "-c", code, str(tmp_path), f"{server.url}/a"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("None\n", "")


def test_aiohttp_is_imported_by_the_first_fetch() -> None:
    code = (
        "import sys; import aidx_assistant.fetching;"
        "print({'aiohttp', 'yarl', 'asyncio', 'filelock'} & set(sys.modules) or 'none')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"


def _kept(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.suffix in (".partial", ".etag", ".fetched")]
