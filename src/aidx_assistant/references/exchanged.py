"""How a place is told to programs that keep references, in RIS and CSL-JSON: a titled part of its source."""

from __future__ import annotations

from aidx_assistant.references.cited_place import CitedPlace


def title_of_part(cited: CitedPlace) -> str | None:
    """`Slide 8: Only 30% …`: position and title in one, since these programs have no field for a slide's number."""
    if not cited.part_title:
        return None
    position = cited.position if cited.page is None else None
    return f"{position[:1].upper()}{position[1:]}: {cited.part_title}" if position else cited.part_title


def notes(cited: CitedPlace) -> list[str]:
    """What has no field of its own: a position without a title, the slide beside a section, the caveat."""
    position = cited.position if not cited.part_title and cited.page is None else None
    beside = f"shown beside {cited.shown_beside}" if cited.shown_beside else None
    return [f"{note[:1].upper()}{note[1:]}." for note in (position, beside, cited.caveat) if note]
