"""Which item of a list or a table of the user's own report answers for the most and the least."""

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
title: Pemberton Survey of Ward Robots 2026
author: Pemberton Research
date: 2026-02-01
---

## Who answered

Pemberton asked 300 executives: 180 at hospitals and 120 at health plans.

## Obstacles to ward robots

| Obstacle to ward robots | Hospitals |
|---|---|
| Narrow corridors | 31% |
| Batteries | 64% |
| Noise | 12% |

## Reasons to buy ward robots

| Reason to buy ward robots | Hospitals | Health plans |
|---|---|---|
| Fewer falls | 22% | 55% |
| Shorter stays | 48% | 20% |
| Prestige | 5% | 9% |
"""

Ask = Callable[[str], Draft]


@pytest.fixture(scope="module")
def ask(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("lists")
    home, file = copytree(pristine_home, folder / "home"), folder / "robots.md"
    file.write_text(REPORT, encoding="utf-8")
    with closing(Library(home, the_embedder)) as library:
        with Importing(library, Progress()) as importing:
            assert [one.outcome for one in importing.add([str(file)], Given())] == ["added"]
        library.sync(locations.corpus_folder())
        yield lambda question: drafted(question, retrieved_for(question, library))


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("What do hospitals see as the biggest obstacle to ward robots?", "Batteries"),
        ("Which obstacle to ward robots do hospitals name least?", "Noise"),
        ("What is the top reason of hospitals to buy ward robots?", "Shorter stays"),
        ("What is the top reason of health plans to buy ward robots?", "Fewer falls"),
    ],
)
def test_the_first_and_the_last_of_a_segment(ask: Ask, question: str, item: str) -> None:
    draft = ask(question)
    assert draft.answered
    assert [citation.quote for citation in draft.citations if item in citation.quote] == [draft.citations[0].quote]
    assert len(draft.citations) == 1


def test_a_column_of_another_segment_is_none(ask: Ask) -> None:
    draft = ask("What do health plans see as the biggest obstacle to ward robots?")
    assert "64%" not in draft.text
