"""Where the words between two figures of a sentence change owner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.figures import Figure
from aidx_assistant.vocabulary.grammar import CONTRASTING

BORDERS = re.compile(
    rf"(?P<four>;|\s[—–-]\s|—|,?\s(?:{CONTRASTING}|but|yet|however|versus|vs\.?|against|even\s+as)\b"
    r"|,?\s(?:compared|in\s+contrast|as\s+opposed|as\s+against|relative)\b)"
    r"|(?P<three>,\s(?:and|or|with|followed|ahead|then|up|down|behind|where|nor)\b|\)|\(|:)"
    r"|(?P<two>,)"
    r"|(?P<one>\s(?:and|or|than|plus|ahead\s+of|behind)\b)",
    re.IGNORECASE,
)
_STRENGTH = {"four": 4, "three": 3, "two": 2, "one": 1}
_CLOSES = re.compile(r"\s*(?:[,;.]|$|(?:and|or|while|whereas|but|than|versus|vs|against|compared)\b)", re.IGNORECASE)
"""After a bracket with the left figure: "(53%) of pharma leaders" goes on, "(85%) and payers" does not."""
JOINTS = r"and|or|to|another|vs\.?|versus|against|compared\s+(?:with|to)"
"""What joins figures that stand together."""
NO_WORDS = re.compile(
    rf"[\s,;/&()\[\]–—-]*(?:(?:{JOINTS}|i\.e\.|or\s+just)[\s,]*)*\(?\s*",
    re.IGNORECASE,
)
_RELATIVE_PRONOUN = re.compile(r"\s*(?:(?:of|for|among|at|in)\s+)?(?:whom|whose|which|who)\b", re.IGNORECASE)
_SETTING_OFF = re.compile(r"\s*(?:at|with|by|on|namely|i\.e\.)?\s*", re.IGNORECASE)
_SET_OFF_END = re.compile(r"\s*(?:,|;|$|\.(?:\s|$))")
_DASH = re.compile(r"\s*[—–-]\s")
_BARE = re.compile(r"\b(?:with|from|some|only|just|about|nearly|over)\b", re.IGNORECASE)


def spans_of(groups: Sequence[Sequence[Figure]], text: str, part: tuple[int, int]) -> list[tuple[int, int]]:
    """The span of each group of figures in a part of a sentence, one after the other; offsets, end exclusive."""
    cuts = [part[0]]
    for left, right in zip(groups, groups[1:], strict=False):
        bare = not re.search(r"\w{3}", _BARE.sub("", text[cuts[-1] : left[0].start]))
        start, end = left[-1].end, right[0].start
        cut = _cut(text, start, end, bare, naming=True)
        cuts.append(cut if cut is not None else _cut(text, start, end, bare, naming=False) or end)
    cuts.append(len(text))
    return list(zip(cuts, cuts[1:], strict=False))


def _cut(text: str, start: int, end: int, bare: bool, naming: bool) -> int | None:
    """Where the words between two figures change owner: the strongest border, the last of equals.

    `bare`: the left figure has no words before it, so that those after the next comma are its own ("At 71%, …").
    `naming`: borders after the name of what the right figure is of are no places to cut; None if there are no others.
    """
    best, strength = -1, 0
    depth = 0
    for match in BORDERS.finditer(text, start, end):
        level = _STRENGTH[match.lastgroup or "one"]
        if match.group() == "(" and NO_WORDS.fullmatch(text, match.end(), end):
            continue  # the figure in brackets belongs to the words before them
        if bare and match.group() == "," and not text[start : match.start()].strip(" )"):
            continue
        if naming and (strength > 1 or match.group() != ":") and _names_next(text, match, end):
            continue
        if match.group() == "(" and ")" in text[match.end() : end]:
            depth += 1
        elif match.group() == ")":
            inner, depth = depth > 0, max(0, depth - 1)
            if inner or not _CLOSES.match(text, match.end(), end):
                continue
        if depth == 0 and level >= strength:
            best, strength = match.start(), level
            if match.group() == ")":  # markers, blanked, that follow the bracket stay with it
                best = end - len(text[match.end() : end].lstrip())
    if best >= 0 or naming:
        return best if best >= 0 else None
    return end if text[start : start + 1] == "" else _without_border(text, start, end)


def _names_next(text: str, border: re.Match[str], figure: int) -> bool:
    """Whether the words before a border name what the next figure is of.

    So they do before a label's colon ("providers: 35%, pharma: 24%"), before a relative clause ("…, plans, which
    exist at half") and where the figure is set off by commas ("…, pharma, at 24%, is last").
    """
    if border.group() == ":":
        return bool(NO_WORDS.fullmatch(text, border.end(), figure))
    if border.group().lower().endswith("where"):
        return True
    if border.group().strip() in "—–-":
        return bool(NO_WORDS.fullmatch(text, border.end(), figure) and _DASH.match(text, figure))
    if border.group() != ",":
        return False
    set_off = _SETTING_OFF.fullmatch(text, border.end(), figure) and _SET_OFF_END.match(text, figure)
    return bool(set_off or _RELATIVE_PRONOUN.match(text, border.end(), figure))


def _without_border(text: str, start: int, end: int) -> int:
    """No border: a preposition right after the left figure keeps the words with it, else they are the right's."""
    follows = re.match(r"\s*\w*\s*(?:of|in|for|among|at|from|have|has|are|say|on)\b", text[start:end])
    return end if follows else start


def stretch_around(text: str, first: Figure, last: Figure, span: tuple[int, int]) -> tuple[int, int]:
    """The stretch around figures without any comma or stronger border."""
    start, end = span
    for match in BORDERS.finditer(text, span[0], first.start):
        if match.lastgroup != "one" and not _encloses(text, match.end(), first.start):
            start = match.end()
    for match in BORDERS.finditer(text, last.end, span[1]):
        if match.lastgroup != "one" and match.group() not in "()":
            end = match.start()
            break
    return start, end


def _encloses(text: str, opened: int, figure: int) -> bool:
    return text[opened - 1 : opened] == "(" and ")" not in text[opened:figure] and text[opened:figure].strip() == ""
