"""Questions to begin with, which the library is known to answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Finding, Passage, Segment

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant


def suggested_questions(assistant: Assistant, count: int, seed: int = 0) -> tuple[str, ...]:
    """At most `count` questions, each answered by the statement of a finding, on topics and segments in turn.

    The wording is the corpus's own: a question that the sentence is known to answer. The same seed gives the same
    questions; seeds that follow one another (say, the day's number) go through all of them.
    """
    findings = assistant.findings()
    stored = assistant.library.store.stored_passages(list({finding.passage_id for finding in findings}))
    questions = _mixed(findings, {id_: item.passage for id_, item in stored.items()})
    start = seed * count % len(questions) if questions else 0
    return tuple([*questions[start:], *questions[:start]][: max(count, 0)])


def _mixed(findings: Iterable[Finding], passages: Mapping[str, Passage]) -> list[str]:
    """All the questions, each once: one of each topic in turn, and inside a topic one of each segment."""
    topics: dict[str, dict[Segment, list[str]]] = {}
    for finding in findings:
        passage = passages.get(finding.passage_id)
        question = _question(passage, finding.sentence) if passage else None
        if question:
            topics.setdefault(finding.topic, {}).setdefault(finding.segment, []).append(question)
    return list(dict.fromkeys(_in_turn([_in_turn(segments.values()) for segments in topics.values()])))


def _in_turn(lists: Iterable[Sequence[str]]) -> list[str]:
    """The first of each list, then the second of each that has one, and so on."""
    return [text for row in zip_longest(*lists) for text in row if text is not None]


def _question(passage: Passage, sentence: int) -> str | None:
    """What a sentence is known to answer."""
    return next((question for position, question in passage.asked if position == sentence), None)
