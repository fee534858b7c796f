"""Whether a source has all that a sentence says, with another figure: then a like number elsewhere is no support."""

from __future__ import annotations

from collections.abc import Iterable

from aidx_assistant.answers import UnsupportedFigure
from aidx_assistant.briefs.linting.fitting import stated_sentences
from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.checking.segments import named
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.statements import MARKER
from aidx_assistant.checking.traits import sizes_in
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in

_REASON = "the source gives another figure for this"
_FEWEST = 3
"""Content words without which a sentence is not told from others."""


def told_otherwise(
    text: str, figure: Figure, quoted: Quoted, source_ids: Iterable[str], shelf: HeldShelf
) -> UnsupportedFigure | None:
    """What a source says instead of `figure`, the only one of a sentence of `text`.

    That is a sentence with all the content words of the claim and another figure of the kind, where `quoted`, which
    has the number, lacks one of them. None where there is no such sentence.
    """
    claim = sentence_of(text, figure)
    words = concepts(claim)
    if len(figures_in(claim)) != 1 or len(words) < _FEWEST or words <= concepts(quoted.text):
        return None
    for other, stated in stated_sentences(source_ids, shelf):
        rivals = [one for one in stated if one.kind == figure.kind and (one.low, one.high) != (figure.low, figure.high)]
        if rivals and words <= concepts(other.text) and _is_of_the_same(claim, other.text):
            instead = f"{rivals[0].text}: “{other.text}”"
            return UnsupportedFigure(figure.text, figure.start, figure.end, _REASON, instead)
    return None


def _is_of_the_same(claim: str, other: str) -> bool:
    """Whether a sentence speaks of organisations of the size, and of the segments, that the claim names."""
    return sizes_in(claim) == sizes_in(other) and named(claim) <= named(other)


def sentence_of(text: str, figure: Figure) -> str:
    """The sentence of a text that a figure stands in, its markers as spaces."""
    plain = MARKER.sub(lambda match: " " * len(match.group()), text)
    return next((plain[start:end] for start, end in sentence_spans(plain) if start <= figure.start < end), plain)
