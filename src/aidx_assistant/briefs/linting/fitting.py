"""Sentences of sources that give the same figures as a text, for what refers to a source as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.checking.values import fit
from aidx_assistant.figures import Figure, figures_in

_READ_WHOLE = 3_000
"""Sentences up to which a source is read for its figures; of a longer one its findings are."""


def sentences_with(figures: Sequence[Figure], source_ids: Iterable[str], shelf: HeldShelf) -> tuple[Quoted, ...]:
    """The sentences of these sources of which a figure is that of one of `figures`, as a number, each once."""
    found: dict[tuple[str, int], Quoted] = {}
    for source_id in dict.fromkeys(source_ids):
        for quoted, stated in _stated(source_id, shelf):
            if any(fit(figure, one) == "same" for one in stated for figure in figures):
                found.setdefault((quoted.passage.id, quoted.first), quoted)
    return tuple(found.values())


def _stated(source_id: str, shelf: HeldShelf) -> Iterator[tuple[Quoted, tuple[Figure, ...]]]:
    passages = shelf.passages_of(source_id)
    if sum(len(passage.sentences) for passage in passages) <= _READ_WHOLE:
        for passage in passages:
            for position, sentence in enumerate(passage.sentences):
                yield Quoted(passage, position, position + 1), figures_in(sentence)
        return
    for finding in shelf.findings():
        if finding.source_id == source_id and finding.value and (found := shelf.passage(finding.passage_id)):
            yield Quoted(found, finding.sentence, finding.sentence + 1), figures_in(finding.value)
