from __future__ import annotations

import pytest

from aidx_assistant.figures import figures_in


def read(text: str) -> list[tuple[str, str, float, float, str, str]]:
    return [(f.text, f.kind, f.low, f.high, f.bound, f.unit) for f in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("46%", 46, 46, "exact"),
        ("46 %", 46, 46, "exact"),
        ("46 percent", 46, 46, "exact"),
        ("46 per cent", 46, 46, "exact"),
        ("forty-six percent", 46, 46, "exact"),
        ("2.5%", 2.5, 2.5, "exact"),
        ("30–40%", 30, 40, "exact"),
        ("between 20 and 30 %", 20, 30, "exact"),
        ("twenty to thirty percent", 20, 30, "exact"),
        ("half", 50, 50, "exact"),
        ("two thirds", 66.667, 66.667, "exact"),
        ("a quarter", 25, 25, "exact"),
        ("one in five", 20, 20, "exact"),
        ("3 out of 10", 30, 30, "exact"),
        ("more than half", 50, 50, "more than"),
        (">50%", 50, 50, "more than"),
        ("nearly half", 50, 50, "nearly"),
        ("just under half", 50, 50, "nearly"),
        ("slightly more than half", 50, 50, "just over"),
        ("about 60%", 60, 60, "about"),
        ("no more than 32%", 32, 32, "at most"),
        ("fewer than one in three", 33.333, 33.333, "less than"),
    ],
)
def test_shares(text: str, low: float, high: float, bound: str) -> None:
    assert read(f"Of these, {text} agree.") == [(text, "percent", low, high, bound, "")]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "bound", "unit"),
    [
        ("46 percentage points", "points", 46, 46, "exact", ""),
        ("59 separate jobs-to-be-done", "count", 59, 59, "exact", "jobs"),
        ("400+ leaders", "count", 400, 400, "at least", "leaders"),
        ("over 400 healthcare leaders", "count", 400, 400, "more than", "leaders"),
        ("1,400 hospitals", "count", 1400, 1400, "exact", "hospitals"),
        ("a hundred and twenty plans", "count", 120, 120, "exact", "plans"),
        ("37-slide", "count", 37, 37, "exact", "slides"),
        ("dozens of projects", "count", 24, 24, "at least", "projects"),
        ("3-5 years", "duration", 3, 5, "exact", "years"),
        ("three to five years", "duration", 3, 5, "exact", "years"),
        ("two and a half years", "duration", 2.5, 2.5, "exact", "years"),
        ("2½ years", "duration", 2.5, 2.5, "exact", "years"),
        ("more than a decade", "duration", 10, 10, "more than", "years"),
        ("12-month", "duration", 12, 12, "exact", "months"),
        ("$1.4 billion", "money", 1.4e9, 1.4e9, "exact", "USD"),
        ("€3m", "money", 3e6, 3e6, "exact", "EUR"),
        ("$2-3 million", "money", 2e6, 3e6, "exact", "USD"),
        ("5 million dollars", "money", 5e6, 5e6, "exact", "USD"),
        ("3 million €", "money", 3e6, 3e6, "exact", "EUR"),
        ("40£", "money", 40.0, 40.0, "exact", "GBP"),
        ("2:1", "ratio", 2, 2, "exact", ""),
        ("3x", "ratio", 3, 3, "exact", ""),
        ("twice as much", "ratio", 2, 2, "exact", ""),
        ("slide 8", "slide", 8, 8, "exact", "slide"),
        ("slides 33–37", "slide", 33, 37, "exact", "slide"),
        ("15 April 2025", "date", 20250415, 20250415, "exact", ""),
        ("April 15, 2025", "date", 20250415, 20250415, "exact", ""),
        ("2025-04-15", "date", 20250415, 20250415, "exact", ""),
        ("April 2025", "date", 20250401, 20250431, "exact", ""),
        ("2009", "year", 2009, 2009, "exact", ""),
        ("2024–2026", "year", 2024, 2026, "exact", ""),
    ],
)
def test_other_kinds(text: str, kind: str, low: float, high: float, bound: str, unit: str) -> None:
    (found,) = read(f"It was {text}, so they say.")
    assert found[1:] == (kind, low, high, bound, unit)
    assert text.startswith(found[0])


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Security ranks first among the obstacles.", 1),
        ("The brief ranks a shortage of expertise second among the obstacles.", 2),
        ("It is the second largest market.", 2),
        ("Expertise comes second.", 2),
        ("Security is the number one obstacle.", 1),
        ("It takes second place.", 2),
    ],
)
def test_ranks(text: str, rank: int) -> None:
    assert [(f.kind, f.low) for f in figures_in(text)] == [("rank", rank)]


