"""Whom a figure is of: parts of segments, those of no segment, people and their organisations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.test_checking import check, cite, faults


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        ("57% of Medicaid plans use robots for triage [1].", 0, "does not say this of “Medicaid plans”"),
        ("37% of pilots at hospitals reach production [1].", 1, "says this only of “teaching hospitals”"),
        ("37% of providers' pilots reach production [1].", 1, "says this only of “teaching hospitals”"),
        ("37% of pilots reach production [1].", 1, "says this only of “teaching hospitals”"),
        ("At rural hospitals, 37% of pilots reach production [1].", 1, "does not say this of “rural hospitals”"),
        ("34% of pharma companies have a robot committee [1].", 2, "says this only of “biotechs”"),
        ("51% of nursing homes have a robot committee [1].", 4, "does not say this of"),
        ("51% of biotech firms have a robot committee [1].", 4, "does not say this of “biotech firms”"),
        ("18% of payers use robots in member service [1].", 3, "says this only of “Medicaid plans”"),
    ],
)
def test_a_part_of_a_segment_is_not_the_segment(text: str, row: int, told: str) -> None:
    (fault,) = check(text, cite(1, "parts", row)).checks.figures_unsupported
    assert told in fault.reason


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Robots cost more each year at 66% of organisations [1].", ["66%"]),
        ("66% of organisations say that robots cost more each year [1].", []),
        ("66% of executives see robots cost more each year [1].", []),
    ],
)
def test_what_people_say_is_not_so_at_as_many_organisations(text: str, flagged: list[str]) -> None:
    assert faults(text, cite(1, "parts", 7)) == flagged


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("57% of payers use robots for triage [1].", 0),
        ("57% of health plans use robots for triage [1].", 0),
        ("Teaching hospitals bring 37% of their pilots into production [1].", 1),
        ("At teaching and research hospitals, 37% of pilots reach production [1].", 1),
        ("## Teaching hospitals\n\n37% of pilots reach production [1].", 1),
        ("| Who | In production |\n|---|---|\n| Teaching hospitals' pilots | 37% [1] |", 1),
        ("34% of biotechnology companies have a robot committee [1].", 2),
        ("18% of Medicaid managed care plans use robots in member service [1].", 3),
        ("43% of nonprofit hospitals have a robot budget [1].", 5),
        ("Employers and payers expect in 30% of cases that robots cost more [1].", 13),
        ("60% of organisations buy robots [1].", 12),
    ],
)
def test_but_another_word_for_it_is(text: str, row: int) -> None:
    assert faults(text, cite(1, "parts", row)) == []


@pytest.mark.parametrize(
    ("text", "row", "flagged"),
    [
        ("34% of biotechs have a robot committee [1].", 2, []),
        ("34% of biotechs have had a robot committee for two years [1].", 6, []),
        ("At biotechs, a robot committee is in place in 34% [1].", 2, []),
        ("Biotechs: 34% have a robot committee, by now [1].", 2, []),
        ("| Who | With a robot committee |\n|---|---|\n| Biotech | 34% [1] |", 2, []),
        ("Startups are preferred by 51%, who have a robot committee [1].", 4, ["51%"]),
        ("51% have a robot committee [1].", 4, ["51%"]),
        ("Medical devices with robots are in use at 45% [1].", 11, ["45%"]),
    ],
)
def test_a_heading_gives_way_to_whom_a_sentence_counts_itself(text: str, row: int, flagged: list[str]) -> None:
    assert faults(f"## At our hospital\n\n{text}", cite(1, "parts", row)) == flagged


@pytest.mark.parametrize(
    ("text", "title", "flagged"),
    [
        ("At children's hospitals, 21% use robots as porters [1].", "Report", []),
        ("Of paediatric hospitals, 21% use robots as porters [1].", "Report", []),
        ("At rural hospitals, 21% use robots as porters [1].", "Report", ["21%"]),
        ("At rural hospitals, 21% use robots as porters [1].", "Robots at Rural Hospitals", []),
    ],
)
def test_a_source_speaks_of_whom_it_asked_and_is_named_after(text: str, title: str, flagged: list[str]) -> None:
    assert faults(text, replace(cite(1, "parts", 8), source_title=title)) == flagged
