"""What a brief takes for a statement about its topic: no comparison, no history, nothing that a survey only asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.brief import Labelled
from aidx_assistant.briefs.evidence_brief import EvidenceWriter
from aidx_assistant.briefs.passing_mention import only_asks, tells_history, without_comparison
from aidx_assistant.briefs.quotable import Quotable
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.templates import brief_template
from aidx_assistant.evidence import Segment


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant(home=home) as opened:
        yield opened


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Adoption is fast, in contrast to that of health records.", "Adoption is fast,  ."),
        ("Unlike claims systems, scribes need no training.", " , scribes need no training."),
        ("AI resembles the change to records but is faster.", "AI  ."),
        ("Scribes save 7 minutes per visit.", "Scribes save 7 minutes per visit."),
    ],
)
def test_what_something_is_held_against_is_not_what_a_sentence_is_about(sentence: str, left: str) -> None:
    assert without_comparison(sentence) == left


@pytest.mark.parametrize(
    ("sentence", "only"),
    [
        ("The survey also asks what adoption means for startups.", True),
        ("Our study explored how payers use scribes.", True),
        ("The article refers readers to the appendix for scribes.", True),
        ("The survey asked 300 nurses, and 41% use scribes.", False),
        ("Nurses ask for scribes.", False),
    ],
)
def test_what_a_study_asks_is_no_finding_unless_a_figure_came_of_it(sentence: str, only: bool) -> None:
    assert only_asks(sentence) is only


@pytest.mark.parametrize(
    ("sentence", "published", "old"),
    [
        ("An act of 2009 paid doctors to adopt them.", 2025, True),
        ("An act of 2024 paid doctors to adopt them.", 2025, False),
        ("An act of 2009 paid doctors to adopt them.", None, False),
        ("The change took more than ten years.", None, True),
        ("Integration took 14 weeks in the median.", 2025, False),
        ("They expect it within ten years.", 2025, False),
        ("Models had been there for two years when it began.", 2025, True),
        ("Since 2009, 61% of clinics have adopted them.", 2025, False),
        ("They are adopted widely.", 2025, False),
    ],
)
def test_history_is_told_by_its_years(sentence: str, published: int | None, old: bool) -> None:
    assert tells_history(sentence, published) is old


@pytest.mark.parametrize(
    ("topic", "segment", "not_about"),
    [
        ("electronic health records", "provider", ("HITECH", "more than ten years", "turning point", "regulation")),
        ("startups", "provider", ("survey also asks",)),
        ("getting past pilots", "provider", ("asks what drives",)),
        ("AI adoption", "payer", ("refers readers",)),
        ("clinical decisions", "provider", ("Decisions on the funding",)),
    ],
)
def test_sentences_that_only_mention_a_topic_are_not_about_it(
    assistant: Assistant, topic: str, segment: Segment, not_about: tuple[str, ...]
) -> None:
    quotes = Quotable(assistant, BriefRequest("buyer", topic, segment)).topic.quotes
    assert quotes
    assert not [quote.text for quote in quotes if any(words in quote.text for words in not_about)]


@pytest.mark.slow
def test_a_healthcare_point_is_silent_where_a_sentence_shares_a_word_with_it_by_chance(assistant: Assistant) -> None:
    request = BriefRequest("buyer", "electronic health records", "provider")
    template = brief_template("buyer")
    points = template.section("healthcare")
    assert points
    (block,) = EvidenceWriter(Quotable(assistant, request), request, template).section(points).section.blocks
    assert isinstance(block, Labelled)
    said = dict(block.pairs)
    for label in ("Intended use", "Safety and governance", "Privacy and security", "EHR and workflow fit"):
        assert "sources are silent: ask" in said[label], label
