"""Where the sentences of an English paragraph begin and end."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.abbreviations import ABBREVIATIONS

_END = re.compile(r"[.!?][\"'”’)*_]*(?P<markers>(?:\s*\[\d[\d\s,;–-]*\])*)[\"'”’)*_]*(?=\s|$)")
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{ABBREVIATIONS}|etc|inc|ltd|co|corp)"
    r"|(?<![A-Za-z])[A-Z]|(?:[“\"‘(*_]|^)\d{1,2})$",
    re.IGNORECASE,
)
_NEW_LINE = re.compile(r"(?<=[\])])[ \t]*\n(?=\s*[A-Z*_“\"])|\n(?=\s*(?:\*\*|__)\w)")
"""Lines that stand for themselves without a full stop: after a citation, or before a label in bold."""
_LABELLED = re.compile(r"\n(?=[ \t]*[*_]{0,2}[A-Z][\w &/’'-]{0,40}:\s)")
"""A line after a labelled one that has a label too: "Payers: 83%", "Providers: 85%"."""
_GOES_ON = re.compile(r"\s+[a-z(]")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of one paragraph, citation markers after a full stop included; never overlapping."""
    spans: list[tuple[int, int]] = []
    start = 0
    ends = [*_END.finditer(text), *_NEW_LINE.finditer(text), *_LABELLED.finditer(text)]
    for match in sorted(ends, key=re.Match.start):
        before = text[start : match.start()]
        if match.re is _LABELLED and not _LABELLED.match(f"\n{before.lstrip()}"):
            continue
        if match.re is _END and text[match.start()] == "." and _is_abbreviation(before, text, match):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple((s + len(text[s:e]) - len(text[s:e].lstrip()), e) for s, e in spans if text[s:e].strip())


def _is_abbreviation(before: str, text: str, match: re.Match[str]) -> bool:
    found = _ABBREVIATION.search(before)
    if found is None:
        return False
    if match["markers"].strip() or match.end() == len(text):
        return False
    if found.group()[-1].isdigit():
        return True
    return bool(_GOES_ON.match(text, match.end())) or found.group().lower() not in ("etc", "inc", "al", "co", "no")
