"""Cuts a paragraph into sentences, so that joined with spaces they give it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from aidx_assistant.vocabulary.abbreviations import ABBREVIATIONS
from aidx_assistant.vocabulary.times import SHORT_MONTHS

_LONGEST = 120
"""Words without a stop, after which a run of words is cut all the same: what is cited must be of a size to be read."""
_STRETCH = 8000
"""Characters; one word that is longer is not looked into."""
_LONGEST_ABBREVIATION = 24
"""Characters before a cut that are looked at."""
_UNFINISHED = re.compile(
    rf"(?:^|[\s(\[“\"])(?:{ABBREVIATIONS}|appr|incl|excl|avg|min|max|dept|resp|figs|tab|vol|ch|sec|eq|eds?|viz|prof|sr|jr"
    rf"|gen|sen|rep|gov|hon|{SHORT_MONTHS})\.$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[A-Z]\w*[ ]|[A-Z]\.[ ]?)[A-Z]\.$")
_OPEN_END = re.compile(
    r"(?:^|\s)(?:inc|ltd|corp|co|llc|plc|jr|sr|etc|al|u\.s|u\.k|e\.u|a\.m|p\.m|ph\.d|m\.d|no)\.$", re.IGNORECASE
)
"""What may end a sentence as well as stand within one."""
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)\]]")
_SMALL = re.compile(r"[\[({“\"'‘]*[a-z]")
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:no|nos|fig|figs|tab|vol|ch|sec|pp|p|eq|approx|ca|est|avg|min|max)\.$", re.IGNORECASE
)
_OPENS_WITH_NUMBER = re.compile(r"[\[(]?[$€£~#]?\d")
_CITATION = re.compile(r"(?:\[\^?[\d,;–\s-]{1,12}\]|[¹²³⁰-⁹]{1,3}|\(\d{1,3}\)|[)”’\"'\]]+)[.,;]?")


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph of English, each without white space at its ends; none for an empty text.

    `" ".join(sentences_of(text)) == " ".join(text.split())`: nothing is added, lost or turned round, and a sentence
    ends only where white space follows. sentencex finds the ends; abbreviations it does not know, list numbers and
    citation marks standing alone are put back, and a run of more than 120 words is cut at a comma or a space.
    """
    flat = " ".join(text.split())
    if not flat:
        return ()
    starts = [0]
    position = 0
    for found in _segmented(flat):
        before = flat[max(starts[-1], position - _LONGEST_ABBREVIATION) : position]
        piece = flat[position : position + len(found)]
        apart = before.endswith(" ") or piece.startswith(" ")
        if apart and not _belong_together(before.rstrip(), piece.strip()):
            starts.append(position)
        position += len(found)
    pieces = [flat[start:end].strip() for start, end in zip(starts, [*starts[1:], len(flat)], strict=True)]
    return tuple(part for piece in pieces if piece for part in _of_readable_length(piece))


def _segmented(flat: str) -> Iterator[str]:
    """What sentencex makes of a text, given to it in stretches: its time grows with the square of their length."""
    start = 0
    while start < len(flat):
        end = start + _STRETCH
        if end < len(flat):
            end = flat.rfind(". ", start, end) + 2
            end = end if end > start + 1 else flat.rfind(" ", start, start + _STRETCH) + 1
            end = end if end > start else flat.find(" ", start + _STRETCH) + 1 or len(flat)
        stretch = flat[start:end]
        if len(stretch) > _STRETCH:
            yield stretch
        else:
            yield from segment("en", stretch)
        start += len(stretch)


def _belong_together(before: str, after: str) -> bool:
    """Whether a cut between two pieces, of the first of which this is the end, is none of sentences."""
    if not before or not after or _CITATION.fullmatch(after) or _ENUMERATOR.fullmatch(before):
        return True
    if _OPENS_WITH_NUMBER.match(after) and _BEFORE_NUMBER.search(before):
        return True
    if _OPEN_END.search(before):
        return bool(_SMALL.match(after))
    if _UNFINISHED.search(before) or _INITIAL.search(before):
        return True
    return before[-1:] in ".…" and bool(_SMALL.match(after))


def _of_readable_length(sentence: str) -> list[str]:
    words = sentence.split(" ")
    parts = []
    while len(words) > _LONGEST:
        stops = [n for n in range(_LONGEST // 2, _LONGEST) if words[n - 1].endswith((";", ",", ":"))]
        end = stops[-1] if stops else _LONGEST
        parts.append(" ".join(words[:end]))
        words = words[end:]
    return [*parts, " ".join(words)]
