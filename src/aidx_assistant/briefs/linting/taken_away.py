"""source-line-missing, statement-without-source, citation-unresolved, left-out-wrong: what an evidence brief had.

Every piece of its evidence has a `Source:` line and a note behind each quotation; every note quotes its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from aidx_assistant.briefs.brief import BriefKind, Fault, markers_in
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.unsourced import WITHOUT_SOURCE
from aidx_assistant.briefs.templates import brief_template
from aidx_assistant.briefs.tracing.quotations import quotations_in
from aidx_assistant.briefs.tracing.reference import UNRESOLVED
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.piece import Piece

SOURCE_LINE_MISSING = "source-line-missing"
LEFT_OUT_WRONG = "left-out-wrong"
_NOTHING_LEFT_OUT = re.compile(
    r"\b(?:nothing|none|no\s+(?:sources?|reports?|findings?))\b[^.;]{0,30}\b(?:left\s+out|omitted|excluded|kept\s+out)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[”\"][\s.]*\[(?P<number>\d{1,4})\]")


def taken_away_faults(found: Traced, shelf: HeldShelf) -> Iterator[Fault]:
    """What is missing of an evidence brief that an export has, and what is said to have been left out of it."""
    yield from _missing_lines(found)
    yield from _missing_notes(found)
    yield from _notes_without_quotation(found)
    yield from _denied_left_out(found.pieces, shelf)


def _missing_lines(found: Traced) -> Iterator[Fault]:
    """One fault where all lines are gone, else one for each piece of evidence without its own."""
    having = {piece.where for piece, _ in found.source_lines}
    quoting = [piece for piece in _evidence(found.pieces) if quotations_in(piece.text)]
    missing = [piece for piece in quoting if piece.where not in having]
    if missing and len(missing) == len(quoting):
        problem = "No Source: line is left below the evidence: it says where, of whom and when each statement holds."
        yield Fault(SOURCE_LINE_MISSING, missing[0].where, problem)
        return
    for piece in missing:
        yield Fault(SOURCE_LINE_MISSING, piece.where, "The Source: line of this statement is missing.")


def _evidence(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The points below the heading of the evidence, or the rows of its table."""
    kinds: tuple[BriefKind, ...] = get_args(BriefKind)
    templates = [template for kind in kinds for template in brief_template(kind).sections]
    headings = {template.heading.casefold() for template in templates if template.makes == "evidence"}
    inside = False
    for piece in pieces:
        if piece.kind == "heading":
            inside = piece.text.strip(" *_").casefold() in headings
        elif inside and piece.kind in ("item", "row"):
            yield piece


def _missing_notes(found: Traced) -> Iterator[Fault]:
    """Quotations among the evidence that rest on a `Source:` line alone."""
    for piece, line in found.source_lines:
        own = line.reference.number
        traced = next((one for one in found.pieces if one.where == piece.where), piece)
        quotations = quotations_in(traced.text)
        if quotations and set(markers_in(traced.text)) <= {own}:
            yield Fault(WITHOUT_SOURCE, piece.where, f"No note is left behind “{quotations[0].text}”")


def _notes_without_quotation(found: Traced) -> Iterator[Fault]:
    """Notes behind a quotation that quote nothing, in a brief whose notes quote what they cite."""
    noted = [
        (piece, one)
        for piece in found.pieces
        for match in _BEHIND.finditer(piece.text)
        if (one := found.reference(int(match["number"]))) and one.is_of_library
    ]
    if not any(one.reference.quotations for _, one in noted):
        return
    lines = {line.reference.number for _, line in found.source_lines}
    for one in {one.reference.number: one for _, one in noted}.values():
        if not one.reference.quotations and one.reference.number not in lines:
            problem = f"{one.reference.written} does not quote the sentence that it cites."
            yield Fault(UNRESOLVED, one.reference.where, f"{problem[:1].upper()}{problem[1:]}")


def _denied_left_out(pieces: Sequence[Piece], shelf: HeldShelf) -> Iterator[Fault]:
    titles = [source.title for source in shelf.sources() if not source.in_briefs]
    for piece in pieces if titles else ():
        if said := _NOTHING_LEFT_OUT.search(piece.text):
            left_out = "; ".join(titles)
            problem = f"It says “{said.group()}”; briefs leave out, as sources kept out of them: {left_out}."
            yield Fault(LEFT_OUT_WRONG, piece.where_at(said.start()), problem)
