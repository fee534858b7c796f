"""A conversation as Markdown, for a reader without this program: nothing of an answer's evidence is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.answers import Answer, Citation
from aidx_assistant.answers_in_words import (
    answered_by,
    checks_in_words,
    correction_in_words,
    faults_in_words,
    searched_by_words,
    text_with_faults,
)
from aidx_assistant.conversations.conversation import Conversation, Turn

_MARKS = re.compile(r"[\\`*_\[\]<>&~]|^[#+=-]|^\d+[.)]")
"""What would be read as Markdown, anywhere or at the start of a line."""

_ENDS = {
    "asked": "This question is being answered.",
    "cancelled": "Cancelled by the user.",
    "broken off": "Broken off: the program ended while this was answered.",
}


def conversation_as_markdown(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Each question with its answer, the answer's numbered sources (label, quote, address), checks and faults."""
    questions = "1 question" if len(turns) == 1 else f"{len(turns)} questions"
    begun = f"Started {_moment(conversation.started)}, {questions}."
    paragraphs = [f"# {_plain(conversation.title)}", begun]
    for turn in turns:
        paragraphs += _turn(turn)
    return "\n\n".join(paragraphs) + "\n"


def answer_as_markdown(answer: Answer) -> str:
    """The text of an answer, faults marked, with its numbered sources, where they differ, checks and faults."""
    return "\n\n".join(_answer(answer)) + "\n"


def _turn(turn: Turn) -> Iterator[str]:
    yield f"## Question {turn.position + 1}"
    yield "\n".join(f"> {_plain(line)}".rstrip() for line in turn.question.splitlines())
    filters = [f"segment {turn.segment}"] * bool(turn.segment) + [f"source {turn.source_id}"] * bool(turn.source_id)
    only = f" · {_plain(', '.join(filters))} only" if filters else ""
    yield f"Asked {_moment(turn.asked_at)}{only}"
    if turn.answer:
        yield from _answer(turn.answer)
    elif turn.text.strip():
        yield turn.text.strip()
    if turn.state == "failed":
        yield f"**Not answered.** {_plain(f'{turn.problem} {turn.hint}'.strip())}"
    elif turn.state in _ENDS:
        yield f"**{_ENDS[turn.state]}**"


def _answer(answer: Answer) -> Iterator[str]:
    if answer.question_understood != answer.question:
        yield f"Understood as: {_plain(answer.question_understood)}"
    yield text_with_faults(answer).strip()
    if answer.reason:
        yield f"**{_plain(answer.reason)}**"
    if answer.corrected:
        yield "### Corrected by Claude; the checks had found"
        yield _list(map(_plain, correction_in_words(answer)))
    if answer.by_words_only:
        yield searched_by_words(answer.by_words_only)
    if answer.citations:
        yield "### Sources"
        yield "\n".join(_source(f"{citation.number}.", citation) for citation in answer.citations)
    if answer.nearest:
        yield "### Nearest in the library"
        yield "\n".join(_source("-", citation, pointer=True) for citation in answer.nearest)
    if answer.disagreements:
        yield "### Sources differ"
        yield _list(f"{_markers(item.citations)} {_plain(item.about)}" for item in answer.disagreements)
    faults = answer.checks.figures_unsupported
    if faults:
        yield "### Figures that no cited sentence carries"
        yield _list(map(_plain, faults_in_words(faults)))
    yield f"Checks: {checks_in_words(answer.checks)}. {_origin(answer)}." if answer.answered else f"{_origin(answer)}."


def _source(mark: str, citation: Citation, pointer: bool = False) -> str:
    """One item of a list; further lines are indented to belong to it."""
    lines = [_plain(citation.label), f"“{_plain(citation.quote)}”"]
    if citation.url:
        lines.append(f"<{citation.url}>")
    if not pointer and not citation.verified:
        lines.append("**Not verified: this is not what the library holds there.**")
    indent = " " * (len(mark) + 1)
    return f"{mark} " + f"  \n{indent}".join(lines)


def _origin(answer: Answer) -> str:
    if answer.mode == "extractive":
        return "No model: quoted from the sources"
    if answer.model is None:
        return "No model was asked"
    matched = answer.answered and not answer.cited_by_model
    return f"Answered by {_plain(answered_by(answer))}" + (", its sources found by matching" if matched else "")


def _markers(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _moment(iso: str) -> str:
    return f"{iso.replace('T', ' ').removesuffix('Z')} UTC"


def _plain(text: str) -> str:
    """Text in one line, of which nothing is read as Markdown."""
    return _MARKS.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", " ".join(text.split()))
