"""Documents as JSON, on their way from the process that reads files."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from aidx_assistant.evidence import Locator
from aidx_assistant.reading.document import Block, Document, Part


def to_json(document: Document) -> str:
    """One line of ASCII."""
    return json.dumps(asdict(document))


def from_table(table: dict[str, Any]) -> Document:
    """A document from what JSON gives of it. Raises TypeError or KeyError for what `to_json` does not write."""
    texts = {name: tuple(map(str, table[name])) for name in ("publishers", "authors", "unread", "remarks")}
    return Document(**{**table, **texts, "parts": tuple(map(_part, table["parts"]))})


def _part(table: dict[str, Any]) -> Part:
    blocks = tuple(map(_block, table["blocks"]))
    return Part(**{**table, "locator": Locator(**table["locator"]), "blocks": blocks})


def _block(table: dict[str, Any]) -> Block:
    links = tuple((str(words), str(address)) for words, address in table.get("links", ()))
    return Block(**{**table, "links": links})
