"""Questions whose answers are known, read from `evaluation/questions/*.toml`.

A file's name is the kind of its questions. Each `[[question]]` has `ask`, perhaps `earlier` (the questions before it),
`places` (each has to be found; alternatives are parted by " | "; none where the sources do not answer) and `figures`
("46% provider"). A plain list `ask` at the top of a file holds questions that the sources do not answer.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import SEGMENTS, Locator, Segment
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.printable import shortened

Half = Literal["development", "test"]
_KNOWN = {"ask", "earlier", "places", "figures"}
_ALTERNATIVE = " | "
_FOLDER = "Name a folder of TOML files with questions, in the form of evaluation/questions."
_FORM = (
    'A question has ask = "…?", places = ["slide 8"] and perhaps figures = ["46% provider"];'
    " where the sources do not answer it, places = []."
)


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
    if not folder.is_dir():
        told = "is a file" if folder.exists() else "does not exist"
        raise UsageError(f"The folder of questions {folder} {told}.", _FOLDER)
    questions = tuple(question for file in sorted(folder.glob("*.toml")) for question in _in_file(file))
    if not questions:
        raise UsageError(f"{folder} holds no questions.", _FOLDER)
    seen: set[tuple[str, ...]] = set()
    for question in questions:
        words = (*question.earlier, question.ask)
        if words in seen:
            raise UsageError(f"“{shortened(question.ask)}” stands twice in {folder}.", "Remove one.")
        seen.add(words)
    return questions


def check_places(questions: Iterable[KnownQuestion], locators: Collection[Locator]) -> None:
    """Raises UsageError for a question whose right answer is at a place that is none of these, in no alternative."""
    for question in questions:
        for place in question.places:
            if not any(is_at(locator, place) for locator in locators):
                raise UsageError(
                    f"“{shortened(question.ask)}”: the library has no place “{shortened(_ALTERNATIVE.join(place))}”.",
                    "Write a section's heading, introduction or slide 8; aidx sources show ID lists them.",
                )


def is_at(locator: Locator, places: tuple[str, ...]) -> bool:
    """Whether a locator is one of these: `introduction`, a section's heading, `slide 8`."""
    names = {place.casefold() for place in places}
    if locator.kind == "section":
        return (locator.heading or "introduction").casefold() in names
    return locator.label.casefold() in names


def _in_file(file: Path) -> Iterator[KnownQuestion]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Mend it, or take it out.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not in UTF-8.", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} cannot be read: {error}.", "Mend it; it is to be TOML.") from error
    _check_names(content, {"ask", "question"}, str(file))
    for ask in _texts(content, "ask", str(file)):
        yield KnownQuestion(file.stem, ask, (), (), ())
    for number, entry in enumerate(_list(content, "question", str(file)), 1):
        yield _question(entry, file.stem, f"{file}, question {number}")


def _question(entry: Any, kind: str, where: str) -> KnownQuestion:
    if not isinstance(entry, dict) or not {"ask", "places"} <= set(entry):
        raise UsageError(f"{where}: “ask” and “places” are needed.", _FORM)
    _check_names(entry, _KNOWN, where)
    if entry.get("figures") and entry["places"] == []:
        raise UsageError(f"{where}: “figures” are given, and “places” names none where they stand.", _FORM)
    parted = (place.split(_ALTERNATIVE) for place in _texts(entry, "places", where))
    return KnownQuestion(
        kind,
        _text(entry["ask"], "ask", where),
        _texts(entry, "earlier", where),
        tuple(tuple(name.strip() for name in names if name.strip()) for names in parted),
        tuple(_figure(written, where) for written in _texts(entry, "figures", where)),
    )


def _figure(written: str, where: str) -> GoldFigure:
    value, _, segment = written.rpartition(" ")
    figures = figures_in(value)
    named = next((one for one in SEGMENTS if one == segment), None)
    if len(figures) != 1 or named is None:
        raise UsageError(
            f"{where}: “{shortened(written)}” is no figure with a segment.",
            f'Write it as "46% provider"; segments: {", ".join(SEGMENTS)}.',
        )
    return GoldFigure(figures[0], named)


def _check_names(told: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := set(told) - known:
        raise UsageError(f"{where}: “{shortened(min(unknown))}” is not known.", f"Known: {', '.join(sorted(known))}.")


def _texts(told: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    return tuple(_text(value, name, where) for value in _list(told, name, where))


def _list(told: dict[str, Any], name: str, where: str) -> list[Any]:
    values = told.get(name, [])
    if not isinstance(values, list):
        raise UsageError(f"{where}: “{name}” is no list.", _FORM)
    return values


def _text(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip(" |\t\n"):
        raise UsageError(f"{where}: “{name}” holds “{shortened(str(value))}”, which is no text.", _FORM)
    return value
