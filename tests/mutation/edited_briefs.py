"""Measures `aidx check` on briefs of ours in which one thing was edited: a base, a date, a label, a segment, a word.

Run as `python -m tests.mutation.edited_briefs`; with `--missed` it also prints each edit that nothing was told of.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.brief import Brief, BriefKind
from aidx_assistant.briefs.composing import compose
from aidx_assistant.briefs.events import BriefFinished
from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.exports.word import as_word
from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.written.document import NOTE_MARK, WrittenDocument
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.evidence import Segment
from aidx_assistant.segments import mentions
from tests.fakes.briefs import corpus_shelf

ASKED: tuple[tuple[BriefKind, str, Segment], ...] = (
    ("buyer", "ambient scribes", "provider"),
    ("founder", "ambient scribes", "provider"),
    ("buyer", "proofs of concept", "provider"),
    ("founder", "proofs of concept", "payer"),
    ("buyer", "clinical decision-making", "payer"),
    ("buyer", "co-development with vendors", "pharma"),
    ("founder", "budgets", "pharma"),
    ("buyer", "moving pilots to production", "provider"),
)
_SEGMENT_WORDS = {"provider": "payers", "payer": "pharma", "pharma": "providers", "all": "providers"}
_LABEL = re.compile(
    r"(?:Background|All segments|No segment named|Not \w+)(?:, (?:all segments|no segment named))?: (?=“)"
)
_BASE = re.compile(r"base: ([^;]+);")
_DATE = re.compile(r"(?<=; )\d{1,2} \w+ \d{4}(?=\W*$)")
_SECTION = re.compile(r"section “[^”]+”")
_BESIDE = re.compile(r"shown beside slide (\d+)")
_QUOTED = re.compile("“([^”]+)”(?=\ue000)")
_WORD = re.compile(r"(?<![\w-])[a-z]{6,}(?![\w-])")
_TITLES = ("The Healthcare AI Adoption Index", "Bain companion brief to the index")
_VERDICT = re.compile(r"\b(?:Conditional|Not yet)(?=\W*, with)")
_CONFIDENCE = re.compile(r"\b(?:high|medium|low)(?=\W* confidence)")
_COUNTED = re.compile(r"\b(?:no|one|two|three|four|five|six) figures?(?= on use| for healthcare)")
_SIZES = re.compile(r"\b(?:[Ll]arge|[Cc]ompleted) (?=\w)")
_CLAIM = "Peers who waited have fallen behind their competitors."


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a brief."""

    kind: str
    told: str
    """What it changed, for a reader."""
    document: WrittenDocument


def edits_of(document: WrittenDocument) -> Iterator[Edit]:
    """Every edit of a brief, one after the other; notes stay as they are."""
    section = ""
    for place, piece in enumerate(document.pieces):
        if piece.kind == "heading":
            section = piece.text
        if section == "Sources":
            continue
        in_chart = _is_in_chart(document, place)
        for kind, start, end, new in _changes(piece, is_head=place == 1, in_chart=in_chart):
            text = piece.text[:start] + new + piece.text[end:]
            shift = len(new) - (end - start)
            breaks = tuple((at + shift if at > start else at, where) for at, where in piece.breaks)
            pieces = (*document.pieces[:place], replace(piece, text=text, breaks=breaks), *document.pieces[place + 1 :])
            told = f"{piece.text[max(0, start - 30) : end + 30]} -> {new}"
            yield Edit(kind, told, replace(document, pieces=pieces))
        if piece.kind == "heading" and _rests_on_evidence(document.pieces[place + 1 :]):
            claim = Piece("paragraph", _CLAIM, piece.where)
            pieces = (*document.pieces[: place + 1], claim, *document.pieces[place + 1 :])
            yield Edit("claim without a source", section, replace(document, pieces=pieces))


def _rests_on_evidence(following: Sequence[Piece]) -> bool:
    """Whether a section has evidence: a `Source:` line before the next heading."""
    for piece in following:
        if piece.kind == "heading":
            return False
        if _BASE.search(piece.text):
            return True
    return False


def _is_in_chart(document: WrittenDocument, place: int) -> bool:
    following = document.pieces[place + 1 :]
    below = next((one for one in following if one.kind not in ("row", "header")), None)
    return below is not None and bool(re.match(r"\W*Base:", below.text))


_Change = tuple[str, int, int, str]


def _changes(piece: Piece, *, is_head: bool, in_chart: bool) -> Iterator[_Change]:
    if is_head:
        for one in mentions(piece.text):
            yield "segment of the head", one.start, one.end, _SEGMENT_WORDS[one.segment].capitalize()
    elif in_chart:
        yield from _changes_of_chart(piece)
    else:
        yield from _changes_of_source_line(piece.text)
        yield from _changes_of_labels(piece.text)
        yield from _changes_of_words(piece.text)
        yield from _changes_of_verdict(piece.text)


