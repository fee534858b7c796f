"""An answer comes back from its JSON as it was, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.answers import (
    Answer,
    Checks,
    Citation,
    Disagreement,
    Mode,
    Status,
    Step,
    Timings,
    UnsupportedFigure,
    Usage,
    answer_as_json,
)
from aidx_assistant.answers_read_back import answer_from_json
from aidx_assistant.evidence import Locator, LocatorKind

texts = st.text(max_size=12)
maybe = st.none() | texts
counts = st.integers(0, 10**9)
numbers = st.floats(allow_nan=False, allow_infinity=False)


def many(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


locators = st.builds(Locator, st.sampled_from(get_args(LocatorKind)), st.none() | counts, maybe)
citations = st.builds(
    Citation,
    number=counts,
    sentences=st.tuples(counts, counts),
    locator=locators,
    source_id=texts,
    source_title=texts,
    passage_id=texts,
    shown_beside=maybe,
    label=texts,
    quote=texts,
    url=maybe,
    picture=maybe,
    verified=st.booleans(),
)
faults = st.builds(UnsupportedFigure, texts, counts, counts, texts, maybe)
answers = st.builds(
    Answer,
    question=texts,
    question_understood=texts,
    answered=st.booleans(),
    status=st.sampled_from(get_args(Status)),
    mode=st.sampled_from(get_args(Mode)),
    model=maybe,
    cited_by_model=st.booleans(),
    text=texts,
    reason=maybe,
    corrected=st.booleans(),
    citations=many(citations),
    checks=st.builds(Checks, counts, counts, counts, counts, many(faults)),
    disagreements=many(st.builds(Disagreement, texts, many(counts))),
    nearest=many(citations),
    usage=st.none() | st.builds(Usage, counts, counts, counts, counts, st.none() | numbers, st.booleans()),
    timings=st.builds(Timings, numbers, st.none() | numbers, numbers),
    stopped_by_user=st.booleans(),
    endpoint=st.none() | texts,
    by_words_only=counts,
    steps=many(st.builds(Step, texts, texts, texts, st.booleans())),
    before_correction=maybe,
    faults_corrected=many(faults),
    whole_report=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert answer_from_json(answer_as_json(answer)) == answer
    assert answer_from_json(json.loads(json.dumps(answer_as_json(answer)))) == answer


def widened(content: object) -> object:
    """The same JSON with a field more in every object."""
    if isinstance(content, dict):
        return {**{key: widened(value) for key, value in content.items()}, "of a later time": 1}
    if isinstance(content, list | tuple):
        return [widened(item) for item in content]
    return content


@settings(max_examples=20, deadline=None)
@given(answers)
def test_fields_unknown_here_are_ignored(answer: Answer) -> None:
    content = widened(answer_as_json(answer))
    assert isinstance(content, dict)
    assert answer_from_json(content) == answer


def test_every_field_takes_part() -> None:
    """A field that is added to an answer must be added to the strategies above."""
    drawn: dict[type[Any], int] = {
        Answer: 23,
        Citation: 12,
        Checks: 5,
        UnsupportedFigure: 5,
        Disagreement: 2,
        Usage: 6,
        Timings: 3,
        Locator: 3,
        Step: 4,
    }
    assert {kind: len(fields(kind)) for kind in drawn} == drawn
