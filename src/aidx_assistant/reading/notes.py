"""Reads a note of the corpus: TOML between `+++` lines, then one sentence per line, blank lines between passages."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aidx_assistant.errors import CorpusError

_SHOWN_BESIDE = re.compile(r"\[shown beside: (slide \d+)\]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together, and the slide that the source shows beside them."""

    sentences: tuple[str, ...]
    shown_beside: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """One file of the corpus."""

    file: Path
    head: dict[str, Any]
    paragraphs: tuple[Paragraph, ...]


def read_note(file: Path) -> Note:
    """Reads one note. Raises CorpusError, naming the file, where it cannot be read or has no head or no text."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file} cannot be read: {error}.") from error
    parts = re.split(r"^\+\+\+[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise CorpusError(f"{file} does not begin with a head between two +++ lines.")
    try:
        head = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"The head of {file} is not valid TOML: {error}.") from error
    paragraphs = tuple(_paragraph(block) for block in re.split(r"\n\s*\n", parts[2]) if block.strip())
    if not all(paragraph.sentences for paragraph in paragraphs) or not paragraphs:
        raise CorpusError(f"{file} has a paragraph without a sentence.")
    return Note(file, head, paragraphs)


def _paragraph(block: str) -> Paragraph:
    shown_beside = None
    sentences = []
    for line in filter(None, map(str.strip, block.splitlines())):
        mark = _SHOWN_BESIDE.fullmatch(line)
        if mark:
            shown_beside = mark.group(1)
        else:
            sentences.append(line)
    return Paragraph(tuple(sentences), shown_beside)
