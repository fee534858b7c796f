"""The section on the user's own jobs in a written brief: what it shows, and by what that can be computed again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aidx_assistant.briefs.own_jobs import HEADING, NO_COUNTS, PUT_IN, REFUSED, YOUR_OWN, OwnJobs
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.dx.index import CAVEAT, FORMULA, dx_index
from aidx_assistant.dx.jobs import Job
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.weights import Weights
from aidx_assistant.figures import figures_in

_ROW = re.compile(r"(?P<number>[0-9]{1,6})\.\s+(?P<name>\S.*)")
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_INPUT = re.compile(
    rf"Job ([0-9]{{1,6}}): pain ({_NUMBER}), manual work ({_NUMBER})%, (?:stage counts ([0-9/]{{1,200}})|{NO_COUNTS})\."
)
_INPUTS = re.compile(re.escape(PUT_IN) + rf"(?: {_INPUT.pattern})+")
_WEIGHTS = re.compile(r"Weights: [^()]+\((?P<listed>[^()]+)\)\.")
_HIGH = re.compile(
    rf"High: opportunity from (?P<opportunity>{_NUMBER}), adoption from (?P<adoption>{_NUMBER})\."
    rf" Pain: 0 to (?P<scale>{_NUMBER})\."
)
_METHOD = re.compile(re.escape(f"Method: {FORMULA}. {CAVEAT}"))
_FIRST = re.compile(
    r"Opportunity is high and adoption low for: (?P<named>.+?)(?:; and [0-9]+ more)?\**\."
    r"(?= The table| Not scored|\s*$)"
)
_CUT = re.compile(r"The table has the first [0-9]+ of [0-9]+ jobs\.")
_MORE = re.compile(r"; and [0-9]+ more\b")
_REFUSED = re.compile(rf"{re.escape(REFUSED)} .*$")
_CELLS = 4


@dataclass(frozen=True, slots=True)
class WrittenScores:
    """A row of the table as it is written."""

    where: str
    number: str
    name: str
    opportunity: str
    adoption: str
    quadrant: str


@dataclass(frozen=True, slots=True)
class WrittenJobs:
    """The jobs that a document shows."""

    jobs: OwnJobs
    """Scored anew, by what the document says was put in."""
    rows: tuple[WrittenScores, ...]
    """In the order of the table, each of a job of `jobs` by its name."""
    first: tuple[str, ...] | None = None
    """The jobs named as those to look at first; None where the section says nothing of it."""
    where: str = ""
    """Of the sentence that names them."""


def own_jobs_apart(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], WrittenJobs | None]:
    """The pieces without the section on the user's own jobs, and what this shows.

    Only what the section has by its form is left out: any other text in it stays. All of it stays, and there are no
    jobs, where it does not say by what they were scored.
    """
    start = next((place for place, one in enumerate(pieces) if _is_heading(one)), None)
    if start is None:
        return tuple(pieces), None
    level = pieces[start].level
    later = range(start + 1, len(pieces))
    end = next((n for n in later if pieces[n].kind == "heading" and pieces[n].level <= level), len(pieces))
    section = pieces[start + 1 : end]
    found = _jobs_in(section)
    if found is None:
        return tuple(pieces), None
    names = [row.name for row in found.rows]
    shown = {row.where for row in found.rows}
    others = [one for one in section if one.where not in shown and not _is_form(one, names)]
    return (*pieces[:start], *others, *pieces[end:]), found


def _is_heading(piece: Piece) -> bool:
    return piece.kind == "heading" and piece.text.strip(" *_").casefold() == HEADING.casefold()


def _jobs_in(section: Sequence[Piece]) -> WrittenJobs | None:
    text = "\n".join(one.text for one in section if one.kind == "paragraph")
    inputs, weights, high = _INPUTS.search(text), _WEIGHTS.search(text), _HIGH.search(text)
    if not (inputs and weights and high):
        return None
    try:
        by_stage = tuple((stage, Decimal(weight)) for stage, weight in map(_weighed, weights["listed"].split(", ")))
        put_in = {number: values for number, *values in _INPUT.findall(inputs[0])}
        found = [(row, job) for one in section if (row := _row(one)) and (job := _job(row, put_in, by_stage))]
        split = Split(Decimal(high["opportunity"]), Decimal(high["adoption"]))
        index = dx_index([job for _, job in found], Weights(by_stage), split, Decimal(high["scale"]))
    except (ArithmeticError, ValueError):
        return None
    if not found:
        return None
    named = next(((one.where, match) for one in section if (match := _FIRST.search(one.text))), None)
    first = tuple(name.strip(" *_") for name in named[1]["named"].split("; ")) if named else None
    jobs = OwnJobs(index, max(len(found), 1))
    return WrittenJobs(jobs, tuple(row for row, _ in found), first, named[0] if named else "")


def _weighed(words: str) -> tuple[str, str]:
    stage, _, weight = words.rpartition(" ")
    return stage, weight


def _row(piece: Piece) -> WrittenScores | None:
    cells = piece.cells
    named = _ROW.fullmatch(cells[0].strip("* ")) if piece.kind == "row" and len(cells) >= _CELLS else None
    return WrittenScores(piece.where, named["number"], named["name"], *cells[1:_CELLS]) if named else None


def _job(row: WrittenScores, put_in: Mapping[str, Sequence[str]], weights: Sequence[tuple[str, Decimal]]) -> Job | None:
    """The job of a row; None where the document does not say what was put in for it."""
    values = put_in.get(row.number)
    if values is None:
        return None
    pain, manual, cases = values
    by_stage = cases.split("/") if cases else ["0"] * len(weights)
    counts = zip((stage for stage, _ in weights), map(int, by_stage), strict=True)
    return Job(row.name, Decimal(pain), Decimal(manual), tuple((stage, count) for stage, count in counts if count))


def _is_form(piece: Piece, names: Sequence[str]) -> bool:
    """Whether a piece says nothing but what goes with the scores."""
    if piece.kind == "header":
        return not figures_in(piece.text)
    text = piece.text
    for note in (_INPUTS, _WEIGHTS, _HIGH, _METHOD, _REFUSED, _CUT, _MORE):
        text = note.sub(" ", text)
    if YOUR_OWN in text:
        for name in names:
            text = text.replace(name, " ")
        return not figures_in(text)
    return not re.search(r"\w", text)
