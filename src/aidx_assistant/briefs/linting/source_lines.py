"""`Source:` lines: they name the place that the citations of their text have, and count what the source counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aidx_assistant.briefs.brief import Fault, markers_in
from aidx_assistant.briefs.linting.figures import UNSUPPORTED
from aidx_assistant.briefs.linting.fitting import is_given
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.linting.said_bases import base_faults, time_frame_faults
from aidx_assistant.briefs.tracing.reference import PLACE_WRONG, Resolved
from aidx_assistant.briefs.tracing.traced import Traced
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.evidence import Locator


def source_line_faults(found: Traced, shelf: HeldShelf, *, of_brief: bool) -> Iterator[Fault]:
    """What is wrong with the `Source:` lines of a text, seen from what the pieces with such a line cite.

    In any document but a brief such a line may be the caption of a picture, which names another place.
    """
    pieces: dict[int, list[Piece]] = {}
    for piece, line in found.source_lines:
        pieces.setdefault(line.reference.number, []).append(piece)
    for line in {line.reference.number: line for _, line in found.source_lines}.values():
        numbers = dict.fromkeys(number for piece in pieces[line.reference.number] for number in markers_in(piece.text))
        cited = [one for number in numbers if (one := found.reference(number)) and one is not line]
        if cited:
            yield from _place_faults(line, cited) if of_brief else ()
            citations = [citation for one in cited for citation in one.citations]
            yield from base_faults(line, citations, shelf)
            yield from time_frame_faults(line, citations, shelf)
        for figure in line.reference.figures:
            if line.is_of_library and not is_given(figure, line.source_ids, shelf):
                problem = f"{figure.text}: the source that the line names does not give it."
                yield Fault(UNSUPPORTED, line.reference.where, problem)


def _place_faults(line: Resolved, cited: Sequence[Resolved]) -> Iterator[Fault]:
    citations = [citation for one in cited for citation in one.citations]
    beside = {citation.shown_beside for citation in citations}
    known = [citation.locator for citation in citations] + [_slide(text) for text in beside if text]
    said = [place for place in line.reference.places if not any(_is_same(place, other) for other in known)]
    wrong = [place.label for place in said]
    told = any(fault.rule == PLACE_WRONG for fault in line.faults)
    wrong += [
        f"slide {mention.beside} as shown beside it"
        for mention in line.reference.mentions
        if not told and mention.beside is not None and f"slide {mention.beside}" not in beside
    ]
    for place in wrong if known else ():
        stands = " and ".join(sorted({citation.label for citation in citations}))
        yield Fault(PLACE_WRONG, line.reference.where, f"The Source: line names {place}; what is cited is {stands}.")


def _slide(written: str) -> Locator:
    number = re.search(r"\d+", written)
    return Locator("slide", int(number.group()) if number else None)


def _is_same(one: Locator, other: Locator) -> bool:
    if one.kind == other.kind == "section":
        return (one.heading or "").casefold() == (other.heading or "").casefold()
    return (one.kind, one.number) == (other.kind, other.number)
