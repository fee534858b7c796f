"""The title over the values of a chart and the rows of a table goes into what they measure."""

from __future__ import annotations

import pytest

from aidx_assistant.evidence import Locator, Source
from aidx_assistant.reading.document import Block, BlockKind, Document, Part
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.read_source import ReadSource

HEADING = "Radiology in hospitals"
SLIDE = Locator("slide", 2, HEADING)
SOURCE = Source("survey", "A survey", (), "", None, None, False, (), 0, "")


def read(*blocks: str, locator: Locator = SLIDE) -> ReadSource:
    return read_source_of(Document("pdf", (Part(locator, tuple(Block(text, _kind(text)) for text in blocks)),)), SOURCE)


def _kind(text: str) -> BlockKind:
    return "row" if ": " in text else "text"


def measures(*blocks: str, locator: Locator = SLIDE) -> list[str]:
    return [finding.measure for finding in read(*blocks, locator=locator).findings]


def test_a_value_measures_what_its_chart_is_called_and_is_quoted_with_it() -> None:
    found = read(HEADING, "Share using it", "Triage: 34%", "Reporting: 18%").findings
    assert [finding.measure for finding in found] == ["Share using it: Triage", "Share using it: Reporting"]
    assert found[0].statement == "Share using it: Triage: 34%"


def test_each_chart_has_its_own_title() -> None:
    told = measures(HEADING, "Share using it", "Triage: 34%", "Share that pays", "Triage: 12%")
    assert told == ["Share using it: Triage", "Share that pays: Triage"]


@pytest.mark.parametrize(
    "before",
    [
        "Hospitals buy for one use first.",
        "Source: a survey of directors",
        "Of 212 directors",
        "n = 212",
        "One line of a list that goes on and says more than a title ever does about anything at all",
    ],
)
def test_what_is_no_title_leaves_the_heading(before: str) -> None:
    assert measures(HEADING, before, "Triage: 34%")[-1] == f"{HEADING}: Triage"
    assert measures("A first line", before, "Triage: 34%")[-1] == f"{HEADING}: Triage"


def test_the_last_line_of_a_text_is_no_title() -> None:
    assert measures(HEADING, "They wait", "They buy", "Triage: 34%") == [f"{HEADING}: Triage"]


def test_a_title_goes_with_a_table_into_its_next_passage() -> None:
    rows = [f"Use: kind number {letter} of the many; Small: 3{n}%" for n, letter in enumerate("abcdefghi" * 4)]
    found = read(HEADING, "What they pay", *dict.fromkeys(rows))
    assert len(found.passages) > 1
    assert all(finding.measure.startswith("What they pay: Small: kind number") for finding in found.findings)


def test_a_section_gives_its_heading_to_no_row() -> None:
    assert measures("Use: Triage; Small: 34%", locator=Locator("section", None, HEADING)) == ["Small: Triage"]


def test_the_segment_of_the_title_is_that_of_its_values() -> None:
    found = read(HEADING, "Use among payers", "Triage: 34%").findings
    assert [finding.segment for finding in found] == ["payer"]


def test_years_of_headers_are_no_findings() -> None:
    assert measures("Use: Triage; 2024 Providers: 46%") == [f"{HEADING}: 2024 Providers: Triage"]
