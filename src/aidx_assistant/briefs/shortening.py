"""Makes an evidence brief fit its pages: fewer quotes, never a sentence cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aidx_assistant.briefs.brief import MOST_PAGES, Brief
from aidx_assistant.briefs.evidence_brief import EvidenceWriter
from aidx_assistant.briefs.exports import pages_at_ease
from aidx_assistant.briefs.own_jobs import FEWEST_ROWS
from aidx_assistant.briefs.templates import BriefTemplate


def shortened(brief: Brief, writer: EvidenceWriter, template: BriefTemplate, refilled: Callable[[], Brief]) -> Brief:
    """The brief with as few quotes left out as two pages need, or with all that the template lets go.

    The sections give up one quote each in the template's order, again and again down to their least. `refilled` makes
    the brief with the writer's limits as they are then. Where that does not make room for the chart, the chart goes
    and the quotes stay.
    """
    limits = dict(writer.most)
    fitted = _fitted(brief, writer, template, refilled)
    if fitted.chart is None or pages_at_ease(fitted) <= MOST_PAGES:
        return fitted
    writer.most.update(limits)
    return _fitted(replace(refilled(), chart=None), writer, template, lambda: replace(refilled(), chart=None))


def _fitted(brief: Brief, writer: EvidenceWriter, template: BriefTemplate, refilled: Callable[[], Brief]) -> Brief:
    for key in _steps(writer, template, spares_background=brief.jobs is not None):
        if pages_at_ease(brief) <= MOST_PAGES:
            return brief
        writer.most[key] -= 1
        brief = refilled()
    return brief


def without_chart_if_long(brief: Brief) -> Brief:
    """The brief without its chart, whose figures stand in the text, where it does not fit with it."""
    return replace(brief, chart=None) if brief.chart and pages_at_ease(brief) > MOST_PAGES else brief


def with_fewer_jobs_if_long(brief: Brief) -> Brief:
    """The brief with as few of the user's jobs left out of its table as two pages need, down to the first three."""
    while brief.jobs and len(brief.jobs.shown) > FEWEST_ROWS and pages_at_ease(brief) > MOST_PAGES:
        brief = replace(brief, jobs=replace(brief.jobs, rows=len(brief.jobs.shown) - 1))
    return brief


def _steps(writer: EvidenceWriter, template: BriefTemplate, *, spares_background: bool) -> list[str]:
    """The sections to lose a quote, in turn; `spares_background`: labelled points lose what is only background too."""
    sections = [section for key in template.shortened if (section := template.section(key))]
    least = {
        section.key: 0 if spares_background and section.makes == "labelled" else section.least for section in sections
    }
    most = max((writer.most[section.key] for section in sections), default=0)
    return [
        section.key
        for level in range(most)
        for section in sections
        if writer.most[section.key] - level > least[section.key]
    ]
