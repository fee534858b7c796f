"""What the API and the SDK know of a model, as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from aidx_assistant.errors import SettingsError

_EFFORTS = ("low", "medium", "high", "xhigh", "max")
_THINKING = ("adaptive", "enabled", "disabled", "between_tools")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class ModelTold:
    """A model as the Models API tells of it; None where it does not say."""

    id: str
    lifecycle: str | None
    """"active", "deprecated" or "retired"."""
    retires: str | None
    """YYYY-MM-DD."""
    efforts: tuple[str, ...] | None
    """Levels that it takes; empty where it takes none."""
    thinking: tuple[str, ...] | None
    """What a request may set thinking to."""
    citations: bool | None
    max_input_tokens: int | None
    max_tokens: int | None


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """That a model is on the SDK's list of those that end."""

    model: str
    on: date | None
    """None where the SDK's date is not readable."""

    @property
    def has_come(self) -> bool:
        """Whether the day has come."""
        return self.on is not None and self.on <= datetime.now(UTC).date()

    @property
    def told(self) -> str:
        """One sentence, with the date."""
        if self.on is None:
            return f"{self.model} is deprecated: choose another model."
        if self.has_come:
            return f"{self.model} was to be retired on {self.on}: choose another model."
        return f"{self.model} is deprecated and retires on {self.on}: choose another model in time."


def model_told(info: Any) -> ModelTold:
    """From the SDK's object, which is not validated: any field may be missing or of another type."""
    capabilities = getattr(info, "capabilities", None)
    retires = getattr(info, "retires_at", None)
    lifecycle = getattr(info, "lifecycle", None)
    return ModelTold(
        id=str(info.id),
        lifecycle=lifecycle if isinstance(lifecycle, str) else None,
        retires=f"{retires:%Y-%m-%d}" if isinstance(retires, datetime) else None,
        efforts=_supported(getattr(capabilities, "effort", None), _EFFORTS),
        thinking=_supported(getattr(getattr(capabilities, "thinking", None), "types", None), _THINKING),
        citations=_is_supported(getattr(capabilities, "citations", None)),
        max_input_tokens=_count(getattr(info, "max_input_tokens", None)),
        max_tokens=_count(getattr(info, "max_tokens", None)),
    )


def check_abilities(model: str, told: ModelTold | None, *, effort: str, thinking: str) -> None:
    """Raises SettingsError where the API says that the model does not take what is set; silence is no refusal."""
    for name, value, taken in (
        ("effort", effort, told.efforts if told else None),
        ("thinking", thinking, told.thinking if told else None),
    ):
        if value and taken is not None and value not in taken:
            takes = f"it takes {', '.join(taken)}" if taken else "it takes none"
            raise SettingsError(
                f"{model} does not take {name} “{value}”; {takes}.",
                f"Change the setting {name} (empty for the model's own), or the model; aidx models lists them.",
            )


def end_of_life(model: str) -> EndOfLife | None:
    """What the installed SDK knows of a model's end; None where it knows of none. Loads the SDK."""
    from anthropic.resources.messages.messages import DEPRECATED_MODELS

    told = DEPRECATED_MODELS.get(model)
    return EndOfLife(model, _date(told)) if told else None


def _supported(told: Any, names: tuple[str, ...]) -> tuple[str, ...] | None:
    if told is None:
        return None
    return tuple(name for name in names if _is_supported(getattr(told, name, None)))


def _is_supported(told: Any) -> bool | None:
    supported = getattr(told, "supported", None)
    return supported if isinstance(supported, bool) else None


def _count(told: Any) -> int | None:
    return told if isinstance(told, int) else None


def _date(told: str) -> date | None:
    """`November 30th, 2026`."""
    try:
        return datetime.strptime(_ORDINAL.sub("", told), "%B %d, %Y").date()
    except ValueError:
        return None
