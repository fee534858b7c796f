"""Files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path


def write_text(file: Path, text: str) -> None:
    """Like `write_bytes`, in UTF-8, line ends as they are."""
    write_bytes(file, text.encode())


def write_bytes(file: Path, content: bytes) -> None:
    """Puts the content in place of the file's: a reader finds the old or the new, whenever the process ends.

    A file that is there keeps its permissions, and a symbolic link goes on pointing at it. Raises OSError; then
    nothing has changed. Into a device or a named pipe, which hold nothing and stay what they are, it is just written.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    target = Path(os.path.realpath(file))
    partial = target.with_name(f".{uuid.uuid4().hex}.partial")
    try:
        with partial.open("xb") as stream:
            if target.exists():
                shutil.copymode(target, partial)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
