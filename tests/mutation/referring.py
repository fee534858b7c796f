"""Measures `aidx check` on documents of others: true answers turned into memos that refer in three ways.

Run as `python -m tests.mutation.referring`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.written.markdown import read_markdown
from tests.fakes.briefs import corpus_shelf, corpus_sources
from tests.mutation.library import Case, cases_in
from tests.mutation.mutants import mutants_of
from tests.mutation.rates import SETS

Way = Literal["quotation", "place", "source"]
"""A footnote that quotes; the place in brackets; the source alone in brackets."""
WAYS: tuple[Way, ...] = get_args(Way)
MUTATED = ("dev",)
TRUE = ("dev", "tune", "tune 2", "tune 3", "report", "fresh", "fresh 2", "fresh 3")
KINDS = ("figure", "unit", "segment", "qualifier", "direction", "swap within", "swap across", "predicate", "year")
"""Kinds of mutants that a memo shows; a citation moved from one sentence to another is not known to be one."""

_MARKERS = re.compile(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]")


@dataclass(slots=True)
class Found:
    """Counts over one set, for one way of referring."""

    figures: int = 0
    flagged: int = 0
    """Faults in what is true."""
    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)

    def rate(self, kind: str) -> str:
        made = self.made[kind]
        return f"{self.caught[kind]}/{made} ({100 * self.caught[kind] / made:.1f}%)" if made else "–"


def memo_of(case: Case, way: Way) -> str:
    """An answer as a memo in Markdown, its markers references of one way."""
    titles = {source.id: source.title for source in corpus_sources().values()}
    cited = {citation.number: citation for citation in reversed(case.citations)}

    def reference(match: re.Match[str]) -> str:
        named = [cited[number] for number in map(int, re.findall(r"\d+", match.group())) if number in cited]
        if way == "quotation":
            return "".join(f"[^{citation.number}]" for citation in named)
        places = [f", {one.locator.label.replace(' (no heading)', '')}" if way == "place" else "" for one in named]
        said = [f"({titles[one.source_id]}{place})" for one, place in zip(named, places, strict=True)]
        return " ".join(dict.fromkeys(said))

    text = _MARKERS.sub(reference, case.text)
    notes = (f"[^{n}]: {titles[one.source_id]}, {one.locator.label}. “{one.quote}”" for n, one in cited.items())
    return "\n\n".join([text, *(notes if way == "quotation" else ())])


def measured(cases: Iterable[Case], way: Way, *, mutate: bool) -> Found:
    """Checks every memo as it is and, if asked to, every mutant of it."""
    found = Found()
    for case in cases:
        true = _checked(case, way)
        found.figures += true.figures
        found.flagged += len(true.faults)
        known = {(fault.rule, fault.problem) for fault in true.faults}
        for kind, mutant in _mutants(case) if mutate else ():
            found.made[kind] += 1
            faults = {(fault.rule, fault.problem) for fault in _checked(mutant, way).faults}
            found.caught[kind] += bool(faults - known)
    return found


def _checked(case: Case, way: Way) -> DocumentLint:
    return lint_document(read_markdown(memo_of(case, way).encode()), corpus_shelf(), lambda _: None)


def _mutants(case: Case) -> Iterator[tuple[str, Case]]:
    return ((mutant.kind, mutant.case) for mutant in mutants_of(case) if mutant.kind in KINDS)


def main() -> None:
    """Prints two tables: what is caught, and what is flagged though it is true."""
    caught = {way: [measured(cases_in(SETS[name]), way, mutate=True) for name in MUTATED] for way in WAYS}
    print("| kind | " + " | ".join(WAYS) + " |\n|---|" + "---|" * len(WAYS))
    for kind in KINDS:
        print(f"| {kind} | " + " | ".join(caught[way][0].rate(kind) for way in WAYS) + " |")
    print("\n| set | " + " | ".join(WAYS) + " |\n|---|" + "---|" * len(WAYS))
    for name in TRUE:
        if SETS[name].is_file():
            true = [measured(cases_in(SETS[name]), way, mutate=False) for way in WAYS]
            print(f"| {name} | " + " | ".join(f"{one.flagged}/{one.figures}" for one in true) + " |")


if __name__ == "__main__":
    sys.exit(main())
