"""Findings become bars only where they compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Bar
from aidx_assistant.briefs.chart import MOST_BARS, chart_of
from aidx_assistant.evidence import Finding
from tests.fakes.briefs import citation_of, corpus_library

_CLINICAL = ("clinical-decisions-payers", "clinical-decisions-providers")


def findings(*names: str) -> list[Finding]:
    return [finding for name in names for finding in corpus_library().all_findings if finding.id.endswith(f"/{name}")]


def cited(chosen: list[Finding]) -> list[Citation]:
    return [citation_of(number, finding.statement) for number, finding in enumerate(chosen, 1)]


def test_findings_of_one_measure_are_bars_the_longest_first() -> None:
    chosen = findings(*_CLINICAL)
    chart = chart_of(chosen, cited(chosen))
    assert chart
    assert chart.bars == (
        Bar("Provider leaders", 85.0, "85%", "provider", 2),
        Bar("Payer leaders", 83.0, "83%", "payer", 1),
    )
    assert chart.unit == "percent"
    assert chart.title == "Expectation that GenAI will change clinical decision-making, within three to five years"
    assert chart.base == "Payer leaders; provider leaders"
    assert chart.source == cited(chosen)[0].label
    assert "Provider leaders 85%; Payer leaders 83%" in chart.alt_text


def test_a_figure_that_two_places_give_is_one_bar() -> None:
    chosen = findings("poc-production-all", "poc-production-large-providers")
    assert len(chosen) == 3
    chart = chart_of(chosen, cited(chosen))
    assert chart
    assert [bar.shown for bar in chart.bars] == ["46%", "30%"]


def test_figures_are_shown_as_the_source_writes_them() -> None:
    one, other = findings(*_CLINICAL)
    chosen = [replace(one, value="more than 400", unit="leaders"), replace(other, value="nearly 60", unit="leaders")]
    chart = chart_of(chosen, cited(findings(*_CLINICAL)))
    assert chart
    assert [(bar.shown, bar.value) for bar in chart.bars] == [("more than 400", 400.0), ("nearly 60", 60.0)]


@pytest.mark.parametrize(
    "changed",
    [
        {"measure": "something else"},
        {"unit": "points"},
        {"time_frame": "within ten years"},
        {"value": None},
        {"value": "80% to 90%"},
        {"value": "2009", "unit": "year"},
        {"value": "83 jobs"},
        {"segment": "provider", "population": "provider leaders"},
    ],
)
def test_findings_that_do_not_compare_make_no_chart(changed: dict[str, str]) -> None:
    chosen = findings(*_CLINICAL)
    citations = cited(chosen)
    assert chart_of([replace(chosen[0], **changed), chosen[1]], citations) is None


def test_one_bar_is_no_chart_and_neither_are_too_many() -> None:
    (finding,) = findings("ai-budgets-outpace-it")
    citations = cited([finding])
    assert chart_of([], []) is None
    assert chart_of([finding], citations) is None
    many = [replace(finding, population=f"group {number}") for number in range(MOST_BARS + 1)]
    assert chart_of(many, citations * len(many)) is None
    assert chart_of(many[1:], citations * MOST_BARS) is not None
