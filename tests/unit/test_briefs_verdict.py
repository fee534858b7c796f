"""The rule behind the recommendation of an evidence brief: what is measured decides, not what people think."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.use_or_view import differing, is_view
from aidx_assistant.briefs.verdict import (
    Weighed,
    change,
    confidence_of,
    evidence_fit,
    listed,
    recommendation,
    verdict_of,
)
from aidx_assistant.evidence import Finding, Locator, Segment


def weighed(own: int = 0, large: int = 0, *, views: int = 0, reports: int = 1, differing: int = 0) -> Weighed:
    return Weighed(
        topic="scribes",
        segment="payer",
        about_segment=own,
        about_all=large,
        views=views,
        reports=reports,
        differing=differing,
        close=0,
        bases=("payers",) if own + large else (),
        on_topic=("Intended use",),
        open_points=("Privacy and security",),
    )


def a_finding(statement: str, value: str = "30%", differs_from: tuple[str, ...] = (), unit: str = "percent") -> Finding:
    segment: Segment = "all"
    place = Locator("section", None, "x")
    return Finding(
        statement, "s", statement, value, unit, "share", segment, "", None, "", place, "p", 0, differs_from=differs_from
    )


@pytest.mark.parametrize(
    ("counts", "verdict", "confidence"),
    [
        (weighed(), "Not yet", "low"),
        (weighed(views=9), "Not yet", "low"),
        (weighed(large=9), "Conditional", "low"),
        (weighed(2), "Conditional", "low"),
        (weighed(3), "Conditional", "medium"),
        (weighed(3, differing=1), "Conditional", "low"),
        (weighed(9), "Conditional", "medium"),
        (weighed(5, reports=2), "Conditional", "high"),
        (weighed(5, reports=2, differing=1), "Conditional", "medium"),
    ],
)
def test_what_is_measured_for_the_segment_decides(counts: Weighed, verdict: str, confidence: str) -> None:
    assert (verdict_of(counts), confidence_of(counts)) == (verdict, confidence)
    assert recommendation(counts)[0].startswith(f"**{verdict}**, with **{confidence}** confidence.")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (weighed(views=1), "no figure on use or results for payers or for healthcare at large. One figure only says"),
        (weighed(1, 2), "one figure on use or results for payers and two figures for healthcare at large, from one"),
        (weighed(3, differing=2), "the sources differ on two figures"),
        (weighed(3, differing=2), "one level lower"),
        (weighed(1), "for medium it takes three such figures for payers"),
        (weighed(1), "you get written answers on privacy and security, on which the sources say nothing about"),
        (weighed(1), "you accept what the sources say on intended use"),
    ],
)
def test_the_reasons_are_said(counts: Weighed, said: str) -> None:
    assert said in " ".join(recommendation(counts))


def test_points_are_listed_as_english_has_it() -> None:
    assert listed(["Intended use", "Measurable value"]) == "intended use and measurable value"
    assert listed(["Safety and governance", "Readiness"]) == "safety and governance, and readiness"
    assert listed(["EHR fit", "Readiness", "Measurable value"]) == "EHR fit, readiness, and measurable value"


def test_what_is_missing_would_change_it() -> None:
    assert "measures use or results of scribes for payers" in change(weighed())[0]
    assert "proof on privacy and security; more figures on use or results for payers" in change(weighed(1))[0]
    assert evidence_fit(weighed(1)).startswith("One figure on use or results for payers. Whether")


@pytest.mark.parametrize(
    ("statement", "view"),
    [
        ("Of leaders, 85% expect a change.", True),
        ("Just 32% consider them superior; 48% prefer them.", True),
        ("64% are open to trying it.", True),
        ("41% plan to buy scribes.", True),
        ("41% of health plans use scribes.", False),
        ("30% have deployed scribes.", False),
        ("60% say that budgets are growing.", False),
        ("54% see a return within the first year.", False),
    ],
)
def test_what_people_expect_is_told_from_what_they_do(statement: str, view: bool) -> None:
    assert is_view(a_finding(statement)) is view


def test_sources_that_nearly_agree_do_not_differ() -> None:
    other = a_finding("other", "60%")
    parts = (a_finding("one", "22%", ("other",)), a_finding("two", "40%", ("other",)))
    known = {finding.id: finding for finding in (other, *parts)}
    assert differing(parts, known) == (frozenset(), {"one", "two"})
    assert differing(parts[:1], known) == ({"one"}, frozenset())
    same = a_finding("same", "60%", ("other",))
    assert differing([same], known) == ({"same"}, frozenset())
    assert differing([a_finding("no share", "third", ("other",), "rank")], known) == ({"no share"}, frozenset())
