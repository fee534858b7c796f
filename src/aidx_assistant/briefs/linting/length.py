"""too-long: a brief has two pages at most, measured on its PDF."""

from __future__ import annotations

from aidx_assistant.briefs.brief import MOST_PAGES, Fault

TOO_LONG = "too-long"


def length_faults(pages: int | None, where: str) -> tuple[Fault, ...]:
    """A fault where there are more pages than a brief may have; None, not measured, is no fault."""
    if pages is None or pages <= MOST_PAGES:
        return ()
    return (Fault(TOO_LONG, where, f"It has {pages} pages; a brief has at most {MOST_PAGES}."),)
