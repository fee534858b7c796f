"""The keys by which entries of BibTeX, RIS and CSL-JSON are told apart."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from aidx_assistant.references.cited_place import CitedPlace


def entry_key(cited: CitedPlace) -> str:
    """The key of an entry, the same for the same place: `healthcare-ai-adoption-index-slide-8`."""
    locator = cited.locator
    place = (locator.heading or "introduction") if locator.kind == "section" else locator.label
    return f"{_slug(cited.source_id)}-{_slug(place)}"


def entry_keys(places: Sequence[CitedPlace]) -> list[str]:
    """A key for each, no two alike: where two places have the same, the later ones are counted."""
    keys: list[str] = []
    for place in places:
        key, count = entry_key(place), 2
        while key in keys:
            key, count = f"{entry_key(place)}-{count}", count + 1
        keys.append(key)
    return keys


def _slug(text: str) -> str:
    """Lower-case ASCII letters and digits, with hyphens; a hash stands for letters that have no such form."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return slug or hashlib.sha256(text.encode()).hexdigest()[:8]
