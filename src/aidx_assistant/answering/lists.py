"""What comes first in a table or a list of a user's own report, where a question asks for the most or the least."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.evidence import Segment, Source
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import Term, keys_of

_MOST = re.compile(
    r"\b(?:most|biggest|greatest|largest|highest|top|main|chief|leading|strongest|commonest|number\s+one)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(r"\b(?:least|smallest|lowest|fewest|weakest|rarest)\b", re.IGNORECASE)
_ITEM = re.compile(r"(?P<label>\w[^:;]{1,80}):\s*(?P<value>[^:;]+)\.?")
_PREDICATE_WORDS = 2
"""How many words before a figure are the same in each sentence of a list: "… matters most to 57%"."""
_SHORTEST = 3
"""Items of a list."""


class _Item:
    """One of a list: its sentence, and its figures by their columns."""

    def __init__(self, candidate: Candidate, columns: Mapping[str, Figure], form: tuple[str, ...]) -> None:
        self.candidate = candidate
        self.columns = columns
        self.form = form
        """What all the items of a list have in common: the headers of a table, or the words before the figure."""


def first_of_a_list(
    question: Question, everything: Iterable[Candidate], sources: Mapping[str, Source]
) -> list[Candidate]:
    """The item with the highest, or lowest, figure of the list that is about all that is asked, of several of the one
    with most of its very words; empty where there is none, or two are alike.
    """
    if not (_MOST.search(question.text) or _LEAST.search(question.text)) or question.for_slide:
        return []
    found: dict[int, list[Candidate]] = {}
    for items in _lists(everything):
        if question.source_ids and items[0].candidate.passage.source_id not in question.source_ids:
            continue
        source = sources[items[0].candidate.passage.source_id]
        column = _column(items, question)
        if column is not None and _is_about(items, question, source):
            pick = min if _LEAST.search(question.text) else max
            first = pick(items, key=lambda item: item.columns[column].low).candidate
            found.setdefault(len(_own_keys(items) & _subject(question)), []).append(first)
    best = found[max(found)] if found else []
    return best if len(best) == 1 else []


def _lists(everything: Iterable[Candidate]) -> Iterator[list[_Item]]:
    """Three items or more of one form in one place, in each of which the same columns have a figure of one kind."""
    own = (candidate for candidate in everything if candidate.known is None)
    by_place = sorted(own, key=lambda candidate: (candidate.passage.id, candidate.position))
    for _, inside in groupby(by_place, key=lambda candidate: (candidate.passage.source_id, candidate.passage.locator)):
        items = [item for candidate in inside if (item := _item(candidate))]
        for form in dict.fromkeys(item.form for item in items):
            of_form = [item for item in items if item.form == form]
            if len(of_form) >= _SHORTEST:
                yield of_form


def _item(candidate: Candidate) -> _Item | None:
    if cells := cells_of(candidate.text):
        columns = {header: figure for header, cell, _ in cells[1:] if (figure := _only_figure(cell))}
        return _Item(candidate, columns, tuple(header for header, _, _ in cells)) if columns else None
    figures = [figure for figure in candidate.figures if figure.kind == "percent"]
    if len(figures) != 1:
        return None
    if match := _ITEM.fullmatch(candidate.text):
        value = _only_figure(match["value"])
        return _Item(candidate, {"": value}, (":",)) if value else None
    before = candidate.text[: figures[0].start].split()
    if len(before) <= _PREDICATE_WORDS or candidate.text[figures[0].end :].strip(" ."):
        return None
    return _Item(candidate, {"": figures[0]}, tuple(before[-_PREDICATE_WORDS:]))


def _only_figure(cell: str) -> Figure | None:
    figures = figures_in(cell)
    return figures[0] if len(figures) == 1 and figures[0].kind in ("percent", "money", "count", "duration") else None


def _column(items: Sequence[_Item], question: Question) -> str | None:
    """The one column with a figure in every item, of one kind and unit, that the question can mean."""
    shared = [header for header in items[0].columns if all(header in item.columns for item in items)]
    alike = [h for h in shared if len({(item.columns[h].kind, item.columns[h].unit) for item in items}) == 1]
    asked = set(question.segments)
    if asked:
        alike = [header for header in alike if not _is_of_others(items, header, asked)]
    of_segment = [header for header in alike if asked & set(segments_named(header))]
    named = [header for header in alike if not keys_of(header).isdisjoint(_subject(question))]
    for chosen in (of_segment, named, alike):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _is_of_others(items: Sequence[_Item], header: str, asked: AbstractSet[Segment]) -> bool:
    """Whether a column is known to be of other segments: by its header, else by the findings in it."""
    named = set(segments_named(header))
    figures = {item.columns[header].text for item in items}
    found = {one.segment for item in items for one in item.candidate.values if one.value in figures}
    known = named or found - {"all"}
    return bool(known) and "all" not in known and not known & asked


def _is_about(items: Sequence[_Item], question: Question, source: Source) -> bool:
    """Whether the list's headers, heading or common words name what is asked for, and these with the title, and with
    whom the source asked, all else.
    """
    first = items[0].candidate
    own = _own_keys(items)
    known = own | first.context | keys_of(f"{source.title} {source.respondents}")
    terms = [term for term in question.terms if not _is_superlative(term)]
    subject = [term for term in terms if not segments_named(term.text) and not term.narrowing]
    return any(term.keys & own for term in subject) and all(
        term.keys & known or set(segments_named(term.text)) & set(first.passage.segments) for term in terms
    )


def _own_keys(items: Sequence[_Item]) -> frozenset[str]:
    return keys_of(f"{' '.join(items[0].form)} {items[0].candidate.passage.locator.heading or ''}")


def _subject(question: Question) -> frozenset[str]:
    return frozenset(key for term in question.terms if not _is_superlative(term) for key in term.keys)


def _is_superlative(term: Term) -> bool:
    return bool(_MOST.fullmatch(term.text) or _LEAST.fullmatch(term.text))
