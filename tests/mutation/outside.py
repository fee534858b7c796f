"""Holds the checks to data that others made: `python -m tests.mutation.outside FILE [--half development] [--list N]`.

FILE is `task.json` of the task vitaminc_fact_verification of BIG-bench (the package bigbench 1.0.0): the test set of
VitaminC (Schuster, Fisch and Barzilay 2021, "Get Your Vitamin C! Robust Fact Verification with Contrastive Evidence"),
claims about two versions of a passage of Wikipedia, labelled by people as true, false or neither. Each claim is checked
as an answer that cites its passage. Nothing of the data is part of this project.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aidx_assistant.checking import check_answer
from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.reading.figures_found import findings_in
from aidx_assistant.reading.sentences import sentences_of
from tests.mutation.library import Library, citation
from tests.rate import Rate

_SOURCE = Source("outside", "Outside", (), "", None, None, True, (), 0, "")
_BEFORE = re.compile(r" (?=[,;:.!?%)\]’]|'s\b|n't\b)|(?<=[(\[$£€]) ")
"""Blanks that splitting into tokens left."""
_DIGITS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim about a passage, and what people said of it."""

    title: str
    passage: str
    claim: str
    label: str
    """`True`, `False` or `Neither`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with a figure that is checked."""

    of: Labelled
    faults: tuple[tuple[str, str], ...]
    """Figure and reason of each that does not hold."""


def labelled_in(file: Path) -> Iterator[Labelled]:
    """What the file holds, without the blanks between tokens."""
    for example in json.loads(file.read_text(encoding="utf-8", errors="replace"))["examples"]:
        told, _, claim = example["input"].rpartition("\nClaim: ")
        title, _, passage = told.partition(": ")
        (label,) = (name for name, score in example["target_scores"].items() if score)
        yield Labelled(title, _joined(passage), _joined(claim), label)


def _joined(tokens: str) -> str:
    return _BEFORE.sub("", tokens.replace("�", " ")).strip()


def in_half(one: Labelled, half: str) -> bool:
    """By the title of the page, so that what is alike stays together."""
    return (zlib.crc32(one.title.encode()) % 2 == 0) == (half == "development")


def judged(labelled: Iterable[Labelled]) -> Iterator[Judged]:
    """Those that have a figure to be checked."""
    for one in labelled:
        sentences = sentences_of(one.passage)
        passage = Passage("outside#1", _SOURCE.id, Locator("section", heading=one.title), sentences, ("all",))
        library = Library({passage.id: passage}, findings_in(_SOURCE, [passage]), (_SOURCE,))
        answer = f"{one.claim.rstrip('.')} [1]."
        checks = check_answer(answer, [citation(1, passage, 0, len(sentences))], library).checks
        if checks.figures:
            yield Judged(one, tuple((fault.text, fault.reason) for fault in checks.figures_unsupported))


def decided_by_figures(found: Sequence[Judged]) -> list[Judged]:
    """The false ones that are true of a version of their passage with other digits and the same words."""
    true = defaultdict(set)
    for one in found:
        if one.of.label == "True":
            true[one.of.title, one.of.claim].add(one.of.passage)
    return [
        one
        for one in found
        if one.of.label == "False"
        and any(_DIGITS.sub("", other) == _DIGITS.sub("", one.of.passage) for other in true[one.of.title, one.of.claim])
    ]


def table(found: Sequence[Judged]) -> str:
    """How many of each kind are marked, as Markdown."""
    by_label = {label: [one for one in found if one.of.label == label] for label in ("True", "False", "Neither")}
    rows = {
        "true: marked wrongly": by_label["True"],
        "false: marked": by_label["False"],
        "of these, false by a figure alone": decided_by_figures(found),
        "neither true nor false: marked": by_label["Neither"],
    }
    lines = ["| claims with a figure | marked | of | share | 95% interval |", "|---|---:|---:|---:|---|"]
    for name, of_kind in rows.items():
        rate = Rate(sum(bool(one.faults) for one in of_kind), len(of_kind))
        low, high = rate.interval
        lines.append(f"| {name} | {rate.part:,} | {rate.whole:,} | {rate.share:.1%} | {low:.1%} to {high:.1%} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("development", "test"), default="test")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth claim")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="list N that are judged wrongly, of each kind")
    chosen = parser.parse_args()
    if chosen.list and chosen.half == "test":
        parser.error("what goes wrong in the test half is not listed, so that no rule is made for it")
    labelled = [one for one in labelled_in(chosen.file) if in_half(one, chosen.half)][:: chosen.every]
    found = list(judged(labelled))
    print(table(found))
    for label, wrongly in (("True", True), ("False", False)):
        for one in [one for one in found if one.of.label == label and bool(one.faults) == wrongly][: chosen.list]:
            print(f"\n{label}: {one.of.claim}\n  {one.of.passage}\n  {one.faults}")


if __name__ == "__main__":
    main()
