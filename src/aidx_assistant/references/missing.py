"""What a source does not tell, and its references therefore lack."""

from __future__ import annotations

from aidx_assistant.references.cited_place import CitedPlace


def missing_from(cited: CitedPlace) -> tuple[str, ...]:
    """Of author, publisher, date, address, and the title of a slide: what is not known, in these words."""
    known = {
        "author": bool(cited.authors),
        "publisher": bool(cited.publishers),
        "date": cited.published is not None,
        "address": cited.address is not None,
        "slide title": cited.locator.kind != "slide" or bool(cited.locator.heading),
    }
    return tuple(name for name, is_known in known.items() if not is_known)
