"""Whatever a file does, it is one clear sentence or what can be read of it, soon, and nothing on the screen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.document import ReadingOptions
from aidx_assistant.reading.formats import read_document
from aidx_assistant.reading.isolation import ReadingLimits, ReadingProcess
from tests.hostile.files import MAKERS, SHARED

pytestmark = pytest.mark.slow

_LIMITS = ReadingLimits(seconds=60)
_OUTCOMES = {
    "encrypted.pdf": "asks for a password",
    "looping-pages.pdf": "damaged",
    "looping-form.pdf": "no text",
    "100000-pages.pdf": "100,000 pages; aidx reads up to 10,000",
    "stream-bomb.pdf": "unpack to more",
    "stream-bomb-twice.pdf": "unpack to more",
    "2-million-instructions.pdf": "unpack to more",
    "bad11.pdf": None,
    "bad23.pdf": None,
    "bomb-by-size.png": "pixels",
    "zip-bomb.pptx": "would unpack to 300 MB",
    "xml-file-bomb.pptx": "would unpack to 300 MB",
    "nul-bytes.txt": "empty",
    "bad.pdf": "does not begin like one",
    "005-libreoffice-writer-password__libreoffice-writer-password.pdf": "asks for a password",
    "004-pdflatex-4-pages__pdflatex-4-pages.pdf": None,
    "append-xref-loop.pdf": None,
}
"""What a file gets: words of the error, None where it is read; for the others, either is right."""
_LONG = {"2-million-instructions.pdf", "bomb-of-data.png"}
"""Take a quarter of a minute each."""


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess(_LIMITS) as process:
        yield process


def files() -> list[object]:
    names = [*MAKERS, *(sorted(file.name for file in SHARED.iterdir()) if SHARED.is_dir() else ())]
    return [pytest.param(name, marks=pytest.mark.slow) if name in _LONG else name for name in names]


def content_of(name: str) -> bytes:
    return MAKERS[name]() if name in MAKERS else (SHARED / name).read_bytes()


@pytest.mark.parametrize("name", files())
def test_a_hostile_file_gets_a_sentence_or_is_read(
    process: ReadingProcess, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    try:
        document = process.read(content_of(name), name)
        got = None
        assert document.parts
    except ReadingError as error:
        got = error.title
        assert got.endswith(".") and "\n" not in got and len(got) < 200
    assert time.monotonic() - begun < _LIMITS.seconds + 20
    assert capfd.readouterr() == ("", "")
    if name in _OUTCOMES:
        expected = _OUTCOMES[name]
        assert (got is None) == (expected is None)
        if got is not None and expected is not None:
            assert any(words in got for words in expected.split("|"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared/hostile beside this checkout")
def test_shared_files_raise_nothing_else_in_this_process_either(capfd: pytest.CaptureFixture[str]) -> None:
    for file in SHARED.iterdir():
        try:
            read_document(file.read_bytes(), file.name, ReadingOptions())
        except ReadingError:
            continue
    assert capfd.readouterr() == ("", "")
