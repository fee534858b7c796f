"""Every question that can be suggested is answered by the sentence it was suggested for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.suggestions import suggested_questions
from aidx_assistant.settings import load_settings
from tests.fakes.sources import write_source


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant(load_settings({"offline": True}, home=home), home=home) as opened:
        yield opened


@pytest.mark.slow
def test_every_suggestion_is_answered_offline_by_a_statement_it_is_known_for(assistant: Assistant) -> None:
    places: dict[str, set[tuple[str, int]]] = {}
    stated = {(finding.passage_id, finding.sentence) for finding in assistant.findings()}
    for source in assistant.sources():
        for passage in assistant.passages(source.id):
            for position, question in passage.asked:
                places.setdefault(question, set()).add((passage.id, position))
    questions = suggested_questions(assistant, 1000)
    assert len(questions) == len(set(questions)) > 60
    missed = []
    for question in questions:
        answer = assistant.ask(question)
        cited = {(citation.passage_id, citation.sentences[0]) for citation in answer.citations}
        if not answer.answered or not cited & places[question] & stated:
            missed.append((question, answer.text))
    assert missed == []


def test_suggestions_are_whole_sentences_on_several_topics_and_segments(assistant: Assistant) -> None:
    findings = {
        question: finding
        for finding in reversed(assistant.findings())
        for passage in [assistant.passage(finding.passage_id)]
        for position, question in (passage.asked if passage else ())
        if position == finding.sentence
    }
    segments = set()
    for seed in range(8):
        questions = suggested_questions(assistant, 6, seed)
        assert len(questions) == len(set(questions)) == 6
        assert all(question[0].isupper() and question.endswith("?") for question in questions)
        assert len({findings[question].topic for question in questions}) >= 4
        segments |= {findings[question].segment for question in questions}
    assert segments == {"provider", "payer", "pharma", "all"}


def test_the_seed_rotates_through_all_of_them(assistant: Assistant) -> None:
    everything = suggested_questions(assistant, 1000)
    assert suggested_questions(assistant, 6, 3) == suggested_questions(assistant, 6, 3)
    days = [suggested_questions(assistant, 6, 20_000 + day) for day in range(-(-len(everything) // 6))]
    assert {question for day in days for question in day} == set(everything)


def test_where_nothing_is_known_nothing_is_suggested(assistant: Assistant, tmp_path: Path) -> None:
    assert suggested_questions(assistant, 0) == ()
    write_source(tmp_path / "corpus", "one", [["Scribes save time."]])
    with Assistant(home=tmp_path / "home", corpus=tmp_path / "corpus") as empty:
        assert suggested_questions(empty, 6) == ()
