"""quotation-wrong: what running text puts in quotation marks and cites to a source stands there word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.briefs.brief import Fault, markers_in
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.wording import as_sentence
from aidx_assistant.briefs.quotes import without_note_marks
from aidx_assistant.briefs.tracing.quotations import Quotation, Quotations, normalised, quotations_in
from aidx_assistant.briefs.tracing.reference import Resolved
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.checking.sentences import sentence_spans

WRONG = "quotation-wrong"
_DIRECTLY_BEHIND = re.compile(r"[”\"]?[\s.,;:!?)*_]*(?P<markers>(?:\[\d{1,4}\][\s,]*)+)")
_SAYING = (
    r"(?:says?|said|writes?|wrote|states?|stated|finds?|found|reports?|reported|notes?|noted|concludes?|concluded"
    r"|argues?|argued|reads?|quotes?|quoted|puts?\s+it)"
)
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAYING}|(?:according\s+to|in\s+the\s+words\s+of)\b[^“”\"]{{0,60}})"
    r"(?:\s*\[\d{1,4}\])*[\s,:]*(?:that)?[\s,:]*[“\"]?$",
    re.IGNORECASE,
)
_SAID_BEHIND = re.compile(rf"[”\"]?[\s.,!?]*{_SAYING}\b", re.IGNORECASE)
_TRACED = re.compile(r"(?:\bIt\s+)?\[\d{1,4}\]")
"""What stands for the name of a source, within a quotation too."""
_LONG = 5
"""Words from which a quotation counts as the source's, wherever in its sentence the citation stands."""

_OF_A_DRAFT = 2
"""References within a quotation from which it is a sentence that the writer proposes, not one of a source."""
_PROPOSED = re.compile(
    r"\b(?:wordings?|lines?|sentences?|phras\w+|headlines?|versions?|drafts?|captions?|bullets?)(?:\s+\w+){0,3}\s*:\W*$"
    r"|\b(?:write|instead\s+of|rather\s+than)\W*$|(?:^|[.;:]\s+)(?:so\s+|please\s+|better\s+)?(?:say|use|put)\W*$",
    re.IGNORECASE,
)
"""Before words that the writer proposes: "a safer line: “…”", "write “…”"."""


def misquotations(found: Traced, shelf: HeldShelf) -> Iterator[Fault]:
    """Quotations that do not stand in the sources that they are cited or attributed to; what these say instead."""
    held = _Held(shelf)
    for piece in found.pieces:
        for quotation in quotations_in(piece.text):
            if _is_proposed(piece.text, quotation):
                continue
            cited = _cited(piece.text, quotation, found)
            if cited and not held.has(quotation.text, cited):
                where = piece.where_at(quotation.start)
                yield Fault(WRONG, where, held.instead(quotation.text, cited))


def _is_proposed(text: str, quotation: Quotation) -> bool:
    """Whether words in quotation marks are a sentence that the writer proposes to put down."""
    return len(markers_in(quotation.text)) >= _OF_A_DRAFT or bool(_PROPOSED.search(text[: quotation.start]))


def _cited(text: str, quotation: Quotation, found: Traced) -> tuple[Resolved, ...]:
    """The references of the library that a quotation is taken from; none where it may come from somewhere else."""
    behind = _DIRECTLY_BEHIND.match(text, quotation.end)
    if behind:
        return _all_of_library(markers_in(behind["markers"]), found)
    start, end = _sentence_around(text, quotation)
    attributed = _SAID_BEFORE.search(text[start : quotation.start]) or _SAID_BEHIND.match(text, quotation.end)
    if not attributed and len(quotation.text.split()) < _LONG:
        return ()
    return _all_of_library(markers_in(text[start:end]), found)


def _all_of_library(numbers: Iterable[int], found: Traced) -> tuple[Resolved, ...]:
    references = [one for number in dict.fromkeys(numbers) if (one := found.reference(number))]
    return tuple(references) if all(one.is_of_library for one in references) else ()


def _sentence_around(text: str, quotation: Quotation) -> tuple[int, int]:
    """From where to where the sentence goes in which a quotation stands; the quotation may hold several itself."""
    spans = [(start, end) for start, end in sentence_spans(text) if start <= quotation.end and quotation.start <= end]
    return (spans[0][0], spans[-1][1]) if spans else (0, len(text))


class _Held:
    """What the library's sources have, word for word."""

    def __init__(self, shelf: HeldShelf) -> None:
        self._shelf = shelf
        self._quotations = Quotations(shelf)
        self._names: dict[str, frozenset[str]] = {}
        self._titles = {source.id: source.title for source in shelf.sources()}
        self._noted = {finding.source_id for finding in shelf.findings() if finding.origin == "curated"}

    def has(self, quotation: str, cited: Sequence[Resolved]) -> bool:
        """Whether words stand in one of the sources, or are the name of something in it."""
        words = _TRACED.sub("…", quotation)
        sources = _sources_of(cited)
        plain = normalised(words).strip(" .,;:")
        if any(plain in self._names_in(source) for source in sources):
            return True
        quoted = (without_note_marks(citation.quote) for one in cited for citation in one.citations)
        return any(plain in normalised(text) for text in quoted) or bool(self._quotations.find(words, sources))

    def instead(self, quotation: str, cited: Sequence[Resolved]) -> str:
        """What the sources say, in a sentence."""
        words = _TRACED.sub("…", quotation)
        sources = _sources_of(cited)
        here = [self._shelf.passage(citation.passage_id) for one in cited for citation in one.citations]
        everywhere = [passage for source in sources for passage in self._shelf.passages_of(source)]
        near = self._quotations.nearest(words, [passage for passage in here if passage])
        near = near or self._quotations.nearest(words, everywhere)
        titles = " and ".join(self._titles[source] for source in sources)
        held = "aidx's notes of " if self._noted.issuperset(sources) else ""
        said = f"; {'they say' if held else 'it says'} “{near.text}”" if near else ""
        return as_sentence(f"“{words}” does not stand in {held}{titles}{said}")

    def _names_in(self, source_id: str) -> frozenset[str]:
        if source_id not in self._names:
            headings = (passage.locator.heading or "" for passage in self._shelf.passages_of(source_id))
            names = frozenset(normalised(name).strip(" .,;:") for name in (self._titles[source_id], *headings))
            self._names[source_id] = names | {name.removeprefix("the ") for name in names}
        return self._names[source_id]


def _sources_of(cited: Iterable[Resolved]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for one in cited for source in one.source_ids))
