"""Checks the notes on slides: complete, in their part, shown where they say, with no figure they are not known for."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from aidx_assistant.errors import CorpusError
from aidx_assistant.evidence import ReadState, Source
from aidx_assistant.figures import figures_in
from aidx_assistant.reading.notes import Note
from aidx_assistant.reading.statements import contains

_REQUIRED = ("number", "alt_text", "part", "segment", "picture", "figures", "read")


def check_slides(folder: Path, source: Source, articles: Sequence[Note], slides: Sequence[Note]) -> None:
    """Raises CorpusError, naming the file, where a slide note breaks the schema."""
    for note in slides:
        _check_fields(note, source)
    numbers = [note.head["number"] for note in slides]
    if sorted(numbers) != list(range(1, source.slide_count + 1)):
        raise CorpusError(f"{folder / 'slides'} must hold each slide from 1 to {source.slide_count} once.")
    _check_parts(folder, slides)
    _check_shown_beside(folder, articles, slides)


def _check_fields(note: Note, source: Source) -> None:
    for key in _REQUIRED:
        if key not in note.head:
            raise CorpusError(f"{note.file} lacks '{key}' in its head.")
    head = note.head
    if not isinstance(head["number"], int) or not 1 <= head["number"] <= source.slide_count:
        raise CorpusError(f"{note.file}: slide {head['number']} is out of range (1 to {source.slide_count}).")
    if head["read"] not in get_args(ReadState):
        raise CorpusError(f"{note.file}: read must be one of {', '.join(get_args(ReadState))}.")
    for value in head["figures"]:
        if head["read"] == "no" and not contains(head["alt_text"], value):
            raise CorpusError(f"{note.file}: the slide has not been read, and its alt text does not give {value}.")
    for sentence in note.paragraphs[0].sentences:
        for figure in figures_in(sentence):
            known = any(contains(figure.text, value) for value in head["figures"])
            if figure.kind in {"percent", "points", "money", "count"} and figure.low >= 10 and not known:
                raise CorpusError(f"{note.file}: the slide is not known to carry {figure.text}.")


def _check_parts(folder: Path, slides: Sequence[Note]) -> None:
    if not slides:
        return
    parts = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8")).get("parts", [])
    part_of = {number: part["name"] for part in parts for number in range(part["first"], part["last"] + 1)}
    for note in slides:
        if note.head["part"] != part_of.get(note.head["number"]):
            raise CorpusError(f"{note.file}: its part is {part_of.get(note.head['number'])}, by source.toml.")


def _check_shown_beside(folder: Path, articles: Sequence[Note], slides: Sequence[Note]) -> None:
    said_by_slides = {
        (f"slide {note.head['number']}", note.head["shown_beside"]) for note in slides if "shown_beside" in note.head
    }
    said_by_article = {
        (paragraph.shown_beside, note.head.get("heading"))
        for note in articles
        for paragraph in note.paragraphs
        if paragraph.shown_beside
    }
    for slide, heading in said_by_slides ^ said_by_article:
        raise CorpusError(f"In {folder} only one of {slide} and the section “{heading}” says that they go together.")
