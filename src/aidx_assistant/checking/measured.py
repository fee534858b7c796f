"""Whether a claim says of its figure what the cited figure measures: a least likeness, where nothing fits better.

Two tests, both of a claim that says something telling of its own which the source does not say; a claim without
words of its own ("for payers it is 66%") passes both:

- The predicate, which is the telling words within the figure's commas and its labels, without those that only name
  whom or what the figure counts. It is foreign if the source says less than half of it, and lacks two words of it
  or its only one.
- The measure: the telling words of what the finding measures, or of the figure's clause where there is no finding.
  The claim is unlike it if too small a part of these, by how telling they are in the library, stands anywhere near,
  and the claim has two words that the source has not, or one that other findings have.
"""

from __future__ import annotations

import re

from aidx_assistant.checking.agreement import predicate_of
from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.directions import course_of
from aidx_assistant.checking.rivals import Library
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.words import concepts
from aidx_assistant.reading.rows import cells_of

_KINDS = frozenset({"percent", "rank"})
_AMOUNTS = frozenset({"money", "duration"})
_LEAST_COVERED = 0.35
"""Share of what the source measures that must stand near a claim with telling words of its own."""
_FOREIGN = 2
"""Telling words that the source does not say from which a predicate of which it says less than half is foreign."""
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|one|ones|this|these|those(?!\s+surveyed)|so(?!\s+far)|such|same)\b"
    r"|\b(?:that|do|does|did)(?=\s*(?:[,.;:)]|$|is\b|was\b|so\b))",
    re.IGNORECASE,
)
_SUBJECTS = {"pilots": "pilots", "projects": "projects use-cases applications", "jobs": "jobs"}
_OBSTACLES = "barrier obstacle challenge hurdle concern problem"
"""What those are who are only named in a source, in answer to a question that it does not repeat."""
_NAMING = re.compile(r"\b(?:nam|cit|mention)(?:es|e|ed|ing)?\b|\bpoint(?:s|ed)?\s+to\b", re.IGNORECASE)
_COUNTED = "completed ; survey ; first year"
_THIN, _RICH = 2, 3
"""Telling words under which a claim leans on the sentence before, and of its own from which it stands alone."""


def is_unlike(claim: Claim, stated: StatedFigure, library: Library) -> bool:
    """Whether the claim says something else of the figure than the source does."""
    if claim.figure.kind not in _KINDS:
        return claim.figure.kind in _AMOUNTS and not stated.is_curated and _has_nothing_of(claim, stated)
    if not stated.is_curated and (cells := cells_of(stated.sentence)):  # a row says what by its label alone
        label = telling_words(cells[0][1])
        if label and label <= concepts(f"{claim.statement.text} ; {claim.statement.row}"):
            return False
    bases = " ; ".join(_SUBJECTS.get(base or "", "") for base in (claim.base, stated.base))
    subject = concepts(f"{bases} ; {_COUNTED} ; {stated.population}")
    around = () if stated.is_curated else (stated.context, stated.about or "")
    source = concepts(" ; ".join((stated.sentence, stated.measure, stated.population, *around)))
    if not stated.is_curated and _NAMING.search(stated.sentence):
        subject |= concepts(_OBSTACLES)
    return _is_foreign(claim, source, subject) or _is_uncovered(claim, stated, subject, library)


def _has_nothing_of(claim: Claim, stated: StatedFigure) -> bool:
    """Whether an amount is told of something of which the source says no word, near it or before: "length of stay fell
    by 42 minutes" of what nurses save.
    """
    said = telling_words(f"{claim.own} ; {claim.statement.labels}") - concepts(claim.figure.text)
    around = concepts(" ; ".join((stated.sentence, stated.measure, stated.context, stated.about or "")))
    near = concepts(claim.tight) - concepts(claim.figure.text)
    return len(said) >= _FOREIGN and not (said | near) & around and not _POINTING.search(claim.own)


def _is_foreign(claim: Claim, source: frozenset[str], subject: frozenset[str]) -> bool:
    """Whether the figure's predicate is mostly made of words that the source does not have."""
    predicate = telling_words(f"{claim.tight} ; {claim.statement.labels}") - subject
    predicate = predicate or telling_words(predicate_of(claim.tight, claim.own)) - subject
    foreign = predicate - source
    if len(foreign) == 1 and foreign == predicate:
        return not _POINTING.search(claim.tight) and not course_of(claim.tight).negations
    return len(foreign) >= _FOREIGN and len(foreign) > len(predicate & source)


def _is_uncovered(claim: Claim, stated: StatedFigure, subject: frozenset[str], library: Library) -> bool:
    """Whether too little of what the source measures stands near the claim."""
    measured = telling_words(stated.measure or stated.own)
    measured = measured - subject or measured
    own = telling_words(f"{claim.own} ; {claim.statement.labels}")
    if not stated.is_curated and (tight := telling_words(stated.tight)) and tight <= own:
        return False
    around = frozenset() if stated.is_curated else concepts(stated.context)
    known = own & (around | concepts(stated.sentence))
    if len(measured) == 1 and own & around and 2 * len(known) > len(own):  # it says more by what stands before it
        return False
    foreign = own - concepts(stated.sentence) - around - stated.words.keys()
    if not measured or not (len(foreign) >= _FOREIGN or foreign & library.known):
        return False
    thin = len(own) < _THIN or bool(_POINTING.search(claim.own))
    another = any(len(other) > 1 and other <= own and not other & measured for other in library.measures)
    near = own if not thin and (another or len(foreign) >= _RICH) else own | claim.weights.keys()
    if thin or own & measured:
        near |= concepts(f"{claim.statement.text} ; {claim.statement.row}")
    if thin:
        near |= concepts(claim.statement.before)
    covered = sum(library.weight(word) for word in measured & near)
    return covered < _LEAST_COVERED * sum(library.weight(word) for word in measured)
