"""Measures how many false answers the checks catch, and how many true sentences they flag.

Run as `python -m tests.mutation.rates`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aidx_assistant.checking import check_answer
from aidx_assistant.checking.statements import statements_of
from aidx_assistant.figures import figures_in
from tests.mutation.library import Case, cases_in, corpus_cases
from tests.mutation.mutants import KINDS, mutants_of

_FOLDER = Path(__file__).parent
SETS = {
    "dev": _FOLDER / "answers_dev.toml",
    "imported": _FOLDER / "answers_imported.toml",
    "invented": _FOLDER / "answers_invented.toml",
    "invented 2": _FOLDER / "answers_invented2.toml",
    "tune": _FOLDER / "answers" / "tune.toml",
    "tune 2": _FOLDER / "answers" / "tune2.toml",
    "tune 3": _FOLDER / "answers" / "tune3.toml",
    "report": _FOLDER / "answers" / "report.toml",
    "fresh": _FOLDER / "answers" / "fresh.toml",
    "fresh 2": _FOLDER / "answers" / "fresh2.toml",
    "fresh 3": _FOLDER / "answers" / "fresh3.toml",
}
HELD_BACK = ("report", "fresh", "fresh 2", "fresh 3")
"""Sets whose answers the author of the rules does not read."""


@dataclass(slots=True)
class Rates:
    """Counts over one set of answers."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    """Unmutated sentences (or table cells) that have a checked figure."""
    flagged: int = 0
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Answer, kind, change and text of every mutant not caught."""
    flags: list[tuple[str, str, str]] = field(default_factory=list)
    """Answer, figure and reason of every flag on an unmutated sentence."""

    def rate(self, kind: str) -> float | None:
        """The share caught, 0 to 1; None where no mutant of that kind was made."""
        return self.caught[kind] / self.made[kind] if self.made[kind] else None

    @property
    def flagged_rate(self) -> float:
        return self.flagged / self.sentences if self.sentences else 0.0


def rates_of(cases: Iterable[Case]) -> Rates:
    """Checks every case as it is, then every mutant of it."""
    rates = Rates()
    for case in cases:
        known = _measure_true(case, rates)
        for mutant in mutants_of(case):
            rates.made[mutant.kind] += 1
            checks = check_answer(mutant.case.text, mutant.case.citations, case.library).checks
            if {(fault.text, fault.reason) for fault in checks.figures_unsupported} - known:
                rates.caught[mutant.kind] += 1
            else:
                rates.missed.append((case.id, mutant.kind, mutant.change, mutant.case.text))
    return rates


def _measure_true(case: Case, rates: Rates) -> set[tuple[str, str]]:
    """Counts the flagged sentences of a true answer; what is flagged there proves nothing about its mutants."""
    faults = check_answer(case.text, case.citations, case.library).checks.figures_unsupported
    statements = [s for s in statements_of(case.text) if figures_in(s.text)]
    flagged = {
        statement.start
        for statement in statements
        for fault in faults
        if statement.start <= fault.start < statement.start + len(statement.text)
    }
    rates.sentences += len(statements)
    rates.flagged += len(flagged)
    rates.flags.extend((case.id, fault.text, fault.reason) for fault in faults)
    return {(fault.text, fault.reason) for fault in faults}


def measured(names: Iterable[str]) -> dict[str, Rates]:
    """Rates of the named sets that exist: "corpus" and those of SETS."""
    found = {}
    for name in names:
        if name == "corpus":
            found[name] = rates_of(corpus_cases())
        elif SETS[name].is_file():
            found[name] = rates_of(cases_in(SETS[name]))
    return found


def table(rates: dict[str, Rates]) -> str:
    """The rates as a Markdown table: one row for each kind of mutation."""
    lines = ["| kind | " + " | ".join(rates) + " |", "|---|" + "---|" * len(rates)]
    for kind in KINDS:
        lines.append(f"| {kind} | " + " | ".join(_cell(one, kind) for one in rates.values()) + " |")
    flagged = [f"{one.flagged}/{one.sentences} ({100 * one.flagged_rate:.1f}%)" for one in rates.values()]
    lines.append("| unmutated sentences flagged | " + " | ".join(flagged) + " |")
    return "\n".join(lines)


def _cell(rates: Rates, kind: str) -> str:
    rate = rates.rate(kind)
    return f"{rates.caught[kind]}/{rates.made[kind]} ({100 * rate:.1f}%)" if rate is not None else "–"


def main(arguments: list[str]) -> None:
    """Prints the table; `--missed SET` lists what was not caught there, by answer and change."""
    shown = arguments[arguments.index("--missed") + 1] if "--missed" in arguments else None
    rates = measured([shown] if shown else ["corpus", *SETS])
    print(table(rates))
    for one in rates.values() if shown else ():
        for case, kind, change, text in one.missed:
            print(f"\nMISSED {case} · {kind} · {change}" + ("" if shown in HELD_BACK else f"\n{text}"))
        for flag in one.flags:
            print("\nFLAGGED", *(flag[:1] if shown in HELD_BACK else flag), sep=" · ")


if __name__ == "__main__":
    main(sys.argv[1:])
