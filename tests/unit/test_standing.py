"""Of which country a figure is, who comes first or last, and which way a change goes."""

from __future__ import annotations

import pytest

from aidx_assistant.checking.places import other_places, places_in
from aidx_assistant.checking.standing import is_beaten, is_turned_round, makes_a_difference
from aidx_assistant.figures import Figure, figures_in

_SPENDING = "French departments spend least, at €58,000. Germans spend €97,000 and the British €104,000."
_REGIONS = "The South is ahead with 64%, followed by the West at 59%."


def _figure(text: str, written: str) -> Figure:
    return next(one for one in figures_in(text) if one.text == written)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Germans spend more", {"Germany"}),
        ("British and Dutch hospitals", {"the United Kingdom", "the Netherlands"}),
        ("US hospitals told us", {"the United States"}),
        ("Latin American clinics", {"Latin America"}),
        ("Indiana's systems, as they polish it", set()),
    ],
)
def test_places(text: str, places: set[str]) -> None:
    assert places_in(text) == places


@pytest.mark.parametrize(
    ("claimed", "own", "near", "report", "found"),
    [
        ("German departments", "French departments", _SPENDING, "", ("Germany", "France")),
        ("German departments", "departments", "departments", "asked in Germany, France and the UK", ("Germany", "all")),
        ("German departments", "departments", "departments", "asked in Germany", None),
        ("German departments", "departments", "departments", "", None),
        ("European departments", "departments", "departments", "asked in Germany and France", None),
        ("The US market", "The European market", "The European market", "", ("the United States", "Europe")),
        ("departments", "French departments", _SPENDING, "", None),
    ],
)
def test_other_places(claimed: str, own: str, near: str, report: str, found: tuple[str, str] | None) -> None:
    assert other_places(claimed, own, near, report) == found


@pytest.mark.parametrize(
    ("claimed", "written", "beaten"),
    [
        ("The West leads all regions", "59%", True),
        ("The South leads all regions", "64%", False),
        ("The South comes last", "64%", True),
        ("The West uses it", "59%", False),
    ],
)
def test_who_comes_first(claimed: str, written: str, *, beaten: bool) -> None:
    assert is_beaten(claimed, _REGIONS, _figure(_REGIONS, written)) is beaten


def test_what_it_was_before_beats_nobody() -> None:
    text = "The South leads with 64%, down from 70% in 2023."
    assert not is_beaten("The South leads", text, _figure(text, "64%"))


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Mentoring rose from 25% to 28%.", True),
        ("Mentoring fell from 28% to 25%.", False),
        ("Mentoring rose from 28% to 25%.", True),
    ],
)
def test_which_way_a_change_goes(text: str, *, turned: bool) -> None:
    row = "Task: Mentoring; 2023: 28%; 2025: 25%"
    figure = figures_in(text)[0]
    assert is_turned_round(text, figure, figure.start, row) is turned


def test_a_length_is_no_difference() -> None:
    claim, source = "Admission takes 17 minutes longer.", "Admission takes 17 minutes."
    figure = figures_in(claim)[0]
    end = figures_in(source)[0].end
    assert makes_a_difference(claim[figure.end :], figure, source, end)
    longer = "Admission takes 17 minutes longer than before."
    assert not makes_a_difference(claim[figure.end :], figure, longer, figures_in(longer)[0].end)
