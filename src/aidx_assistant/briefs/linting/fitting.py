"""Sentences of sources that give the same figures as a text, for what refers to a source and quotes nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.checking.values import fit
from aidx_assistant.figures import Figure, figures_in

_READ_WHOLE = 3_000
"""Sentences up to which a source is read for its figures; of a longer one its findings are."""


def sentences_with(figures: Sequence[Figure], source_ids: Iterable[str], shelf: HeldShelf) -> tuple[Quoted, ...]:
    """The sentences of these sources that have the number of one of `figures`, each once; those of its unit first."""
    same: dict[tuple[str, int], Quoted] = {}
    other: dict[tuple[str, int], Quoted] = {}
    for quoted, stated in stated_sentences(source_ids, shelf):
        fits = {fit(figure, one) for one in stated for figure in figures}
        if fits - {"other"}:
            (same if "same" in fits else other).setdefault((quoted.passage.id, quoted.first), quoted)
    return tuple({**same, **other}.values())


def is_given(figure: Figure, source_ids: Iterable[str], shelf: HeldShelf) -> bool:
    """Whether any sentence of these sources has a figure, number and unit."""
    return any(fit(figure, one) == "same" for _, stated in stated_sentences(source_ids, shelf) for one in stated)


def counts_otherwise(figure: Figure, source_ids: Iterable[str], shelf: HeldShelf) -> bool:
    """Whether these sources count what a figure counts, to whatever number."""
    return bool(figure.unit) and any(
        one.kind == figure.kind and one.unit == figure.unit
        for _, stated in stated_sentences(source_ids, shelf)
        for one in stated
    )


def stated_sentences(source_ids: Iterable[str], shelf: HeldShelf) -> Iterator[tuple[Quoted, tuple[Figure, ...]]]:
    """Sentences of sources with their figures."""
    for source_id in dict.fromkeys(source_ids):
        passages = shelf.passages_of(source_id)
        if sum(len(passage.sentences) for passage in passages) <= _READ_WHOLE:
            for passage in passages:
                for position, sentence in enumerate(passage.sentences):
                    yield Quoted(passage, position, position + 1), figures_in(sentence)
            continue
        for finding in shelf.findings():
            if finding.source_id == source_id and finding.value and (found := shelf.passage(finding.passage_id)):
                yield Quoted(found, finding.sentence, finding.sentence + 1), figures_in(finding.value)
