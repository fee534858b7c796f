"""Where a brief goes: a file in one of the formats, or standard output."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant import atomic
from aidx_assistant.cli.terminal import in_one_line
from aidx_assistant.errors import StorageError, UsageError

if TYPE_CHECKING:
    from aidx_assistant.briefs.brief import Brief
    from aidx_assistant.briefs.exports import Format

_OF_TEXT = ("md", "html")
"""Formats that standard output takes."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file, or standard output for None."""

    file: Path | None
    file_format: Format

    def write(self, brief: Brief) -> None:
        """Writes the brief whole or not at all. Raises StorageError where the file cannot be written."""
        from aidx_assistant.briefs.exports import remark_on, write

        content = write(brief, self.file_format)
        if self.file is None:
            sys.stdout.write(content.decode())
            sys.stdout.flush()
            return
        try:
            atomic.write_bytes(self.file, content)
        except (OSError, ValueError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
            raise StorageError(
                f"The brief cannot be written to {in_one_line(str(self.file))}: {reason}.",
                "It is kept; write it elsewhere with: aidx brief --from last -o FILE",
            ) from error
        print(f"aidx: The brief is in {in_one_line(str(self.file))}.", file=sys.stderr)
        if remark := remark_on(brief, self.file_format):
            print(f"aidx: {in_one_line(remark)}", file=sys.stderr)


def target_of(file: str | None, file_format: str | None, force: bool) -> Target:
    """Where the options say that it goes. Raises UsageError before anything is done for what cannot be written."""
    from aidx_assistant.briefs.exports import FORMATS

    endings = ", ".join(FORMATS)
    chosen = (file_format or "").lower().lstrip(".")
    if file_format is not None and chosen not in FORMATS:
        raise UsageError(f"--format: there is no format “{in_one_line(file_format)}”.", f"Formats: {endings}.")
    if file is None:
        chosen = chosen or "md"
        if chosen not in _OF_TEXT:
            raise UsageError(f"A brief in {chosen} does not go to standard output.", f"Name a file: -o brief.{chosen}")
        return Target(None, _format(chosen))
    path = Path(file)
    shown = in_one_line(file)
    ending = path.suffix.lower().lstrip(".")
    if chosen and ending in FORMATS and ending != chosen:
        raise UsageError(f"-o: {shown} ends in {ending}, and --format says {chosen}.", "Leave out one of them.")
    chosen = chosen or ending
    if chosen not in FORMATS:
        raise UsageError(
            f"-o: the ending of {shown} names no format.", f"End it in one of {endings}, or give --format."
        )
    if path.is_dir():
        raise UsageError(f"-o: {shown} is a folder.", f"Name a file in it: {shown.rstrip('/')}/brief.{chosen}")
    if path.exists() and not force:
        raise UsageError(f"-o: {shown} exists.", "Name another file, or overwrite it with --force.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"-o: there is no folder {in_one_line(str(path.parent))}.", "Make it first.")
    return Target(path, _format(chosen))


def _format(name: str) -> Format:
    from aidx_assistant.briefs.exports import FORMATS

    return next(one for one in FORMATS if one == name)
