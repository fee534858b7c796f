"""What was to be added when aidx ended before it came to it: told, and gone on with, at a later start.

unfinished/<number>.json     what is being added, and how far it is
unfinished/<number>.lock     held by the process that adds it; the system frees it, however that one ends
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aidx_assistant import atomic, locations

_ADDRESS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was to be added, and how far that came."""

    number: str
    """By which it is known."""
    names: tuple[str, ...]
    """Absolute paths, patterns and addresses."""
    given: tuple[tuple[str, str], ...] = ()
    """What the user said of it (title, publisher, date, segment)."""
    allow_private: bool = False
    done: int = 0
    total: int = 0
    """How many of how many things were read; 0 of 0 where reading had not begun."""
    begun_at: str = ""
    """ISO 8601 in UTC, to the second."""


class Addition:
    """What is being added. Where that cannot be kept, it is read all the same."""

    def __init__(self, folder: Path, unfinished: Unfinished) -> None:
        self._file = folder / f"{unfinished.number}.json"
        self._unfinished = unfinished

    def is_at(self, done: int, total: int) -> None:
        """Keeps how far it is."""
        self._unfinished = replace(self._unfinished, done=done, total=total)
        with contextlib.suppress(OSError):
            atomic.write_text(self._file, json.dumps(asdict(self._unfinished)))

    def is_over(self) -> None:
        """All of it has been read, or the user wants no more of it."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)


class UnfinishedAdditions:
    """Those of one home. Several processes may be at them."""

    def __init__(self, home: Path) -> None:
        self._folder = home / locations.UNFINISHED

    @contextlib.contextmanager
    def begun(
        self, names: Sequence[str], given: tuple[tuple[str, str], ...], allow_private: bool
    ) -> Iterator[Addition]:
        """Something that is added now; it is left unfinished unless it is told to be over."""
        unfinished = Unfinished(
            number=uuid.uuid4().hex,
            names=tuple(name if name.lower().startswith(_ADDRESS) else _absolute(name) for name in names),
            given=given,
            allow_private=allow_private,
            begun_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        addition = Addition(self._folder, unfinished)
        with self._held(unfinished.number):
            addition.is_at(0, 0)
            yield addition

    def left(self) -> tuple[Unfinished, ...]:
        """Those that nobody is at, the oldest first."""
        found = []
        for file in self._folder.glob("*.json"):
            with self._held(file.stem) as is_ours:
                unfinished = _read(file) if is_ours else None
            if unfinished is not None:
                found.append(unfinished)
        return tuple(sorted(found, key=lambda one: (one.begun_at, one.number)))

    def forget(self, number: str) -> None:
        """Gives one up."""
        with self._held(number), contextlib.suppress(OSError):
            (self._folder / f"{number}.json").unlink(missing_ok=True)

    @contextlib.contextmanager
    def _held(self, number: str) -> Iterator[bool]:
        """Keeps others off it; gives whether it could. The lock goes with what it is for."""
        from filelock import FileLock, Timeout

        file = self._folder / f"{number}.lock"
        lock = FileLock(file)
        with contextlib.suppress(OSError, Timeout):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        try:
            yield lock.is_locked
        finally:
            if lock.is_locked and not file.with_suffix(".json").exists():
                with contextlib.suppress(OSError):
                    file.unlink()
            lock.release()


def _absolute(name: str) -> str:
    """The same path or pattern for whoever starts aidx elsewhere."""
    try:
        return os.path.abspath(Path(name).expanduser())
    except (OSError, RuntimeError, ValueError):
        return name


def _read(file: Path) -> Unfinished | None:
    try:
        table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        given = tuple((str(name), str(value)) for name, value in table["given"])
        return Unfinished(**{**table, "names": tuple(map(str, table["names"])), "given": given})
    except (OSError, ValueError, KeyError, TypeError):
        return None
