from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.checking import check_answer
from aidx_assistant.checking.sentences import sentence_spans
from aidx_assistant.checking.statements import statements_of
from aidx_assistant.evidence import Passage
from tests.mutation.library import Library, citation, library

_LIBRARY = library()
_MARKDOWN = st.text("ab 4.%[]1|-#*\n:,;()éﬁ", max_size=90) | st.text(max_size=60)


@settings(max_examples=120)
@given(_MARKDOWN)
def test_any_text_can_be_checked(text: str) -> None:
    passage = next(iter(_LIBRARY.passages.values()))
    checks = check_answer(text, [citation(1, passage, 0, 1)], _LIBRARY).checks
    for fault in checks.figures_unsupported:
        assert fault.text == text[fault.start : fault.end] or "*" in text or "_" in text or "`" in text
        assert fault.reason


@settings(max_examples=120)
@given(_MARKDOWN)
def test_statements_lie_within_the_answer(text: str) -> None:
    for statement in statements_of(text):
        assert 0 <= statement.start <= statement.start + len(statement.text) <= len(text)


@settings(max_examples=80)
@given(_MARKDOWN)
def test_sentences_do_not_overlap(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop <= len(text)
        end = stop


@settings(max_examples=40)
@given(st.integers(21, 98), st.integers(-20, 20))
def test_a_percentage_holds_only_as_it_is_stated(stated: int, change: int) -> None:
    passage = next(iter(library().passages.values()))
    sentence = f"Of the clinics, {stated}% use robots."
    held = Library({"p": Passage("p", "s", passage.locator, (sentence,), ("all",))}, ())
    text = f"{stated + change}% of the clinics use robots [1]."
    faults = check_answer(text, [citation(1, held.passages["p"], 0, 1)], held).checks.figures_unsupported
    assert bool(faults) == (change != 0)
