"""Makes and opens the vector index, and survives one whose opening ends the process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.errors import StorageError
from aidx_assistant.interrupts import orderly
from aidx_assistant.library.vectors import VectorIndex, chroma_faults, open_collections

if TYPE_CHECKING:
    from aidx_assistant.library.embedding import Embedder

_PROBE_SECONDS = 120
_STAMP = "aidx-index.json"


class IndexUnusableError(Exception):
    """The index on disk cannot be used; the message says why, in words for the user."""


def create_index(folder: Path, embedder: Embedder) -> VectorIndex:
    """A new, empty index in a folder that does not exist yet. Raises StorageError where it cannot be written."""
    try:
        if folder.parent.is_file():
            folder.parent.unlink()
        folder.mkdir(parents=True)
        stamp = {"chroma": _chroma_version(), "embedding": embedder.fingerprint}
        (folder / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"The search index cannot be written to {folder}: {error.strerror}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
    with chroma_faults():
        return open_collections(folder)


def open_index(folder: Path, fingerprint: str, dimensions: int) -> VectorIndex:
    """The index that `create_index` made. Raises IndexUnusableError with the reason where it cannot be used.

    A fault inside Chroma can end the process without an exception. So every process leaves a marker beside the
    folder while it opens it and asks it a first query; where a process that is gone left one behind, a child
    process tries first.
    """
    _check_stamp(folder, fingerprint)
    left_behind = [marker for marker in folder.parent.glob(f"{folder.name}.*.opening") if not _is_alive(marker)]
    if left_behind and not _opens_in_child(folder, dimensions):
        raise IndexUnusableError("opening it ended the process")
    marker = folder.with_name(f"{folder.name}.{os.getpid()}.opening")
    try:
        for former in left_behind:
            former.unlink(missing_ok=True)
        marker.touch()
    except OSError as error:
        raise StorageError(
            f"The search index at {folder} cannot be opened: {error.strerror}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
    try:
        with orderly():
            return try_index(folder, dimensions)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # Chroma's native part raises PanicException, which is no Exception
        raise IndexUnusableError(f"Chroma cannot open it ({type(error).__name__})") from error
    finally:
        marker.unlink(missing_ok=True)


def discard_other_indexes(kept: Path) -> None:
    """Removes every index beside the one kept; what another process still reads stays until it closes it."""
    for entry in kept.parent.iterdir():
        if entry.is_dir() and entry != kept:
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.suffix == ".opening" and not entry.name.startswith(f"{kept.name}."):
            entry.unlink(missing_ok=True)


def try_index(folder: Path, dimensions: int) -> VectorIndex:
    """Opens an index and asks it one query, since Chroma reads its files only then."""
    import numpy as np

    index = open_collections(folder)
    vector = np.eye(1, dimensions, dtype=np.float32)[0]
    try:
        index.nearest_passages(vector, 1)
        index.nearest_sentences(vector, 1)
    except BaseException:
        index.close()  # else Chroma would keep what it has of it for the next who opens it
        raise
    return index


def _opens_in_child(folder: Path, dimensions: int) -> bool:
    code = (
        "import sys; from pathlib import Path; from aidx_assistant.library.opening import try_index;"
        " try_index(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    # -P: nothing is imported from the folder that the user happens to be in.
    command = [sys.executable, "-P", "-c", code, str(folder), str(dimensions)]
    try:
        outcome = subprocess.run(command, capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True  # slow is not broken
    return outcome.returncode == 0


def _is_alive(marker: Path) -> bool:
    """Whether the process that made a marker still runs."""
    try:
        os.kill(int(marker.suffixes[-2].removeprefix(".")), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:  # it runs, as somebody else's
        return True
    return True


def _check_stamp(folder: Path, fingerprint: str) -> None:
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise IndexUnusableError("it is missing") from None
    except (OSError, ValueError):
        raise IndexUnusableError("its stamp cannot be read") from None
    version, embedding = (stamp.get("chroma"), stamp.get("embedding")) if isinstance(stamp, dict) else (None, None)
    if version != _chroma_version():
        raise IndexUnusableError(f"it was made by Chroma {version}, this is {_chroma_version()}")
    if embedding != fingerprint:
        raise IndexUnusableError("it was made with another embedding model")


def _chroma_version() -> str:
    from importlib.metadata import version

    return version("chromadb")
