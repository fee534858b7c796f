"""Writes a figure again with another value or another unit, in the style it was written in."""

from __future__ import annotations

import re

from aidx_assistant.figures import Figure

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_OTHER_SHARE = {"half": ("a third", "two thirds"), "a third": ("a quarter", "half"), "two thirds": ("half",),
                "three quarters": ("two thirds",), "a quarter": ("a third",), "a fifth": ("a quarter",),
                "one in five": ("one in four",), "one in three": ("one in four",),
                "one in two": ("one in three",)}  # fmt: skip
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMBER_WORD = re.compile(
    rf"\b(?:(?:{'|'.join(_TENS[2:])})(?:[- ](?:{'|'.join(_WORDS[1:10])}))?|{'|'.join(reversed(_WORDS))})\b",
    re.IGNORECASE,
)


def with_value_changed(figure: Figure, change: int) -> str | None:
    """The figure's text with its last number changed by `change`; None where that makes no sense."""
    text = figure.text
    if figure.kind == "rank":
        return _ordinal_changed(text, change)
    for share, others in _OTHER_SHARE.items():
        if figure.fraction and text.lower().endswith(share):
            other = others[0] if change < 0 else others[-1]
            return text[: len(text) - len(share)] + other if abs(change) == 1 else None
    found = list(_DIGITS.finditer(text))
    if figure.kind == "date":
        found = [match for match in found if len(match.group()) < 3]
    if found:
        return _digits_changed(text, found[-1] if figure.kind != "date" else found[0], change, figure)
    words = list(_NUMBER_WORD.finditer(text))
    if not words:
        return None
    value = _value(words[-1].group().lower()) + change
    if not 2 <= value < 100:
        return None
    return text[: words[-1].start()] + _in_words(value) + text[words[-1].end() :]


def with_year_changed(text: str, change: int) -> str:
    return re.sub(r"(?:19|20)\d\d", lambda match: str(int(match.group()) + change), text)


def with_unit_changed(figure: Figure, following: str) -> list[tuple[str, str]]:
    """Other texts for a figure and the words that follow it, each with the name of the change."""
    text = figure.text
    if figure.kind == "percent" and not figure.fraction and (bare := re.sub(r"\s*(?:%|per\s?cent)", "", text)) != text:
        return [("points", f"{bare} percentage points"), ("count", bare), ("money", f"${bare} million")]
    if figure.kind == "duration" and "year" in text:
        return [("months", text.replace("year", "month"))]
    if figure.kind == "count" and figure.text[-1].isdigit():
        return [("percent", f"{text}%"), ("money", f"${text} million")]
    return []


def _digits_changed(text: str, match: re.Match[str], change: int, figure: Figure) -> str | None:
    written = match.group().replace(",", "")
    value = float(written) + change
    if value <= 0 or (figure.kind == "percent" and value > 100) or (figure.kind == "date" and not 1 <= value <= 28):
        return None
    if figure.low != figure.high and figure.kind in ("percent", "duration", "slide", "count"):
        if value <= figure.low:
            return None
    new = f"{value:g}" if "." in written else str(int(value))
    return text[: match.start()] + new + text[match.end() :]


def _ordinal_changed(text: str, change: int) -> str | None:
    lowered = text.lower()
    if lowered not in _ORDINALS or abs(change) > 1:
        return None
    place = _ORDINALS.index(lowered) + change
    return _ORDINALS[place] if 0 <= place < len(_ORDINALS) else None


def _value(words: str) -> int:
    if words in _WORDS:
        return _WORDS.index(words)
    tens, _, unit = words.replace(" ", "-").partition("-")
    return _TENS.index(tens) * 10 + (_WORDS.index(unit) if unit else 0)


def _in_words(value: int) -> str:
    if value <= 20:
        return _WORDS[value]
    tens, unit = divmod(value, 10)
    return _TENS[tens] + (f"-{_WORDS[unit]}" if unit else "")
