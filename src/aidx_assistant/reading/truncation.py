"""Notices where a clipper stopped, and what it left of the last sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(
    r"^[ \t>*_]{0,12}[\[(<{]?[ \t.…*_-]{0,12}"
    r"(?:(?:the\s+)?(?:rest|remainder|content|text|article|page|clip|output|document)\s+(?:was\s+|is\s+|has\s+been\s+)?)?"
    r"(?:truncated|clipped|cut\s+off|snipped|omitted)(?:\s+(?:here|for\s+length|by\s+.{1,30}|due\s+to\s+.{1,30}))?"
    r"[ \t.…*_-]{0,12}[\])>}]?[ \t*_]{0,12}$"
    r"|^[ \t]{0,12}(?:\[(?:…|\.{3})\]|\[\s*\+\s?[\d,]+\s+chars?\])[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ENDED = re.compile(r"[.!?…:;][)\]”’\"'*_`]*\s*$")
_PROSE_LINE = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Remains:
    """A text up to where it was cut."""

    text: str
    cut: bool = False
    """Whether it ends with a clipper's mark."""
    lost_sentence: bool = False
    """Whether its last sentence was broken off and has been left out."""


def without_cut_end(text: str) -> Remains:
    """The text before a clipper's mark at its end, without the sentence that the mark breaks off.

    A mark stands on a line of its own, such as `[... truncated ...]`; one with text after it is no end.
    """
    mark = next((match for match in _MARK.finditer(text) if not text[match.end() :].strip()), None)
    if mark is None:
        return Remains(text)
    kept = text[: mark.start()].rstrip()
    start = kept.rfind("\n") + 1
    line = kept[start:]
    if _ENDED.search(line) or line.lstrip().startswith(("#", "|", "!", "[!")) or not _PROSE_LINE.search(line):
        return Remains(kept, True)
    from aidx_assistant.reading.sentences import sentences_of

    broken = sentences_of(line)[-1]
    return Remains(kept[: len(kept) - len(broken)] if kept.endswith(broken) else kept[:start], True, True)
