"""Evidence briefs on the shipped corpus: word for word, of the right segment, gaps named, the rule stated."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.brief import (
    OWN_CALCULATION,
    TO_FILL,
    Brief,
    Labelled,
    Options,
    Paragraph,
    Points,
    markers_in,
    texts_of,
)
from aidx_assistant.briefs.composing import compose
from aidx_assistant.briefs.events import BriefEvent, BriefFinished, Remark, SectionBegun, SectionDone
from aidx_assistant.briefs.exports import page_count
from aidx_assistant.briefs.pains import in_order
from aidx_assistant.briefs.quotable import Quotable
from aidx_assistant.briefs.request import BriefRequest, places_of
from aidx_assistant.briefs.source_line import base_of
from aidx_assistant.errors import NotAnsweredError, UsageError
from aidx_assistant.segments import segments_named
from tests.fakes.command import aidx

SCRIBES = BriefRequest("buyer", "ambient scribes", "provider", "CMIO, 500-bed health system")
INDEX = "healthcare-ai-adoption-index"


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant(home=home) as opened:
        yield opened


@pytest.fixture(scope="module")
def scribes(assistant: Assistant) -> Brief:
    return made(assistant, SCRIBES)


def events_of(assistant: Assistant, request: BriefRequest) -> list[BriefEvent]:
    assistant.use(replace(assistant.settings, offline=True))
    return list(compose(assistant, request))


def made(assistant: Assistant, request: BriefRequest) -> Brief:
    finished = events_of(assistant, request)[-1]
    assert isinstance(finished, BriefFinished)
    return finished.brief


def text_of(brief: Brief, key: str) -> str:
    section = brief.section(key)
    assert section
    return "\n".join(text for block in section.blocks for text in texts_of(block))


def quotes_in(brief: Brief) -> list[str]:
    texts = (text for section in brief.sections for block in section.blocks for text in texts_of(block))
    return [part.partition("”")[0] for text in texts for part in text.split("“")[1:] if "” [" in part]


@pytest.mark.parametrize(
    ("kind", "topic", "segment"),
    [
        ("founder", "ambient scribes", "provider"),
        pytest.param("buyer", "moving pilots to production", "payer", marks=pytest.mark.slow),
        pytest.param("buyer", "co-development with vendors", "pharma", marks=pytest.mark.slow),
        pytest.param("founder", "budgets", "payer", marks=pytest.mark.slow),
    ],
)
def test_a_brief_has_no_fault_and_states_nothing_of_its_own(
    assistant: Assistant, kind: str, topic: str, segment: str
) -> None:
    brief = made(assistant, BriefRequest(kind, topic, segment))  # type: ignore[arg-type]
    assert brief.faults == ()
    assert (brief.mode, brief.model, brief.usage) == ("evidence", None, None)
    held = {
        sentence for source in assistant.sources() for p in assistant.passages(source.id) for sentence in p.sentences
    }
    assert len(quotes_in(brief)) > 8
    assert len(quotes_in(brief)) == len(set(quotes_in(brief)))
    assert set(quotes_in(brief)) <= held
    assert all(citation.verified and citation.quote in held for citation in brief.citations)
    others = {"provider", "payer", "pharma"} - {segment}
    findings = {f.statement: f for f in assistant.findings()}
    for quote in quotes_in(brief):
        assert not (set(segments_named(quote)) & others and segment not in segments_named(quote)), quote
        if (finding := findings.get(quote)) and finding.value:
            assert finding.segment in (segment, "all")


@pytest.mark.slow
def test_citations_are_numbered_as_they_are_first_named(scribes: Brief) -> None:
    named = [
        number
        for section in scribes.sections
        for block in section.blocks
        for text in texts_of(block)
        for number in markers_in(text)
    ]
    assert list(dict.fromkeys(named)) == [citation.number for citation in scribes.citations]
    assert [citation.number for citation in scribes.citations] == list(range(1, len(scribes.citations) + 1))
    assert len({(citation.passage_id, citation.sentences) for citation in scribes.citations}) == len(scribes.citations)


@pytest.mark.slow
def test_the_decision_is_open_for_owner_and_date(scribes: Brief) -> None:
    decision = scribes.section("decision")
    assert decision and decision.blocks[1] == Labelled((("Owner", TO_FILL), ("Decide by", TO_FILL)))


@pytest.mark.slow
def test_what_is_known_of_the_decision_is_filled_in(assistant: Assistant) -> None:
    request = replace(SCRIBES, owner="CMIO", decide_by="31 March", questions=("Do we roll scribes out?",))
    assert text_of(made(assistant, request), "decision").split("\n") == [
        "Do we roll scribes out?", "Owner", "CMIO", "Decide by", "31 March",
    ]  # fmt: skip


def test_the_recommendation_says_that_it_is_a_rule_and_counts(scribes: Brief) -> None:
    text = text_of(scribes, "recommendation")
    assert text.startswith("**Conditional**, with **medium** confidence. A fixed rule gives this verdict")
    assert "three figures on use or results for providers, from one report" in text


def test_each_point_of_evidence_says_where_it_stands_and_whom_it_counts(scribes: Brief) -> None:
    evidence = scribes.section("evidence")
    assert evidence
    points, left_out = evidence.blocks
    assert isinstance(points, Points)
    assert isinstance(left_out, Paragraph) and left_out.text.startswith("Left out: Bain companion brief to the index.")
    assert 3 <= len(points.points) <= 6
    assert points.points[0].source == (
        "The Healthcare AI Adoption Index, section “The state of AI adoption today” (shown beside slide 7); "
        "base: providers; 15 April 2025"
    )


def test_shares_that_the_source_tells_apart_are_added_up_and_marked(scribes: Brief) -> None:
    text = text_of(scribes, "evidence")
    assert f"= 92% {OWN_CALCULATION}" in text


def test_the_options_include_doing_nothing_and_silence_is_said(scribes: Brief) -> None:
    section = scribes.section("options")
    assert section
    (options,) = section.blocks
    assert isinstance(options, Options)
    assert [row[0] for row in options.rows] == ["Build", "Buy", "Co-develop", "Wait (do nothing)"]
    assert all(cell for row in options.rows for cell in row)
    assert options.rows[2][2].startswith("The sources are silent")


def test_each_healthcare_point_is_quoted_or_called_silent_with_what_to_ask(scribes: Brief) -> None:
    section = scribes.section("healthcare")
    assert section and section.boxed
    (points,) = section.blocks
    assert isinstance(points, Labelled) and len(points.pairs) == 7
    for label, text in points.pairs:
        assert "“" in text or "ask" in text or text.startswith("See "), label
        assert ("Background" in text) <= ("ask " in text), label


def test_what_differs_is_shown_even_where_the_other_source_is_not_for_briefs(scribes: Brief) -> None:
    assert {citation.source_id for citation in scribes.citations} == {INDEX}
    assert any("attributed to Bain is 60% for both together" in one.about for one in scribes.disagreements)
    assert all(one.citations for one in scribes.disagreements)


@pytest.mark.slow
def test_figures_that_compare_make_a_chart(assistant: Assistant) -> None:
    brief = made(assistant, BriefRequest("buyer", "moving pilots to production", "provider"))
    assert brief.chart and [bar.shown for bar in brief.chart.bars] == ["46%", "30%"]
    cited = {citation.number: citation.quote for citation in brief.citations}
    assert all(bar.shown in cited[bar.citation] for bar in brief.chart.bars)


def test_findings_the_user_chose_come_first_even_of_another_segment_and_are_told_as_such(assistant: Assistant) -> None:
    chosen = (f"{INDEX}/clinical-decisions-payers", f"{INDEX}/labour-costs-all")
    evidence = made(assistant, replace(SCRIBES, findings=chosen)).section("evidence")
    assert evidence and isinstance(evidence.blocks[0], Points)
    first, second, *_ = evidence.blocks[0].points
    assert first.text.startswith("Not providers: “Among payer leaders, 83%")
    assert first.source and "base: payer leaders" in first.source
    assert second.text.startswith("All segments: “Across all segments, 80%")


@pytest.mark.slow
def test_a_brief_may_rest_on_findings_alone(assistant: Assistant) -> None:
    request = BriefRequest("buyer", "zebra husbandry", "payer", findings=(f"{INDEX}/clinical-decisions-payers",))
    assert "83%" in text_of(made(assistant, request), "evidence")


@pytest.mark.slow
def test_a_chosen_finding_of_a_source_that_is_not_for_briefs_is_left_out_and_told(assistant: Assistant) -> None:
    events = events_of(assistant, replace(SCRIBES, findings=("bain-companion-brief/poc-production-providers",)))
    assert isinstance(events[0], Remark)
    assert events[0].text == (
        "Left out: bain-companion-brief/poc-production-providers, as its source “Bain companion brief to the index” is"
        " kept out of briefs (in_briefs is false)."
    )
    assert isinstance(events[-1], BriefFinished) and "35%" not in text_of(events[-1].brief, "evidence")


def test_an_unknown_finding_is_refused(assistant: Assistant) -> None:
    with pytest.raises(UsageError, match="There is no finding “nowhere/nothing”"):
        made(assistant, replace(SCRIBES, findings=("nowhere/nothing",)))


def test_a_brief_rests_on_what_answers_cite(assistant: Assistant) -> None:
    assistant.use(replace(assistant.settings, offline=True))
    answer = assistant.ask("Who decides on AI budgets?")
    request = replace(SCRIBES, places=places_of([answer]))
    evidence = made(assistant, request).section("evidence")
    assert evidence and isinstance(evidence.blocks[0], Points)
    assert answer.citations[0].quote in evidence.blocks[0].points[0].text


def test_a_question_besides_is_answered_in_the_evidence(assistant: Assistant) -> None:
    request = replace(SCRIBES, questions=("When does GenAI pay off?",))
    assert "54% of those surveyed" in text_of(made(assistant, request), "evidence")


@pytest.mark.parametrize(
    ("topic", "segment", "hint"),
    [
        ("ambient scribes", "payer", "They speak of it for providers."),
        ("zebra husbandry", "provider", "none mentions zebra or husbandry"),
        ("revenue cycle management", "provider", "They only list it, or a part of it, among what was asked for: “For"),
        ("revenue cycle management", "pharma", "None of the"),
    ],
)
def test_a_topic_that_the_sources_do_not_answer_makes_no_brief(
    assistant: Assistant, topic: str, segment: str, hint: str
) -> None:
    with pytest.raises(NotAnsweredError) as told:
        made(assistant, BriefRequest("buyer", topic, segment))  # type: ignore[arg-type]
    assert topic in told.value.title
    assert hint in told.value.hint


def test_the_events_tell_of_every_section_and_hold_the_brief_so_far(assistant: Assistant) -> None:
    events = events_of(assistant, SCRIBES)
    begun = [event for event in events if isinstance(event, SectionBegun)]
    done = [event for event in events if isinstance(event, SectionDone)]
    assert [event.number for event in begun] == list(range(1, 10))
    assert [event.key for event in begun] == [event.key for event in done]
    assert [sum(section.drafted for section in event.brief.sections) for event in done] == list(range(1, 10))


@pytest.mark.slow
def test_the_word_ai_in_a_topic_does_not_hide_it(assistant: Assistant) -> None:
    assert "30% have deployed" in text_of(made(assistant, replace(SCRIBES, topic="ambient AI scribes")), "evidence")


@pytest.mark.parametrize("topic", ["", "  \n", "x" * 200])
def test_a_topic_has_to_make_a_title(assistant: Assistant, topic: str) -> None:
    with pytest.raises(UsageError, match="topic"):
        made(assistant, replace(SCRIBES, topic=topic))


@pytest.mark.slow
def test_marks_in_what_the_user_says_are_no_marks_of_the_brief(assistant: Assistant) -> None:
    brief = made(assistant, replace(SCRIBES, topic="ambient **scribes** [1]"))
    assert brief.topic == "ambient scribes"


REPORT = """---
title: Ambient Speech 2026
---
# Ambient Speech 2026

