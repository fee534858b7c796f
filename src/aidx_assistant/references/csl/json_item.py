"""CSL-JSON, which programs that keep references and pandoc read."""

from __future__ import annotations

import json

from aidx_assistant.references.cited_place import CitedPlace
from aidx_assistant.references.csl.item import CslItem, accessed, authors, published, without_empty
from aidx_assistant.references.exchanged import notes, title_of_part


def json_item(cited: CitedPlace, key: str) -> str:
    """The object of one place: a chapter of its source, or, where the place has no title, a report."""
    part = title_of_part(cited)
    item: CslItem = {
        "id": key,
        "type": "chapter" if part else "report",
        "title": part or cited.title,
        "container-title": cited.title if part else None,
        "author": authors(cited),
        "publisher": "; ".join(cited.publishers),
        "issued": published(cited),
        "page": str(cited.page) if cited.page is not None else None,
        "note": " ".join(notes(cited)),
        "URL": cited.address,
        "accessed": accessed(cited),
    }
    return json.dumps(without_empty(item), ensure_ascii=False, indent=2)
