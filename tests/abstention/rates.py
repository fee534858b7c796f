"""How often the extractive answerer answers and declines, with intervals, by kind of question.

Run: python -m tests.abstention.rates development
     python -m tests.abstention.rates held-out
     python -m tests.abstention.rates near-miss
     python -m tests.abstention.rates last
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from aidx_assistant import locations
from aidx_assistant.answering.extractive import drafted
from aidx_assistant.answering.relevance import plainly_irrelevant
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.abstention.labelled import Half, is_gold, labelled, retrieved_for
from tests.rate import Rate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    id: str
    kind: str
    answerable: bool
    answered: bool
    cites_gold: bool
    gold_first: bool
    irrelevant: bool
    """Whether a call to Claude would be saved."""


def outcomes(half: Half, library: Library) -> tuple[Outcome, ...]:
    findings = {finding.id: finding for finding in library.store.findings()}
    found = []
    for item in labelled(half):
        retrieved = retrieved_for(item.question, library)
        draft = drafted(item.question, retrieved)
        hits = [is_gold(citation, item.gold, findings) for citation in draft.citations]
        found.append(
            Outcome(
                id=item.id,
                kind=item.kind,
                answerable=item.answerable,
                answered=draft.answered,
                cites_gold=any(hits),
                gold_first=hits[:1] == [True],
                irrelevant=plainly_irrelevant(item.question, retrieved),
            )
        )
    return tuple(found)


def rates(found: Iterable[Outcome]) -> dict[str, Rate]:
    """The figures that are published, by name."""
    found = list(found)
    answerable = [outcome for outcome in found if outcome.answerable]
    unanswerable = [outcome for outcome in found if not outcome.answerable]
    answered = [outcome for outcome in answerable if outcome.answered]
    every = {
        "unanswerable declined": Rate(sum(not o.answered for o in unanswerable), len(unanswerable)),
        "answerable refused": Rate(sum(not o.answered for o in answerable), len(answerable)),
        "answered with a right source": Rate(sum(o.cites_gold for o in answered), len(answered)),
        "answered with a right source first": Rate(sum(o.gold_first for o in answered), len(answered)),
        "unanswerable plainly irrelevant": Rate(sum(o.irrelevant for o in unanswerable), len(unanswerable)),
        "answerable plainly irrelevant": Rate(sum(o.irrelevant for o in answerable), len(answerable)),
    }
    return {name: rate for name, rate in every.items() if rate.whole}


def main() -> None:
    half: Half = next(half for half in get_args(Half) if half == sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        library = Library(Path(home), MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        found = outcomes(half, library)
        library.close()
    for name, rate in rates(found).items():
        print(f"| {name} | {rate} |")
    for kind in dict.fromkeys(outcome.kind for outcome in found):
        of_kind = [outcome for outcome in found if outcome.kind == kind]
        wrong = [o.id for o in of_kind if o.answered != o.answerable]
        cited, first = sum(o.cites_gold for o in of_kind), sum(o.gold_first for o in of_kind)
        right = Rate(len(of_kind) - len(wrong), len(of_kind))
        print(f"| {kind} | {right} | {f'{cited}, {first}' if of_kind[0].answerable else ''} | {', '.join(wrong)} |")


if __name__ == "__main__":
    main()
