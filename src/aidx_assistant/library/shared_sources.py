"""What makes up a source that a member of a team added, as the documents that go between the members' libraries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from aidx_assistant.evidence import Finding, Passage, Source
from aidx_assistant.library.records import (
    SHARED_ORIGIN,
    Import,
    StoredPassage,
    finding_from_json,
    import_from_json,
    passage_from_json,
    source_from_json,
    to_json,
)

_Record = TypeVar("_Record", Source, Passage, Finding, Import)


class SharedSourceError(Exception):
    """What the server holds of a source cannot be used; the message says why, in words for the user."""


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A source as another member's library holds it."""

    source: Source
    passages: tuple[StoredPassage, ...]
    findings: tuple[Finding, ...]
    imported: Import


def revision_of(source: Source, imported: Import) -> str:
    """Changes when a source is added anew, read again or read otherwise; the same in every library that took it in."""
    shared = to_json(replace(imported, origin="", validators=()))
    return hashlib.sha256(f"{to_json(source)}\n{shared}".encode()).hexdigest()[:16]


def source_document(source: Source, imported: Import, passages: int) -> str:
    """A source with all but its passages; the path of the file stays with whoever has it."""
    told = replace(imported, origin=f"{SHARED_ORIGIN}{source.id}", validators=())
    parts = {"source": json.loads(to_json(source)), "imported": json.loads(to_json(told)), "passages": passages}
    return json.dumps(parts, ensure_ascii=False)


def passage_document(stored: StoredPassage, findings: Sequence[Finding]) -> str:
    """A passage with the findings stated in it."""
    parts = {
        "passage": json.loads(to_json(stored.passage)),
        "tokens": stored.tokens,
        "position": stored.position,
        "findings": [json.loads(to_json(finding)) for finding in findings],
    }
    return json.dumps(parts, ensure_ascii=False)


def read_shared(source_id: str, document: str | None, passages: Iterable[str]) -> SharedSource:
    """What these documents say. Raises SharedSourceError where they are not whole, or not to be understood."""
    try:
        told = json.loads(document or "")
        source = _record(Source, source_from_json, told["source"])
        imported = _record(Import, import_from_json, told["imported"])
        parts = sorted(map(json.loads, passages), key=lambda part: int(part["position"]))
        stored = tuple(
            StoredPassage(_record(Passage, passage_from_json, part["passage"]), int(part["tokens"]), at)
            for at, part in enumerate(parts)
        )
        findings = tuple(_record(Finding, finding_from_json, one) for part in parts for one in part["findings"])
        count = int(told["passages"])
    except (ValueError, KeyError, TypeError) as error:
        raise SharedSourceError("another version of aidx wrote it") from error
    belonging = {source.id, imported.source_id, *(one.passage.source_id for one in stored)}
    if belonging != {source_id} or {one.source_id for one in findings} - {source_id}:
        raise SharedSourceError("it is mixed up with another source")
    if len(stored) != count:
        raise SharedSourceError("it is being written just now")
    return SharedSource(source, stored, findings, imported)


def renamed(shared: SharedSource, new_id: str) -> SharedSource:
    """The same source under another id."""
    old = shared.source.id

    def anew(id_: str) -> str:
        return f"{new_id}{id_.removeprefix(old)}"

    return SharedSource(
        replace(shared.source, id=new_id),
        tuple(
            replace(one, passage=replace(one.passage, id=anew(one.passage.id), source_id=new_id))
            for one in shared.passages
        ),
        tuple(
            replace(one, id=anew(one.id), source_id=new_id, passage_id=anew(one.passage_id)) for one in shared.findings
        ),
        replace(shared.imported, source_id=new_id),
    )


def _record(kind: type[_Record], read: Callable[[str], _Record], told: dict[str, Any]) -> _Record:
    """A record without what a later version knows of it."""
    known = {field.name for field in fields(kind)}
    return read(json.dumps({name: value for name, value in told.items() if name in known}))
