"""The pictures of slides in the user's home: pictures/<source>/slide-08.png (or jpg, webp)."""

from __future__ import annotations

from pathlib import Path

from aidx_assistant import locations

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
"""By the type of what was fetched."""
_KNOWN = (".png", ".jpg", ".jpeg", ".webp")


def pictures_folder(home: Path, source_id: str) -> Path:
    return home / locations.PICTURES / source_id


def picture_file(home: Path, source_id: str, slide: int) -> Path | None:
    """The picture of a slide, where the home holds it."""
    files = (pictures_folder(home, source_id) / f"slide-{slide:02}{suffix}" for suffix in _KNOWN)
    return next((file for file in files if file.is_file()), None)
