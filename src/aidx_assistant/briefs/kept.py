"""The briefs that were made, kept in the home as JSON, so that one section can be drafted anew later."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from aidx_assistant import atomic
from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.brief_json import brief_as_json, brief_from_json
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.errors import StorageError, UsageError
from aidx_assistant.locations import BRIEFS
from aidx_assistant.reading.slugs import slug_of

_LONGEST_SLUG = 60
_MADE = "Name a file that aidx brief --json made."


class KeptBriefs:
    """One file for each kind, topic and segment: a brief made again takes the place of the former one."""

    def __init__(self, home: Path) -> None:
        self._folder = home / BRIEFS

    def keep(self, brief: Brief, request: BriefRequest) -> Path:
        """Raises StorageError where it cannot be written."""
        file = self._folder / _name(request)
        text = json.dumps(brief_as_json(brief, request), ensure_ascii=False, indent=2)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            atomic.write_text(file, text + "\n")
        except OSError as error:
            raise StorageError(
                f"The brief cannot be kept in {self._folder}: {error.strerror}.",
                "Check the disk's space and permissions.",
            ) from error
        return file

    def latest(self) -> tuple[Brief, BriefRequest]:
        """The brief made last. Raises UsageError where there is none."""
        try:
            files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        except OSError:
            files = []
        if not files:
            raise UsageError("There is no brief yet whose section could be drafted anew.", "Make one first.")
        return read_brief(files[-1])

    def of(self, request: BriefRequest) -> tuple[Brief, BriefRequest]:
        """The brief last made of the same kind, topic and segment. Raises UsageError where there is none."""
        file = self._folder / _name(request)
        if not file.is_file():
            raise UsageError(
                f"There is no {request.kind} brief on “{request.topic}” for this segment yet.",
                "Make it first.",
            )
        return read_brief(file)


def read_brief(file: Path) -> tuple[Brief, BriefRequest]:
    """A brief from a file that `aidx brief --json` or the home holds. Raises UsageError for any other file."""
    try:
        return brief_from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", _MADE) from error
    except ValueError as error:
        raise UsageError(f"{file} is no brief: {error}.", _MADE) from error


def _name(request: BriefRequest) -> str:
    told = f"{request.kind} {request.segment} {request.topic}".casefold()
    mark = hashlib.sha256(told.encode()).hexdigest()[:8]
    return f"{slug_of(told)[:_LONGEST_SLUG].strip('-') or request.kind}-{mark}.json"
