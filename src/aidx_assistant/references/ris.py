"""A record of RIS, the format that programs which keep references exchange."""

from __future__ import annotations

import re

from aidx_assistant.references.cited_place import CitedPlace
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.references.exchanged import notes, title_of_part


def ris(cited: CitedPlace, key: str) -> str:
    """A chapter of its source, or, where the place has no title, a report; a tag and its value to each line.

    Publishers stand in for authors that the source does not name.
    """
    part = title_of_part(cited)
    authors = [", ".join(filter(None, (author.family, author.given))) for author in cited.authors]
    fields = [
        ("TY", "CHAP" if part else "RPRT"),
        ("ID", key),
        *(("AU", author) for author in authors or cited.publishers),
        ("TI", part or cited.title),
        ("T2", cited.title if part else ""),
        *_date(cited.published),
        ("PB", "; ".join(cited.publishers)),
        ("SP", str(cited.page) if cited.page is not None else ""),
        *(("N1", note) for note in notes(cited)),
        ("UR", cited.address or ""),
        ("Y2", _slashed(PartialDate.of(cited.accessed)) if cited.address else ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def _date(published: PartialDate | str | None) -> list[tuple[str, str]]:
    """Year and date; of a date that is none of the calendar the words stand after the slashes."""
    match published:
        case PartialDate():
            return [("PY", f"{published.year:04}"), ("DA", _slashed(published))]
        case str():
            year = re.search(r"\b[12]\d{3}\b", published, re.ASCII)
            return [("PY", year.group() if year else ""), ("DA", f"{year.group() if year else ''}///{published}")]
        case _:
            return []


def _slashed(day: PartialDate) -> str:
    """`2025/04/15/`, with nothing between the slashes for what is not known."""
    month, number = (f"{part:02}" if part else "" for part in (day.month, day.day))
    return f"{day.year:04}/{month}/{number}/"
