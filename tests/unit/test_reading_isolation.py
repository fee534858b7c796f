"""Files are read in a process of their own: what happens to it is one sentence, and the next file is read."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError, ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.document_json import from_table, to_json
from aidx_assistant.reading.formats import medium_of
from aidx_assistant.reading.isolation import ReadingLimits, ReadingProcess, read_in_child
from tests.fakes.pdfs import pdf, say

REPORT = pdf(lambda canvas: say(canvas, 60, 700, "Budgets rise by 46%."))


def children(starter: int | None = None) -> set[str]:
    """Running processes that read files for this one, or for the one given, where the system lists them."""
    starter = starter or os.getpid()
    if not Path("/proc").is_dir():
        return set()
    return {
        entry
        for entry in os.listdir("/proc")
        if entry.isdigit() and b"aidx_assistant.reading.child" in _command_line(entry) and _parent(entry) == starter
    }


def _command_line(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.fixture
def harmful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces the readers of the child, which this variable makes load the module: what it is told is what it does."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, time\n"
        "from aidx_assistant.reading import formats\n"
        "def read(content, name, options):\n"
        "    from aidx_assistant.reading import progress\n"
        "    from aidx_assistant.reading.document import Document\n"
        "    match name:\n"
        "        case 'hangs': time.sleep(600)\n"
        "        case 'crashes': os.kill(os.getpid(), 11)\n"
        "        case 'eats': bytearray(10**10)\n"
        "        case 'raises': raise AssertionError('secret')\n"
        "        case 'leaves': os._exit(0)\n"
        "        case 'prints':\n"
        "            print('noise', flush=True)\n"
        "            os.write(1, b'noise'); os.write(2, b'noise')\n"
        "        case 'floods': return Document('text', (), title='x' * 10**6)\n"
        "        case 'goes on':\n"
        "            for number in range(8):\n"
        "                time.sleep(0.25); progress.at(f'page {number}')\n"
        "    return Document('text', (), title=str(os.getpid()), url=os.environ.get('MY_API_KEY'))\n"
        "formats.read_document = read\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.parametrize("from_path", [True, False])
def test_a_file_is_read_by_path_and_by_content(tmp_path: Path, from_path: bool) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(REPORT)

    document = read_in_child(file if from_path else REPORT, "report.pdf")

    assert document.parts == (Part(Locator("page", 1, "Budgets rise by 46%."), (Block("Budgets rise by 46%."),)),)


@pytest.mark.usefixtures("harmful")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hangs", "did not get on for 2 seconds"),
        ("crashes", "ended the process that reads files: the file is damaged, or made to do harm"),
        ("eats", "needs more than 1,000 MB of memory"),
        ("raises", r"the reader failed \(AssertionError\)"),
        ("leaves", "ended the process that reads files"),
        ("floods", "holds more than 1 MB of text"),
    ],
)
def test_what_befalls_the_process_is_one_sentence_and_the_next_file_is_read(name: str, reason: str) -> None:
    limits = ReadingLimits(memory=1_000_000_000, seconds=2, document_bytes=1_000_000)
    with ReadingProcess(limits) as process:
        first = process.read(b"x", "fine").title
        with pytest.raises(ReadingError, match=reason) as error:
            process.read(b"x", name)
        assert "secret" not in str(error.value)
        assert process.read(b"x", "fine").title != first
    assert not children()


@pytest.mark.usefixtures("harmful")
def test_one_process_reads_many_files_and_is_given_no_secrets(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MY_API_KEY", "sk-secret")
    with ReadingProcess() as process:
        read = [process.read(b"x", "prints") for _ in range(50)]

    assert len({document.title for document in read}) == 1
    assert read[0].url is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system does not list processes there")
@pytest.mark.usefixtures("harmful")
def test_it_does_not_outlive_whoever_started_it() -> None:
    code = "from aidx_assistant.reading.isolation import ReadingProcess; ReadingProcess().read(b'x', 'hangs')"
    with subprocess.Popen([sys.executable, "-c", code]) as starter:
        while not (reading := children(starter.pid)):
            time.sleep(0.05)
        starter.kill()
    deadline = time.monotonic() + 20
    while any(b"reading.child" in _command_line(process) for process in reading):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.usefixtures("harmful")
def test_a_process_is_replaced_after_many_files() -> None:
    with ReadingProcess() as process:
        assert len({process.read(b"x", "fine").title for _ in range(401)}) == 3


@pytest.mark.slow
@pytest.mark.usefixtures("harmful")
def test_a_file_that_goes_on_may_take_longer_but_not_for_ever() -> None:
    told: list[str] = []
    with ReadingProcess(ReadingLimits(seconds=1.5)) as process:
        assert process.read(b"x", "goes on", on_progress=told.append).title
    assert told == [f"page {number}" for number in range(8)]
    with (
        ReadingProcess(ReadingLimits(seconds=1.5, seconds_in_all=1)) as process,
        pytest.raises(ReadingError, match="took longer than 1 seconds"),
    ):
        process.read(b"x", "goes on")


@pytest.mark.usefixtures("harmful")
def test_reading_is_cancelled_from_another_thread() -> None:
    cancellation = Cancellation()
    threading.Timer(0.5, cancellation.cancel).start()
    begun = time.monotonic()
    with ReadingProcess() as process:
        with pytest.raises(InterruptedByUserError):
            process.read(b"x", "hangs", cancellation=cancellation)
        assert time.monotonic() - begun < 20
        assert process.read(b"x", "fine").title


def test_what_is_no_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(10**9)

    for path, reason in ((large, "1,000 MB"), (tmp_path, "no file"), (tmp_path / "absent", "cannot be opened")):
        with pytest.raises(ReadingError, match=reason):
            read_in_child(path, path.name)


def test_documents_are_the_same_after_their_way_as_json() -> None:
    document = Document(
        "clip",
        (Part(Locator("section", heading="\ud800 odd"), (Block("a"), Block("b", "row")), "by OCR", "x.png"),),
        title="T",
        authors=("Doe, Jane",),
        unread=("Outlook",),
        remarks=("It stops.",),
    )

    assert from_table(__import__("json").loads(to_json(document))) == document


@pytest.mark.parametrize(
    ("content", "name", "medium"),
    [
        (REPORT, "report.txt", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "x", "picture"),
        (b"RIFF....WEBPVP8 ", "x.png", "picture"),
        (b"PK\x03\x04", "deck.pptx", "deck"),
        (b"<!DOCTYPE html><p>x", "saved", "page"),
        (b"From: a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n", "saved.txt", "page"),
        (b"Note: this\n\nContent-Type: multipart/related", "note.txt", "text"),
        (b"---\ntitle: x\n---\ntext", "a.md", "clip"),
        (b"text", "a.txt", "text"),
        ("text".encode("utf-16"), "a.txt", "text"),
        (b"words without a suffix", "README", "text"),
    ],
)
def test_the_reader_is_chosen_by_content_then_by_name(content: bytes, name: str, medium: str) -> None:
    assert medium_of(content, name) == medium


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b" \n", "a.md", "empty"),
        (bytes(100), "a.txt", "empty"),
        (b"hello", "a.pdf", "does not begin like one"),
        (b"GIF89a", "a.gif", "GIF"),
        (b"{\\rtf1\\ansi text}", "a.txt", "rich text"),
        (b"a\x00b\x01c\x02" * 50 + b"\x07" * 300, "a.bin", "no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.pptx", "older or encrypted Office"),
    ],
)
def test_what_no_reader_reads_is_refused_in_one_sentence(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        medium_of(content, name)


def test_a_password_reaches_the_reader() -> None:
    import io

    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(REPORT))
    writer.encrypt("secret", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)

    assert read_in_child(file.getvalue(), "x.pdf", ReadingOptions(password="secret")).parts
    for options in (None, ReadingOptions(password="guess")):
        with pytest.raises(ReadingError, match="encrypted") as refused:
            read_in_child(file.getvalue(), "x.pdf", options)
        assert refused.value.remedies == ("password",)
