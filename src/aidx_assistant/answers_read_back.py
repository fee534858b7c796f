"""Answers read back from the JSON that `answer_as_json` made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from aidx_assistant.answers import (
    Answer,
    Checks,
    Citation,
    Disagreement,
    Step,
    Timings,
    UnsupportedFigure,
    Usage,
)
from aidx_assistant.evidence import Locator


def citations_from_json(content: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    """The citations of which `citations_as_json` made these objects. Raises KeyError or TypeError for others."""
    return tuple(map(_citation_from_json, content))


def answer_from_json(content: Mapping[str, Any]) -> Answer:
    """The answer of which `answer_as_json` made this object; fields unknown here are ignored.

    Raises KeyError or TypeError for an object that lacks what every answer has.
    """
    checks, usage = content["checks"], content["usage"]
    faults = _faults_from_json(checks["figures_unsupported"])
    disagreements = (
        Disagreement(**{**_known(Disagreement, item), "citations": tuple(item["citations"])})
        for item in content["disagreements"]
    )
    read = {
        "text": content["answer"],
        "citations": citations_from_json(content["citations"]),
        "checks": Checks(**{**_known(Checks, checks), "figures_unsupported": faults}),
        "disagreements": tuple(disagreements),
        "nearest": citations_from_json(content["nearest"]),
        "usage": Usage(**_known(Usage, usage)) if usage else None,
        "timings": Timings(**_known(Timings, content["timings_ms"])),
        "faults_corrected": _faults_from_json(content.get("faults_corrected", ())),
        "steps": tuple(Step(**_known(Step, step)) for step in content.get("steps", ())),
    }
    return Answer(**{**_known(Answer, content), **read})


def _faults_from_json(content: Iterable[Mapping[str, Any]]) -> tuple[UnsupportedFigure, ...]:
    return tuple(UnsupportedFigure(**_known(UnsupportedFigure, fault)) for fault in content)


def _citation_from_json(content: Mapping[str, Any]) -> Citation:
    start, end = content["sentences"]
    locator = Locator(**_known(Locator, content["locator"]))
    return Citation(**{**_known(Citation, content), "sentences": (start, end), "locator": locator})


def _known(kind: type[Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """What an object holds of the fields of a dataclass."""
    return {known.name: content[known.name] for known in fields(kind) if known.name in content}
