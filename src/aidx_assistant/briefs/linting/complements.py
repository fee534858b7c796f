"""The complement of a share: who says that 70% never reach production says that 30% do."""

from __future__ import annotations

import re
from dataclasses import replace

from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.figures import Figure

_WHOLE = 100
_CLAUSE = re.compile(r"[^,;:.!?()—]*")
_DENIALS: tuple[tuple[str, str], ...] = (
    (r"(?:have|has|had)\s+(?:never|not)|haven[’']t|hasn[’']t", "have"),
    (r"(?P<kept>are|is|was|were|can|could)\s*(?:not|n[’']t)", r"\g<kept>"),
    (r"cannot", "can"),
    (r"(?:lack(?:s|ed)?|(?:have|has|had)\s+no)(?:\s+any)?", "have"),
    (r"never(?!\s+been)|(?:do|does|did)\s*(?:not|n[’']t)|fail(?:s|ed)?\s+to", ""),
)
"""Words that deny, and what is left where they are taken back."""
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\s+", re.IGNORECASE), left) for words, left in _DENIALS)
_TOLD = re.compile(
    r"\b(?:that|says?|said|saying|think\w*|thought|believ\w+|expect\w*|report\w*|agree\w*|see|sees|saw|claim\w*|find|found"
    r"|feel|felt|predict\w*|anticipat\w+|who|which)\b",
    re.IGNORECASE,
)
"""What follows these is what people say: its denial is not that of their share."""


def affirmed(piece: Piece, figure: Figure) -> Piece | None:
    """A piece in which a share is told of those that do, where it has that of those that do not; None for others.

    Only a denial of the share's own verb counts: “15% do not expect …” is one, “15% expect that it will not …” none.
    """
    if figure.kind != "percent" or figure.bound != "exact" or figure.low != figure.high:
        return None
    clause = _CLAUSE.match(piece.text, figure.end)
    last = clause.end() if clause else figure.end
    denials = [(match, left) for pattern, left in _PATTERNS if (match := pattern.search(piece.text, figure.end, last))]
    if not denials:
        return None
    denial, left = min(denials, key=lambda found: found[0].start())
    subject = piece.text[figure.end : denial.start()]
    if _TOLD.search(subject):
        return None
    kept = f"{denial.expand(left)} ".lstrip()
    text = f"{piece.text[: figure.start]}{_WHOLE - figure.low:g}%{subject}{kept}{piece.text[denial.end() :]}"
    return replace(piece, text=text, breaks=())
