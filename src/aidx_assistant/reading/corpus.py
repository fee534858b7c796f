"""Reads a source of the corpus and refuses what breaks its schema.

<source-id>/source.toml   order, title, authors (where the source names any), publishers, date, url, attribution,
                          in_briefs, note, slide_count, unread_sections, cut_sections (where text breaks off), [[parts]]
                          of the deck
<source-id>/article/*.md  notes: heading, order
<source-id>/slides/NN.md  notes: number, alt_text, part, segment, picture, shown_beside, figures, read
<source-id>/findings.toml [[finding]]: see `Finding`; `section` or `slide` is its locator
<source-id>/questions.toml [[answered]]: a statement and its locator, and questions that it answers; of those that
                          are whole sentences, the first is suggested to the user
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aidx_assistant.errors import CorpusError
from aidx_assistant.evidence import SEGMENTS, Finding, Locator, Passage, Segment, Source
from aidx_assistant.reading.notes import Note, read_note
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.slide_notes import check_slides
from aidx_assistant.reading.slugs import slug_of
from aidx_assistant.reading.statements import contains, find_statement
from aidx_assistant.segments import segments_named

__all__ = ["ReadSource", "read_corpus", "read_source", "source_folders"]


def read_corpus(corpus: Path) -> tuple[ReadSource, ...]:
    """Reads all sources. Raises CorpusError, naming the file, for anything that breaks the schema."""
    sources = tuple(read_source(folder) for folder in source_folders(corpus))
    if not sources:
        raise CorpusError(f"The corpus at {corpus} holds no source.", "Install aidx again.")
    findings = {finding.id: finding for source in sources for finding in source.findings}
    for finding in findings.values():
        for other in finding.differs_from:
            if other not in findings or finding.id not in findings[other].differs_from:
                raise CorpusError(f"The finding {finding.id} differs from {other}, which does not name it in turn.")
    return sources


def source_folders(corpus: Path) -> tuple[Path, ...]:
    """The folders of the corpus that hold a source, in the order their source.toml gives, then by name."""
    folders = [file.parent for file in corpus.glob("*/source.toml")]
    return tuple(sorted(folders, key=lambda folder: (_toml(folder / "source.toml").get("order", 0), folder.name)))


def read_source(folder: Path) -> ReadSource:
    """Reads one source. Raises CorpusError, naming the file, for anything that breaks the schema."""
    try:
        return _read_source(folder)
    except (AttributeError, TypeError, ValueError) as error:
        raise CorpusError(f"A field in {folder} has the wrong type: {error}.") from error


def _read_source(folder: Path) -> ReadSource:
    source = _source(folder)
    articles = [read_note(file) for file in sorted((folder / "article").glob("*.md"))]
    articles.sort(key=lambda note: int(note.head.get("order", 0)))
    slides = [read_note(file) for file in sorted((folder / "slides").glob("*.md"))]
    check_slides(folder, source, articles, slides)
    passages = [
        *_section_passages(source, articles, slides),
        *_unread_passages(source),
        *_slide_passages(source, slides),
    ]
    if len({passage.id for passage in passages}) != len(passages):
        raise CorpusError(f"Two sections of {folder} have headings that cannot be told apart.")
    findings = _findings(folder / "findings.toml", source, passages, slides)
    asked = _questions(folder / "questions.toml", source, passages)
    passages = [replace(passage, asked=tuple(asked.get(passage.id, ()))) for passage in passages]
    return ReadSource(source, tuple(_with_segments(passages, findings)), findings, _cut_sections(folder, articles))


def _source(folder: Path) -> Source:
    file = folder / "source.toml"
    table = _toml(file)
    try:
        return Source(
            id=folder.name,
            title=table["title"],
            publishers=_names(table["publishers"]),
            date=table["date"],
            url=table["url"] or None,
            attribution=table["attribution"] or None,
            in_briefs=table["in_briefs"],
            unread=tuple(table["unread_sections"]),
            slide_count=table["slide_count"],
            note=table["note"],
            authors=_names(table.get("authors", [])),
        )
    except KeyError as error:
        raise CorpusError(f"{file} lacks {error}.") from error


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise TypeError(f"names must be a list of texts, not {value!r}")
    return tuple(value)


def _cut_sections(folder: Path, articles: Iterable[Note]) -> tuple[str, ...]:
    cut = _names(_toml(folder / "source.toml").get("cut_sections", []))
    for heading in cut:
        if heading not in {note.head["heading"] for note in articles}:
            raise CorpusError(f"{folder / 'source.toml'}: there are no notes on the cut section “{heading}”.")
    return cut


def _section_passages(source: Source, articles: Iterable[Note], slides: Iterable[Note]) -> list[Passage]:
    pictures = {f"slide {note.head['number']}": note.head["picture"] for note in slides}
    passages = []
    for note in articles:
        heading = _field(note, "heading") or None
        for position, paragraph in enumerate(note.paragraphs, 1):
            passages.append(
                Passage(
                    id=f"{source.id}/section/{slug_of(heading)}/{position}",
                    source_id=source.id,
                    locator=Locator("section", heading=heading),
                    sentences=paragraph.sentences,
                    segments=(),
                    shown_beside=paragraph.shown_beside,
                    picture=pictures.get(paragraph.shown_beside or ""),
                )
            )
    return passages


def _unread_passages(source: Source) -> list[Passage]:
    """A section of which only the heading is known can be pointed at, and says that it has not been read."""
    return [
        Passage(
            id=f"{source.id}/section/{slug_of(heading)}/unread",
            source_id=source.id,
            locator=Locator("section", heading=heading),
            sentences=(f"The section “{heading}” is known by its heading only: its text has not been read.",),
            segments=(),
            read="no",
        )
        for heading in source.unread
    ]


def _slide_passages(source: Source, slides: Iterable[Note]) -> list[Passage]:
    passages = []
    for note in slides:
        number = _field(note, "number")
        if len(note.paragraphs) != 1:
            raise CorpusError(f"{note.file} must hold one paragraph.")
        if _field(note, "segment") not in SEGMENTS:
            raise CorpusError(f"{note.file}: segment must be one of {', '.join(SEGMENTS)}.")
        passages.append(
            Passage(
                id=f"{source.id}/slide/{number}/1",
                source_id=source.id,
                locator=Locator("slide", number, _field(note, "alt_text")),
                sentences=note.paragraphs[0].sentences,
                segments=(note.head["segment"],),
                read=_field(note, "read"),
                picture=_field(note, "picture"),
                part=_field(note, "part"),
            )
        )
    return passages


def _findings(file: Path, source: Source, passages: Sequence[Passage], slides: Iterable[Note]) -> tuple[Finding, ...]:
    figures_of_slides = {note.head["number"]: tuple(_field(note, "figures")) for note in slides}
    findings = []
    for table in _toml(file).get("finding", []):
        name = f"{file}, finding “{table.get('id', '?')}”"
        try:
            passage, sentence = find_statement(table, source, passages, name)
            if table["value"] != "none" and not contains(table["statement"], table["value"]):
                raise CorpusError(f"{name}: its statement does not contain {table['value']}.")
            slide = passage.locator.number if passage.locator.kind == "slide" else None
            if slide and table["value"] not in figures_of_slides[slide]:
                raise CorpusError(f"{name}: slide {slide} is not known to carry {table['value']}.")
            findings.append(_finding(table, source, passage, sentence))
        except KeyError as error:
            raise CorpusError(f"{name} lacks {error}.") from error
        if table["segment"] not in SEGMENTS:
            raise CorpusError(f"{name}: segment must be one of {', '.join(SEGMENTS)}.")
        counted = set(segments_named(table["population"])) - {"all"}
        if len(counted) == 1 and table["segment"] not in counted:
            raise CorpusError(f"{name}: its segment is {table['segment']}, its population {table['population']}.")
    if len({finding.id for finding in findings}) != len(findings):
        raise CorpusError(f"{file} gives two findings the same id.")
    return tuple(findings)


def _finding(table: dict[str, Any], source: Source, passage: Passage, sentence: int) -> Finding:
    has_value = table["value"] != "none"
    return Finding(
        id=f"{source.id}/{table['id']}",
        source_id=source.id,
        statement=table["statement"],
        value=table["value"] if has_value else None,
        unit=table["unit"] if has_value else None,
        measure=table["measure"],
        segment=table["segment"],
        population=table["population"],
        time_frame=table["time_frame"] or None,
        topic=table["topic"],
        locator=passage.locator,
        passage_id=passage.id,
        sentence=sentence,
        differs_from=tuple(table.get("differs_from", ())),
        difference=table.get("difference"),
    )


def _questions(file: Path, source: Source, passages: Sequence[Passage]) -> dict[str, list[tuple[int, str]]]:
    """The questions that sentences answer, by passage id; a source need not have any."""
    asked: dict[str, list[tuple[int, str]]] = {}
    for number, table in enumerate(_toml(file).get("answered", []) if file.exists() else [], 1):
        name = f"{file}, entry {number}"
        try:
            passage, sentence = find_statement(table, source, passages, name)
            asked.setdefault(passage.id, []).extend((sentence, question) for question in table["asked"])
        except KeyError as error:
            raise CorpusError(f"{name} lacks {error}.") from error
    return asked


def _with_segments(passages: Iterable[Passage], findings: Iterable[Finding]) -> Iterable[Passage]:
    """Fills in the segments a passage speaks about: by its words and by the findings stated in it."""
    stated: dict[str, set[Segment]] = {}
    for finding in findings:
        stated.setdefault(finding.passage_id, set()).add(finding.segment)
    for passage in passages:
        named = {*passage.segments, *segments_named(passage.text), *stated.get(passage.id, ())}
        yield replace(passage, segments=tuple(s for s in SEGMENTS if s in named) or ("all",))


def _field(note: Note, key: str) -> Any:
    try:
        return note.head[key]
    except KeyError as error:
        raise CorpusError(f"{note.file} lacks {error} in its head.") from error


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"{file} cannot be read: {error}.") from error
