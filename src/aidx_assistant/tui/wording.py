"""Words that several screens have in common."""

from __future__ import annotations

from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Source


def as_sentence(text: str) -> str:
    """With a capital at its beginning and one full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def published(source: Source) -> str:
    """Who published a source, and when."""
    return " · ".join(part for part in (", ".join(source.publishers), source.date) if part)


def told(error: AidxError) -> str:
    """What is wrong, and what to do."""
    return f"{error.title} {error.hint}".strip()
