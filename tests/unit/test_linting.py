"""The rules of the linter, each on a copy of a clean brief with one thing wrong."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Brief, Fault, Options, Paragraph, Section
from aidx_assistant.briefs.linting import faults_of
from tests.fakes.briefs import citation_of, clean_brief, corpus_library


def _with(part: Any, old: str, new: str) -> Any:
    """A part of a brief with a text replaced wherever it stands in it."""
    if isinstance(part, str):
        return part.replace(old, new)
    if isinstance(part, tuple):
        return tuple(_with(item, old, new) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _with(getattr(part, field.name), old, new) for field in fields(part)})
    return part


def edited(old: str, new: str, brief: Brief | None = None) -> Brief:
    """The clean brief, its sections and chart edited; its citations stay."""
    brief = brief or clean_brief()
    return replace(brief, sections=_with(brief.sections, old, new), chart=_with(brief.chart, old, new))


def linted(brief: Brief, pages: int | None = 2) -> tuple[Fault, ...]:
    return faults_of(brief, corpus_library(), pages)


def rules(brief: Brief, pages: int | None = 2) -> list[str]:
    return [fault.rule for fault in linted(brief, pages)]


def test_a_clean_brief_has_no_faults() -> None:
    assert linted(clean_brief()) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "where", "said"),
    [
        ("60%", "61%", "figure-unsupported", "Why now", "The sources say: 60%"),
        ("60% of executives", "60% of payers", "figure-unsupported", "Why now", "60%"),
        ("Large providers get", "Providers get", "figure-unsupported", "Options", "large organisations"),
        (" [3]", "", "figure-without-source", "Why now", "60%"),
        ("[7]", "[19]", "citation-unresolved", "Why now", "[19] names no citation"),
        ("92%", "91%", "calculation-wrong", "Why now", "the result is 92%"),
        (" (own calculation)", "", "calculation-unmarked", "Why now", "own calculation"),
        ("22% [5]", "22% [3]", "calculation-unsupported", "Why now", "22%"),
        ("of providers.", "of payers.", "calculation-mixed", "Why now", "of providers, not of payers"),
        ("Status quo: keep typing", "Train the staff", "status-quo-missing", "Options", "status quo"),
        ("No money is spent", "TBD", "placeholder", "Options", "TBD"),
        ("No money is spent", "[insert figure]", "placeholder", "Options", "[insert figure]"),
        ("No money is spent", "", "placeholder", "Options", "A cell is empty"),
        ("No money is spent", "calc(3 + ", "placeholder", "Options", "calc("),
        ("Decide by", "Budget", "placeholder", "Decision", "Budget"),
        ("__________", "TODO", "placeholder", "Decision", "TODO"),
        ("__________", "", "placeholder", "Decision", "Nothing is said of “Owner”"),
    ],
)
def test_one_thing_wrong(old: str, new: str, rule: str, where: str, said: str) -> None:
    found = [fault for fault in linted(edited(old, new)) if fault.rule == rule]
    assert found and found[0].where == where
    assert said in found[0].problem


def test_each_disagreement_has_to_be_told() -> None:
    silent = linted(replace(clean_brief(), disagreements=()))
    assert [fault.rule for fault in silent] == ["disagreement-not-shown"] * 3
    assert any("within the first year" in fault.problem for fault in silent)


def test_a_disagreement_is_told_where_both_sides_are_cited() -> None:
    bain = (
        "Bain's companion brief reports that a meaningful return comes after the first year for 54% of those surveyed."
    )
    other = citation_of(8, bain)
    brief = edited(
        "investment [7].", "investment [7], while Bain's companion brief has 54% after the first year [8]."
    )  # fmt: skip
    shown = tuple(one for one in brief.disagreements if "54%" not in one.about)
    brief = replace(brief, citations=(*brief.citations, other), disagreements=shown)
    assert linted(brief) == ()


def test_too_long() -> None:
    assert rules(clean_brief(), 3) == ["too-long"]
    assert rules(clean_brief(), None) == []


def test_only_a_buyer_brief_needs_the_status_quo() -> None:
    brief = edited("Status quo: keep typing", "Train the staff")
    assert rules(replace(brief, kind="founder")) == []


def test_a_section_that_was_not_drafted() -> None:
    brief = clean_brief()
    cut = Section("risks", "Risks", (), drafted=False)
    assert [fault.where for fault in linted(replace(brief, sections=(*brief.sections, cut)))] == ["Risks"]


def _recited(number: int, **changes: Any) -> Brief:
    brief = clean_brief()
    citations: list[Citation] = []
    for citation in brief.citations:
        citations.append(replace(citation, **changes) if citation.number == number else citation)
    return replace(brief, citations=tuple(citations))


def test_an_altered_quotation_is_held_against_the_library() -> None:
    found = linted(_recited(3, quote="Among executives, 61% say that AI budgets are growing faster than IT spending."))
    (fault,) = [fault for fault in found if fault.rule == "citation-unresolved"]
    assert "the library says “Among executives, 60%" in fault.problem


def test_a_place_that_the_library_no_longer_holds() -> None:
    found = linted(_recited(3, passage_id="gone/1"))
    assert any("the library holds no such place" in fault.problem for fault in found)


def test_a_bar_that_is_not_as_long_as_its_figure() -> None:
    brief = clean_brief()
    assert brief.chart is not None
    first, *others = brief.chart.bars
    chart = replace(brief.chart, bars=(replace(first, value=64.0), *others))
    assert rules(replace(brief, chart=chart)) == ["chart-wrong"]


def test_a_wrong_figure_in_the_chart() -> None:
    brief = clean_brief()
    found = linted(replace(brief, chart=_with(brief.chart, "46%", "64%")))
    assert {(fault.rule, fault.where) for fault in found} == {("figure-unsupported", "chart"), ("chart-wrong", "chart")}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("30% [4] + 30% [4] = 60% (own calculation)", "calculation-mixed"),
        ("30% [2] + 22% [5] = 52% (own calculation)", "calculation-mixed"),
        ("46% [1] + 30% [2] = 76% (own calculation)", "calculation-unsupported"),
        ("46% of large providers [1] + 30% of all [2] = 76% (own calculation)", "calculation-mixed"),
        ("46% of large providers [1] + 30% of completed ones [2] = 76% (own calculation)", "calculation-mixed"),
        ("30% [4] + 22% [5] (not calculated: why not)", "calculation-missing"),
    ],
)  # fmt: skip
def test_figures_that_do_not_go_together(text: str, rule: str) -> None:
    brief = clean_brief()
    extra = Section("extra", "Extra", (Paragraph(f"All told, {text}."),))
    assert rule in rules(replace(brief, sections=(*brief.sections, extra)))


def test_a_result_may_be_told_again_beside_its_calculation() -> None:
    brief = clean_brief()
    text = "Of providers, 92% try or use ambient scribes: 30% [4] + 22% [5] + 40% [6] = 92% (own calculation)."
    extra = Section("extra", "Extra", (Paragraph(text),))
    assert linted(replace(brief, sections=(*brief.sections, extra))) == ()


def test_a_result_told_elsewhere_has_to_be_marked() -> None:
    brief = clean_brief()
    for text, found in (("92% try them (own calculation).", []), ("92% try them.", ["figure-without-source"])):
        extra = Section("extra", "Extra", (Paragraph(text),))
        assert rules(replace(brief, sections=(*brief.sections, extra))) == found


def test_a_figure_told_again_needs_its_citation_again() -> None:
    brief = clean_brief()
    text = "Of executives, 60% say that AI budgets are growing faster than IT spending."
    extra = Section("extra", "Extra", (Paragraph(text),))
    found = linted(replace(brief, sections=(*brief.sections, extra)))
    assert [(fault.rule, fault.where) for fault in found] == [("figure-without-source", "Extra")]


def test_a_difference_of_two_segments_is_no_fault() -> None:
    brief = clean_brief()
    for text in (
        "Ahead: 46% of large providers [1] − 30% of completed ones [2] = 16 percentage points (own calculation).",
        "Large providers get more into production: 46% [1] − 30% completed [2] = 16 points (own calculation).",
    ):
        extra = Section("extra", "Extra", (Paragraph(text),))
        assert linted(replace(brief, sections=(*brief.sections, extra))) == ()


def test_a_table_of_entries_rests_on_the_citations_of_its_row() -> None:
    brief = clean_brief()
    table = Options(
        ("Whose proofs of concept", "In production"), (("Large providers [1]", "46%"), ("Payers [2]", "46%"))
    )
    found = linted(replace(brief, sections=(*brief.sections, Section("extra", "Extra", (table,)))))
    assert [fault.rule for fault in found] == ["figure-unsupported"]
