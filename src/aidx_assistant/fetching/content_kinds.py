"""What kinds of content are taken, by what the server says and by how the content begins."""

from __future__ import annotations

import codecs
import re

from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Kind

BEGINNING = 1024
"""Bytes from which a kind of content is recognised."""

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
_TEXTS = frozenset({"text/plain", "text/markdown"})
_DECK = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_TAKEN: dict[Kind, frozenset[str]] = {
    "page": _PAGES,
    "picture": _PICTURES,
    "any": _PAGES | _PICTURES | _TEXTS | {"application/pdf", _DECK},
}
_UNSAID = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/force-download", "application/x-download"}
)
_ZIP = frozenset({"application/zip", "application/x-zip-compressed"})
_OTHER_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "application/x-pdf": "application/pdf",
    "text/x-markdown": "text/markdown",
}
_IN_WORDS: dict[Kind, str] = {
    "page": "a web page",
    "picture": "a PNG, JPEG or WebP picture",
    "any": "a page, picture, PDF, PowerPoint or text file",
}
_ACCEPTED: dict[Kind, str] = {
    "page": "text/html, application/xhtml+xml",
    "picture": "image/png, image/jpeg, image/webp",
    "any": "text/html, application/xhtml+xml, application/pdf, image/png, image/jpeg, image/webp, text/*, */*;q=0.1",
}
_LOOK = "Open the address in a browser; if it shows what you want, save that and add the file."

_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body|title|meta|script)\b", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def accepted(kind: Kind) -> str:
    """The Accept header for a kind."""
    return _ACCEPTED[kind]


def refuse_said_type(kind: Kind, said: str) -> None:
    """Raises Fault where the type that the server says is none of the kind."""
    said = _OTHER_NAMES.get(said, said)
    if said not in _TAKEN[kind] | _UNSAID and not (kind == "any" and said in _ZIP):
        raise _unexpected(kind, said)


def content_type_of(kind: Kind, said: str, beginning: bytes) -> str:
    """The type of content by its beginning and what the server says. Raises Fault where it is none of the kind."""
    said = _OTHER_NAMES.get(said, said)
    seen = _seen(beginning)
    taken = _TAKEN[kind]
    if seen in ("text/html", "text/plain"):
        # A page need not begin like one, and Markdown may begin with a tag.
        textual = said if said in _PAGES | _TEXTS else seen
        if textual in taken and said in _PAGES | _TEXTS | _UNSAID:
            return textual
    elif seen in taken:
        return seen
    elif seen == "application/zip" and kind == "any" and said in {_DECK} | _ZIP | _UNSAID:
        return _DECK
    raise _unexpected(kind, seen or "something else than it says")


def _seen(beginning: bytes) -> str:
    """The type that content shows; empty where it is neither text nor known."""
    text = beginning.removeprefix(codecs.BOM_UTF8)
    for magic, content_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"PK\x03\x04", "application/zip"),
        (b"GIF8", "image/gif"),
    ):
        if beginning.startswith(magic):
            return content_type
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in beginning:
        return "application/pdf"
    if _HTML.match(text):
        return "text/html"
    return "text/plain" if beginning.startswith(_WIDE_TEXT) or not _NOT_IN_TEXT.search(text) else ""


def _unexpected(kind: Kind, found: str) -> Fault:
    if found in _PAGES:
        return Fault(f"it gives a web page, perhaps one to log in, and not {_IN_WORDS[kind]}", _LOOK)
    return Fault(f"it gives {found or 'an unknown type'}, and not {_IN_WORDS[kind]}", _LOOK)
