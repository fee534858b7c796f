"""Plain data to and from the JSON in which the store keeps them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from aidx_assistant.evidence import Finding, Locator, Passage, Source


def to_json(record: Source | Passage | Finding) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def source_from_json(text: str) -> Source:
    return Source(**_with_tuples(json.loads(text)))


def passage_from_json(text: str) -> Passage:
    return Passage(**_with_tuples(json.loads(text)))


def finding_from_json(text: str) -> Finding:
    return Finding(**_with_tuples(json.loads(text)))


def _with_tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """JSON knows neither tuples nor Locator."""
    if "locator" in fields:
        fields["locator"] = Locator(**fields["locator"])
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
