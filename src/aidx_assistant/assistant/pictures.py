"""The pictures of slides in the home, pictures/<source>/slide-08.png (or jpg, webp), and those that were read."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.library.records import Import

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
"""By the type of what was fetched."""
_KNOWN = (".png", ".jpg", ".jpeg", ".webp")


def pictures_folder(home: Path, source_id: str) -> Path:
    return home / locations.PICTURES / source_id


def picture_file(home: Path, source_id: str, slide: int) -> Path | None:
    """The picture of a slide, where the home holds it."""
    files = (pictures_folder(home, source_id) / f"slide-{slide:02}{suffix}" for suffix in _KNOWN)
    return next((file for file in files if file.is_file()), None)


def picture_read(imports: Iterable[Import], source_id: str) -> Path | None:
    """The file of the user's that a source was read from, where it is a picture, still there, and still the same."""
    for one in imports:
        if one.source_id == source_id and one.medium == "picture":
            with contextlib.suppress(OSError, ValueError):  # an address, or a file that is gone or may not be read
                if hashlib.sha256(Path(one.origin).read_bytes()).hexdigest() == one.sha256:
                    return Path(one.origin)
    return None
