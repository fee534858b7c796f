"""The templates of briefs, `prompts/brief/<kind>.md`: what each section is asked, made of, and says in silence.

A file begins with a TOML head between `+++` lines. Each section begins with its heading, `## Why now`, and has such a
head of its own; what follows up to the next heading is the instruction to Claude. In the questions `{topic}` stands
for the topic of the brief and `{segment}` for its segment, in the plural. What breaks this is told with file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from aidx_assistant import locations
from aidx_assistant.briefs.brief import BriefKind
from aidx_assistant.errors import StorageError

Makes = Literal[
    "decision", "verdict", "points", "evidence", "ranked", "options", "labelled", "change", "next-step"
]  # fmt: skip
"""What a section is made of: `evidence` are points with a `Source:` line, `ranked` are numbered points."""

_FENCE = "+++"
_HEADING = "## "
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for quoted sentences: what is asked to find them, and what is said where there are none."""

    about_topic: tuple[str, ...] = ()
    """Questions with `{topic}` in them; only sentences about the topic answer."""
    at_large: tuple[str, ...] = ()
    """Questions about AI in general; a sentence that is not about the topic is marked as background."""
    speaks_of: tuple[str, ...] = ()
    """Words or phrases of which a sentence has to have one, in any of their forms; none for any that answers."""
    words_suffice: bool = False
    """Whether a sentence on the topic that has one of them fits, whatever it answers: so that nothing on the topic is
    passed over where silence would be told."""
    silent: str = ""
    lead: str = ""
    """Fixed words before what is quoted, which say for which case it counts."""
    leaves_out: tuple[str, ...] = ()
    """Words or phrases of which background may have none, in any of their forms."""
    by_rule: bool = False
    """Whether code says it from what was quoted, and nothing is asked."""

    @property
    def questions(self) -> tuple[str, ...]:
        return (*self.about_topic, *self.at_large)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a table of options, with a slot for each further column, or a labelled point with one slot."""

    label: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A section of a brief before it is filled."""

    key: str
    heading: str
    makes: Makes
    instruction: str
    """To Claude."""
    slot: Slot
    items: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    most: int = 1
    """Sentences quoted at most: in the section, or in each of its items."""
    least: int = 1
    """How far `most` may be lowered so that the brief fits its pages."""
    boxed: bool = False
    sums_up: bool = False
    """Whether it is drafted after the others, from what they say."""
    closing: str = ""
    """A last line of fixed words, in an evidence brief; it may have `{topic}` and `{segment}`."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        return (self.slot, *(slot for item in self.items for slot in item.slots))


@dataclass(frozen=True, slots=True)
class BriefTemplate:
    """The sections of a kind of brief, in order."""

    kind: BriefKind
    sections: tuple[SectionTemplate, ...]
    shortened: tuple[str, ...]
    """Keys of the sections that give up quotes, in this order, where the brief is too long."""

    def section(self, key: str) -> SectionTemplate | None:
        return next((section for section in self.sections if section.key == key), None)


def brief_template(kind: BriefKind) -> BriefTemplate:
    """The template of a kind. Raises StorageError, with file and line, for one that cannot be used."""
    return _read(locations.prompts_folder() / "brief" / f"{kind}.md")


@lru_cache(maxsize=8)
def _read(file: Path) -> BriefTemplate:
    try:
        return template_in(file.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise StorageError(f"The template {file} cannot be read: {reason}.", "Install aidx again.") from error


def template_in(text: str, file: Path) -> BriefTemplate:
    """The template that a text is. Raises StorageError, naming `file` and line, where it breaks the schema."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(_HEADING)]
    if not starts:
        raise _fault(file, 0, "there is no section")
    head, line, _ = _head(lines[: starts[0]], 0, file)
    _check(head, {"kind": str, "shortened": list}, ("kind",), line, file)
    if head["kind"] not in get_args(BriefKind):
        raise _fault(file, line, f"there is no kind “{head['kind']}”")
    sections: list[SectionTemplate] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        section = _section(lines[start:end], start, file)
        if any(section.key == other.key for other in sections):
            raise _fault(file, start, f"there are two sections “{section.key}”")
        sections.append(section)
    shortened = _texts(head, "shortened", line, file)
    for key in shortened:
        if all(section.key != key for section in sections):
            raise _fault(file, line, f"“shortened” names a section “{key}”, which there is not")
    return BriefTemplate(head["kind"], tuple(sections), shortened)