@pytest.mark.parametrize(
    "text",
    [
        "1. First",
        "2) Second",
        "## 1.2 Scope",
        "It does [1][4] and [2, 3].",
        "one of the leaders",
        "GPT-4 and the F35 and B2B",
        "https://example.org/2025/46 and a@b12.org",
        "`46%`",
        "in the first year",
        "a third party",
        "(1) these and (2) those",
        "three-part plan",
        "the figure appears twice",
        "the section “1. Pick the right entry point”",
        "",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures_in(text) == ()


def test_a_year_before_a_colon_is_a_label_and_no_part_of_a_ratio() -> None:
    assert [(f.kind, f.low) for f in figures_in("Small hospitals, 2023: 3%")] == [("year", 2023), ("percent", 3)]
    assert [(f.kind, f.low) for f in figures_in("a ratio of 4 : 1")] == [("ratio", 4)]


def test_unit_and_kind_carry_over_a_series() -> None:
    assert [(f.low, f.unit) for f in figures_in("22, 19 and 18 jobs")] == [(22, "jobs"), (19, "jobs"), (18, "jobs")]
    assert {f.kind for f in figures_in("30, 22 and 40 percent")} == {"percent"}


def test_a_change_is_two_figures_not_a_range() -> None:
    assert [f.low for f in figures_in("rose from 30% to 46%")] == [30, 46]


def test_about_after_a_verb_of_asking_is_no_bound() -> None:
    assert figures_in("It asked executives about 59 jobs.")[0].bound == "exact"
    assert figures_in("About 59 jobs were named.")[0].bound == "about"


def test_slides_of_a_list() -> None:
    found = [(f.text, f.low, f.high) for f in figures_in("See slides 18, 19 and 21–22, or slide 8 of 37.")]
    assert found == [("slides 18", 18, 18), ("19", 19, 19), ("21–22", 21, 22), ("slide 8", 8, 8), ("37", 37, 37)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("For 2025 executives plan more.", "year"),
        ("It is a 2024 health systems survey.", "year"),
        ("Their 2000 clinicians agree.", "count"),
        ("Mid-2025 saw growth.", "year"),
    ],
)
def test_a_number_is_a_year_where_it_dates_and_a_count_where_it_counts(text: str, kind: str) -> None:
    assert [figure.kind for figure in figures_in(text)] == [kind]


def test_a_score_is_no_day_of_a_month() -> None:
    assert [figure.unit for figure in figures_in("Payers rate it 9/10.")] == ["score"]
    assert not any(figure.unit == "score" for figure in figures_in("On 3/10 bots went live."))


@pytest.mark.parametrize(
    ("text", "found", "low"),
    [
        ("By April 11, it had grown.", "April 11", 411),
        ("It ended on the 3rd of June.", "3rd of June", 603),
        ("It began on 14 March.", "14 March", 314),
        ("Prices fell on May 4.", "May 4", 504),
        ("It closed on Dec. 5 at noon.", "Dec. 5", 1205),
    ],
)
def test_days_of_no_year(text: str, found: str, low: float) -> None:
    (figure,) = figures_in(text)
    assert (figure.text, figure.kind, figure.low, figure.lacks_year) == (found, "date", low, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In April 46% of them agreed.", "percent"),
        ("They may 12 times a year.", "count"),
        ("In May 12 hospitals closed.", "count"),
        ("It began on 14 March 2025.", "date"),
        ("It was 2025-00-12 by mistake.", "count"),
    ],
)
def test_what_is_none(text: str, kind: str) -> None:
    assert kind in {figure.kind for figure in figures_in(text)}
    assert not any(figure.lacks_year for figure in figures_in(text))


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("It was $5 million in 2024, compared with 3 in 2020.", [5e6, 3e6]),
        ("It cost $2 million, up from 800,000.", [2e6, 8e5]),
        ("It cost $640, up from 210.", [640.0, 210.0]),
    ],
)
def test_a_magnitude_may_be_left_out_the_second_time(text: str, sums: list[float]) -> None:
    assert [figure.low for figure in figures_in(text) if figure.kind == "money"] == sums
