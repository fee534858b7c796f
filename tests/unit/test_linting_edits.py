"""`aidx check`, without its command line: what somebody changed in a brief of ours, or says that a source says."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.written.markdown import read_markdown
from tests.fakes.briefs import corpus_shelf


def told(text: str) -> list[str]:
    found = lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: 2)
    return [f"{fault.where}: {fault.rule}: {fault.problem}" for fault in found.faults]


MEMO = "# Memo\n\n{}\n\n[^1]: The Healthcare AI Adoption Index, section “Top takeaways”.\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "“Budgets for AI will vanish in every single hospital.”[^1]",
        "The index says: “budgets for AI will vanish”.[^1]",
        "“Budgets for AI will vanish,” says the index.[^1]",
        "Leaders are sure that “budgets for AI will vanish soon”, and they act on it.[^1]",
        'According to the Healthcare AI Adoption Index, "AI budgets will vanish soon enough".',
        "“Among executives, most say that AI budgets are growing faster than IT spending.”[^1]",
    ],
)
def test_a_quotation_that_no_source_has(sentence: str) -> None:
    found = told(MEMO.format(sentence))
    assert [one for one in found if one.startswith("3: quotation-wrong: “")], found


def test_what_is_like_a_quotation_is_told_instead() -> None:
    found = told(MEMO.format("“Among executives, most say that AI budgets are growing faster than IT spending.”[^1]"))
    assert found == [
        "3: quotation-wrong: “Among executives, most say that AI budgets are growing faster than IT spending.” does not"
        " stand in aidx's notes of The Healthcare AI Adoption Index; they say “Among executives, 60% say that AI"
        " budgets are growing faster than IT spending.”"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Among executives, 60% say that AI budgets are growing faster than IT spending.”[^1]",
        "Of executives, 60% say that “AI budgets are growing faster … spending”.[^1]",
        "The section “Experimentation but not yet production” is short.[^1]",
        "Leaders call it “the great leap”, and 60% say that AI budgets are growing faster than IT spending.[^1]",
        "He said “nobody here has ever read that report”. Others did.[^1]",
    ],
)
def test_a_quotation_that_stands_there_or_is_not_cited(sentence: str) -> None:
    assert not [one for one in told(MEMO.format(sentence)) if "quotation-wrong" in one]
