"""What the store gives out, and plain data to and from the JSON in which it keeps them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from aidx_assistant.errors import Remedy
from aidx_assistant.evidence import Finding, Locator, Passage, Source

_KEPT = 1024
"""Passages that are kept as they were read: some megabytes. What is asked next finds many of them again."""
AFTER_THE_CORPUS = 1_000_000
"""The position of what the user brought: after what ships, by its id."""


SHARED_ORIGIN = "shared:"
"""How the origin of a source begins that another member of the team added, before its id."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what the store computed about it."""

    passage: Passage
    tokens: int
    position: int
    """0-based, in the reading order of its source."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many passages a write added, changed, removed or left as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much the library holds, and how much of it the vector index does."""

    passages: int
    sentences: int
    indexed: int
    """Passages whose vectors are in the index."""


@dataclass(frozen=True, slots=True)
class Import:
    """Where a source came from that the user brought, and how it was read."""

    source_id: str
    origin: str
    """The file's absolute path, or the page's address."""
    sha256: str
    """Of the content as it was read."""
    medium: str
    """clip, page, pdf, deck, picture, table, text."""
    imported_at: str
    """ISO 8601 in UTC, to the second."""
    remarks: tuple[str, ...] = ()
    """What the user must know of the reading."""
    given: tuple[tuple[str, str], ...] = ()
    """What the user said of the source (title, publisher, date, segment): it goes before what the file says."""
    validators: tuple[tuple[str, str], ...] = ()
    """Of an address: the response's ETag and Last-Modified, by which a later request is made conditional."""
    allow_private: bool = False
    """Whether the user lets an address be fetched from a private network, now and when it is read again."""

    @property
    def is_of_another(self) -> bool:
        """Whether another member of the team added it, who has the file."""
        return self.origin.startswith(SHARED_ORIGIN)

    @property
    def came_from(self) -> str:
        """The origin in words for the user."""
        return "another of the team" if self.is_of_another else self.origin


@dataclass(frozen=True, slots=True)
class FailedImport:
    """What could not be read, and why."""

    origin: str
    reason: str
    """One sentence."""
    hint: str
    failed_at: str
    """ISO 8601 in UTC, to the second."""
    given: tuple[tuple[str, str], ...] = ()
    remedies: tuple[Remedy, ...] = ()
    """What helps, for a face with words of its own for it."""
    allow_private: bool = False
    """Whether the user lets an address be fetched from a private network, now and when it is read again."""


def to_json(record: Source | Passage | Finding | Import | FailedImport) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def source_from_json(text: str) -> Source:
    return Source(**_with_tuples(json.loads(text)))


@lru_cache(_KEPT)
def passage_from_json(text: str) -> Passage:
    return Passage(**_with_tuples(json.loads(text)))


def finding_from_json(text: str) -> Finding:
    return Finding(**_with_tuples(json.loads(text)))


def import_from_json(text: str) -> Import:
    return Import(**_with_tuples(json.loads(text)))


def failed_import_from_json(text: str) -> FailedImport:
    return FailedImport(**_with_tuples(json.loads(text)))


def _with_tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """JSON knows neither tuples nor Locator."""
    if "locator" in fields:
        fields["locator"] = Locator(**fields["locator"])
    return {key: _as_tuple(value) for key, value in fields.items()}


def _as_tuple(value: Any) -> Any:
    return tuple(_as_tuple(item) for item in value) if isinstance(value, list) else value


def with_one_question(passage: Passage) -> Passage:
    """The passage with the first whole question of each sentence, which can be suggested.

    Thousands would be read with every search; what all of them are made of the classifier keeps.
    """
    first: dict[int, str] = {}
    for position, question in passage.asked:
        if question[:1].isupper() and question.endswith("?"):
            first.setdefault(position, question)
    return replace(passage, asked=tuple(sorted(first.items())))


def content_hash(passage: Passage) -> str:
    """SHA-256 over all that is embedded of a passage, and the metadata that goes beside its vectors."""
    parts = [passage.locator.heading or "", *passage.sentences, passage.source_id, *passage.segments]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
