"""Makes text of bytes in any common encoding, and refuses what is no text."""

from __future__ import annotations

import codecs
import logging
import re

from aidx_assistant.errors import ReadingError

LARGEST = 8 * 1024 * 1024
"""Bytes of text that are read: a novel has one megabyte, and each takes a minute or two to index."""
_PICTURE_INSIDE = re.compile(rb"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=%]{100,}")
"""What browsers put into a page that they save as one file."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The mark of UTF-32 begins with that of UTF-16: it comes first."""
_SAMPLE = 64 * 1024
_MOST_NUL = 0.75
"""Share of the letters of a text in UTF-16 that are in ASCII, from which its form is unmistakable."""
_WESTERN = re.compile(
    r"[^\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u2026\u20ac\u2122]|[À-ÿ‘’“”–—…€£©®°·«»§½¼]"
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")

logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text of `content`: by its byte order mark, as UTF-16 where every second byte of Western text shows it, as
    UTF-8, as `declared` by it, or by how it looks.

    Raises ReadingError where it is larger than `LARGEST`, pictures inside it apart, or is no text.
    """
    if len(content) > LARGEST:
        content = _PICTURE_INSIDE.sub(b"data:,", content)
    if len(content) > LARGEST:
        size, limit = -(-len(content) // 1024**2), LARGEST // 1024**2
        raise ReadingError(f"It holds {size:,} MB of text; up to {limit} MB can be read.", "Split it into parts.")
    text = _by_mark(content) or _by_nul_bytes(content)
    if text is None:
        if b"\0" in content:
            raise ReadingError("It is no text: it holds NUL bytes.")
        text = _as(content, "utf-8") or (_as(content, declared) if declared else None) or _by_look(content)
    if "\0" in text:
        raise ReadingError("It is no text: it holds NUL characters.")
    if len(_CONTROLS.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 50:
        raise ReadingError("It is no text: it is full of control characters.")
    return text


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _as(content, encoding)
            if text is None:
                raise ReadingError(f"It is damaged: it begins as {encoding.upper().removesuffix('-SIG')} and is not.")
            return text
    return None


def _by_nul_bytes(content: bytes) -> str | None:
    """UTF-16 without a mark: NUL in most places of one kind, even or odd, and in none of the other."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    for encoding, empty, full in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if half and not len(content) % 2 and 0 not in full and empty.count(0) >= _MOST_NUL * half:
            return _as(content, encoding)
    return None


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _by_look(content: bytes) -> str:
    """Windows-1252 where letters beyond ASCII are few and of Western Europe, else what charset-normalizer tells."""
    western = _as(content, "cp1252")
    if western is not None and all(_WESTERN.match(letter) for letter in set(western[:_SAMPLE])):
        letters = [letter for letter in western[:_SAMPLE] if letter.isalpha()]
        if sum(not letter.isascii() for letter in letters) * 4 <= len(letters):
            return western
    from charset_normalizer import from_bytes

    guess = from_bytes(content[:_SAMPLE]).best()
    text = _as(content, guess.encoding) if guess else None
    if text is None:
        raise ReadingError("Its encoding is not known.", "Save it as UTF-8.")
    return text
