"""A conversation written out as Markdown keeps its evidence and its faults."""

from __future__ import annotations

from dataclasses import replace

from aidx_assistant.answers import DECLINE, Checks, Disagreement, UnsupportedFigure, answer_as_json
from aidx_assistant.answers_in_words import faults_in_words
from aidx_assistant.conversations.conversation import Conversation, Turn
from aidx_assistant.conversations.markdown import conversation_as_markdown
from tests.fakes.answers import CITATION, an_answer, with_a_fault

CONVERSATION = Conversation("c", "What *stalls* pilots?", "2026-01-02T03:04:05Z", "2026-01-02T03:05:00Z", 1)
TURN = Turn(1, "c", 0, "What stalls pilots?", None, None, "2026-01-02T03:04:05Z", "answered")


def written(turn: Turn) -> str:
    return conversation_as_markdown(CONVERSATION, [turn])


def test_an_answer_with_its_source() -> None:
    assert (
        written(replace(TURN, answer=an_answer()))
        == """\
# What \\*stalls\\* pilots?

Started 2026-01-02 03:04:05 UTC, 1 question.

## Question 1

> What stalls pilots?

Asked 2026-01-02 03:04:05 UTC

Pilots stall. [1]

### Sources

1. An Index, section “Pilots” (shown beside slide 8)  
   “Pilots stall.”  
   <https://example.org/index>

Checks: citations verified 1 of 1 · no figures. Answered by claude-opus-5-5.
"""
    )


def test_a_search_by_words_only_is_told() -> None:
    told = "1,200 passages were searched by words only, not by meaning: the search index is not complete yet."
    assert told in written(replace(TURN, answer=an_answer(by_words_only=1200)))
    assert "by words only" not in written(replace(TURN, answer=an_answer()))


def test_faults_are_told_in_words() -> None:
    answer = replace(
        with_a_fault(),
        citations=(replace(CITATION, verified=False),),
        disagreements=(Disagreement("The one says 8, the other 9.", (1, 2)),),
        question_understood="Why (for payers)?",
    )
    text = written(replace(TURN, answer=answer))
    for part in (
        "99% [unsupported] stall. [1]",
        "- 99%: No cited sentence has it. The sources say: Pilots stall.",
        "figures supported 0 of 1",
        "Not verified",
        "- [1][2] The one says 8, the other 9.",
        "Understood as: Why (for payers)?",
    ):
        assert part in text


def test_what_is_wrong_alike_at_several_places_stands_once() -> None:
    fault = UnsupportedFigure("99%", 0, 3, "No cited sentence has it.", None)
    other = UnsupportedFigure("7%", 30, 32, "No cited sentence has it.", None)
    faults = (fault, other, replace(fault, start=10, end=13))
    answer = an_answer("99% or all 99% stall, not at all 7%. [1]", checks=Checks(1, 0, 3, 0, faults))
    told = faults_in_words(answer.checks.figures_unsupported)
    assert told == ["99% (twice): No cited sentence has it.", "7%: No cited sentence has it."]
    assert faults_in_words((*faults, fault, other))[0] == "99% (3 times): No cited sentence has it."
    assert "- 99% (twice): No cited sentence has it.\n- 7%: No cited" in written(replace(TURN, answer=answer))
    assert [fault["start"] for fault in answer_as_json(answer)["checks"]["figures_unsupported"]] == [0, 30, 10]


def test_what_was_not_answered() -> None:
    declined = an_answer(DECLINE, answered=False, reason="Nothing relevant.", citations=(), nearest=(CITATION,))
    declined = replace(declined, checks=Checks())
    text = written(replace(TURN, answer=declined))
    assert "### Nearest in the library\n\n- An Index" in text
    assert "Nothing relevant." in text
    assert "Checks" not in text


def test_turns_without_an_answer() -> None:
    broken = written(replace(TURN, state="broken off", text="Half an answer."))
    assert broken.endswith("Half an answer.\n\n**Broken off: the program ended while this was answered.**\n")
    assert "**Cancelled by the user.**" in written(replace(TURN, state="cancelled"))
    failed = written(replace(TURN, state="failed", problem="No network.", hint="Try again."))
    assert failed.endswith("**Not answered.** No network. Try again.\n")


def test_questions_are_not_read_as_markdown() -> None:
    question = "# Not a heading\n\n1. not a list\n<b>AT&T</b> `code`"
    text = written(replace(TURN, question=question, segment="payer", source_id="my_index"))
    assert "> \\# Not a heading\n>\n> 1\\. not a list\n> \\<b\\>AT\\&T\\</b\\> \\`code\\`" in text
    assert "segment payer, source my\\_index only" in text
