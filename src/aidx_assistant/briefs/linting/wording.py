"""How the linter ends its sentences."""

from __future__ import annotations

import re

_ENDED = re.compile(r"[.!?…][”\"’)]?$")


def as_sentence(text: str) -> str:
    """A text with one full stop at its end, that of a quotation included."""
    return text if _ENDED.search(text) else f"{text}."
