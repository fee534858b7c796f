"""One line of plain text, fit for the source line of a slide."""

from __future__ import annotations

from aidx_assistant.references.cited_place import CitedPlace, in_series
from aidx_assistant.references.dates import PartialDate


def plain(cited: CitedPlace) -> str:
    """`Sofia Guerra and Steve Kraus, “Title”, Publishers, 15 April 2025, slide 8, https://… (accessed …)`."""
    parts = [
        in_series(author.in_reading_order for author in cited.authors),
        f"“{cited.title}”",
        in_series(cited.publishers),
        str(cited.published or "n.d."),
        cited.place,
        cited.address or "",
    ]
    remarks = [f"accessed {PartialDate.of(cited.accessed)}"] if cited.address else []
    remarks += [cited.caveat] if cited.caveat else []
    line = ", ".join(part for part in parts if part)
    return f"{line} ({'; '.join(remarks)})" if remarks else line
