"""Divides a sentence among its figures: which words belong to which figure.

Every figure owns the words around it up to the strongest border towards its neighbour. Words before the first
and after the last figure's clause are shared by all. Durations, years, ranks and slides do not divide a
sentence that has percentages, counts or money; they belong to the figure in whose words they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure

_DIVIDING = frozenset({"percent", "points", "count", "money", "ratio"})
_NOT_DIVIDING_UNITS = frozenset({"segments", "sectors", "groups"})
_BORDERS = re.compile(
    r"(?P<four>;|\s[—–-]\s|—|,?\s(?:while|whereas|although|though|but|yet|however|versus|vs\.?|against|even\s+as)\b"
    r"|,?\s(?:compared|in\s+contrast|as\s+opposed|as\s+against|relative)\b)"
    r"|(?P<three>,\s(?:and|or|with|followed|ahead|then|up|down|behind|where|nor)\b|\)|\(|:)"
    r"|(?P<two>,)"
    r"|(?P<one>\s(?:and|or|than|plus)\b)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:while|whereas|although|though|but|yet|however|versus|vs|against|compared|in\s+contrast|as\s+opposed|relative\s+to"
    r"|than)\b|;",
    re.IGNORECASE,
)
_CONCESSION = re.compile(r"\s*(?:while|although|though|whereas|unlike|despite|even\s+though)\b", re.IGNORECASE)
_SAME_AGAIN = re.compile(
    r"\b(?:do(?:es|ing|ne)?\s+(?:so|the\s+same)|did\s+so|the\s+same|likewise|follow(?:s|ed)?\s+suit|as\s+well)\b",
    re.IGNORECASE,
)
"""These take up what was said of the figure before."""
_THIN = 2
"""Content words under which a clause borrows subject and predicate."""
_RESPECTIVELY = re.compile(r",?\s*\brespectively\b[\s,]*|[\s,]+$", re.IGNORECASE)
_STRENGTH = {"four": 4, "three": 3, "two": 2, "one": 1}
_ITEM_BORDERS = re.compile(r",\s*(?:and|or)\s+|,\s*|\s+and\s+|\s+or\s+")
_CLOSES = re.compile(r"\s*(?:[,;.]|$|(?:and|or|while|whereas|but|than|versus|vs|against|compared)\b)", re.IGNORECASE)
"""After a bracket with the left figure: "(53%) of pharma leaders" goes on, "(85%) and payers" does not."""
_OPPOSED = re.compile(r"vs|versus|against|compared", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[),;.]|$|respectively)", re.IGNORECASE)
"""Only there do two opposed figures have the words before them in common: "more than payers (85% vs 83%)"."""
_LISTED = re.compile(
    r"(?=[\s,]*[,/&a-z])[\s,]*(?:and|or|another|vs\.?|versus|against|compared\s+(?:with|to)|/|&)?[\s,]*(?:another\s)?\s*",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"[\s,;/&()\[\]–—-]*(?:(?:and|or|another|i\.e\.|or\s+just|vs\.?|versus|against|compared\s+(?:with|to))[\s,]*)*\(?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one figure, as text: `tight` within its commas, `own` all its own, `shared` the sentence's."""

    figure: Figure
    tight: str
    head: str
    tail: str
    """What of `own` stands before and after `tight`; a concession ("while payers lag, …") is left out."""
    own: str
    shared: str
    scope: str
    """The part of `shared` that limits this figure too: not what stands on the other side of a contrast."""
    span: tuple[int, int]
    """Offsets of `own` in the sentence."""
    years: frozenset[int] = frozenset()
    """Years named within `own`."""
    divides: bool = True
    """Whether the figure has words of its own; else it stands within those of another."""
    position: int = 0
    """Place in a series of figures that share their words ("22, 19 and 18 jobs"), from 0."""
    series: int = 1
    """Length of that series."""
    part: tuple[int, int] = (0, 0)
    """Offsets of the part of the sentence, between semicolons, that the figure stands in."""


