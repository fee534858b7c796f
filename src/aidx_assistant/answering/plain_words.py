"""What some ways to put a question stand for, in plain words: whom it leaves out, "every second", a smaller bill."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.bodies import SEGMENT_BODIES
from aidx_assistant.vocabulary.times import TIME_UNITS

_GROUP = (
    rf"(?:the\s+)?(?:{SEGMENT_BODIES}|health\s+(?:systems?|insurers?|plans?)|clinics?"
    r"|pharma(?:\s+compan(?:y|ies))?|drug\s?makers?|drug\s+compan(?:y|ies))"
)
_ONLY = r"(?:just|only|merely|exclusively|by\s+themselves|on\s+their\s+own|alone)"
_MORE_GROUPS = rf"(?:(?:\s*,\s*|\s+)(?:and|or|nor)?\s*(?:not\s+)?(?:{_ONLY}\s+)?{_GROUP}(?:\s+{_ONLY})?)*"
_NOT_ONE_GROUP = re.compile(
    rf"\b(?:not|never\s+mind|rather\s+than|instead\s+of|other\s+than)\s+(?:of\s+|for\s+|among\s+)?"
    rf"(?:{_ONLY}\s+{_GROUP}|{_GROUP}\s+{_ONLY}){_MORE_GROUPS}",
    re.IGNORECASE,
)
_ANY_GROUP = re.compile(_GROUP, re.IGNORECASE)
_AS_OPPOSED_TO = re.compile(rf"\s?,?\s?\bas\s+opposed\s+to\s+{_GROUP}{_MORE_GROUPS}", re.IGNORECASE)
_PER_CENT = re.compile(r"(?<=\d) per ?cent\b", re.IGNORECASE)
_MARK = re.compile(r"\[\d+(?:\s*[,–-]\s*\d+)*\]")
"""Of a citation, as answers have them."""
_EVERYBODY = "across all segments"
_EVERY_SECOND = re.compile(
    r"\b(?:every\s+second|one\s+in\s+(?:every\s+)?two)\b"
    rf"(?!\s+(?:{TIME_UNITS}|decade|quarter)s?\b)",
    re.IGNORECASE,
)
_HELD_BACK = re.compile(
    r"\b(?P<held>hold(?:s|ing)?|held|keep(?:s|ing)?|kept)\s+(?P<whom>(?:\w[\w’'-]*\s+){1,4}?)(?P<back>back|from)\b",
    re.IGNORECASE,
)
_MADE_SMALLER = re.compile(
    r"(?P<made>\b(?:mak|becom|gett?|turn|keep)(?:e|es|s|ing)?\b[^?.!,;:]{0,40}?)\bsmaller\b(?=\W*$|[.?!])",
    re.IGNORECASE,
)


def in_plain_words(text: str) -> str:
    """The question without marks of citations, with "rather than only hospitals or only insurers" as all segments,
    without those that are named as the opposite, every second one as half of them, what holds them back as what holds
    back them, and what is to become smaller as less, which a small company is not.
    """
    text = _NOT_ONE_GROUP.sub(_everybody, _MARK.sub("", text))
    text = _PER_CENT.sub("%", text)
    text = _AS_OPPOSED_TO.sub("", text)
    text = _EVERY_SECOND.sub("half of", text)
    text = _HELD_BACK.sub(r"\g<held> \g<back> \g<whom>", text)
    return _MADE_SMALLER.sub(r"\g<made>lower", text)


def _everybody(left_out: re.Match[str]) -> str:
    """Of whom it is asked instead of one group: of the one that is named before it, else of all."""
    is_one_named = _ANY_GROUP.search(left_out.string, 0, left_out.start())
    return left_out.group() if is_one_named else _EVERYBODY
