"""How the user wants jobs scored: weights, thresholds and the scale of pain, from flags or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from aidx_assistant.dx.cells import CellError, number_in, weight_in
from aidx_assistant.dx.jobs import FIELDS, STAGES, field_named, stage_named
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.errors import UsageError

_WEIGHTS_HINT = f"Like: ideation=0, pilot=0.5, production=1. Stages: {', '.join(STAGES)}, or your own."
_SPLIT_HINT = "One number from 1 to 99 for both scores, or two for opportunity and adoption: 60/40."
_LONGEST_STAGE = 60


@dataclass(frozen=True, slots=True)
class Scoring:
    """What the user asks for; nothing where it is left to the default."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    """By stage, from 0 to 1."""
    split: Split | None = None
    pain_scale: Decimal | None = None

    def over(self, other: Scoring) -> Scoring:
        """Both, where they differ as this one has it."""
        return Scoring(
            {**other.weights, **self.weights}, self.split or other.split, self.pain_scale or other.pain_scale
        )


def weights_in_text(text: str, where: str) -> dict[str, Decimal]:
    """`idea=0, pilot=0.5`; with semicolons in between, decimal commas are possible. Raises UsageError."""
    given: list[tuple[str, object]] = []
    for part in text.split(";" if ";" in text else ","):
        stage, mark, weight = part.partition("=")
        if not mark:
            raise UsageError(f"{where}: “{part.strip()}” is no stage=weight.", _WEIGHTS_HINT)
        given.append((stage.strip(), weight))
    return weights_by_stage(given, where)


def weights_by_stage(given: list[tuple[str, object]], where: str) -> dict[str, Decimal]:
    """The weights by stage. Raises UsageError for what is no weight, and for one stage under two names."""
    weights: dict[str, Decimal] = {}
    for name, cell in given:
        stage = stage_named(name)
        if not stage or len(stage) > _LONGEST_STAGE or field_named(name) in FIELDS:
            raise UsageError(f"{where}: “{name[:_LONGEST_STAGE]}” cannot be the name of a stage.", _WEIGHTS_HINT)
        if stage in weights:
            raise UsageError(f"{where}: “{name}” gives the stage “{stage}” a second weight.", "Keep one of them.")
        try:
            weights[stage] = weight_in(cell)
        except CellError as error:
            raise UsageError(f"{where}: the weight of “{name}”: {error}.", _WEIGHTS_HINT) from None
    return weights


def split_in(value: object, where: str) -> Split:
    """`50` or `60/40`. Raises UsageError."""
    parts = value.split("/") if isinstance(value, str) else [value]
    if "" in parts:
        raise UsageError(f"{where}: a threshold is missing.", _SPLIT_HINT)
    try:
        numbers = [number_in(part, Decimal(1), Decimal(99)) for part in parts]
    except CellError as error:
        raise UsageError(f"{where}: {error}.", _SPLIT_HINT) from None
    if len(numbers) > 2:
        raise UsageError(f"{where}: “{value}” has more than two thresholds.", _SPLIT_HINT)
    return Split(numbers[0], numbers[-1])


def pain_scale_in(value: object, where: str) -> Decimal:
    """The upper end of the scale of pain. Raises UsageError."""
    try:
        return number_in(value, Decimal(1), Decimal(1000))
    except CellError as error:
        raise UsageError(f"{where}: {error}.", "The scale of pain goes from 0 to this number.") from None
