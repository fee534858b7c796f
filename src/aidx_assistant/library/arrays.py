"""Arrays that ship beside the corpus; a file that cannot be used counts as not there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNUSABLE = (OSError, ValueError, TypeError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile)
"""What numpy and zipfile raise for a file that is cut, overwritten, of another make or with a flipped bit."""


def read_arrays(file: Path, *names: str) -> tuple[NDArray[Any], ...] | None:
    """Arrays of an .npz file by their names; None where it is absent or damaged, or lacks one of them."""
    import numpy as np

    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
            return tuple(kept[name] for name in names)
    except _UNUSABLE:
        return None
