"""Takes the page out of a web archive (MHTML): the single file that browsers save a page in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.links import is_address

_HEADER = re.compile(rb"\s*[\w-]+:")
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ADDRESSES = ("Snapshot-Content-Location", "Content-Location")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page alone; its pictures stay in the archive."""

    content: bytes
    charset: str | None = None
    """As the archive says."""
    address: str | None = None
    """Where it was saved from."""


def is_web_archive(start: bytes) -> bool:
    """Whether a file that begins so is one."""
    head = start.replace(b"\r\n", b"\n").lstrip().partition(b"\n\n")[0]
    return _HEADER.match(head) is not None and _RELATED.search(head) is not None


def page_in(content: bytes) -> ArchivedPage:
    """The first page of an archive. Raises ReadingError where it holds none."""
    archive = message_from_bytes(content.lstrip())
    for part in archive.walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes) and page.strip():
            named = (str(one.get(header) or "").strip() for one in (archive, part) for header in _ADDRESSES)
            return ArchivedPage(page, part.get_content_charset(), next(filter(is_address, named), None))
    raise ReadingError("The web archive holds no page, or is damaged.", "Save the page anew, as HTML.")
