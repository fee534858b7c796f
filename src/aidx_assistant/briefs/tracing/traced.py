"""A document whose notes and references are numbered markers, each looked up in the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import markers_in
from aidx_assistant.briefs.calculation import calculations_in
from aidx_assistant.briefs.tracing.mentions import Mention, Mentions
from aidx_assistant.briefs.tracing.reference import Reference, Resolved, Resolver
from aidx_assistant.briefs.tracing.register import Register
from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.briefs.tracing.substitution import Substitution, substituted
from aidx_assistant.briefs.tracing.things import Lookout
from aidx_assistant.briefs.written.brief_form import Told
from aidx_assistant.briefs.written.document import LINK_MARK, NOTE_MARK, Note, label_and_place
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.figures import figures_in

_NUMBER_OF_NOTE = re.compile(r"footnote (\d{1,3})")
_SAME_AGAIN = re.compile(r"\s*(?:ibid|ebd|same\s+source|op\.\s*cit|loc\.\s*cit)\b", re.IGNORECASE)
_LINK_SIGNS = re.compile("[\ue002\ue003]")
_OWN_WORK = re.compile(r"\W*own\s+calculations?\b", re.IGNORECASE)
_BASE = re.compile(r"\bbase:\s*([^;]+)", re.IGNORECASE)
_TIME_FRAME = re.compile(r"\btime\s+frame:\s*([^;]+)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*((?:It|They|The\s+(?:report|survey|study|article|deck|index|authors?))(?:\s+(?:also|then|further))?)\s+"
    r"(?:finds?|found|says?|said|reports?|shows?|puts?|gives?|notes?|adds?|counts?|states?|estimates?|tells?|sees?|writes?)\b"
)
"""A sentence that tells more from the source of the one before."""
_IT = "It"
"""What stands for a source that opens a sentence: a marker alone would belong to the sentence before."""


@dataclass(frozen=True, slots=True)
class Traced:
    """The text of a document with markers for its references, and these."""

    pieces: tuple[Piece, ...]
    references: tuple[Resolved, ...]
    source_lines: tuple[tuple[Piece, Resolved], ...]
    """The pieces that have a `Source:` line, and what it refers to."""
    refused: int = 0
    """References beyond those that can be numbered: they are not looked up."""

    def reference(self, number: int) -> Resolved | None:
        return next((one for one in self.references if one.reference.number == number), None)


def traced(pieces: Sequence[Told], notes: Sequence[Note], shelf: Shelf) -> Traced:
    """Finds every reference of a text and its notes, and what the library has of it."""
    return _Tracer(pieces, notes, shelf).traced()


class _Tracer:
    def __init__(self, pieces: Sequence[Told], notes: Sequence[Note], shelf: Shelf) -> None:
        sources = tuple(shelf.sources())
        self._mentions = Mentions(Lookout(shelf), sources)
        self._with_slides = frozenset(source.id for source in sources if source.slide_count)
        self._pieces = pieces
        self._notes = {note.label: note for note in notes}
        self._numbered_notes = {
            f"[{match[1]}]": note for note in notes if (match := _NUMBER_OF_NOTE.fullmatch(note.where))
        }
        self._numbered_notes |= {f"[{note.label}]": note for note in notes if note.label.isdigit()}
        """Footnotes by the number that a reader sees: who edits a text may refer to one as `[3]`."""
        self._register = Register(Resolver(shelf), list(self._notes))
        self._source_lines: list[tuple[Piece, Resolved]] = []
        self._last: tuple[Mention, ...] = ()
        """What the note before named, for one that only says “ibid.”."""

    def traced(self) -> Traced:
        known = self._named_anywhere()
        pieces = tuple(self._with_source(self._marked(told.piece, known), told.source) for told in self._pieces)
        return Traced(pieces, self._register.references, tuple(self._source_lines), self._register.refused)

    def _named_anywhere(self) -> frozenset[str]:
        """The sources that the document names by more than their kind."""
        texts = [note.text for note in self._notes.values()]
        texts += [piece.text for told in self._pieces for piece in (told.piece, told.source) if piece]
        found = (one for text in texts for one in self._mentions.in_text(_readable(text), frozenset()))
        return frozenset(source for one in found for source in one.sources)

    def _marked(self, piece: Piece, known: frozenset[str]) -> Piece:
        """A piece with numbered markers; where a sentence has a note on the library, its own words are no reference."""
        text = _readable(piece.text)
        changes: list[Substitution] = []
        noted: list[int] = []
        for match in NOTE_MARK.finditer(piece.text):
            resolved = self._of_mark(match[1], piece.where_at(match.start()))
            marker = f"[{resolved.reference.number}]" if resolved else ""
            changes.append(Substitution(match.start(), match.end(), marker))
            noted += [match.start()] if resolved and resolved.is_of_library else []
        before: frozenset[str] = frozenset()
        for start, end in sentence_spans(text):
            found: list[Substitution] = []
            if not any(start <= place <= end for place in noted):
                found = list(self._mentioned(piece, text, (start, end), known))
                goes_on = _GOES_ON.match(text, start, end) if before and not found else None
                if goes_on:
                    found = self._taken_up(piece, goes_on, before)
                else:
                    before = self._only_source(text[start:end], known) if found else frozenset()
            changes += found
        changes += [Substitution(match.start(), match.end(), "") for match in LINK_MARK.finditer(piece.text)]
        return substituted(piece, changes)

    def _with_source(self, piece: Piece, line: Piece | None) -> Piece:
        """A piece that has no reference of its own rests on its `Source:` line."""
        if line is None or (_OWN_WORK.match(line.text) and calculations_in(piece.text)):
            return piece
        text = _readable(line.text)
        mentions = self._mentions.in_source_line(text)
        for start, end in (span for mention in mentions for span in mention.spans):
            text = text[:start] + " " * (end - start) + text[end:]
        counted = tuple(figure for figure in figures_in(text) if figure.kind not in ("date", "year", "slide"))
        reference = Reference(
            0,
            line.where,
            "the Source: line",
            mentions,
            figures=counted,
            base=_said(_BASE, text),
            time_frame=_said(_TIME_FRAME, line.text),
        )
        resolved = self._register.add(("source line", line.where, line.text), reference)
        if resolved is None:
            return piece
        self._source_lines.append((piece, resolved))
        named = any(one.is_of_library for number in markers_in(piece.text) if (one := self._numbered(number)))
        return piece if named else replace(piece, text=f"{piece.text.rstrip()} [{resolved.reference.number}]")

    def _numbered(self, number: int) -> Resolved | None:
        return next((one for one in self._register.references if one.reference.number == number), None)

    def _of_mark(self, label: str, where: str) -> Resolved | None:
        if label in self._register:
            return self._register.get(label)
        own, place = label_and_place(label)
        note = self._notes.get(own) or self._numbered_notes.get(own)
        if note is None:
            return self._register.add(label, Reference(0, where, label if " " in label else _shown(label)))
        if place:
            return self._register.add(label, self._at_place(self._of_note(note), place, label, where))
        return self._register.get(note.label) or self._register.add(note.label, self._of_note(note))

    def _at_place(self, reference: Reference, place: str, label: str, where: str) -> Reference:
        """A note's reference at the place that its mark names beside it: `[1, slide 8]`."""
        places = self._mentions.places_in(place)
        mentions = tuple(replace(one, places=places, beside=None) for one in reference.mentions)
        return replace(reference, where=where, written=label, mentions=mentions) if places else reference

    def _of_note(self, note: Note) -> Reference:
        text = _LINK_SIGNS.sub(" ", note.text)
        mentions, quotations = self._mentions.in_note(text)
        if not mentions and _SAME_AGAIN.match(text):
            places = self._mentions.places_in(text)
            mentions = tuple(replace(one, places=places or one.places) for one in self._last)
        self._last = mentions or self._last
        written = note.where if not note.where.isdigit() else _shown(note.label)
        addresses = self._mentions.foreign_addresses(text) if mentions else ()
        return Reference(0, note.where, written, mentions, quotations if mentions else (), addresses=addresses)

    def _mentioned(
        self, piece: Piece, text: str, span: tuple[int, int], known: frozenset[str]
    ) -> Iterator[Substitution]:
        """Markers for the references of a sentence; of a source and a place in it only the place counts."""
        start, end = span
        found = [
            replace(one, start=one.start + start, end=one.end + start, sources=one.sources or self._owner(one, known))
            for one in self._mentions.in_text(text[start:end], known)
        ]
        placed = frozenset(source for one in found if one.places for source in one.sources)
        for one in found:
            if one.sources:
                counts = one.places or not one.sources & placed
                resolved = self._of_mention(one, piece) if counts else None
                marker = f"[{resolved.reference.number}]" if resolved else ""
                first, last = _with_brackets(one, text)
                opens = first == one.start and not re.search(r"\w", text[start:first])
                yield Substitution(first, last, f"{_IT} {marker}" if opens else marker)

    def _taken_up(self, piece: Piece, subject: re.Match[str], sources: frozenset[str]) -> list[Substitution]:
        """A marker for a sentence that goes on with what the source of the one before it says: "It finds …"."""
        reference = Reference(0, piece.where_at(subject.start()), f"“{subject[1]}”", (Mention(0, 0, sources),))
        resolved = self._register.add((sources, (), None), reference)
        return [Substitution(subject.end(1), subject.end(1), f" [{resolved.reference.number}]")] if resolved else []

    def _only_source(self, sentence: str, known: frozenset[str]) -> frozenset[str]:
        """What a sentence names, if it is one source."""
        named = {one.sources for one in self._mentions.in_text(sentence, known) if one.sources}
        return named.pop() if len(named) == 1 else frozenset()

    def _of_mention(self, mention: Mention, piece: Piece) -> Resolved | None:
        text = _readable(piece.text)
        written = " ".join(text[mention.start : mention.end].split())
        written += ")" if written.count("(") > written.count(")") else ""
        key = (mention.sources, mention.places, mention.date and (mention.date.low, mention.date.high))
        reference = Reference(0, piece.where_at(mention.start), f"“{written}”", (mention,))
        return self._register.add(key, reference)

    def _owner(self, place: Mention, known: frozenset[str]) -> frozenset[str]:
        """Of a slide that stands alone: the one source with slides that the document names."""
        having = known & self._with_slides
        alone = len(having) == 1 and any(one.kind == "slide" for one in place.places)
        return having if alone else frozenset()


def _with_brackets(mention: Mention, text: str) -> tuple[int, int]:
    """From where to where a mention goes, with the brackets around it if they hold nothing else."""
    opening = re.search(r"[(\[]\s*(?:see|cf\.?|source:?|e\.g\.,?)?\s*$", text[: mention.start], re.IGNORECASE)
    closing = re.match(r"\s*[.;,]?\s*[)\]]", text[mention.end :])
    if opening is None or closing is None:
        return mention.start, mention.end
    return opening.start(), mention.end + closing.end()


def _said(part: re.Pattern[str], source_line: str) -> str:
    """What a `Source:` line says in one of its parts; empty where it has none."""
    said = part.search(source_line)
    return " ".join(said[1].split()).strip(" *_.") if said else ""


def _readable(text: str) -> str:
    """A text whose marks of notes are spaces, and whose addresses stand free; every offset stays."""
    return _LINK_SIGNS.sub(" ", NOTE_MARK.sub(lambda match: " " * len(match.group()), text))


def _shown(label: str) -> str:
    """A note of Markdown as the text names it."""
    return label if label.startswith("[") else "the note" if " " in label else f"[^{label}]"