def _changes_of_source_line(text: str) -> Iterator[_Change]:
    base = _BASE.search(text)
    if base is None:
        return
    for other in ("400 leaders", "executives", "pharma"):
        if other not in base[1]:
            yield "base", *base.span(1), other
    if size := _SIZES.search(text, *base.span(1)):
        yield "base", *size.span(), ""
    yield from _all("date", _DATE, text, lambda match: match.group()[:-1] + "4")
    yield from _all("section", _SECTION, text, lambda _: "section “Appendix”")
    yield from _all("slide beside", _BESIDE, text, lambda match: f"shown beside slide {int(match[1]) + 1}")
    for title, other in zip(_TITLES, _TITLES[::-1], strict=True):
        if (at := text.find(title, text.find("Source:"))) >= 0:
            yield "report", at, at + len(title), other


def _changes_of_labels(text: str) -> Iterator[_Change]:
    yield from _all("label removed", _LABEL, text, lambda _: "")
    for match in _LABEL.finditer(text):
        background = match.group().startswith("Background")
        yield "label changed", *match.span(), "All segments: " if background else "Background: "


def _changes_of_words(text: str) -> Iterator[_Change]:
    """Another segment, another word in a quotation, a size left out of it."""
    quoted = [match.span(1) for match in _QUOTED.finditer(text)]
    source = text.find("Source:")
    for one in mentions(text[:source] if source >= 0 else text):
        within = any(start <= one.start < end for start, end in quoted)
        if (within or one.segment != "all") and not _LABEL.match(text, one.start):
            kind = "segment of a quotation" if within else "segment elsewhere"
            yield kind, one.start, one.end, _SEGMENT_WORDS[one.segment]
    for start, end in quoted:
        words = [match.span() for match in _WORD.finditer(text, start, end)]
        if words:
            yield "word of a quotation", *words[len(words) // 2], "otherwise"
        for size in _SIZES.finditer(text, start, end):
            yield "size in a quotation", *size.span(), ""


def _changes_of_verdict(text: str) -> Iterator[_Change]:
    yield from _all("verdict", _VERDICT, text, lambda _: "Go")
    for match in _CONFIDENCE.finditer(text):
        for other in {"high", "medium", "low"} - {match.group()}:
            yield "confidence", *match.span(), other
    yield from _all("counts of the verdict", _COUNTED, text, lambda _: "nine figures")


def _changes_of_chart(piece: Piece) -> Iterator[_Change]:
    if piece.kind == "header":
        return
    label = piece.cells[0] if piece.kind == "row" else piece.text
    kind = "label of a bar" if piece.kind == "row" else "title of a chart"
    for match in re.finditer(r"\b[a-z]{5,}\b|\b[A-Z][a-z]{4,}\b", label):
        yield kind, *match.span(), "Surgical" if match.group()[0].isupper() else "surgical"
    for size in _SIZES.finditer(label):
        yield kind, *size.span(), ""
    yield from ((kind, one.start, one.end, _SEGMENT_WORDS[one.segment]) for one in mentions(label))
    if piece.kind == "row" and len(piece.cells) > 2:
        at = piece.text.index(piece.cells[1], len(label))
        other = "Payers" if piece.cells[1] != "Payers" else "Providers"
        yield "segment of a bar", at, at + len(piece.cells[1]), other


def _all(kind: str, pattern: re.Pattern[str], text: str, changed: Callable[[re.Match[str]], str]) -> Iterator[_Change]:
    for match in pattern.finditer(text):
        yield kind, *match.span(), changed(match)


def briefs(home: Path) -> Iterator[Brief]:
    """Evidence briefs on the shipped corpus, made in an empty home."""
    with Assistant(home=home) as assistant:
        assistant.use(replace(assistant.settings, offline=True))
        assistant.library.sync(locations.corpus_folder())
        for kind, topic, segment in ASKED:
            finished = list(compose(assistant, BriefRequest(kind, topic, segment)))[-1]
            assert isinstance(finished, BriefFinished)
            yield finished.brief


def documents_of(made: Iterable[Brief]) -> Iterator[WrittenDocument]:
    for brief in made:
        yield read_markdown(as_markdown(brief).encode())
        yield read_word(as_word(brief))


def told_of(document: WrittenDocument) -> set[tuple[str, str, str]]:
    found = lint_document(document, corpus_shelf(), lambda _: None)
    return {(fault.rule, fault.where, fault.problem) for fault in found.faults}


def main() -> None:
    """Prints how many of the edits were told, kind by kind."""
    with tempfile.TemporaryDirectory() as folder:
        documents = list(documents_of(briefs(Path(folder))))
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for document in documents:
        print(
            f"untouched ({document.medium}, {document.pieces[0].text}): {len(told_of(document))} faults",
            file=sys.stderr,
        )
        for edit in edits_of(document):
            made[edit.kind] += 1
            faults = told_of(edit.document)
            caught[edit.kind] += bool(faults)
            if "--missed" in sys.argv and not faults:
                print(f"{document.medium}: {edit.kind}: {NOTE_MARK.sub('', edit.told)}", file=sys.stderr)
    print("| edit | told/made |\n|---|---|")
    for kind, count in made.items():
        print(f"| {kind} | {caught[kind]}/{count} |")


if __name__ == "__main__":
    sys.exit(main())
