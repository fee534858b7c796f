"""What each stage counts towards the adoption score: the user's weights, else a default that is aidx's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from aidx_assistant.dx.jobs import STAGES

_STEP = Decimal(1) / (len(STAGES) - 1)
_DEFAULT = {stage: place * _STEP for place, stage in enumerate(STAGES)}
_WHOSE_DEFAULT = "default of aidx, not the report's"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by stage, each from 0 to 1."""

    values: tuple[tuple[str, Decimal], ...]
    """Stage and weight: those of `STAGES` first, in their order, then the user's own."""
    yours: frozenset[str] = frozenset()
    """The stages whose weight the user gave."""

    @property
    def by_stage(self) -> dict[str, Decimal]:
        return dict(self.values)

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(stage for stage, _ in self.values)

    @property
    def origin(self) -> str:
        """Whose weights these are, in words that go with every output."""
        if not self.yours:
            return _WHOSE_DEFAULT
        default = [stage for stage in self.stages if stage not in self.yours]
        named = " and ".join(part for part in (", ".join(default[:-1]), *default[-1:]) if part)
        return f"yours; for {named} the {_WHOSE_DEFAULT}" if default else "yours"

    @property
    def listed(self) -> str:
        """`ideation 0, proof of concept 0.25 …`"""
        return ", ".join(f"{stage} {shown(weight)}" for stage, weight in self.values)


def weights_of(given: Mapping[str, Decimal]) -> Weights:
    """The user's weights, from 0 to 1, by stage; where none is given for one of `STAGES`, the default's."""
    values = {stage: given.get(stage, default) for stage, default in _DEFAULT.items()}
    return Weights(tuple((values | dict(given)).items()), frozenset(given))


def shown(number: Decimal) -> str:
    """A number without zeros at its end: `0.25`, `10`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


DEFAULT_WEIGHTS = weights_of({})
"""Equal steps from 0 for an idea to 1 for what is in production: the report's weights are not known to aidx, and equal
steps claim nothing about which step is the greater."""
