"""The footnotes of a Markdown text: definitions (`[^1]: …`) taken out of it, notes in the line (`^[…]`) made ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.briefs.written.document import Note

_DEFINITION = re.compile(r"^ {0,3}\[\^(?P<label>[^\]\s]{1,80})\]:[ \t]*(?P<text>.*)$")
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})")
_INDENTED = re.compile(r"^(?: {2,}|\t)\s*\S")
_BEGINS_BLOCK = re.compile(r"^ {0,3}(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||`{3}|~{3})")
_INLINE_OPENS = "^["


def without_definitions(lines: Sequence[str]) -> tuple[list[str], tuple[Note, ...]]:
    """The lines with those of definitions empty, so that every other keeps its number; and the notes defined.

    Of two definitions with one label the first counts, as pandoc has it.
    """
    left = list(lines)
    notes: dict[str, Note] = {}
    position, fence = 0, ""
    while position < len(lines):
        opened = _FENCE.match(lines[position])
        if opened and not fence:
            fence = opened["fence"]
        elif opened and fence and opened["fence"].startswith(fence):
            fence = ""
        definition = None if fence else _DEFINITION.match(lines[position])
        if definition is None:
            position += 1
            continue
        end = _end_of_definition(lines, position + 1)
        text = [definition["text"], *(line.strip() for line in lines[position + 1 : end])]
        note = Note(definition["label"], " ".join(part for part in text if part), str(position + 1))
        notes.setdefault(note.label, note)
        left[position:end] = [""] * (end - position)
        position = end
    return left, tuple(notes.values())


def _end_of_definition(lines: Sequence[str], position: int) -> int:
    """The lines after the first of a definition that still belong to it: its paragraph's, and indented ones."""
    blank = False
    end = position
    while position < len(lines):
        line = lines[position]
        if not line.strip():
            blank = True
        elif _DEFINITION.match(line) or (blank and not _INDENTED.match(line)) or _BEGINS_BLOCK.match(line):
            break
        else:
            end = position + 1
        position += 1
    return end


def with_inline_notes_marked(lines: Sequence[str]) -> tuple[list[str], tuple[Note, ...]]:
    """The lines, every note in the line (`^[text]`, brackets balanced) a mark like any other; and these notes."""
    found: list[Note] = []
    marked = []
    for number, line in enumerate(lines, 1):
        done, rest = "", line
        while (start := rest.find(_INLINE_OPENS)) >= 0:
            end = _closing(rest, start + 2)
            if end is None:
                break
            label = f"line {number}, note {len(found) + 1}"
            found.append(Note(label, rest[start + 2 : end], str(number)))
            done += f"{rest[:start]}[^{label}]"
            rest = rest[end + 1 :]
        marked.append(done + rest)
    return marked, tuple(found)


def _closing(text: str, start: int) -> int | None:
    depth = 1
    for position in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return None
