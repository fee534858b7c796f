"""What is answered of reports that the user brought, beside those that ship."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from aidx_assistant import locations
from aidx_assistant.answering.draft import Draft
from aidx_assistant.answering.extractive import drafted
from aidx_assistant.assistant.given import Given
from aidx_assistant.assistant.importing import Importing
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from tests.abstention.labelled import retrieved_for
from tests.conftest import the_embedder

REPORT = """---
title: Larkfield Survey of Clinical AI 2026
author: Larkfield Research
date: 2026-03-01
---

## Who answered

Larkfield asked 540 executives: 260 at hospitals, 190 at health plans and 90 at medical device makers.

## From pilot to production

We found that 37% of providers' AI pilots reach production. Medicare Advantage plans do best: 43% of their pilots reach
production. Commercial plans stand at 34%. Of biotech companies, 18% use AI in target discovery.

## Care at home

Scheduling with AI is in routine use at 41% of home care agencies. Only 28% of nursing homes have a budget for AI.

## Governance

An AI governance committee exists at 71% of health systems. The chief information officer owns AI at 45% of hospitals.
AI budgets grow faster than IT spending at 46% of organisations. Lack of staff was named by 59% of rural hospitals.
Talent shortages hold back 51% of hospitals. Of all organisations, 63% use AI to schedule nurses.

| Clinics | Year | Share of pilots in production |
|---|---|---|
| Walk-in clinics | 2024 | 16% |
| Walk-in clinics | 2025 | 26% |
"""

Ask = Callable[[str], Draft]


@pytest.fixture(scope="module")
def ask(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("own-reports")
    home = copytree(pristine_home, folder / "home")
    file = folder / "larkfield.md"
    file.write_text(REPORT, encoding="utf-8")
    with closing(Library(home, the_embedder)) as library, Importing(library, Progress()) as importing:
        assert [imported.outcome for imported in importing.add([str(file)], Given())] == ["added"]
        library.sync(locations.corpus_folder())
        yield lambda question: drafted(question, retrieved_for(question, library))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What share of commercial plans' pilots reach production?", "Commercial plans stand at 34%."),
        ("What share of biotech companies use AI in target discovery?", "18%"),
        ("How many medical device makers were surveyed?", "90 at medical device makers"),
        ("How many provider leaders were surveyed?", "260 at hospitals"),
        ("Who owns AI at hospitals?", "The chief information officer owns AI at 45%"),
        ("What share of providers' AI pilots reach production, according to Larkfield?", "37%"),
        ("According to Larkfield Research, how many AI pilots reach production?", "37%"),
        ("What share of rural hospitals named a lack of staff?", "59%"),
        ("What share of hospitals are held back by a lack of talent?", "51%"),
        ("What share of organisations use AI for scheduling nurses?", "63%"),
    ],
)
def test_what_is_said_of_a_group(ask: Ask, question: str, said: str) -> None:
    draft = ask(question)
    assert said in draft.citations[0].quote
    assert draft.citations[0].source_id.startswith("larkfield")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What share of hospices have a budget for AI?", "“hospices”"),
        ("What share of veterinary clinics use AI?", "none mentions veterinary"),
        ("What share of Medicaid plans' pilots reach production?", "“Medicaid”"),
        ("What share of urban hospitals named a lack of staff?", "urban"),
        ("What share of hospitals named a lack of staff?", "narrower group"),
        ("What share of vision insurers' AI pilots reach production?", "“vision”"),
        ("What does Larkfield say about ambient scribes?", "source that is named"),
        ("What does the companion brief say about AI governance committees?", "source that is named"),
        ("What share of hospitals are not using ambient scribes?", "say the opposite"),
        ("How many payer jobs are in claims?", "more than is asked about"),
        ("Which slides are not about providers?", "which slides are not"),
        ("Did the share of walk-in clinics' pilots in production rise between 2023 and 2025?", "2023 and 2025"),
    ],
)
def test_what_is_said_of_another_group_is_no_answer(ask: Ask, question: str, reason: str) -> None:
    draft = ask(question)
    assert not draft.answered
    assert reason in str(draft.reason)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Do AI budgets grow faster than IT spending?", {"46%", "60%"}),
        ("Do the sources agree on AI governance committees?", {"71%", "57%"}),
        ("Do the sources agree on how many pilots reach production?", {"37%", "30%"}),
        ("Did the share of walk-in clinics' pilots in production rise between 2024 and 2025?", {"16%", "26%"}),
    ],
)
def test_figures_stand_beside_each_other(ask: Ask, question: str, figures: set[str]) -> None:
    quoted = " ".join(citation.quote for citation in ask(question).citations)
    assert all(figure in quoted for figure in figures)


@pytest.mark.parametrize(
    "question",
    [
        "Was the Healthcare AI Adoption Index published in 2024 or 2025?",
        "How many leaders answered the survey, according to the index?",
        "What do clinical leaders expect of AI in clinical decisions?",
    ],
)
def test_what_ships_is_answered_beside_it(ask: Ask, question: str) -> None:
    assert ask(question).citations[0].source_id == "healthcare-ai-adoption-index"


def test_a_share_of_all_is_none_of_a_group_that_was_not_asked_about(ask: Ask) -> None:
    quoted = " ".join(citation.quote for citation in ask("What share of pilots reach production?").citations)
    assert "30%" in quoted
    assert "43%" not in quoted and "26%" not in quoted


def test_a_source_that_is_named_in_other_letters(ask: Ask) -> None:
    assert "30%" in ask("What share of AI pilots reach production, according to 研究所?").text


def test_the_part_of_a_question_that_nothing_answers_is_told(ask: Ask) -> None:
    draft = ask("What share of providers have ambient scribes deployed, and what colour is the cover of the deck?")
    assert "30%" in draft.text
    assert "Nothing was found on “what colour is the cover of the deck”" in draft.text
    asked = ask("What share of providers have ambient scribes deployed, and who paid for the 12 lunches?")
    assert "Nothing was found on one part of the question" in asked.text


def test_rows_of_a_table_do_not_run_into_each_other(ask: Ask) -> None:
    draft = ask("What share of pilots was in production at walk-in clinics in 2024 and in 2025?")
    rows = [line for line in draft.text.splitlines() if "Walk-in clinics" in line]
    assert len(rows) == 2
    assert all(row.startswith("- Clinics: Walk-in clinics; Year: 202") for row in rows)
