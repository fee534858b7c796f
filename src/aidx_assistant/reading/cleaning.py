"""One rule for all readers: what of a text no reader of it sees is removed before anything else is done with it."""

from __future__ import annotations

import re
import unicodedata

from aidx_assistant.printable import count_sequences, without_sequences

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LAYOUT = r"\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufe00-\ufe0f\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff"
"""Controls, surrogates, non-characters, variation selectors, private use (the icons of a page's font)."""
_HIDDEN = (
    r"\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff"
)
"""Zero-width, direction marks and overrides, fillers, tags: what can hide a text or turn it round."""
_REMOVED = re.compile(rf"[{_LAYOUT}{_HIDDEN}\u00ad]")
_TELLING = re.compile(rf"[{_HIDDEN}]")


def clean(text: str) -> str:
    """The text without zero-width, direction, control and private characters and soft hyphens, in NFC.

    Of control characters only tab and newline stay; every other line end becomes a newline. A sequence that steers a
    terminal goes whole. Cleaning twice changes nothing more.
    """
    return unicodedata.normalize("NFC", _REMOVED.sub("", _LINE_ENDS.sub("\n", without_sequences(text))))


def one_line(text: str) -> str:
    """The cleaned text with every run of white space made one space, without any at the ends."""
    return " ".join(clean(text).split())


def hidden_remarks(text: str) -> tuple[str, ...]:
    """What to tell of a raw text from which `clean` removes what could hide something; a mark at its start is none."""
    hidden = len(_TELLING.findall(text.removeprefix("\ufeff")))
    steering = count_sequences(text)
    told = (
        (hidden, "One invisible character was", "invisible characters were"),
        (steering, "One sequence that steers a terminal was", "sequences that steer a terminal were"),
    )
    return tuple(
        f"{one if count == 1 else f'{count:,} {many}'} removed from the text." for count, one, many in told if count
    )
