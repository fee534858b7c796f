"""Measures `aidx check` on sentences of memos, each right and with the same figure said of something else.

Run as `python -m tests.mutation.memo_pairs`; with `-v` it also prints what is missed and what is told of the set
that rules are tuned on.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.evidence import Finding
from tests.fakes.briefs import corpus_shelf, corpus_sources
from tests.mutation.library import library
from tests.mutation.referring import WAYS, Way

_FOLDER = Path(__file__).parent / "memos"
SETS = {"dev": _FOLDER / "dev.toml", "held": _FOLDER / "held.toml", "late": _FOLDER / "late.toml"}
TUNED = "dev"
KINDS = ("base", "segment", "direction", "object")
"""What is wrong in the false sentence: whom or what the figure counts, whose, which way, what is measured."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A true sentence on a finding, and a false one with the same figure; neither has a reference or a full stop."""

    kind: str
    finding: Finding
    true: str
    false: str


@dataclass(slots=True)
class Caught:
    """Counts over a set of pairs, for one way of referring."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    flagged: list[str] = field(default_factory=list)
    """True sentences with what is told of them."""
    missed: list[str] = field(default_factory=list)
    """False sentences of which nothing is told."""
    told: list[str] = field(default_factory=list)
    """False sentences with what is told of them."""

    def rate(self, kind: str) -> str:
        return f"{self.caught[kind]}/{self.made[kind]} ({100 * self.caught[kind] / self.made[kind]:.1f}%)"


def pairs_in(file: Path) -> tuple[Pair, ...]:
    """Raises KeyError for a finding that the corpus does not have."""
    findings = {finding.id: finding for finding in library().findings()}
    found = tomllib.loads(file.read_text(encoding="utf-8"))["pair"]
    return tuple(Pair(one["kind"], findings[one["finding"]], one["true"], one["false"]) for one in found)


def checked(sentence: str, finding: Finding, way: Way) -> DocumentLint:
    """A memo of one sentence that refers to where a finding stands."""
    title = corpus_sources()[finding.source_id].title
    place = f"{title}, {library().passages[finding.passage_id].locator.label}"
    if way == "quotation":
        text = f"{sentence}.[^1]\n\n[^1]: {place}. “{finding.statement}”\n"
    else:
        text = f"{sentence} ({title if way == 'source' else place}).\n"
    return lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: None)


def measured(pairs: Iterable[Pair], way: Way) -> Caught:
    """Checks both sentences of every pair."""
    found = Caught()
    for pair in pairs:
        right, wrong = (checked(sentence, pair.finding, way) for sentence in (pair.true, pair.false))
        assert right.figures, pair.true
        found.flagged += [f"{pair.true}: {fault.problem}" for fault in right.faults]
        found.made[pair.kind] += 1
        found.caught[pair.kind] += bool(wrong.faults)
        found.told += [f"{pair.false}: {fault.problem}" for fault in wrong.faults]
        found.missed += [] if wrong.faults else [f"{pair.kind}: {pair.false}"]
    return found


def main() -> None:
    """Prints what is caught and what is flagged though it is true, for both sets."""
    rows: list[tuple[str, Way, Caught]] = [
        (name, way, measured(pairs_in(file), way)) for name, file in SETS.items() for way in WAYS
    ]
    if "-v" in sys.argv:
        for name, way, one in (row for row in rows if row[0] == TUNED):
            print(f"{name}, {way}", *(f"  missed {text}" for text in one.missed), sep="\n")
            print(*(f"  flagged {text}" for text in one.flagged), *(f"  told {text}" for text in one.told), sep="\n")
    print("| set | " + " | ".join(KINDS) + " | true flagged |\n|---|" + "---|" * (len(KINDS) + 1))
    for name, way, one in rows:
        rates = " | ".join(one.rate(kind) for kind in KINDS)
        print(f"| {name}, {way} | {rates} | {len(one.flagged)}/{sum(one.made.values())} |")


if __name__ == "__main__":
    sys.exit(main())
