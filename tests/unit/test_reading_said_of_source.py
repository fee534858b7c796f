"""Names and dates as sources give them."""

from __future__ import annotations

import pytest

from aidx_assistant.reading.said_of_source import author_names, body_names, byline_names, date_on_cover, iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-04-15", "2025-04-15"),
        ("2025-04-15T10:00:00Z", "2025-04-15"),
        ("April 15, 2025", "2025-04-15"),
        ("Published on Apr. 15th, 2025", "2025-04-15"),
        ("15 April 2025", "2025-04-15"),
        ("Tuesday, April 15, 2025", "2025-04-15"),
        ("April 2025", "2025-04"),
        ("2025", "2025"),
        ("4.15.25", "2025-04-15"),
        ("15/04/2025", "2025-04-15"),
        ("04/05/2025", "2025"),
        ("4.5.25", ""),
        ("2025-13-40", ""),
        ("9999", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Jane Doe"], ("Doe, Jane",)),
        (["Doe, Jane"], ("Doe, Jane",)),
        (["Jane Doe, John Q. Roe and Ann van der Berg"], ("Doe, Jane", "Roe, John Q.", "van der Berg, Ann")),
        (["Dr. Jane Doe, MD; John Roe PhD"], ("Doe, Jane", "Roe, John")),
        (["[[Jane Doe]]", "[John Roe](https://example.org)"], ("Doe, Jane", "Roe, John")),
        (["Bain & Company"], ("Bain & Company",)),
        (["Northgate Advisors"], ("Northgate Advisors",)),
        (["Editorial Team", "jdoe", ""], ("Editorial Team", "jdoe")),
    ],
)
def test_authors(written: list[str], names: tuple[str, ...]) -> None:
    assert author_names(written) == names


def test_bylines_and_publishers() -> None:
    assert byline_names("By Jane Doe and John Roe | Example") == ("Doe, Jane", "Roe, John")
    assert byline_names("By Example Research") == byline_names("By now everyone knows") == ()
    assert body_names(["[[Example]]", "Example", " "]) == ("Example",)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["State of Robots", "Northfield Research · March 2026"], "2026-03"),
        (["Published on April 15, 2025"], "2025-04-15"),
        (["Robots in 2025", "2025"], ""),
        (["Survey of March 2025 – June 2025"], ""),
        (["March 2025 | June 2025"], ""),
        (["April 15, 2025 was the day on which it began"], ""),
    ],
)
def test_a_date_of_a_cover_has_a_line_to_itself(lines: list[str], date: str) -> None:
    assert date_on_cover(lines) == date
