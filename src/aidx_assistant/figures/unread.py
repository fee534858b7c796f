"""Digits that are no figures: citation markers, list and heading numbers, addresses, names, code."""

from __future__ import annotations

import re

_BLANKED = re.compile(
    r"\[\^?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]"  # citation markers
    r"|(?m:^[ \t>]*(?:[-*+][ \t]+)?(?:\#{1,6}[ \t]+)?\(?\d{1,3}(?:\.\d{1,2})*[.)](?=\s|$))"  # list, heading numbers
    r"|(?m:^[ \t]*\#{1,6}[ \t]+\d{1,2}(?:\.\d{1,2})+(?=\s))"
    r"|(?<=[“\"‘])\d{1,2}\.(?=\s)"  # a numbered heading quoted
)
_NAMES = re.compile(
    r"https?://\S+|www\.\S+|(?<=\])\([^)\s]*\)|`[^`\n]*`|[^\s@]{1,64}@[^\s@]{1,255}\.\w+"
    r"|\b\d+(?:\.\d+){2,}\b"  # versions
    r"|\b(?!(?:[Ee]arly|[Mm]id|[Ll]ate)-)[A-Za-z]+(?:-\d+(?:\.\d+)?)+[A-Za-z]*(?![\w%])"  # GPT-4, COVID-19
    r"|\b[A-Za-z]+\d[\w-]*|\b\d+[A-Za-z]*\d*[A-Z][A-Za-z]*\b(?<!\d[KMB])|\b24/7\b"  # F35, B2B, 3D
    r"|\b(?:[Pp]hase|[Tt]ype|[Tt]ier|[Ll]evel|[Pp]art|[Cc]hapter|[Ss]tep|[Ss]ection|[Oo]ption|[Vv]ersion"
    r"|[Ee]xhibit|[Ff]inding|[Pp]oint|[Tt]akeaway|[Qq]uestion|[Ss]ource|[Rr]eason|[Pp]rinciple|[Tt]able|[Ff]igure|[Aa]ppendix|[Ff]ootnote)\s\d+(?:\.\d+)*\b",
)
_ENUMERATOR = re.compile(r"\((\d{1,2})\)")
_SPOKEN_DURATION = re.compile(r"^[A-Za-z]+-\d+-(?:year|month|day|week)", re.IGNORECASE)


def with_unread_masked(text: str) -> str:
    """`text`, of the same length, with whatever must not be read as a figure blanked or crossed out."""
    masked = text
    enumerators = [int(match[1]) for match in _ENUMERATOR.finditer(text)]
    if len(enumerators) > 1 and enumerators == list(range(1, len(enumerators) + 1)):
        masked = _ENUMERATOR.sub(_blanked, masked)
    masked = _BLANKED.sub(_blanked, masked)
    return _NAMES.sub(_crossed_out, masked)


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _crossed_out(match: re.Match[str]) -> str:
    name = match.group()
    if _SPOKEN_DURATION.match(name):
        return name
    return "x" * len(name)
