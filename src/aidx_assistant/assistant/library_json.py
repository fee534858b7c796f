"""What the library holds, as the JSON that commands print and that the MCP server gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from aidx_assistant.evidence import Finding, Passage, Source, passage_label
from aidx_assistant.library.records import Import

if TYPE_CHECKING:
    from aidx_assistant.assistant.places import Place
    from aidx_assistant.retrieval.search import Found


def found_as_json(found: Found, sources: Mapping[str, Source]) -> dict[str, Any]:
    """The passages that a search found, best first; `sources` are theirs, by id."""
    passages = [
        {
            **passage_as_json(item.passage, sources[item.passage.source_id]),
            "score": round(item.score, 4),
            "ranks": {"meaning": item.rank_by_meaning, "words": item.rank_by_words},
        }
        for item in found.passages
    ]
    return {"schema": 1, "passages": passages, "by_words_only": found.by_words_only}


def place_as_json(place: Place) -> dict[str, Any]:
    """A slide or section, with its passages and findings."""
    first = place.passages[0]
    return {
        "schema": 1,
        "source_id": place.source.id,
        "locator": _locator_as_json(first),
        "label": passage_label(replace(first, shown_beside=None), place.source),
        "read": first.read,
        "picture": first.picture if first.locator.kind == "slide" else None,
        "url": place.source.url,
        "passages": [passage_as_json(passage, place.source) for passage in place.passages],
        "findings": [_finding_as_json(finding, place.source) for finding in place.findings],
    }


def findings_as_json(findings: Iterable[Finding], sources: Mapping[str, Source]) -> dict[str, Any]:
    """Findings in their order; `sources` are theirs, by id."""
    return {"schema": 1, "findings": [_finding_as_json(one, sources[one.source_id]) for one in findings]}


def source_as_json(source: Source, passages: Sequence[Passage], imported: Import | None) -> dict[str, Any]:
    """A source; what the user brought has `imported`, with where it came from."""
    return {
        "id": source.id,
        "title": source.title,
        "name": source.name,
        "authors": list(source.authors),
        "publishers": list(source.publishers),
        "date": source.date or None,
        "url": source.url,
        "attribution": source.attribution,
        "in_briefs": source.in_briefs,
        "note": source.note,
        "unread_sections": list(source.unread),
        "slide_count": source.slide_count,
        "passages": len(passages),
        "sentences": sum(len(passage.sentences) for passage in passages),
        "imported": _import_as_json(imported) if imported else None,
    }


def places_as_json(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Each place of a source once, in reading order, with the links in it."""
    return [
        {
            "locator": _locator_as_json(first),
            "read": first.read,
            "picture": first.picture,
            "links": _links_as_json(*(passage for passage in passages if passage.locator == first.locator)),
        }
        for first in first_of_each_place(passages)
    ]


def passage_as_json(passage: Passage, source: Source) -> dict[str, Any]:
    return {
        "passage_id": passage.id,
        "source_id": passage.source_id,
        "locator": _locator_as_json(passage),
        "label": passage_label(passage, source),
        "shown_beside": passage.shown_beside,
        "text": passage.text,
        "sentences": list(passage.sentences),
        "links": _links_as_json(passage),
    }


def first_of_each_place(passages: Sequence[Passage]) -> list[Passage]:
    """The first passage of each place of a source, in reading order."""
    places: dict[Any, Passage] = {}
    for passage in passages:
        places.setdefault(passage.locator, passage)
    return list(places.values())


def _finding_as_json(finding: Finding, source: Source) -> dict[str, Any]:
    return {**asdict(finding), "source_title": source.title, "attribution": source.attribution}


def _locator_as_json(passage: Passage) -> dict[str, Any]:
    locator = passage.locator
    return {"kind": locator.kind, "number": locator.number, "heading": locator.heading}


def _links_as_json(*passages: Passage) -> list[dict[str, str]]:
    """The links of passages, each once."""
    links = dict.fromkeys(link for passage in passages for link in passage.links)
    return [{"text": words, "url": address} for words, address in links]


def _import_as_json(imported: Import) -> dict[str, Any]:
    return {
        "origin": imported.origin,
        "medium": imported.medium,
        "sha256": imported.sha256,
        "imported_at": imported.imported_at,
        "remarks": list(imported.remarks),
    }
