"""The Models API of the Messages server: what it tells of each model that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EFFORTS = ("low", "medium", "high", "xhigh", "max")
_KINDS = ("adaptive", "enabled", "disabled", "between_tools")
_ENDING: Mapping[str, tuple[str, str]] = {
    "claude-sonnet-4-5": ("deprecated", "2026-11-30T00:00:00Z"),
    "claude-mythos-preview": ("retired", "2026-06-30T00:00:00Z"),
}
_THINKS: Mapping[str, tuple[str, ...]] = {
    "claude-opus-5-5": ("adaptive",),
    "claude-haiku-5-5": ("enabled", "disabled"),
}
_TAKES_EFFORT: Mapping[str, tuple[str, ...]] = {"claude-haiku-5-5": (), "claude-sonnet-5-5": ("low", "medium", "high")}


def model_info(model: str) -> dict[str, Any]:
    """A model as the API tells of it."""
    lifecycle, retires = _ENDING.get(model, ("active", None))
    efforts = _TAKES_EFFORT.get(model, _EFFORTS)
    kinds = _THINKS.get(model, ("adaptive", "disabled"))
    effort = {level: _support(level in efforts) for level in _EFFORTS}
    thinking = {"supported": True, "types": {kind: _support(kind in kinds) for kind in _KINDS}}
    return {
        "id": model,
        "type": "model",
        "display_name": model,
        "created_at": "2026-01-01T00:00:00Z",
        "lifecycle": lifecycle,
        "retires_at": retires,
        "max_input_tokens": 200_000,
        "max_tokens": 64_000,
        "capabilities": {
            "citations": _support(True),
            "effort": {"supported": bool(efforts), **effort},
            "thinking": thinking,
        },
    }


def models_page(models: tuple[str, ...]) -> dict[str, Any]:
    """All of them on one page."""
    data = [model_info(model) for model in models]
    return {"data": data, "has_more": False, "first_id": models[0], "last_id": models[-1]}


def _support(supported: bool) -> dict[str, bool]:
    return {"supported": supported}
