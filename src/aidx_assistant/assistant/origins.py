"""What a user names to be read: files, the files of a folder, patterns, addresses."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from aidx_assistant.errors import UsageError
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.reading.formats import SUFFIXES

_ADDRESS = ("https://", "http://")
_EMPTY = "The folder holds nothing that aidx reads."
_OF_ANOTHER = "Another of the team added it, and has the file."
_NAME = "Its name is not in UTF-8; rename it."


@dataclass(frozen=True, slots=True)
class Origin:
    """One thing to read, or why it is not read."""

    name: str
    """The file's absolute path, or the page's address."""
    passed_over: str = ""
    """Why it is not read, in one sentence; empty where it is."""
    allow_private: bool = False
    """Whether it may be fetched from a private network."""
    stands_for_nothing: bool = False
    """Whether it is what the user named, and there is nothing to read: that has failed, and is no choice."""

    @property
    def outcome(self) -> Literal["failed", "skipped"]:
        """What becomes of it where it is passed over."""
        return "failed" if self.stands_for_nothing else "skipped"

    @property
    def is_address(self) -> bool:
        return self.name.startswith(_ADDRESS)

    @property
    def is_picture(self) -> bool:
        """Whether its name says so."""
        return SUFFIXES.get(Path(self.name).suffix.lower()) == "picture"


def origins_of(names: Sequence[str], *, allow_private: bool = False) -> tuple[Origin, ...]:
    """Everything that the names stand for, each once, in their order; folders with all below them, by name.

    In a folder only what a reader reads counts; hidden files are left out, and links that lead out of it passed over.
    Raises UsageError for an empty name, which would stand for the folder that one is in.
    """
    if not all(name.strip() for name in names):
        raise UsageError("A name is empty.", "Name a file, a folder or an address; “.” is the folder that you are in.")
    found: dict[str, Origin] = {}
    for name in names:
        for origin in _origins_of(name, allow_private):
            found.setdefault(
                origin.name, origin if _can_be_written(origin.name) else replace(origin, passed_over=_NAME)
            )
    return tuple(found.values())


def once_more(known: Import | FailedImport, allow_private: bool) -> Origin:
    """What was read before, or could not be, to be read again."""
    if isinstance(known, Import) and known.is_of_another:
        return Origin(known.source_id, passed_over=_OF_ANOTHER)
    return Origin(known.origin, allow_private=known.allow_private or allow_private)


def _can_be_written(name: str) -> bool:
    """Whether the name is text: a file system takes any bytes, the library and a terminal do not."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _origins_of(name: str, allow_private: bool = False) -> Iterator[Origin]:
    scheme, is_web, rest = name.partition("://")
    if name.lower().startswith(_ADDRESS):
        yield Origin(f"{scheme.lower()}://{rest}", allow_private=allow_private)
        return
    if is_web and scheme.isalnum():
        yield Origin(name)  # of no scheme that is fetched: there is no such file
        return
    path = Path(name).expanduser()
    if path.is_dir():
        files = list(_files_below(path))
        yield from files or [Origin(os.path.abspath(path), _EMPTY, stands_for_nothing=True)]
    elif path.exists() or not glob.has_magic(name):
        yield Origin(os.path.abspath(path))
    else:
        matches = sorted(glob.glob(str(path), recursive=True))
        for match in matches:
            yield from _origins_of(match)
        if not matches:
            yield Origin(os.path.abspath(path), "Nothing fits this pattern.", stands_for_nothing=True)


def _files_below(folder: Path) -> Iterator[Origin]:
    root = os.path.realpath(folder)
    for parent, folders, files in os.walk(root):  # follows no links to folders
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(parent, name)
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES:
                continue
            if not os.path.realpath(file).startswith(root.rstrip(os.sep) + os.sep):
                yield Origin(str(file), "It is a link that leads out of the folder.")
            else:
                yield Origin(str(file))
