"""What a brief that is asked for in the app rests on, and how a brief reads on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidx_assistant import locations
from aidx_assistant.answers import Usage
from aidx_assistant.briefs.request import BriefRequest, usable_request
from aidx_assistant.evidence import Finding
from aidx_assistant.reading.corpus import read_corpus
from aidx_assistant.tui.brief_basis import (
    LONGEST_TOPIC,
    MOST_FINDINGS,
    basis_of_answers,
    basis_of_findings,
    basis_of_request,
    topic_of,
)
from aidx_assistant.tui.brief_text import page_of, page_so_far, text_of
from aidx_assistant.tui.finding_rows import Filters
from tests.fakes.whole_briefs import buyer_brief, founder_brief


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return [finding for source in read_corpus(locations.corpus_folder()) for finding in source.findings]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How many providers use ambient scribes?", "ambient scribes"),
        ("Why do so few pilots reach production?", "pilots reach production"),
        ("What are the barriers to AI?", "barriers to AI"),
        ("What share of health systems have deployed ambient scribes?", "ambient scribes"),
        ("ambient scribes", "ambient scribes"),
        ("and?", "and"),
        ("Providers?", "Providers"),
    ],
)
def test_a_question_gives_a_topic(question: str, topic: str) -> None:
    assert topic_of(question) == topic


def test_a_topic_is_never_longer_than_a_title_may_be() -> None:
    topic = topic_of("word " * 100)
    assert len(topic) <= LONGEST_TOPIC
    usable_request(BriefRequest("buyer", "x" * LONGEST_TOPIC, "provider"))


def test_findings_chosen_go_before_those_shown(findings: list[Finding]) -> None:
    chosen = [finding for finding in findings if finding.segment == "pharma"][:2]
    basis = basis_of_findings(chosen, findings, Filters())
    assert basis.findings == tuple(finding.id for finding in chosen)
    assert (basis.told, basis.market) == ("the 2 findings chosen", "pharma")
    assert basis_of_findings(chosen[:1], findings, Filters()).told == "the finding chosen"


def test_of_many_findings_shown_a_brief_takes_the_first(findings: list[Finding]) -> None:
    basis = basis_of_findings([], findings, Filters(text=" AI "))
    assert basis.findings == tuple(finding.id for finding in findings[:MOST_FINDINGS])
    assert (basis.told, basis.topic) == (f"{MOST_FINDINGS} of the {len(findings)} findings shown", "AI")
    assert basis_of_findings([], findings, Filters(text="AI", topic="budgets")).topic == "budgets"
    scribes = [finding for finding in findings if finding.topic == "ambient scribes"]
    assert basis_of_findings([], scribes, Filters(text="SCRIBE")).topic == "ambient scribes"
    assert basis_of_findings(scribes, findings, Filters(text="AI")).topic == "ambient scribes"


def test_without_filter_and_choice_findings_of_one_topic_are_taken(findings: list[Finding]) -> None:
    basis = basis_of_findings([], findings, Filters())
    by_id = {finding.id: finding for finding in findings}
    assert {by_id[id_].topic for id_ in basis.findings} == {basis.topic} and basis.told.endswith(f" on {basis.topic}")
    assert basis_of_findings([], [], Filters()).findings == ()


def test_an_earlier_request_is_there_to_be_changed() -> None:
    request = BriefRequest("founder", "scribes", "payer", "an investor", findings=("a/b",))
    basis = basis_of_request(request)
    assert (basis.topic, basis.market, basis.kind, basis.audience) == ("scribes", "payer", "founder", "an investor")
    assert basis.findings == ("a/b",) and basis.told
    assert basis_of_request(replace(request, findings=())).told == ""
    assert basis_of_answers([], "pharma").market == "pharma"


def test_a_brief_reads_with_its_marks_and_notes_but_no_addresses() -> None:
    text = text_of(buyer_brief())
    assert "production [1], and 30%" in text and "[^" not in text and "<https" not in text
    assert "\n\n[1] The Healthcare AI Adoption Index, section" in text
    assert text.index("This draft has 2 faults") < text.index("## Decision to take")


def test_one_line_says_how_a_brief_stands() -> None:
    brief = buyer_brief()
    standing = page_of(replace(brief, usage=Usage(1, 1, 0, 0, 0.1234))).standing
    assert standing.endswith("12 citations, 1 of them not verified · 2 faults (1 section missing) · $0.1234")
    assert page_of(founder_brief()).standing == "1 page · 8 citations · no faults"


def test_while_it_is_written_nothing_is_called_missing() -> None:
    assert "Not drafted" in text_of(buyer_brief())
    assert "Not drafted" not in page_so_far(buyer_brief()).text
