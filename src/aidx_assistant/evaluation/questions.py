"""Questions whose answers are known, read from `evaluation/questions/*.toml`.

A file's name is the kind of its questions. Each `[[question]]` has `ask`, perhaps `earlier` (the questions before it),
`places` (each has to be found; alternatives are parted by " | ") and `figures` ("46% provider"). A file with a plain
list `ask` holds questions that the sources do not answer.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import SEGMENTS, Locator, Segment
from aidx_assistant.figures import Figure, figures_in

Half = Literal["development", "test"]
_KNOWN = {"ask", "earlier", "places", "figures"}
_ALTERNATIVE = " | "


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure that belongs into the answer, and whom it counts."""

    figure: Figure
    segment: Segment


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with its right answer."""

    kind: str
    ask: str
    earlier: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    """Each of them has to be found, in one of its alternatives; empty where the sources do not answer."""
    figures: tuple[GoldFigure, ...]

    @property
    def is_answered(self) -> bool:
        return bool(self.places)

    @property
    def half(self) -> Half:
        """By the hash of its words: which half a question is in cannot be chosen."""
        digest = hashlib.sha256("\n".join((*self.earlier, self.ask)).encode()).digest()
        return "test" if digest[0] % 2 else "development"


def read_questions(folder: Path) -> tuple[KnownQuestion, ...]:
    """All questions of a folder, by file and place in it. Raises UsageError, naming file and question, for a fault."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{folder} holds no questions.", "Name a folder of TOML files with questions.")
    questions = tuple(question for file in files for question in _in_file(file))
    seen: set[tuple[str, ...]] = set()
    for question in questions:
        words = (*question.earlier, question.ask)
        if words in seen:
            raise UsageError(f"“{question.ask}” stands twice in {folder}.", "Remove one.")
        seen.add(words)
    return questions


def is_at(locator: Locator, places: tuple[str, ...]) -> bool:
    """Whether a locator is one of these: `introduction`, a section's heading, `slide 8`."""
    names = {place.casefold() for place in places}
    if locator.kind == "section":
        return (locator.heading or "introduction").casefold() in names
    return locator.label.casefold() in names


def _in_file(file: Path) -> Iterator[KnownQuestion]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}.", "Mend it.") from error
    for ask in content.get("ask", ()):
        yield KnownQuestion(file.stem, _text(ask, file, "ask"), (), (), ())
    for number, entry in enumerate(content.get("question", ()), 1):
        yield _question(entry, file, f"question {number}")


def _question(entry: Any, file: Path, name: str) -> KnownQuestion:
    if not isinstance(entry, dict) or "ask" not in entry or not entry.get("places"):
        raise UsageError(f"{file}, {name}: “ask” and “places” are needed.", "Mend it.")
    if unknown := set(entry) - _KNOWN:
        raise UsageError(f"{file}, {name}: “{min(unknown)}” is not known.", f"Known: {', '.join(sorted(_KNOWN))}.")
    places = tuple(tuple(_text(place, file, name).split(_ALTERNATIVE)) for place in entry["places"])
    figures = tuple(_figure(_text(written, file, name), file, name) for written in entry.get("figures", ()))
    earlier = tuple(_text(one, file, name) for one in entry.get("earlier", ()))
    return KnownQuestion(file.stem, _text(entry["ask"], file, name), earlier, places, figures)


def _figure(written: str, file: Path, name: str) -> GoldFigure:
    value, _, segment = written.rpartition(" ")
    figures = figures_in(value)
    named = next((one for one in SEGMENTS if one == segment), None)
    if len(figures) != 1 or named is None:
        raise UsageError(f"{file}, {name}: “{written}” is no figure with a segment.", 'Write it as "46% provider".')
    return GoldFigure(figures[0], named)


def _text(value: Any, file: Path, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{file}, {name}: “{value}” is no text.", "Mend it.")
    return value
