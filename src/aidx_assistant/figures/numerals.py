"""Numbers as digits or in English words: one pattern to find them, one function to read them."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.numbers import MAGNITUDES, TENS, UNITS

_MAGNITUDES = {
    "hundred": 100.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_WORD_VALUES = {
    **{word: float(value) for value, word in enumerate(UNITS)},
    **{word: 10.0 * value for value, word in enumerate(TENS, start=2)},
}

_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(reversed(UNITS))})"
# Each part stands in these as seldom as it can: compiling them is a good part of the start of a command.
_HUNDREDS = rf"(?:a\s+hundred|{_SMALL}(?:\s+hundred)?)(?:(?<=hundred)\s+(?:and\s+)?{_SMALL})?"
_WORDS = rf"(?:a\s+thousand|{_HUNDREDS}(?:\s+thousand)?)(?:(?<=thousand)\s+(?:and\s+)?{_HUNDREDS})?"
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_LARGE = rf"(?:\s?(?:{MAGNITUDES})|(?:\s?(?:mn|bn|tn)|[kmb])(?![A-Za-z]))"

DIGITS = rf"(?<![\w.,]){_DIGITS}[½¼¾]?"
"""Digits that are not part of a name or of a longer number."""
NUMBER = rf"(?:{DIGITS}|(?<![\w-]){_WORDS}(?![A-Za-z]))(?:\s+and\s+a\s+half\b)?{_LARGE}?"
"""Any number, with its magnitude: 46, 1,400, 2½, forty-six, two and a half, 1.4 billion, 3m."""
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half$")
_SPLIT = re.compile(rf"^(?P<number>{_DIGITS}|{_WORDS})(?P<part>[½¼¾]?)\s*(?P<magnitude>[a-z]*)$", re.IGNORECASE)


def number_value(text: str) -> float:
    """The value of a text that NUMBER matches in full. Raises ValueError for anything else."""
    lowered = text.strip().lower()
    magnitude = 1.0
    half = 0.0
    if tail := re.search(r"\s?(trillion|billion|million|(?<=\d)\s?(?:mn|bn|tn)|(?<=[\d½¼¾])[kmb])$", lowered):
        magnitude = _MAGNITUDES[tail.group(1).strip()]
        lowered = lowered[: tail.start()].strip()
    if match := _AND_A_HALF.search(lowered):
        half = 0.5
        lowered = lowered[: match.start()]
    parts = _SPLIT.match(lowered)
    if parts is None:
        raise ValueError(f"not a number: {text!r}")
    half += _PARTS.get(parts["part"], 0.0)
    magnitude *= _MAGNITUDES.get(parts["magnitude"], 1.0)
    written = parts["number"]
    value = float(re.sub(r"[,\u00a0\u202f]", "", written)) if written[0].isdigit() else _words_value(written)
    return (value + half) * magnitude


def _words_value(words: str) -> float:
    total = group = 0.0
    for word in re.split(r"[-\s]+", words):
        if word == "hundred":
            group = max(group, 1.0) * 100
        elif word == "thousand":
            total += max(group, 1.0) * 1000
            group = 0.0
        elif word not in ("and", "a"):
            group += _WORD_VALUES[word]
    return total + group
