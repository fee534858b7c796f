"""A place as an item of CSL, the Citation Style Language: the parts that every style is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aidx_assistant.references.cited_place import CitedPlace, Name
from aidx_assistant.references.dates import PartialDate

CslItem = dict[str, Any]


def authors(cited: CitedPlace) -> list[Mapping[str, str]]:
    """The authors; where the source names none, its publishers, as a report's authors are bodies then."""
    names = cited.authors or tuple(Name(publisher, "") for publisher in cited.publishers)
    return [_name(name) for name in names]


def published(cited: CitedPlace) -> Mapping[str, Any] | None:
    """The date of publication, as the source has it where it is none of the calendar."""
    match cited.published:
        case PartialDate() as day:
            return calendar_date(day)
        case str() as text:
            return {"literal": text}
        case _:
            return None


def accessed(cited: CitedPlace) -> Mapping[str, Any] | None:
    """The day on which the address was looked at; None without one."""
    return calendar_date(PartialDate.of(cited.accessed)) if cited.address else None


def calendar_date(day: PartialDate) -> Mapping[str, Any]:
    return {"date-parts": [[part for part in (day.year, day.month, day.day) if part]]}


def without_empty(item: CslItem) -> CslItem:
    """The item without the variables of which nothing is known."""
    return {variable: value for variable, value in item.items() if value}


def _name(name: Name) -> Mapping[str, str]:
    if name.family and name.given:
        return {"family": name.family, "given": name.given}
    return {"literal": name.in_reading_order}
