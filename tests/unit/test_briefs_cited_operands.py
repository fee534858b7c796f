"""The figures of a model's calculation get the citations that bear them out, and no others."""

from __future__ import annotations

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.calculation import calculated
from aidx_assistant.briefs.cited_operands import with_operands_cited
from tests.fakes.briefs import citations_of

QUOTES = (
    "Among surveyed providers, 30% have deployed ambient scribes system-wide.",
    "Among surveyed providers, another 22% are implementing ambient scribes, beside those with a system-wide"
    " deployment.",
    "Among surveyed providers, another 40% are actively piloting ambient scribes, beside those that are implementing"
    " or have deployed them.",
    "For payers, the survey covers 22 jobs-to-be-done, in the areas of claims, network, member and pricing.",
)


@pytest.fixture
def citations() -> dict[int, Citation]:
    return dict(enumerate(citations_of(QUOTES), 1))


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("calc(30% + 22% + 40%) of them. [1][2][3]", "calc(30% [1] + 22% [2] + 40% [3]) of them. [1][2][3]"),
        ("On [1] and [2]: calc(30% + 22%).", "On [1] and [2]: calc(30% [1] + 22% [2])."),
        ("calc(30% [1] + 22%) [2]", "calc(30% [1] + 22% [2]) [2]"),
        ("calc(30% + 22%) [1][4]", "calc(30% [1] + 22%) [1][4]"),  # 22 jobs are not 22%
        ("calc(30% + 22%) of them [1]. Then [2].", "calc(30% [1] + 22%) of them [1]. Then [2]."),
        ("calc(30% + 0%) [1]", "calc(30% [1] + 0%) [1]"),
        ("nothing [1]", "nothing [1]"),
        ("calc(30% + 22%", "calc(30% + 22%"),
    ],
)
def test_each_figure_is_cited_by_the_sentence_that_has_it(
    written: str, cited: str, citations: dict[int, Citation]
) -> None:
    assert with_operands_cited(written, citations) == cited


def test_what_no_citation_bears_out_is_not_calculated(citations: dict[int, Citation]) -> None:
    assert "(not calculated: " in calculated(with_operands_cited("calc(30% + 11%) [1]", citations))


def test_what_is_borne_out_is(citations: dict[int, Citation]) -> None:
    text = calculated(with_operands_cited("calc(30% + 22% + 40%) of providers. [1][2][3]", citations))
    assert text == "30% [1] + 22% [2] + 40% [3] = 92% (own calculation) of providers. [1][2][3]"