In a survey of 120 providers, 64% report that ambient scribes cut documentation time [412].
Hallucinated findings in **notes** were the most frequent safety concern of providers with ambient scribes.
Integration of ambient scribes with the EHR took 14 weeks in the median.
Vendors of ambient scribes train models on the audio of 9% of providers.
Payers do not yet reimburse ambient scribes, and 80% of payers never will.
"""


@pytest.fixture(scope="module")
def with_report(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brief]:
    """A brief on ambient scribes where the user has brought a report on them."""
    folder = tmp_path_factory.mktemp("brought")
    own = Path(shutil.copytree(pristine_home, folder / "home"))
    report = folder / "report.md"
    report.write_text(REPORT, encoding="utf-8")
    assert aidx("sources", "add", str(report), "--date", "2026-03-01", home=own).code == 0
    with Assistant(home=own) as opened:
        yield made(opened, SCRIBES)


@pytest.mark.slow
def test_what_the_user_brought_is_quoted_beside_what_ships(with_report: Brief) -> None:
    assert with_report.faults == ()
    evidence = text_of(with_report, "evidence")
    assert "64% report" in evidence and "30% have deployed" in evidence
    assert "from two reports" in text_of(with_report, "recommendation")


@pytest.mark.slow
def test_no_point_is_called_silent_where_a_sentence_on_the_topic_speaks_of_it(with_report: Brief) -> None:
    section = with_report.section("healthcare")
    assert section and isinstance(section.blocks[0], Labelled)
    said = dict(section.blocks[0].pairs)
    assert "one figure for healthcare at large. Whether" in said["Evidence fit"]
    assert said["Safety and governance"].startswith("See Risks and stop conditions [")
    assert "Hallucinated findings" in text_of(with_report, "risks")
    assert "train models" in text_of(with_report, "evidence")
    assert said["Privacy and security"].startswith("See Evidence [")
    assert "No segment named: “Integration of ambient scribes" in said["EHR and workflow fit"]
    assert all("silent" not in said[label] for label in ("Safety and governance", "Privacy and security"))


def test_numbers_of_a_source_s_own_notes_are_no_citations_of_ours(with_report: Brief) -> None:
    shown = "\n".join(text_of(with_report, section.key) for section in with_report.sections)
    assert "cut documentation time.” [" in shown and "[412]" not in shown
    assert "findings in notes were" in shown
    assert any(citation.quote.endswith("documentation time [412].") for citation in with_report.citations)


def test_another_segment_s_sentence_in_the_same_report_is_not_quoted(with_report: Brief) -> None:
    assert all("80%" not in citation.quote or "payers" not in citation.quote for citation in with_report.citations)


@pytest.mark.slow
def test_what_the_user_says_is_no_claim_of_the_brief(assistant: Assistant) -> None:
    request = replace(
        SCRIBES,
        questions=("Do we buy it for 3,000 clinicians by May 2026?",),
        decide_by="31 March 2036",
        owner="Team 7",
    )
    brief = made(assistant, request)
    assert brief.faults == ()
    assert "3,000 clinicians" in text_of(brief, "decision")


@pytest.mark.slow
def test_a_share_in_a_topic_is_a_claim(assistant: Assistant) -> None:
    brief = made(assistant, replace(SCRIBES, topic="ambient scribes at 91% of providers"))
    assert any(fault.problem.startswith("91%") for fault in brief.faults)


@pytest.mark.slow
def test_a_question_that_the_sources_do_not_answer_is_told(assistant: Assistant) -> None:
    request = replace(SCRIBES, questions=("How many are piloting it?", "How many zebras are there?"))
    text = text_of(made(assistant, request), "evidence")
    assert "The sources do not answer: How many zebras are there?" in text
    assert "The sources do not answer: How many are piloting it?" not in text


@pytest.mark.parametrize("kind", ["buyer", "founder"])
def test_a_brief_has_at_most_two_pages(assistant: Assistant, kind: str) -> None:
    chosen = tuple(finding.id for finding in assistant.findings(segment="provider") if INDEX in finding.id)
    topic = "moving pilots of ambient scribes to production in a large provider organisation of several hospitals"
    brief = made(assistant, BriefRequest(kind, topic, "provider", findings=chosen))  # type: ignore[arg-type]
    assert page_count(brief) <= 2
    assert brief.faults == ()
    assert all(citation.verified for citation in brief.citations)


@pytest.mark.slow
def test_it_is_told_how_many_of_the_chosen_sentences_found_no_place(assistant: Assistant) -> None:
    chosen = tuple(finding.id for finding in assistant.findings() if INDEX in finding.id)[:12]
    events = events_of(assistant, replace(SCRIBES, findings=chosen))
    told = [event.text for event in events if isinstance(event, Remark)]
    finished = events[-1]
    assert isinstance(finished, BriefFinished)
    assert len(told) == 1 and told[0].startswith("Of the ") and "found no place in the brief" in told[0]
    assert any(id_ in told[0] for id_ in chosen)


@pytest.mark.slow
def test_what_is_known_of_the_topic_is_told_whatever_the_section(assistant: Assistant) -> None:
    brief = made(assistant, BriefRequest("founder", "drug discovery", "pharma"))
    assert "“Among pharma executives, only 57%" in text_of(brief, "stage")
    pains = brief.section("pains")
    assert pains and isinstance(pains.blocks[0], Points) and not pains.blocks[0].numbered
    assert text_of(brief, "pains").endswith("Order: none; the sources name only this one.")


@pytest.mark.slow
def test_without_a_figure_on_the_topic_the_brief_says_so_first_and_is_short(assistant: Assistant) -> None:
    brief = made(assistant, BriefRequest("buyer", "security", "payer"))
    assert brief.faults == ()
    assert "On security the sources have no figure on use or results for payers" in text_of(brief, "recommendation")
    assert text_of(brief, "recommendation").startswith("**Not yet**")
    for key in ("why-now", "evidence", "risks", "healthcare"):
        assert not re.search(r"Background[:,]", text_of(brief, key)), key
    assert "See Evidence [1]." in text_of(brief, "risks")


@pytest.mark.parametrize(
    ("topic", "segment", "about", "not_about"),
    [
        ("clinical decision support", "provider", "85% expect", "ambient scribes"),
        ("getting past pilots", "provider", "46% of proofs of concept", "40% are actively piloting"),
        ("drug discovery", "pharma", "57% believe", "early stage"),
        ("AI strategy", "payer", "A clear AI strategy", "committees"),
    ],
)
def test_evidence_has_the_words_of_the_topic_and_not_one_of_them_by_chance(
    assistant: Assistant, topic: str, segment: str, about: str, not_about: str
) -> None:
    quotes = Quotable(assistant, BriefRequest("buyer", topic, segment)).topic.quotes  # type: ignore[arg-type]
    assert any(about in quote.text for quote in quotes)
    assert all(not_about not in quote.text for quote in quotes)


def test_one_pain_has_no_rank(assistant: Assistant) -> None:
    barriers = Quotable(assistant, BriefRequest("founder", "security", "payer")).topic.quotes
    assert len(barriers) == 1
    ordered = in_order(barriers)
    assert (ordered.ranked, ordered.told) == (False, "Order: none; the sources name only this one.")


def test_whom_a_share_of_things_counts_is_said_of_the_things(assistant: Assistant) -> None:
    (finding,) = (one for one in assistant.findings() if one.value == "46%")
    assert base_of(finding) == "proofs of concept of large providers"


def test_a_buyer_s_options_are_judged_by_what_is_said_of_buying_and_not_of_startups(scribes: Brief) -> None:
    section = scribes.section("options")
    assert section and isinstance(section.blocks[0], Options)
    build, buy, co_develop, _ = section.blocks[0].rows
    assert "buy new AI solutions from the incumbent vendors" in buy[1] and "startup" not in buy[1]
    assert buy[2].startswith("Only if the vendor is a startup. ")
    assert "On AI in general see Risks and stop conditions [" in build[2]
    assert "64% are open to co-development" in co_develop[1]


def test_the_recommendation_says_why_and_why_it_is_no_surer(scribes: Brief) -> None:
    text = text_of(scribes, "recommendation")
    assert "a rule cannot tell: hence no “Go”" in text
    assert "Confidence is medium; for high it takes five such figures for providers, from two reports or more" in text
    assert "another source nearly agrees on two figures" in text
