"""A job of the user's own as plain data, and the stages that its use cases can be in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

STAGES = ("ideation", "proof of concept", "pilot", "implementation", "production")
"""The stages that the notes on the report name, earliest first: ideation and proof of concept of use cases in general,
pilot, implementation and system-wide deployment of ambient scribes, production of completed proofs of concept."""

_OTHER_NAMES = {
    "ideation": ("idea", "ideas"),
    "proof of concept": ("proofs of concept", "poc", "pocs"),
    "pilot": ("pilots", "piloting"),
    "implementation": ("implementing",),
    "production": ("in production", "deployed", "deployment", "system wide", "system wide deployment"),
}
_STAGE_BY_NAME = {name: stage for stage, others in _OTHER_NAMES.items() for name in (stage, *others)}

FIELDS = ("name", "pain", "manual")
"""What a file has to say of every job."""
_FIELD_BY_NAME = {
    **{name: "name" for name in ("name", "job", "job to be done")},
    **{name: "pain" for name in ("pain", "painful", "how painful")},
    **{name: "manual" for name in ("manual", "manual share", "manual work", "share of manual work", "how manual")},
}

PAIN_SCALE = Decimal(10)
"""How painful a job is goes from 0 to this, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job: what the opportunity and the adoption score are made of."""

    name: str
    pain: Decimal
    """From 0 to the pain scale of the index it belongs to."""
    manual: Decimal
    """Share of the work that is done by hand, in percent: 0 to 100."""
    counts: tuple[tuple[str, int], ...] = ()
    """Use cases by stage, in any order; a stage without any may be left out."""
    line: int | None = None
    """Where the job begins in its file, from 1."""

    @property
    def use_cases(self) -> int:
        return sum(count for _, count in self.counts)


def plain_name(text: str) -> str:
    """A column's or stage's name as it is compared: `Proof_of-Concept (2025)` is `proof of concept`."""
    words = text.partition("(")[0].replace("%", " ").replace("_", " ").replace("-", " ")
    return " ".join(words.casefold().split())


def stage_named(text: str) -> str:
    """The stage that a name means: one of `STAGES`, else the name itself, for a stage of the user's own."""
    name = plain_name(text)
    return _STAGE_BY_NAME.get(name, name)


def field_named(text: str) -> str | None:
    """The one of `FIELDS` that a column's name means."""
    return _FIELD_BY_NAME.get(plain_name(text))
