"""Bounds, years and headings: what is a true and fair name for a cited figure, and what is not."""

from __future__ import annotations

import pytest

from aidx_assistant.checking import check_answer
from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.reading.figures_found import findings_in
from tests.mutation.library import Library, citation

_SOURCE = Source("report", "A Report", (), "", None, None, True, (), 0, "")
_SENTENCES = (
    "Ambient scribes are used by 66% of clinics.",
    "The registry holds 1,348 confirmed cases and 56 deaths.",
    "Contracts cost $41.8 million in total.",
    "The programme reached more than 400 hospitals.",
    "Rollout took ten days.",
    "The survey ran from 2023 to 2025.",
    "Vendors scored 57 out of 100 for support.",
    "It is a 2024 nationwide health systems survey.",
    "Nurses were trained in the mid-2010s.",
    "Most leaders said that budgets would grow.",
    "It opened 45 centres for paediatric care.",
    "Use grew through the 2010s.",
    "Budgets grew in April 2024.",
    "Payback takes 1 year.",
    "Chatbots are used by 60% of providers and 64% of payers.",
    "Chatbots are recommended by 90% of payers.",
    "It was answered by 2,000 clinicians.",
    "In 2024, 38% of clinics use ambient scribes; in 2022 it was 11%.",
    "45% of use cases are still in the proof of concept.",
)
_PASSAGE = Passage("report#1", "report", Locator("section", heading="Ten questions for 2026"), _SENTENCES, ("all",))
_LIBRARY = Library({_PASSAGE.id: _PASSAGE}, findings_in(_SOURCE, [_PASSAGE]), (_SOURCE,))


def faults(text: str, sentence: int) -> list[str]:
    cited = citation(1, _PASSAGE, sentence, sentence + 1)
    return [fault.text for fault in check_answer(f"{text} [1].", [cited], _LIBRARY).checks.figures_unsupported]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ambient scribes are used by over 65% of clinics", 0),
        ("Ambient scribes are used by less than 70% of clinics", 0),
        ("The registry holds fewer than 1,350 confirmed cases", 1),
        ("The registry holds less than 57 deaths", 1),
        ("The registry holds 56 fatalities", 1),
        ("It opened 45 centers for pediatric care", 10),
        ("Between 2023 and 2025 the survey ran", 5),
        ("Budgets grew in the 2020s", 12),
        ("More than 60% of payers use chatbots", 14),
        ("Their 2000 clinicians answered", 16),
        ("In 2022, ambient scribes were used by 11% of clinics", 17),
        ("Contracts cost under $42 million in total", 2),
        ("Rollout took more than 9 days", 4),
        ("The survey ran between 2023 and 2025", 5),
        ("The survey ran from 2023–2025", 5),
        ("The survey began in 2023", 5),
        ("Vendors scored 57/100 for support", 6),
        ("It is a 2024 survey", 7),
        ("Nurses were trained in the 2010s", 8),
        ("In 2026, most leaders said, budgets would grow", 9),
        ("Under “Ten questions for 2026” most leaders said that budgets would grow", 9),
    ],
)
def test_what_is_true_and_near_is_not_marked(text: str, sentence: int) -> None:
    assert faults(text, sentence) == []


@pytest.mark.parametrize(
    ("text", "sentence", "marked"),
    [
        ("Ambient scribes are used by over 67% of clinics", 0, "over 67%"),
        ("Ambient scribes are used by over 66% of clinics", 0, "over 66%"),
        ("Ambient scribes are used by less than 66% of clinics", 0, "less than 66%"),
        ("Ambient scribes are used by no more than 67% of clinics", 0, "no more than 67%"),
        ("Ambient scribes are used by more than 33% of clinics", 0, "more than 33%"),
        ("The registry holds more than 1,350 confirmed cases", 1, "more than 1,350"),
        ("The registry holds more than 50 confirmed cases", 1, "more than 50"),
        ("Contracts cost under $60 million in total", 2, "under $60 million"),
        ("The programme reached more than 410 hospitals", 3, "more than 410"),
        ("The programme reached more than 390 hospitals", 3, "more than 390"),
        ("The programme reached fewer than 410 hospitals", 3, "fewer than 410"),
        ("Rollout took more than 9 weeks", 4, "more than 9 weeks"),
        ("The survey ran between 2022 and 2025", 5, "2022 and 2025"),
        ("The survey ran in 2024", 5, "2024"),
        ("Vendors scored 75/100 for support", 6, "75/100"),
        ("In 2027, most leaders said, budgets would grow", 9, "2027"),
        ("Ten leaders said that budgets would grow", 9, "Ten"),
        ("Use grew in 2010", 11, "2010"),
        ("In 2026 budgets grew", 12, "2026"),
        ("Mid-2027 budgets grew", 12, "2027"),
        ("In 2022, ambient scribes were used by 38% of clinics", 17, "38%"),
        ("45% of use cases have passed the proof of concept", 18, "45%"),
        ("Payback takes less than 2 years", 13, "less than 2 years"),
        ("Payers rate chatbots 9/10 and recommend them", 15, "9/10"),
    ],
)
def test_what_is_false_or_far_is_marked(text: str, sentence: int, marked: str) -> None:
    assert marked in faults(text, sentence)
