"""Which reader reads a file: by how its content begins, and by the end of its name where that does not tell."""

from __future__ import annotations

import importlib
import re
from pathlib import PurePath
from typing import Any, Protocol, cast

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.addressed_to_models import with_remark_on_orders
from aidx_assistant.reading.document import Document, Medium, ReadingOptions
from aidx_assistant.reading.web_archive import is_web_archive


class Reader(Protocol):
    """Reads the content of a file of this name. Raises ReadingError where it cannot."""

    def __call__(self, content: bytes, name: str, options: ReadingOptions) -> Document: ...


READERS: dict[Medium, str] = {
    "clip": "aidx_assistant.reading.clip:read_clip",
    "page": "aidx_assistant.reading.html:read_page",
    "pdf": "aidx_assistant.reading.pdf:read_pdf",
    "deck": "aidx_assistant.reading.deck:read_deck",
    "picture": "aidx_assistant.reading.picture:read_picture",
    "table": "aidx_assistant.reading.delimited:read_table",
    "text": "aidx_assistant.reading.plain_text:read_text",
}
"""The function for each medium, imported when it is first needed."""

SUFFIXES: dict[str, Medium] = {
    ".md": "clip",
    ".markdown": "clip",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".mhtml": "page",
    ".mht": "page",
    ".pdf": "pdf",
    ".pptx": "deck",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".webp": "picture",
    ".csv": "table",
    ".tsv": "table",
    ".txt": "text",
    ".text": "text",
}
"""What a folder is searched for."""

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "It is an older or encrypted Office file; save it as .pptx without a password, or as PDF."),
    (b"GIF8", "GIF pictures are not read; save it as PNG."),
    (b"\x7fELF", "It is a program."),
    (b"MZ", "It is a program."),
    (b"\x1f\x8b", "It is packed; unpack it first."),
    (b"7z\xbc\xaf", "It is packed; unpack it first."),
    (b"Rar!", "It is packed; unpack it first."),
    (b"SQLite format 3", "It is a database."),
    (b"{\\rtf", "It is rich text (RTF); save it as PDF or as plain text."),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def medium_of(content: bytes, name: str) -> Medium:
    """The medium of a file. Raises ReadingError for what no reader reads, and for an empty file."""
    if not content.strip(b"\x00 \t\r\n"):
        raise ReadingError("The file is empty.")
    start = content[:8192]
    by_content = _by_content(start)
    if by_content:
        return by_content
    suffix = PurePath(name).suffix.lower()
    by_name = SUFFIXES.get(suffix)
    if by_name in ("pdf", "deck", "picture"):
        raise ReadingError(
            f"Its name ends in {suffix}, but its content does not begin like one: it is damaged, or something else."
        )
    if b"\x00" in start and not _is_wide(start):
        raise ReadingError("It is no text, and of no kind that aidx reads.", _kinds())
    return by_name or "text"


def _by_content(start: bytes) -> Medium | None:
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff")) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return "picture"
    if start.startswith(b"PK\x03\x04"):
        return "deck"
    for magic, reason in _OTHERS:
        if start.startswith(magic):
            raise ReadingError(reason, _kinds())
    return "page" if _PAGE.match(start.removeprefix(b"\xef\xbb\xbf")) or is_web_archive(start) else None


def _is_wide(start: bytes) -> bool:
    """Whether NUL bytes are those of UTF-16 or UTF-32: every second byte, or after a mark of byte order."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    return max(start[0::2].count(0), start[1::2].count(0)) >= 0.3 * len(start)


def _kinds() -> str:
    return "aidx reads Markdown, HTML, PDF, PowerPoint (.pptx), PNG, JPEG, WebP, CSV and plain text."


def read_document(content: bytes, name: str, options: ReadingOptions) -> Document:
    """Reads a file with the reader of its medium. Raises ReadingError; call it in a child process, see isolation."""
    module, _, function = READERS[medium_of(content, name)].partition(":")
    reader = cast(Reader, getattr(cast(Any, importlib.import_module(module)), function))
    return with_remark_on_orders(reader(content, name, options))
