"""The sentences that an evidence brief quotes, each with what the brief says before it and what it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import markers_in
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.quotes import BACKGROUND, Quote, scope_of_sentence, without_note_marks
from aidx_assistant.briefs.tracing.quotations import normalised, quotations_in
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.evidence import Passage, Segment

_ONE_LABEL = r"(?:background|all segments|no segment named|not (?:providers|payers|pharma|all segments))"
_LABEL = re.compile(rf"(?P<label>{_ONE_LABEL}(?:,\s*{_ONE_LABEL})*):[*_\s]*[“\"]$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[\]|.!?”]|:\**)[\s*_]*[“\"]?$")
"""What a quoted statement follows: nothing, another one, the border of a cell, or the label of a point."""
_BEHIND = re.compile(r"[”\"]?\s*(?P<markers>(?:\[\d{1,4}\])+)")


@dataclass(frozen=True, slots=True)
class QuotedStatement:
    """A sentence of a source in a brief."""

    quote: Quote
    """As seen from the segment asked for; `on_topic` is what the brief says."""
    labels: tuple[str, ...]
    """What stands before it, in small letters."""
    where: str
    number: int
    """Of the piece of text that has it."""

    def seen_from(self, segment: Segment) -> Quote:
        one = self.quote
        scope = scope_of_sentence(one.passage, one.position, one.findings, segment)
        return replace(one, scope=scope)


def quoted_statements(found: Traced, shelf: HeldShelf, segment: Segment) -> Iterator[QuotedStatement]:
    """The statements that are a whole sentence of the library, word for word, with its citation behind it."""
    sources = {source.id: source for source in shelf.sources()}
    for number, piece in enumerate(found.pieces):
        for quotation in quotations_in(piece.text):
            before = piece.text[: quotation.start]
            label = _LABEL.search(before)
            behind = _BEHIND.match(piece.text, quotation.end)
            if behind is None or not _BEGINS.search(before[: label.start()] if label else before):
                continue
            place = _place_of(quotation.text, markers_in(behind["markers"]), found, shelf)
            if place is not None:
                passage, position = place
                said = tuple(one.strip() for one in label["label"].lower().split(",")) if label else ()
                findings = shelf.findings_of(passage.id, (position,))
                scope = scope_of_sentence(passage, position, findings, segment)
                quote = Quote(passage, position, findings, sources[passage.source_id], BACKGROUND not in said, scope)
                yield QuotedStatement(quote, said, piece.where_at(quotation.start), number)


def _place_of(quotation: str, numbers: Sequence[int], found: Traced, shelf: HeldShelf) -> tuple[Passage, int] | None:
    """The cited sentence that a quotation is; None where it is no whole sentence of what is cited."""
    for number in numbers:
        reference = found.reference(number)
        for citation in reference.citations if reference else ():
            passage = shelf.passage(citation.passage_id)
            for position in range(*citation.sentences) if passage else ():
                if passage and normalised(without_note_marks(passage.sentences[position])) == normalised(quotation):
                    return passage, position
    return None
