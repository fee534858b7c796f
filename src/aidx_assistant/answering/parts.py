"""Two questions in one, each to be answered by itself: two that "and" joins, or two things that are compared or asked
about one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidx_assistant.vocabulary.grammar import QUESTION_WORDS

_WH = rf"(?:(?:by|for|with|to|in|at|on|from)\s+)?(?:{QUESTION_WORDS})\b"
_TWO_QUESTIONS = re.compile(rf"^(?P<a>.*\b{_WH}[^?]+?),?\s+and\s+(?P<b>{_WH}[^?]{{12,}}?)\W*$", re.IGNORECASE)
_THAN = r"(?:with|to|and|against|versus|vs\.?)"
_RESPECT = r"(?P<respect>\s+(?:on|at|regarding|as to|when it comes to)\s+[^?]+?)?"
_COMPARED = (
    re.compile(
        rf"^(?:please\s+)?(?:compare|contrast)\s+(?P<a>.+?)\s+{_THAN}\s+(?P<b>[^?]+?){_RESPECT}\W*$", re.IGNORECASE
    ),
    re.compile(
        rf"^how\s+(?:do|does|did)\s+(?P<a>.+?)\s+compare\s+(?:with|to)\s+(?P<b>[^?]+?){_RESPECT}\W*$", re.IGNORECASE
    ),
    re.compile(
        r"^(?:which|what)(?:\s+(?:share|figure|number|one))?\s+is\s+(?:the\s+)?"
        r"(?:greater|larger|bigger|higher|smaller|lower|more)\W+(?P<a>.+?),?\s+or\s+(?P<b>[^?]+?)\W*$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<a>[^:?,]+?)\s+(?:versus|vs\.?|against)\s+(?P<b>[^:?,]+?)\s*[:,?].*$", re.IGNORECASE),
    re.compile(
        r"^(?:are|do|did|were)\s+(?P<of>more\s+(?P<who>\w+))\s+(?P<a>.+?),?\s+"
        r"or(?:\s+(?:do|are)\s+more)?\s+(?P<b>[^?]+?)\W*$",
        re.IGNORECASE,
    ),
)
_OF_EACH = re.compile(
    r"^(?:please\s+)?(?:compare|contrast)\s+(?P<wh>what|how|where|which)\s+(?P<a>\w+)\s+(?:and|with|to)\s+(?P<b>\w+)\s+"
    r"(?P<rest>[^?]+?)\W*$",
    re.IGNORECASE,
)
"""The same asked of two: "compare what payers and providers expect"."""
_ASKING = re.compile(r"^\s*(?:who|whom|when|where|why|what|which|how (?:many|much|long|large)|how)\b", re.IGNORECASE)
_TWO_PARTS = re.compile(
    r"(?P<first>[^?]+?),? and "
    r"(?P<second>(?:by |for |with |to |in )?(?:whom?|when|where|why|how|what|which)\b[^?]{0,25}\??)$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """The two questions of which a question consists."""

    first: str
    second: str
    compared: bool
    """Whether the answers are to be held against each other."""


def parts_of(text: str) -> Parts | None:
    """None where it is one question, or where a part is too short to be asked by itself."""
    plain = text.strip()
    if match := _TWO_QUESTIONS.match(plain):
        return _long_enough(Parts(f"{match['a']}?", f"{match['b']}?", compared=False))
    if match := _OF_EACH.match(plain):
        first, second = (f"{match['wh']} {match[side]} {match['rest']}?" for side in "ab")
        return _long_enough(Parts(first, second, compared=True))
    for pattern in _COMPARED:
        if match := pattern.match(plain):
            said = match.groupdict(default="")
            who, respect = f"{said.get('who', '')} ".lstrip(), said.get("respect", "")
            first, second = (f"{who}{said[side]}{respect}?" for side in "ab")
            return _long_enough(Parts(first, second, compared=True))
    return None


def halves(text: str) -> tuple[str, ...]:
    """Both halves of a question for two things, each with what both are about: "when was this published" and "by whom
    was this published"; none where one thing is asked for."""
    match = _TWO_PARTS.match(text.strip())
    if match is None or not _ASKING.search(match["first"]):
        return ()
    further = f"{match['second'].rstrip('?. ')}{_ASKING.sub('', match['first'], count=1)}?"
    return f"{match['first']}?", further


def _long_enough(parts: Parts) -> Parts | None:
    return parts if min(len(part.split()) for part in (parts.first, parts.second)) >= _FEWEST_WORDS else None
