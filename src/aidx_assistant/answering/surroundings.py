"""What stands around a sentence and says what it is about: its heading, its findings, or the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from aidx_assistant.evidence import Finding, Passage, Source
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import CONCEPT, keys_of, terms_of, thesaurus
from aidx_assistant.vocabulary.bodies import COUNTED, COUNTED_BESIDE

_TAKEN_UP = re.compile(
    r"\b(?:the|this|that|its|their|same) (?:share|figure|proportion|percentage|rate|number|level|value)s?\b"
    r"(?= (?:is|was|were|are|stood|stands|came|comes|reached|reaches|rose|fell|drops?|dropped|only|just|of \d|at|for"
    r"|in)\b)"
    r"|\bsuch \w+s\b"
    r"|^(?:(?:at|for|among|in|with|of) [^,;]{1,60},? )?(?:it|this) (?:is|was|stood|stands|comes|came|reaches"
    r"|reached|falls|fell|rises|rose)\b(?! (?:\w+ed|clear|likely|known|said|true|said|possible|thought) (?:that|to)\b)",
    re.IGNORECASE,
)
"""Means the figure of what was spoken of before."""
_ONE_OF_THEM = re.compile(
    r"\b(?:run|have|has|use|uses|offer|own|need|want) (?:one|it|them)\b(?=[.,;]|$| (?:and|or|by|in|within)\b)",
    re.IGNORECASE,
)
"""Means what was spoken of before: "31% run one"."""
_FURTHER = re.compile(r"^(?:another|an? (?:further|additional))\s+\d", re.IGNORECASE)
"""Begins with a further share of the same whole."""
_STANDING = frozenset(
    key
    for word in "stand amount lie come reach drop fall rise climb hover follow trail lag lead manage remain".split()
    for key in keys_of(word)
    if not key.startswith(CONCEPT)
) | {"=deploy", "=adopt"}
"""What a figure does, whatever it measures, and that something is in use, whatever it is."""
_COUNTED = re.compile(r"\b\d[\d,]*\s+(?P<whom>[^\d,;:.()]+)")
"""The first count of those asked, with whom it counts."""
_GROUPS = keys_of(f"{COUNTED} {COUNTED_BESIDE} systems clinics nurses vendors")
"""Whoever is counted, whatever they do."""

Findings = Mapping[int, tuple[Finding, ...]]
"""Of a passage, by the sentence that states them."""


def context_of(
    passage: Passage, position: int, findings: Findings, takes_up: bool, counted: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Keys of what stands around a sentence. Where it may take up what is said before it, and does, of the subject of
    that too; where that gives a share of something else than the heading names, the heading does not count.

    `counted`: keys of those whom its source counts where it names no other group.
    """
    around = _context(passage, position, findings, takes_up)
    names_a_group = (keys_of(passage.sentences[position]) | around) & thesaurus().narrowing
    return around if names_a_group else around | counted


def counted_by(source: Source) -> frozenset[str]:
    """Keys of those whom a source of the user's own counts: by its title, and by whom it says it asked so many of."""
    if not source.respondents:
        return frozenset()
    counted = _COUNTED.search(source.respondents)
    return _group_keys(f"{source.title} ; {counted['whom'] if counted else ''}")


@lru_cache(maxsize=100)
def _group_keys(text: str) -> frozenset[str]:
    groups = thesaurus().narrowing | _GROUPS
    return frozenset().union(*(keys_of(term.text) for term in terms_of(text) if term.keys & groups))


def _context(passage: Passage, position: int, findings: Findings, takes_up: bool) -> frozenset[str]:
    heading, own = passage.locator.heading, findings.get(position, ())
    before = taken_up_from(passage.sentences, position) if takes_up else None
    if before is None:
        return _around(heading, own)
    subject = _subject(passage.sentences[before])
    if _FURTHER.search(passage.sentences[position]):  # of the same whole: those counted are the same too
        subject |= frozenset(key for key in keys_of(passage.sentences[before]) if not key[0].isdigit())
    gives_share = any(finding.unit == "percent" for finding in findings.get(before, ()))
    if gives_share and subject and subject.isdisjoint(_subject(heading or "")):
        return _around("", own) | subject
    return _around(heading, own) | subject


def taken_up_from(sentences: Sequence[str], position: int) -> int | None:
    """The place of the nearest sentence before that says of what the figure is; None where it says so itself."""
    if not _is_elliptical(sentences[position]):
        return None
    return next((place for place in range(position - 1, -1, -1) if not _is_elliptical(sentences[place])), None)


@lru_cache(maxsize=5_000)
def _is_elliptical(sentence: str) -> bool:
    """Whether it says for whom and how much, and not what: “Among rural hospitals the share was 33%.” A row has its
    headers.
    """
    if not re.search(r"\d", sentence) or cells_of(sentence):
        return False
    takes_up = _TAKEN_UP.search(sentence) or _FURTHER.search(sentence) or _ONE_OF_THEM.search(sentence)
    return bool(takes_up) or not _subject(sentence)


@lru_cache(maxsize=5_000)
def _subject(sentence: str) -> frozenset[str]:
    """What a sentence is about, without those it counts."""
    about: set[str] = set()
    for term in terms_of(sentence):
        is_group = term.keys & thesaurus().narrowing or segments_named(term.text) or term.keys & _GROUPS
        if not is_group and not term.keys & _STANDING and not re.search(r"\d", term.text):
            about |= term.keys
    return frozenset(about)


@lru_cache(maxsize=5_000)
def _around(heading: str | None, findings: tuple[Finding, ...]) -> frozenset[str]:
    """An empty heading stands for one that does not count, None for a place without any."""
    texts = [heading or ""]
    for finding in findings:
        texts += [finding.measure, finding.population, finding.time_frame or "", "" if heading == "" else finding.topic]
        if finding.origin == "imported" and finding.segment != "all":  # it may be known by the report's title alone
            texts.append(finding.segment)
    return frozenset().union(*map(keys_of, texts))