def _section(lines: list[str], start: int, file: Path) -> SectionTemplate:
    head, line, rest = _head(lines[1:], start + 1, file)
    _check(head, {**_OF_A_SECTION, **_OF_A_SLOT}, ("key", "makes"), line, file)
    makes = head["makes"]
    if makes not in get_args(Makes):
        raise _fault(file, line, f"“makes” is one of {', '.join(get_args(Makes))}, not “{makes}”")
    instruction = "\n".join(rest).strip()
    if not instruction:
        raise _fault(file, start, "the section has no instruction")
    items = tuple(_item(item, line, file) for item in head.get("items", ()))
    columns = _texts(head, "columns", line, file)
    cells = {"options": len(columns) - 1, "labelled": 1}.get(makes, 0)
    if bool(items) != bool(cells) or any(len(item.slots) != cells for item in items):
        raise _fault(file, line, f"a section of “{makes}” has {cells} cells for each item")
    most, least = head.get("most", 1), head.get("least", 1)
    if not 1 <= least <= most:
        raise _fault(file, line, "“least” has to be from 1 to “most”")
    return SectionTemplate(
        key=head["key"],
        heading=lines[0].removeprefix(_HEADING).strip(),
        makes=makes,
        instruction=instruction,
        slot=_slot(head, line, file),
        items=items,
        columns=columns,
        most=most,
        least=least,
        boxed=head.get("boxed", False),
        sums_up=head.get("sums_up", False),
        closing=head.get("closing", ""),
    )


def _item(table: object, line: int, file: Path) -> Item:
    if not isinstance(table, dict):
        raise _fault(file, line, "“items” are tables")
    _check(table, {**_OF_A_SLOT, "label": str, "cells": list}, ("label",), line, file)
    cells = table.get("cells", [{name: value for name, value in table.items() if name in _OF_A_SLOT}])
    for cell in cells:
        if not isinstance(cell, dict):
            raise _fault(file, line, "“cells” are tables")
        _check(cell, _OF_A_SLOT, ("silent",), line, file)
    return Item(table["label"], tuple(_slot(cell, line, file) for cell in cells))


def _slot(table: Mapping[str, Any], line: int, file: Path) -> Slot:
    about_topic = _texts(table, "about_topic", line, file)
    for question in about_topic:
        if "{topic}" not in question:
            raise _fault(file, line, f"“about_topic” asks “{question}”, without {{topic}}")
    return Slot(
        about_topic=about_topic,
        at_large=_texts(table, "at_large", line, file),
        speaks_of=_texts(table, "speaks_of", line, file),
        leaves_out=_texts(table, "leaves_out", line, file),
        silent=table.get("silent", ""),
        lead=table.get("lead", ""),
        words_suffice=table.get("words_suffice", False),
        by_rule=table.get("by_rule", False),
    )


_OF_A_SLOT: Mapping[str, type] = {
    "about_topic": list, "at_large": list, "speaks_of": list, "silent": str, "by_rule": bool,
    "words_suffice": bool, "lead": str, "leaves_out": list,
}  # fmt: skip
_OF_A_SECTION: Mapping[str, type] = {
    "key": str, "makes": str, "boxed": bool, "sums_up": bool, "most": int, "least": int, "columns": list,
    "items": list, "closing": str,
}  # fmt: skip


def _head(lines: list[str], offset: int, file: Path) -> tuple[dict[str, Any], int, list[str]]:
    """The TOML at the head of some lines, the number of its first line (0-based), and the lines after it."""
    fences = [number for number, line in enumerate(lines) if line.strip() == _FENCE]
    first = next(_filled(lines), 0)
    if len(fences) < 2 or fences[0] != first:
        raise _fault(file, offset + first, f"a head between two lines of {_FENCE} is missing")
    try:
        head = tomllib.loads("\n".join(lines[first + 1 : fences[1]]))
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        within = int(place[1]) - 1 if place and place[1] else fences[1] - first - 1
        reason = _AT_LINE.sub("", str(error))
        raise _fault(file, offset + first + 1 + within, f"{reason[:1].lower()}{reason[1:]}") from error
    return head, offset + first + 1, lines[fences[1] + 1 :]


def _filled(lines: list[str]) -> Iterator[int]:
    return (number for number, line in enumerate(lines) if line.strip())


def _check(table: Mapping[str, Any], known: Mapping[str, type], needed: tuple[str, ...], line: int, file: Path) -> None:
    for name in needed:
        if not table.get(name):
            raise _fault(file, line, f"“{name}” is missing")
    for name, value in table.items():
        if name not in known:
            raise _fault(file, line, f"“{name}” is not known here")
        if type(value) is not known[name]:
            raise _fault(file, line, f"“{name}” has the wrong type")


def _texts(table: Mapping[str, Any], name: str, line: int, file: Path) -> tuple[str, ...]:
    texts = table.get(name, ())
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise _fault(file, line, f"“{name}” is a list of texts")
    return tuple(texts)


def _fault(file: Path, line: int, reason: str) -> StorageError:
    """`line`: 0-based."""
    return StorageError(f"The template {file}, line {line + 1}: {reason}.", "Install aidx again.")