def clauses_of(text: str, figures: Sequence[Figure]) -> tuple[Clause, ...]:
    """One clause for each figure, in the order of `figures` (offsets into `text`)."""
    if not figures:
        return ()
    text = _without_numbers(text, figures)
    found: list[Clause] = []
    for start, end in _parts(text, figures):
        within = [figure for figure in figures if start <= figure.start < end]
        if not within:
            continue
        clauses = _divided(" " * start + text[start:end], within, (start, end))
        opening = text[: figures[0].start] if start else ""
        found.extend(replace(clause, shared=f"{clause.shared} ; {opening}") if start else clause for clause in clauses)
    return tuple(found)


def _parts(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Parts of a sentence between semicolons; words before the first figure join its part."""
    cuts = [0]
    for match in re.finditer(";", text):
        before = any(cuts[-1] <= figure.start < match.start() for figure in figures)
        if before:
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _divided(text: str, figures: Sequence[Figure], part: tuple[int, int]) -> tuple[Clause, ...]:
    dividing = [figure for figure in figures if _divides(figure)] or list(figures)
    groups = _grouped(dividing, text)
    spans = _spans(groups, text, part)
    divided = {}
    for group, span in zip(groups, spans, strict=True):
        shared, scope = _shared(text, spans, groups, span)
        for position, figure in enumerate(group):
            clause = _clause(text, figure, group, position, span, (shared, scope))
            years = frozenset(int(f.low) for f in figures if f.kind == "year" and span[0] <= f.start < span[1])
            divided[figure.start] = replace(clause, part=part, years=years)
    return tuple(divided.get(figure.start) or _inherited(figure, text, divided, spans) for figure in figures)


def _without_numbers(text: str, figures: Sequence[Figure]) -> str:
    """Figures blanked, so that "more than 400" is not taken for a comparison; plain durations stay."""
    for figure in figures:
        if figure.kind != "duration" or figure.bound != "exact":
            text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def _divides(figure: Figure) -> bool:
    return figure.kind in _DIVIDING and figure.unit not in _NOT_DIVIDING_UNITS


def _grouped(figures: Sequence[Figure], text: str) -> list[list[Figure]]:
    """Figures with no words between them stand together: "nearly half (45%)", "22, 19 and 18 jobs"."""
    groups = [[figures[0]]]
    for figure in figures[1:]:
        between = text[groups[-1][-1].end : figure.start]
        unlike = _OPPOSED.search(between) and not _ENDS.match(text, figure.end)
        if (_NO_WORDS.fullmatch(between) and not unlike) or _in_apposition(groups[-1][-1], figure, text):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _is_series(group: Sequence[Figure], text: str) -> bool:
    """Whether figures that stand together are a list: "22, 19 and 18", not "nearly half (45%)"."""
    pairs = zip(group, group[1:], strict=False)
    return len(group) > 1 and all(_LISTED.fullmatch(text, one.end, other.start) for one, other in pairs)


def _in_apposition(rough: Figure, exact: Figure, text: str) -> bool:
    """Whether an exact figure only repeats a rough one: "less than half of their pilots, 46%, …"."""
    set_off = re.search(r"[,(]\s*$", text[rough.end : exact.start]) and re.match(r"\s*(?:[,).]|$)", text[exact.end :])
    rounded = rough.kind == exact.kind and rough.bound != exact.bound and (rough.fraction or rough.low % 10 == 0)
    return bool(set_off and rounded and abs(rough.low - exact.low) <= 0.35 * rough.low)


def _spans(groups: Sequence[Sequence[Figure]], text: str, part: tuple[int, int]) -> list[tuple[int, int]]:
    cuts = [part[0]]
    for left, right in zip(groups, groups[1:], strict=False):
        cuts.append(_cut(text, left[-1].end, right[0].start))
    cuts.append(len(text))
    return list(zip(cuts, cuts[1:], strict=False))


def _cut(text: str, start: int, end: int) -> int:
    """Where the words between two figures change owner: the strongest border, the last of equals."""
    best, strength = -1, 0
    depth = 0
    for match in _BORDERS.finditer(text, start, end):
        level = _STRENGTH[match.lastgroup or "one"]
        if match.group() == "(" and _NO_WORDS.fullmatch(text, match.end(), end):
            continue  # the figure in brackets belongs to the words before them
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
    return best if best >= 0 else end if text[start : start + 1] == "" else _without_border(text, start, end)


def _without_border(text: str, start: int, end: int) -> int:
    """No border: a preposition right after the left figure keeps the words with it, else they are the right's."""
    follows = re.match(r"\s*\w*\s*(?:of|in|for|among|at|from|have|has|are|say|on)\b", text[start:end])
    return end if follows else start


def _shared(
    text: str, spans: Sequence[tuple[int, int]], groups: Sequence[Sequence[Figure]], own: tuple[int, int]
) -> tuple[str, str]:
    """The words before the first and after the last figure's own; and those of them within the same contrast.

    A figure with hardly a word of its own ("72% of provider and 64% of payer leaders expect …") shares the
    subject before the first and the predicate after the last figure.
    """
    parts, within = [], []
    first, last = spans[0], spans[-1]
    if own != first:
        end = _tight(text, groups[0][0], groups[0][-1], first)[0]
        parts.append(text[first[0] : end])
        if not _CONCESSION.match(parts[-1]) and not _CONTRAST.search(text, end, own[0] + 12):
            within.append(parts[-1])
    if own != last:
        start = _tight(text, groups[-1][0], groups[-1][-1], last)[1]
        parts.append(text[start : last[1]])
        if not _CONTRAST.search(text, own[1], last[1]):
            within.append(parts[-1])
    if _SAME_AGAIN.search(text, own[0], own[1]):
        parts.append(text[first[0] : own[0]])
    if len(concepts(text[own[0] : own[1]])) < _THIN and len(spans) > 1:
        parts += [text[first[0] : groups[0][0].start], text[groups[-1][-1].end : last[1]]]
    return " ; ".join(parts), " ; ".join(within)


def _tight(text: str, first: Figure, last: Figure, span: tuple[int, int]) -> tuple[int, int]:
    """The stretch around figures without any comma or stronger border."""
    start, end = span
    for match in _BORDERS.finditer(text, span[0], first.start):
        if match.lastgroup != "one" and not _encloses(text, match.end(), first.start):
            start = match.end()
    for match in _BORDERS.finditer(text, last.end, span[1]):
        if match.lastgroup != "one" and match.group() not in "()":
            end = match.start()
            break
    return start, end


def _encloses(text: str, opened: int, figure: int) -> bool:
    return text[opened - 1 : opened] == "(" and ")" not in text[opened:figure] and text[opened:figure].strip() == ""


def _clause(
    text: str, figure: Figure, group: Sequence[Figure], position: int, span: tuple[int, int], around: tuple[str, str]
) -> Clause:
    shared, scope = around
    tight_span = _tight(text, group[0], group[-1], span)
    tight, own = text[tight_span[0] : tight_span[1]], text[span[0] : span[1]]
    head, after = text[span[0] : tight_span[0]], text[tight_span[1] : span[1]]
    head = "" if _CONCESSION.match(head) else head
    if _is_series(group, text):
        items = _ITEM_BORDERS.split(_RESPECTIVELY.sub("", text[group[-1].end : span[1]]).strip(" .,;"))
        if len(items) == len(group) and all(item.strip() for item in items):
            items, common = _without_common_words(items)
            before = f"{text[span[0] : group[0].start]} ; {common}"
            shared, scope = f"{shared} ; {before}", f"{scope} ; {before}"
            tight = own = f"{items[position]}"
            head = after = ""
    if not _is_series(group, text):
        position, group = 0, [figure]
    return Clause(figure, tight, head, after, own, shared, scope, span, position=position, series=len(group))


def _without_common_words(items: list[str]) -> tuple[list[str], str]:
    """Items of equal length, and the words before the first and after the last that belong to all of them.

    "of providers have deployed", "are implementing", "are piloting robots" have "of providers" and "robots" in common.
    """
    words = [item.split() for item in items]
    length = len(words[1]) if len(words) > 2 else min(len(words[0]), len(words[1]))
    common = [*words[0][:-length], *words[-1][length:]]
    words[0], words[-1] = words[0][-length:], words[-1][:length]
    return [" ".join(item) for item in words], " ".join(common)


def _inherited(figure: Figure, text: str, divided: dict[int, Clause], spans: Sequence[tuple[int, int]]) -> Clause:
    for clause in divided.values():
        if clause.span[0] <= figure.start < clause.span[1]:
            return replace(clause, figure=figure, divides=False, position=0, series=1)
    return Clause(figure, text, "", "", text, "", "", (0, len(text)))
