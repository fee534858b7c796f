"""Findings become bars only where they compare; what is drawn is as long as the figures say."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Bar, BarChart
from aidx_assistant.briefs.chart import MOST_BARS, chart_of
from aidx_assistant.briefs.exports.chart_picture import chart_height, chart_svg, ticks_for
from aidx_assistant.briefs.exports.pictures import picture_of_chart
from aidx_assistant.dx.lettering import width_of
from aidx_assistant.evidence import SEGMENTS, Finding
from tests.fakes.briefs import citation_of, corpus_library
from tests.fakes.whole_briefs import buyer_brief

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


def test_measures_of_the_same_people_are_bars_in_their_order() -> None:
    names = ("ambient-scribes-system-wide", "ambient-scribes-implementing", "ambient-scribes-piloting")
    chosen = [finding for finding in findings(*names) if finding.source_id == "healthcare-ai-adoption-index"]
    chart = chart_of(chosen, cited(chosen))
    assert chart
    assert [(bar.label, bar.shown) for bar in chart.bars] == [
        ("Ambient scribes deployed system-wide", "30%"),
        ("Ambient scribes in implementation", "22%"),
        ("Ambient scribes being piloted", "40%"),
    ]
    assert chart.title == "Ambient scribes, providers"
    others = [replace(chosen[0], population="large providers"), *chosen[1:]]
    assert chart_of(others, cited(chosen)) is None
    assert chart_of([replace(chosen[0], topic="budgets"), *chosen[1:]], cited(chosen)) is None


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
        {"measure": "something else", "topic": "another"},
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


def drawn(chart: BarChart) -> Any:
    return etree.fromstring(chart_svg(chart).encode())


def texts(picture: Any) -> list[str]:
    return ["".join(text.itertext()) for text in picture.iter("{*}text")]


def lengths(picture: Any) -> list[float]:
    """Of the bars; every other rectangle is the pale one behind a bar."""
    return [float(bar.get("width")) for bar in picture.iter("{*}rect")][1::2]


def test_bars_are_as_long_as_their_figures_on_an_axis_to_a_hundred() -> None:
    chart = buyer_brief().chart
    assert chart
    picture = drawn(chart)
    first, second, third = lengths(picture)
    assert first / third == pytest.approx(46 / 30, abs=0.01)
    assert second / third == pytest.approx(35 / 30, abs=0.01)
    assert [text for text in texts(picture) if text.endswith("%")] == ["0%", "25%", "50%", "75%", "100%"]
    assert "46% [1]" in texts(picture)
    assert "Proofs of concept of large providers\u00a0· Providers" in texts(picture)


def test_colours_tell_segments_apart_and_words_do_too() -> None:
    bars = [Bar("Somebody", 10, "10%", segment, 1) for segment in SEGMENTS]
    picture = drawn(BarChart("T", "percent", tuple(bars), "b", "s"))
    assert len({bar.get("fill") for bar in list(picture.iter("{*}rect"))[1::2]}) == len(SEGMENTS)
    assert len(set(texts(picture)) & {f"Somebody\u00a0· {name}" for name in ("Providers", "Payers", "Pharma")}) == 3


@pytest.mark.parametrize(
    ("values", "is_share", "ticks"),
    [
        ([46.0], True, (0, 25, 50, 75, 100)),
        ([150.0], True, (0, 50, 100, 150)),
        ([59.0, 22.0], False, (0, 20, 40, 60)),
        ([1.4e9], False, (0, 5e8, 1e9, 1.5e9)),
        ([0.0], False, (0, 1)),
    ],
)
def test_the_axis_ends_at_a_round_number(values: list[float], is_share: bool, ticks: tuple[float, ...]) -> None:
    assert ticks_for(values, is_share=is_share) == ticks


def test_figures_and_axis_keep_their_unit() -> None:
    money = (Bar("A", 1.4e9, "$1.4 billion", "payer", 1), Bar("B", 3e8, "more than $300 million", "payer", 2))
    assert {"more than $300 million [2]", "$1.5 bn"} <= set(texts(drawn(BarChart("T", "USD", money, "b", "s"))))
    jobs = (Bar("A", 59, "59", "all", 1), Bar("B", 22, "22", "payer", 2))
    assert "60 jobs" in texts(drawn(BarChart("T", "jobs", jobs, "b", "s")))


def test_everything_stays_within_the_picture() -> None:
    bars = tuple(Bar("Label " * 40, value, "more than 1,000,000 jobs " * 9, "all", 12) for value in (1e6, 10.0))
    picture = drawn(BarChart("T" * 300, "jobs " * 50, bars, "b", "s"))
    width = float(picture.get("width"))
    for text in picture.iter("{*}text"):
        if text.get("text-anchor") is None:
            size = float(text.get("font-size"))
            assert float(text.get("x")) + width_of("".join(text.itertext()), size) <= width
    assert max(lengths(picture)) < width


def test_the_png_is_the_picture_in_dots() -> None:
    chart = buyer_brief().chart
    assert chart
    with Image.open(io.BytesIO(picture_of_chart(chart).png(pixels=880))) as picture:
        assert picture.size == (880, 2 * chart_height(chart))
        assert (0, 114, 178) in {colour[:3] for _, colour in picture.convert("RGB").getcolors(1 << 20)}


@pytest.mark.parametrize("unit", ["jobs", "organisations that were asked in the year before", ""])
@pytest.mark.parametrize("value", [17.0, 1.0, 0.0004, 123_456_789.0])
def test_no_label_of_the_axis_reaches_into_another_and_a_small_figure_is_seen(unit: str, value: float) -> None:
    bars = (Bar("A", value, f"{value:g}", "all", 1), Bar("B", value / 9_999, "little", "all", 2))
    picture = drawn(BarChart("T", unit, (*bars, Bar("C", 0, "0", "all", 3)), "b", "s"))
    assert lengths(picture)[1] >= 1 and lengths(picture)[2] == 0
    end = 0.0
    for label in [text for text in picture.iter("{*}text") if text.get("font-size") == "11"]:
        across, x = width_of(label.text, 11), float(label.get("x"))
        left = {"middle": x - across / 2, "end": x - across}.get(label.get("text-anchor"), x)
        assert left >= end
        end = left + across
