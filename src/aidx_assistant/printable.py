"""Text of others, made safe to be shown on a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, the cursor
    r"|\x9b[0-?]+[@-~]"  # the same begun by one character, which alone may be a letter in another encoding
    r"|(?:\x1b[\]PX^_]|\x9d[0-9]+;)[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC and its like: titles, links
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x00-\x1f\x7f-\x9f]*\x1b?)?\Z")
_LONGEST_SEQUENCE = 4096
"""Characters; what goes on for longer is text."""
_CREDENTIALS = re.compile(r"^([a-z][a-z0-9+.-]*:)?([/\\]*)[^/?#\\]*@", re.IGNORECASE)
_LONGEST_ADDRESS = 200


def without_sequences(text: str) -> str:
    """The text without the sequences by which a terminal is steered, each taken out whole."""
    return _SEQUENCE.sub("", text)


def count_sequences(text: str) -> int:
    """How many `without_sequences` takes out."""
    return len(_SEQUENCE.findall(text))


def begun_sequence(text: str) -> int:
    """Where a sequence begins that the text breaks off in; the text's length where it does in none."""
    begun = _BEGUN.search(text, max(0, len(text) - _LONGEST_SEQUENCE))
    return begun.start() if begun else len(text)


def without_controls(text: str) -> str:
    """The text without control characters alone, which take up no cell: nothing moves that is drawn."""
    return _CONTROL.sub("", text)


def printable(text: str) -> str:
    """The text without sequences and control characters, which could move the cursor, recolour or reverse it."""
    return without_controls(without_sequences(text))


def shortened(text: str, longest: int = 80) -> str:
    """What a user gave, to be named in a sentence: its middle left out where it is long."""
    if len(text) <= longest:
        return text
    end = longest // 4
    return f"{text[: longest - end - 3].rstrip()} … {text[-end:].lstrip()}"


def shown_address(address: str) -> str:
    """An address as a message shows it: without credentials, in one line, not too long."""
    text = _CREDENTIALS.sub(r"\1\2", address.strip())
    text = "".join(char if char.isprintable() else "\ufffd" for char in text[: _LONGEST_ADDRESS + 1])
    return text if len(text) <= _LONGEST_ADDRESS else f"{text[:_LONGEST_ADDRESS]}…"
