"""What a bare number is: under a header, or in a list after a lead-in, that says it."""

from __future__ import annotations

import re
from dataclasses import replace

from aidx_assistant.checking.statements import Statement
from aidx_assistant.figures import Figure

_COLUMN = re.compile(r"\b(?P<pages>slide|page)(?:s|\(s\))?\b|%|\bper\s?cent\b", re.IGNORECASE)
_SLIDES_ARE = re.compile(
    r"(?<!number of )\bslides?\b[^.;:\d]{0,40}\b(?:are|is|numbers?|numbered)\s+(?:\d+\s*(?:,|and|or|–|-|\s)+)*$",
    re.IGNORECASE,
)
_AFTER_SLIDES = re.compile(r"\bslides?\s*[,:–—-]?\s*(?:numbers?\s+)?$", re.IGNORECASE)


def in_column(figure: Figure, statement: Statement) -> Figure:
    """A bare number under a header, or in a list after a lead-in, that says what it is: slides, or a percentage."""
    if figure.kind != "count" or figure.unit:
        return figure
    before = statement.text[: figure.start]
    if _SLIDES_ARE.search(before):
        return replace(figure, kind="slide", unit="slide")
    if figure.low != figure.high and _AFTER_SLIDES.search(before):
        return replace(figure, kind="slide", unit="slide")
    if not before.strip(" (") and (
        named_kind := _COLUMN.search(statement.labels if statement.kind == "cell" else statement.context)
    ):
        if named_kind["pages"]:
            return replace(figure, kind="slide", unit=named_kind["pages"].lower())
        if statement.kind == "cell":
            return replace(figure, kind="percent")
    return figure
