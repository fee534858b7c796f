"""The part of an id that a heading gives."""

from __future__ import annotations

import hashlib
import re


def slug_of(heading: str | None) -> str:
    """Lower case letters, digits and hyphens: `introduction` for no heading, a hash where no such letter is in it."""
    slug = re.sub(r"[^a-z0-9]+", "-", (heading or "introduction").lower()).strip("-")
    return slug[:80].strip("-") or hashlib.sha256((heading or "").encode()).hexdigest()[:10]
