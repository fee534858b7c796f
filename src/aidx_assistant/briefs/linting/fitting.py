"""Sentences of sources that give the same figures as a text, for what refers to a source and quotes nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.briefs.linting.held import HeldShelf
from aidx_assistant.briefs.tracing.quotations import Quoted
from aidx_assistant.checking.values import fit, is_round, same_number
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.share_rows import with_shares

_READ_WHOLE = 3_000
"""Sentences up to which a source is read for its figures; of a longer one its findings are."""


def sentences_with(
    figures: Sequence[Figure], source_ids: Iterable[str], shelf: HeldShelf, claim: str = ""
) -> tuple[Quoted, ...]:
    """The sentences of these sources that have the number of one of `figures`, each once; those of its unit first.

    Sentences with another number, for which the figure is only a fair name, are left out where one that has the number
    itself under another bound is as much about the claim, if one is given: by "less than 35%" 35% is told wrongly, not
    32% rightly. Round numbers name many.
    """
    words = concepts(claim)
    same: dict[tuple[str, int], Quoted] = {}
    other: dict[tuple[str, int], Quoted] = {}
    fair: dict[tuple[str, int], Quoted] = {}
    most_alike = -1
    for quoted, stated in stated_sentences(source_ids, shelf):
        pairs = [(figure, one) for one in stated for figure in figures]
        fits = {fit(figure, one) for figure, one in pairs}
        if "bound" in fits:
            most_alike = max(most_alike, _shared(words, quoted))
        if fits - {"other"}:
            is_fair = not any(same_number(*pair) or is_round(pair[0]) for pair in pairs if fit(*pair) == "same")
            kind = other if "same" not in fits else fair if is_fair else same
            kind.setdefault((quoted.passage.id, quoted.first), quoted)
    kept = {place: quoted for place, quoted in fair.items() if not claim or _shared(words, quoted) > most_alike}
    return tuple({**same, **kept, **other}.values())


def _shared(words: frozenset[str], quoted: Quoted) -> int:
    """How many of the words a sentence has."""
    return len(words & concepts(quoted.text))


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
                    figures = with_shares(sentence, passage.locator.heading, figures_in(sentence))
                    yield Quoted(passage, position, position + 1), figures
            continue
        for finding in shelf.findings():
            if finding.source_id == source_id and finding.value and (found := shelf.passage(finding.passage_id)):
                yield Quoted(found, finding.sentence, finding.sentence + 1), figures_in(finding.value)
