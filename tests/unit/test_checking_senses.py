# ruff: noqa: E501 - the answers are quoted whole
"""A right number for the wrong thing: what a claim says of its figure must be what the cited sentence measures."""

from __future__ import annotations

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.checking import check_answer
from tests.mutation.library import citation, library

LARGE, COMPLETED, EARLY = "46% of proofs of concept go", "Only 30% of completed", "45% are still"
SCRIBES, PILOTING, RETURN = "30% have deployed", "another 40%", "54% of those surveyed see"
PHARMA, PROVIDERS = "24% of pharma's proofs", "35% of proofs"
CLINICAL, PAYERS, COSTS, VIEW = "85% expect that", "83% expect that", "80% of respondents expect", "in the view of 95%"
COMMITTEES, VERTICAL, OPEN, BUDGETS = "in place at 57%", "just 15% of AI", "64% are open", "60% say that AI"
STARTUPS = "stated by 48% of executives"
READINESS, SECURITY = "47% of pharma resp", "ranks security concerns first"
SLIDE_18, SCORES, RECORDS, DATE = (
    "Slide 18 shows AI Dx",
    "providers are on slides 18",
    "more than ten years",
    "15 April 2025 is",
)


def cited(number: int, words: str) -> Citation:
    for passage in library().passages.values():
        for position, sentence in enumerate(passage.sentences):
            if words in sentence:
                return citation(number, passage, position, position + 1)
    raise LookupError(words)


def flagged(text: str, *sources: str) -> list[str]:
    """The figures of an answer that are flagged, each source cited by its place."""
    citations = [cited(number, words) for number, words in enumerate(sources, 1)]
    return [fault.text for fault in check_answer(text, citations, library()).checks.figures_unsupported]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("54% lost money on GenAI in the first year. [1]", RETURN),
        ("54% expect meaningful ROI within the first year. [1]", RETURN),
        ("45% of use cases are in production. [1]", EARLY),
        ("40% of providers have deployed ambient scribes system-wide. [1]", PILOTING),
        ("40% of providers have dropped ambient scribes. [1]", PILOTING),
        ("47% of pharma respondents see regulation as a leading obstacle. [1]", READINESS),
        ("57% of organisations have an AI strategy. [1]", COMMITTEES),
        ("95% of respondents have adopted GenAI. [1]", VIEW),
        ("95% of pilots fail. [1]", VIEW),
        ("15% of AI projects fail. [1]", VERTICAL),
        ("15% of AI projects involve horizontal AI applications. [1]", VERTICAL),
        ("46% of large providers' POCs fail in production. [1]", LARGE),
        ("83% of payer leaders expect GenAI to replace doctors within three to five years. [1]", PAYERS),
        ("85% of provider leaders say GenAI has already changed clinical decisions. [1]", CLINICAL),
        ("64% of executives have co-developed with a startup. [1]", OPEN),
        ("Cost ranks first among obstacles. [1]", SECURITY),
        ("AI budgets are growing 60% faster than IT spending. [1]", BUDGETS),
        ("Automation will lower labour costs by 80%. [1]", COSTS),
        ("80% of labour costs will be cut by automation. [1]", COSTS),
        ("85% of nurses expect change in clinical decisions within three to five years. [1]", CLINICAL),
        ("30% of pilots are completed. [1]", COMPLETED),
        ("```markdown\nAmong large providers, 99% of POCs reach production. [1]\n```", LARGE),
        ("```\n64% of large providers.\n[1]", LARGE),
        ("According to Bessemer's index, 24% of pharma's POCs reach production. [1]", PHARMA),
        ("35% of providers' POCs reach production, according to the index. [1]", PROVIDERS),
        ("According to Bain, 45% of use cases are still in ideation or POC. [1]", EARLY),
        ("Bain says 46% of large providers' POCs reach production. [1]", LARGE),
        ("Slide 7 shows that 30% of providers have deployed ambient scribes system-wide. [1]", SCRIBES),
        ("Slide 18 shows AI Dx scores of payers. [1]", SLIDE_18),
        ("Slides 18-19 give the AI Dx scores for payers. [1]", SCORES),
        ("57% of executives have an AI committee. [1]", COMMITTEES),
        ("48% of startups prefer working with established players. [1]", STARTUPS),
        ("48% of executives shun startups. [1]", STARTUPS),
        ("64% of executives oppose co-development with early-stage partners. [1]", OPEN),
        ("64% of executives would invest in partners at an early stage. [1]", OPEN),
        ("46% of large providers have moved their AI into production. [1]", LARGE),
        ("Of large providers, 46% run AI in production. [1]", LARGE),
        ("At large providers, 46% of POCs reach profitability. [1]", LARGE),
        ("GenAI will change 85% of clinical decisions within three to five years. [1]", CLINICAL),
        ("60% of executives say that AI budgets are growing faster than revenue. [1]", BUDGETS),
        ("40% of providers have stopped piloting ambient scribes. [1]", PILOTING),
    ],
)
def test_a_right_number_for_something_else_is_flagged(text: str, source: str) -> None:
    assert flagged(text, source)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("According to Bain's companion brief, 24% of pharma's POCs reach production. [1]", [PHARMA]),
        ("The index by Bessemer, AWS and Bain has 46% of large providers' POCs in production. [1]", [LARGE]),
        ("As of April 2025, 30% of completed POCs reach production. [1]", [COMPLETED]),
        ("Payers: 83%\nProviders: 85% [1][2]", [CLINICAL, PAYERS]),
        ("EHRs took 10+ years. [1]", [RECORDS]),
        ("54% see meaningful ROI within 12 months. [1]", [RETURN]),
        ("The index was published on 4/15/25. [1]", [DATE]),
        ("Large providers get ４６％ of POCs into production. [1]", [LARGE]),
        ("Slide 18 shows AI Dx scores of providers. [1]", [SLIDE_18]),
        ("Slides 18–19 give the AI Dx scores for providers. [1]", [SCORES]),
        ("Automation is expected to lower labour costs by 80% of respondents. [1]", [COSTS]),
        ("57% of executives say that their organisation has an AI governance committee. [1]", [COMMITTEES]),
        ("46% of large providers' POCs. [1]", [LARGE]),
        ("46% of large providers get their POCs into production. [1]", [LARGE]),
        ("48% of executives would rather work with startups than with established players. [1]", [STARTUPS]),
        ("AI budgets outgrow IT spending, say 60% of executives. [1]", [BUDGETS]),
    ],
)
def test_what_is_said_in_other_words_is_not(text: str, sources: list[str]) -> None:
    assert flagged(text, *sources) == []
