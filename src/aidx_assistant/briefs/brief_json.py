"""A brief and its request as JSON: what `aidx brief --json` prints and the home keeps, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from aidx_assistant.answers import SCHEMA, Disagreement, Usage, citations_as_json
from aidx_assistant.answers_read_back import citations_from_json
from aidx_assistant.briefs.brief import (
    Bar,
    BarChart,
    Block,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
)
from aidx_assistant.briefs.own_jobs import OwnJobs
from aidx_assistant.briefs.request import BriefRequest, Place
from aidx_assistant.dx.index_json import index_inputs, index_of_inputs


def brief_as_json(brief: Brief, request: BriefRequest) -> dict[str, Any]:
    """One object; fields may be added within a schema, never changed. Each block names its kind."""
    content = asdict(replace(brief, jobs=None))
    content["jobs"] = {"rows": brief.jobs.rows, **index_inputs(brief.jobs.index)} if brief.jobs else None
    content["made_on"] = brief.made_on.isoformat()
    content["citations"] = citations_as_json(brief.citations)
    for section, shown in zip(brief.sections, content["sections"], strict=True):
        shown["blocks"] = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in section.blocks]
    asked = asdict(replace(request, jobs=None))
    asked["jobs"] = index_inputs(request.jobs) if request.jobs else None
    return {"schema": SCHEMA, "title": brief.title, **content, "request": asked}


def brief_from_json(text: str) -> tuple[Brief, BriefRequest]:
    """The brief and the request of which `brief_as_json` made this. Raises ValueError for any other text."""
    try:
        content = json.loads(text)
        if content["schema"] != SCHEMA:
            raise ValueError(f"it is of schema {content['schema']}")
        return _brief(content), _request(content["request"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it is not a brief") from error


def _brief(content: Mapping[str, Any]) -> Brief:
    usage, chart = content["usage"], content["chart"]
    return Brief(
        **{
            **_known(Brief, content),
            "made_on": date.fromisoformat(content["made_on"]),
            "sections": tuple(map(_section, content["sections"])),
            "citations": citations_from_json(content["citations"]),
            "disagreements": tuple(
                Disagreement(item["about"], tuple(item["citations"])) for item in content["disagreements"]
            ),
            "chart": _chart(chart) if chart else None,
            "jobs": OwnJobs(index_of_inputs(jobs), int(jobs["rows"])) if (jobs := content.get("jobs")) else None,
            "given": tuple(content.get("given", ())),
            "faults": tuple(Fault(**_known(Fault, fault)) for fault in content["faults"]),
            "usage": Usage(**_known(Usage, usage)) if usage else None,
        }
    )


def _section(content: Mapping[str, Any]) -> Section:
    return Section(**{**_known(Section, content), "blocks": tuple(map(_block, content["blocks"]))})


def _block(content: Mapping[str, Any]) -> Block:
    match content["kind"]:
        case "paragraph":
            return Paragraph(content["text"])
        case "points":
            points = (Point(point["text"], point["source"]) for point in content["points"])
            return Points(tuple(points), content["numbered"])
        case "options":
            return Options(tuple(content["header"]), tuple(tuple(row) for row in content["rows"]))
        case "labelled":
            return Labelled(tuple((label, text) for label, text in content["pairs"]))
        case kind:
            raise ValueError(f"there is no block of the kind {kind}")


def _chart(content: Mapping[str, Any]) -> BarChart:
    bars = (Bar(**_known(Bar, bar)) for bar in content["bars"])
    return BarChart(**{**_known(BarChart, content), "bars": tuple(bars)})


def _request(content: Mapping[str, Any]) -> BriefRequest:
    return BriefRequest(
        **{
            **_known(BriefRequest, content),
            "questions": tuple(content["questions"]),
            "findings": tuple(content["findings"]),
            "places": tuple(Place(**_known(Place, place)) for place in content["places"]),
            "jobs": index_of_inputs(jobs) if (jobs := content.get("jobs")) else None,
        }
    )


def _known(kind: type[Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """What an object holds of the fields of a dataclass."""
    return {known.name: content[known.name] for known in fields(kind) if known.name in content}
