"""Marks of an answer are found in its lines by what they are, whatever the layout and the text do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.answers import Answer, Checks, UnsupportedFigure
from aidx_assistant.tui.widgets.answer_lines import AnswerLines, StreamedLines, answer_lines
from aidx_assistant.tui.widgets.answer_marks import Stop
from tests.fakes.answers import CITATION, an_answer

TABLE = """| Providers | Payers | Pharma |
|---|---|---|
| some 46% of all of the large ones [1] and so on | 88% [2] | none |
| 77% | 12% [1] | none |"""


def with_faults(text: str, *figures: str) -> Answer:
    faults = [UnsupportedFigure(f, text.index(f), text.index(f) + len(f), f"{f} is wrong", None) for f in figures]
    citations = (CITATION, replace(CITATION, number=2))
    checks = Checks(citations=2, figures=len(faults), figures_unsupported=tuple(faults))
    return an_answer(text, citations=citations, checks=checks)


def words(lines: AnswerLines, stop: Stop) -> str:
    rows = lines.text.split("\n")
    return "".join(rows[region.y][region.x : region.right] for region in stop.regions)


def led_to(lines: AnswerLines) -> list[str]:
    """What the stops lead to: the figure, or the number of the citation."""
    found = []
    for stop in lines.stops:
        citation, figure = stop.target.citation, stop.target.figure
        found.append(figure.text if figure else str(citation.number if citation else None))
    return found


@pytest.mark.parametrize("width", [120, 80, 40, 30, 20])
def test_in_a_table_each_mark_leads_to_its_own_figure(width: int) -> None:
    lines = answer_lines(with_faults(TABLE, "12%", "88%", "77%", "46%"), width)
    assert led_to(lines) == ["46%", "1", "88%", "2", "77%", "12%", "1"]
    assert "…" not in lines.text
    for stop in lines.stops:
        figure = stop.target.figure
        inside = words(lines, stop).replace("[", "").replace("]", "")
        assert inside == ("unsupported" if figure else str(stop.target.citation and stop.target.citation.number))


def test_a_figure_leads_to_the_citation_that_follows_it() -> None:
    lines = answer_lines(with_faults("46% and 88%. [2] Then 77%.", "46%", "77%"), 80)
    followed = [stop.target.citation.number for stop in lines.stops if stop.target.figure and stop.target.citation]
    assert followed == [2, 2]


@pytest.mark.parametrize("written", ["[unsupported]", "\U000f0000\U000f0010", "[\U000f0000]", "\\[\U00100000\\]"])
def test_a_text_that_looks_like_a_mark_is_none(written: str) -> None:
    lines = answer_lines(with_faults(f"{written} 46% {written} [1] [7]", "46%"), 80)
    assert led_to(lines) == ["46%", "1"]


@pytest.mark.parametrize("text", ["`46%` now", "```\n46% now\n```", "- **46%**\n- x", "# 46%", "> 46%"])
def test_a_mark_may_stand_in_any_block(text: str) -> None:
    lines = answer_lines(with_faults(text, "46%"), 80)
    assert led_to(lines) == ["46%"]
    assert "46% [unsupported]" in lines.text and "\\" not in lines.text


def test_a_marker_is_no_link_and_no_definition() -> None:
    assert led_to(answer_lines(an_answer("[1]: see **30%**[1](n=5) `x [1]`"), 80)) == ["1", "1", "1"]
    assert "[1]: see 30%[1](n=5) x [1]" in StreamedLines(80).laid_out("[1]: see **30%**[1](n=5) `x [1]`").text


def test_without_a_marker_in_the_text_the_sources_are_walked() -> None:
    lines = answer_lines(with_faults("Pilots stall."), 80)
    assert led_to(lines) == ["1", "2"]
    assert lines.text.split("\n")[lines.stops[1].regions[0].y].startswith("[2] An Index")


@given(st.text(alphabet="a1 %[]|\n`*-#>\\\U000f0000…", max_size=60), st.integers(1, 60))
def test_any_text_is_laid_out(text: str, width: int) -> None:
    lines = answer_lines(with_faults(f"{text}46%", "46%"), width)
    assert not any("\U000f0000" <= character for character in lines.text)
    assert all(words(lines, stop) for stop in lines.stops)


def test_numbers_of_lists_have_their_full_stop_and_headings_stand_at_the_left() -> None:
    items = "\n".join(f"{number}. Pilots stall here for many reasons. [1]" for number in range(1, 11))
    text = answer_lines(an_answer(f"# Why\n\n{items}"), 30).text.splitlines()
    assert text[0] == "Why"
    assert text[2].startswith("  1. Pilots stall") and text[3].startswith("     ")
    assert any(line.startswith(" 10. Pilots") for line in text)
    assert all(len(line) <= 30 for line in text)


def test_passages_nearest_that_stand_at_the_same_place_are_told_apart() -> None:
    first = replace(CITATION, quote="Pilots stall where nobody owns the data, and nobody does, as the survey shows.")
    other = replace(CITATION, number=2, quote="Budgets grow.", passage_id="index/01/1")
    elsewhere = replace(CITATION, number=3, label="An Index, slide 9")
    lines = answer_lines(an_answer("No.", answered=False, citations=(), nearest=(first, other, elsewhere)), 160)
    assert lines.text.split("Nearest in the library\n")[1].splitlines() == [
        f"[1] {CITATION.label}: “Pilots stall where nobody owns the data, and nobody does, …”",
        f"[2] {CITATION.label}: “Budgets grow.”",
        "[3] An Index, slide 9",
    ]
