"""Lines of a page, put together into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.placed_text import BULLET, PlacedText, around

_BROKEN = re.compile(r"(\S+?)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_MOST_OPEN = 60
"""Paragraphs that a line is tried to be the next line of: the lowest ones."""


@dataclass(frozen=True, slots=True)
class Paragraph(PlacedText):
    """Lines that say something together."""

    lines: tuple[PlacedText, ...] = ()


def paragraph(lines: Sequence[PlacedText], words: frozenset[str] = frozenset()) -> Paragraph:
    """These lines as one paragraph."""
    whole = around(joined([line.text for line in lines], words), lines)
    return Paragraph(
        whole.text, whole.left, whole.top, whole.right, whole.bottom, whole.size, whole.bold, lines=tuple(lines)
    )


def paragraphs_of(lines: Iterable[PlacedText], words: frozenset[str] = frozenset()) -> list[Paragraph]:
    """Puts lines that stand below each other into one paragraph; `words` as in `joined`.

    They do if they share width, are of one size and weight, and stand no wider apart than lines do. A bullet begins a
    paragraph, and so does an indented line.
    """
    paragraphs: list[list[PlacedText]] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        open_ones = range(max(0, len(paragraphs) - _MOST_OPEN), len(paragraphs))
        above = [number for number in open_ones if _continues(paragraphs[number], line)]
        if above:
            nearest = max(above, key=lambda number: paragraphs[number][-1].bottom)
            paragraphs.append([*paragraphs.pop(nearest), line])
        else:
            paragraphs.append([line])
    return [paragraph(one, words) for one in paragraphs]


def _continues(above: Sequence[PlacedText], line: PlacedText) -> bool:
    last = above[-1]
    gap = line.top - last.bottom
    leading = line.base - last.base
    return (
        last.over(line)
        and leading > 0.5 * line.size
        and gap <= 0.75 * line.size
        and 0.87 <= line.size / last.size <= 1.15
        and last.bold == line.bold
        and not _has_bullet(line.text)
        and not (LONE_FIGURE.fullmatch(above[0].text) and not line.text[:1].islower())
        and not _is_spaced_out(above, leading)
        and not _is_indented(above, line)
    )


def _has_bullet(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and BULLET.fullmatch(first) is not None


def _is_spaced_out(above: Sequence[PlacedText], leading: float) -> bool:
    if len(above) < 2:
        return False
    return leading > 1.3 * (above[-1].base - above[-2].base)


def _is_indented(above: Sequence[PlacedText], line: PlacedText) -> bool:
    if len(above) < 2 or not above[-1].text.endswith((".", "!", "?", ":", "”", '"')):
        return False
    return 0.8 * line.size <= line.left - above[-1].left <= 4 * line.size


def joined(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """The lines as one text, words that were broken at a line's end mended.

    A hyphen goes where lower-case letters stand on both sides, unless the document has the word with its hyphen
    elsewhere; `words` are the lower-case words seen within its lines. It stays after a digit or a capital: AI-powered.
    """
    text = ""
    for line in lines:
        broken = _BROKEN.search(text)
        following = _FIRST_WORD.match(line)
        if not text:
            text = line
        elif not broken or not following:
            text = f"{text}{line}" if text.endswith(("\u2010", "\u00ad")) else f"{text} {line}"
        elif text[-1] != "-" or _was_one_word(broken[1], following[0], words):
            text = f"{text[:-1]}{line}"
        else:
            text = f"{text}{line}"
    return text.replace("\u00ad", "")


def _was_one_word(before: str, after: str, words: frozenset[str]) -> bool:
    letters = re.search(r"[^\W\d_]+$", before)
    if not letters or not after.islower() or not letters[0][-1].islower():
        return False
    start = letters[0].lower()
    if f"{start}-{after}" in words:
        return False
    return f"{start}{after}" in words or (not any(char.isupper() for char in letters[0][1:]) and "-" not in before)


def words_within(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand within lines, lower-case, by which it is known whether a word has a hyphen."""
    return frozenset(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!\S*-$)", line))
