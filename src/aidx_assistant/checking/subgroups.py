"""The group that a figure is of where that is only a part of a segment, or none of the three.

Medicaid plans are some of the payers and teaching hospitals some of the providers: what is said of the part is not
said of the whole, nor the reverse. Biotech companies and nursing homes belong to no segment of the surveyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from aidx_assistant.checking.clauses import divides
from aidx_assistant.checking.segments import COMPARED
from aidx_assistant.checking.wholes import whole_named
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import Mention, mentions, names_others
from aidx_assistant.terms import CONCEPT, Term, keys_of, speaks_of, stem, terms_of, words_of

_PARTS = frozenset(
    CONCEPT + name
    for name in ("academic", "carehome", "community", "coverage", "ownership", "regional", "rural", "specialty")
)
"""Groups of the thesaurus that, beside the name of a segment, make it a part of that."""
_OUTSIDE = frozenset(CONCEPT + name for name in ("biotech", "carehome", "device", "laboratory"))
"""Groups of the thesaurus whose names stand for nobody of the three segments."""
_MADE = CONCEPT + "device"
_BODIES = frozenset(
    "agencies companies executives facilities firms labs laboratories leaders makers manufacturers operators"
    " organisations organizations players producers respondents startups".split()
)
"""What, after such a name, stands for those who bear it: biotech companies, not laboratory results. Bodies of the
segments bear none of these names.
"""
_SAME: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})(?P<many>s?)\b", re.IGNORECASE))
    for name, pattern in (
        ("nonprofit", r"(?:not[- ]for[- ]|non[- ])profit"),
        ("pediatric", r"paediatric|children(?:[’']s)?(?=\s+(?:hospital|clinic))"),
        ("academic hospital", r"academic\s+medical\s+cent(?:er|re)|university\s+hospital"),
        ("commercial plan", r"(?:commercial|private)\s+(?:health\s+)?(?:plan|insurer|pay[eo]r|carrier|one)"),
        ("veterans", r"VA(?=\s+(?:hospital|health|medical|cent))"),
        ("cancer", r"oncology(?=\s+(?:hospital|clinic|cent|practice))"),
        ("psychiatric", r"mental\s+health(?=\s+(?:hospital|clinic|cent|provider))"),
        ("contract research organization", r"CRO"),
        ("chief information officer", r"(?-i:CIO)"),
        ("chief medical officer", r"(?-i:CMO)"),
        ("chief financial officer", r"(?-i:CFO)"),
        ("chief nursing officer", r"(?-i:CNO)"),
        ("chief technology officer", r"(?-i:CTO)"),
        ("chief executive officer", r"(?-i:CEO)"),
        ("chief operating officer", r"(?-i:COO)"),
        ("chief information security officer", r"(?-i:CISO)"),
        ("chief medical information officer", r"(?-i:CMIO)"),
        ("chief human resources officer", r"(?-i:CHRO)"),
        ("Medicare Advantage", r"MA(?=\s+(?:plan|carrier|health))"),
    )
)
"""One name for what has several, which the thesaurus takes for several groups."""
_BEFORE = re.compile(
    r"(?<![\w’'-])(?:(?!(?:that|which|who|whose|at|in|for|of|by|to|with|the|from|on|among|all|most|some|is|are|has|have|say|says|a|an"
    r"|how|when|where|while|than|as|but|not|only|if)\b)[A-Za-z][\w’'-]*\s+){1,5}$",
    re.IGNORECASE,
)
"""Words directly before the name of a segment, back to one that no name goes on beyond."""
_AND = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:^|[.;:|]\s)\W{0,8}(?:(?:at|in|for|among|with)\s+)?(?P<words>[A-Za-z][^,;:.()|]*)", re.IGNORECASE
)
"""What a sentence begins with, where the one beside the figure is not told."""
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_LEADING = 4
"""Words from the beginning of a sentence in which its subject is looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a figure is of, beside the segments."""

    part: Term | None = None
    """What makes a segment a part of it: "medicaid"; None where the segment is named whole, or not at all."""
    outside: Term | None = None
    """The name of somebody of no segment: "biotechs"."""
    words: str = ""
    """How the text writes it: "Medicaid plans"."""
    of_no_segment: bool = False
    """Whether it is none of the three segments, also where it has no name that is known here."""

    @property
    def term(self) -> Term | None:
        return self.part or self.outside


NOBODY = Group()


def group_of(text: str, figure: Figure, span: tuple[int, int], labels: str = "") -> Group:
    """The group that a figure of a text is of; `span`: where its own words stand; `labels`: a cell's row and column.

    A duration or a year beside a share is of nobody itself, and no heading tells whom it is of where the share does.
    """
    beside = (one for one in figures_in(text) if divides(one) and span[0] <= one.start < span[1])
    if not divides(figure) and (share := next(beside, None)):
        return replace(NOBODY, of_no_segment=_group(text, share, span, labels).of_no_segment)
    return _group(text, figure, span, labels)


def _group(text: str, figure: Figure, span: tuple[int, int], labels: str) -> Group:
    start, end = figure.start, figure.end
    if outside := _outside(text, start, end, span, labels):
        return outside
    own = [mention for mention in mentions(text) if span[0] <= mention.start < span[1]]
    leading = [mention for mention in own if not COMPARED.search(text[: mention.start])] or own
    if leading:
        closest = min(leading, key=lambda one: _distance(one, start, end))
        return _part_at(text, closest)
    headed = labels or next((cell for _, cell, _ in cells_of(text)), "")
    return next((found for one in mentions(headed) if (found := _part_at(headed, one)).part), NOBODY)


def narrowed(claimed: Group, source: str) -> bool:
    """Whether a claim is of a group of which the source, given by all its words, does not speak."""
    if claimed.term is None:
        return False
    said = keys_of(in_one_name(source)) | keys_of(source)
    return not (_stems_of(claimed.term) <= said or speaks_of(said, claimed.term))


def widened(stated: Group, claimed: str) -> bool:
    """Whether a source gives a figure only of a group of whose kind a claim, given by all around it, names none."""
    if stated.term is None:
        return False
    said = keys_of(in_one_name(claimed))
    return not (_stems_of(stated.term) <= said or stated.term.keys & (_PARTS | _OUTSIDE) & said)


def _stems_of(term: Term) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(term.text))


def in_one_name(text: str) -> str:
    """A text in which a group that has several names goes by one of them."""
    for name, pattern in _SAME:
        text = pattern.sub(rf"{name}\g<many>", text)
    return text


def _distance(mention: Mention, start: int, end: int) -> int:
    return start - mention.end if mention.end <= start else mention.start - end


@lru_cache(maxsize=4096)
def _part_at(text: str, mention: Mention) -> Group:
    """The part of its segment that a naming stands for."""
    named = text[mention.start : mention.end]
    before = _BEFORE.search(text[: mention.start])
    pieces = [piece.strip() for piece in _AND.split(before.group())] if before else [""]
    for term in _adjacent(in_one_name(f"{pieces[-1]} {named}"), len(words_of(in_one_name(named)))):
        return Group(part=term, words=f"{pieces[-1]} {named}".strip())
    return NOBODY


def _adjacent(text: str, named: int) -> Iterator[Term]:
    """The terms of a part within the last `named` words of a text, or directly before them."""
    position = 0
    for term in reversed(terms_of(text)):
        if position > named:
            return
        if term.keys & _PARTS:
            yield term
        position += len(term.text.split())
        if position > named:
            return


def _outside(text: str, start: int, end: int, span: tuple[int, int], labels: str) -> Group | None:
    """Somebody of no segment, beside the figure or as the subject of its sentence."""
    whole = whole_named(text, start, end)
    if whole is not None:
        return _named_outside(whole, names_others(whole))
    if _BY.search(text[:start]):
        return None
    begun = (_leading_words(one["words"]) for one in _SUBJECT.finditer(text, span[0], start))
    subjects = labels.split(";") if labels else begun
    return next((found for one in subjects if (found := _named_outside(one, among_others=False))), None)


def _leading_words(text: str) -> str:
    return " ".join(text.split()[:_LEADING])


def _named_outside(name: str, among_others: bool) -> Group | None:
    if mentions(name):
        return None
    words = words_of(name)
    known = (term for term in terms_of(name) if term.keys & _OUTSIDE and _stands_for_bodies(term, words))
    told = next(known, None)
    return Group(outside=told, words=name, of_no_segment=True) if told or among_others else None


def _stands_for_bodies(term: Term, words: Sequence[str]) -> bool:
    """Whether a name stands for those who bear it: alone, in the plural, or before a word for bodies. Devices are what
    those make who are meant, also in the plural.
    """
    named = term.text.split()
    places = (at for at in range(len(words)) if list(words[at : at + len(named)]) == named)
    after = words[next(places, 0) + len(named) :]
    if _BODIES.intersection([*named, *after[:1]]):
        return True
    is_plural = named[-1].endswith("s") and stem(named[-1]) != named[-1]
    return _MADE not in term.keys and (len(words) == len(named) or is_plural)
