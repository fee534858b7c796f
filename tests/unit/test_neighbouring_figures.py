"""Of a user's own report: what is said of a neighbour, of another doing or thing is no answer, and what takes up the
sentence before it is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from aidx_assistant import locations
from aidx_assistant.answering.draft import Draft
from aidx_assistant.answering.extractive import drafted
from aidx_assistant.answering.surroundings import taken_up_from
from aidx_assistant.assistant.given import Given
from aidx_assistant.assistant.importing import Importing
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from tests.abstention.labelled import retrieved_for
from tests.conftest import the_embedder

WARDS = """---
title: Tallis Report on Wards and Machines 2026
author: Tallis Group
date: 2026-02-01
---

## Attitudes

41% of nurses fear AI that answers calls. 58% of nurses want AI that schedules shifts. 22% of physicians welcome AI at
the bedside. Of pharmacists, 35% distrust AI suggestions on dosing. Robots at the bedside are opposed by 64% of
patients.

## Writing

Care notes are drafted by AI in 38% of wards. Clinical notes take dietitians 90 minutes a shift.
Chatbots for discharge are planned by 27% of hospitals. Voice ordering is piloted by 16% of hospitals.

## Tools

Ambient scribes are in use at 52% of teaching hospitals. Among rural hospitals the share was 33%.

Sepsis alerts run at 64% of teaching hospitals. At rural hospitals it is 40%. Sepsis is predicted by AI on 32% of wards.

## Use of ambient scribes

Fall sensors are in use at 41% of teaching hospitals. Among children's hospitals the share was 18%.

## Notes of therapists

AI drafts therapy notes for 34% of psychologists. Clinicians save 5 hours a week with drafted notes.
Progress notes were written by hand at 44% of practices. Denials of claims fell by 18%.
Chatbots run between sessions at 12% of practices. Another 9% intend to offer them.

## Committees

52% of clinics have an ethics board for AI, and 18% plan to form one. Triage bots are live at 31% of clinics, and 12%
plan to deploy them. Of 1,200 maternity units, 27% run voice bots, which midwives welcome.

## Spring meeting

Infusion pumps were the theme of the spring meeting. Software that was bought last year is unused at 29% of units.
It is expected that 26% of units will pay for translation.

In 2024, 37% of units drew up rosters by AI; in 2022 it was 13%. In the first half of 2024, 45% of leases had a clause.

| | Units in use | Units planning |
|---|---|---|
| Drip alarms | 46% | 17% |

## Beds

Bed planning is done by AI, as 48% of executives at specialty hospitals say.

## Dispensing

Dispensing robots fill prescriptions at 46% of hospital pharmacies. The pharmacy director approves robots at 61% of
sites.
"""
PLANS = """---
title: Alder Pulse of Payers 2026
author: Alder Research
date: 2026-02-01
---

## Whom we asked about AI for utilization management

We interviewed 12 Medicaid plans and 9 state agencies.

## Use

AI for utilization management is in use at 7 of them. AI for prior authorization is used by 44%.
"""

Ask = Callable[[str], Draft]


@pytest.fixture(scope="module")
def ask(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("neighbours")
    home = copytree(pristine_home, folder / "home")
    files = [folder / "wards.md", folder / "plans.md"]
    for file, report in zip(files, (WARDS, PLANS), strict=True):
        file.write_text(report, encoding="utf-8")
    with closing(Library(home, the_embedder)) as library, Importing(library, Progress()) as importing:
        outcomes = [imported.outcome for imported in importing.add([str(file) for file in files], Given())]
        assert outcomes == ["added", "added"]
        library.sync(locations.corpus_folder())
        yield lambda question: drafted(question, retrieved_for(question, library))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What share of care notes are drafted by AI?", "38%"),
        ("How long do clinical notes take dietitians?", "90 minutes"),
        ("How many nurses want AI?", "58%"),
        ("How many nurses fear AI?", "41%"),
        ("How many physicians want AI at the bedside?", "22%"),
        ("What share of pharmacists distrust AI suggestions on dosing?", "35%"),
        ("How many patients oppose robots at the bedside?", "64%"),
        ("What share of hospitals plan to use chatbots for discharge?", "27%"),
        ("What share of rural hospitals use ambient scribes?", "33%"),
        ("What share of rural hospitals use sepsis alerts?", "40%"),
        ("What share of children's hospitals use fall sensors?", "18%"),
        ("How many Medicaid plans were interviewed?", "12 Medicaid plans"),
        ("How many Medicaid plans did Alder interview?", "12 Medicaid plans"),
        ("What share of hospital pharmacies have dispensing robots?", "46%"),
        ("How many hours a week do clinicians save with drafted notes?", "5 hours"),
        ("What share of practices intend to offer chatbots between sessions?", "Another 9%"),
        ("At what share of practices were progress notes written by hand?", "44%"),
        ("What share of hospitals are testing voice ordering?", "16%"),
        ("By how much did denials of claims fall?", "18%"),
        ("What share of clinics have an ethics board for AI?", "52%"),
        ("What share of clinics use triage bots?", "31%"),
        ("How many maternity units use voice bots?", "27%"),
        ("What share of specialty hospitals use AI for bed planning?", "48%"),
        ("What share of units drew up rosters by AI in 2022?", "13%"),
        ("How many units plan drip alarms?", "Units planning: 17%"),
    ],
)
def test_what_is_said_is_found(ask: Ask, question: str, said: str) -> None:
    assert said in ask(question).citations[0].quote


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many nurses use AI that answers calls?", "fears, plans or tries out"),
        ("How many nurses welcome AI that answers calls?", "fears, plans or tries out"),
        ("What share of patients want robots at the bedside?", "fears, plans or tries out"),
        ("What share of pharmacists trust AI suggestions on dosing?", "fears, plans or tries out"),
        ("How many physicians use AI at the bedside?", "fears, plans or tries out"),
        ("What share of hospitals have chatbots for discharge?", "fears, plans or tries out"),
        ("What share of hospitals use voice ordering?", "fears, plans or tries out"),
        ("What share of wards want sepsis predicted by AI?", "fears, plans or tries out"),
        ("What share of rural hospitals use fall sensors?", "something else of them"),
        ("What share of children's hospitals use ambient scribes?", "something else of them"),
        ("How many dietitians write clinical notes?", "count something else"),
        ("How many Medicaid plans use AI for utilization management?", "count something else"),
        ("How many state agencies use AI for utilization management?", "count something else"),
        ("What share of discharge notes are drafted by AI?", "of another kind"),
        ("What share of community pharmacies have dispensing robots?", "of another kind"),
        ("On what share of wards does AI predict pressure ulcers?", "in no text"),
        ("By how much did sepsis on wards decline?", "by how much"),
        ("By how much did denials of claims rise?", "say the opposite"),
        ("How many hours a week do ward managers save with drafted notes?", "of other people"),
        ("At what share of practices were progress notes written by AI?", "other means"),
        ("How many psychologists were polled?", "count something else"),
        ("What did hospitals spend on AI in 2022?", "for 2022"),
        ("How long did approval take in 2022?", "for 2022"),
        ("What share of leases had a clause in the first half of 2026?", "for 2026"),
    ],
)
def test_what_is_said_of_a_neighbour_is_no_answer(ask: Ask, question: str, reason: str) -> None:
    draft = ask(question)
    assert not draft.answered, draft.text
    assert reason in str(draft.reason)


@pytest.mark.parametrize(
    "question", ["What share use AI for prior authorization?", "How many use AI for prior authorization?"]
)
def test_a_report_on_one_segment_answers_with_the_segment_told(ask: Ask, question: str) -> None:
    draft = ask(question)
    assert "44%" in draft.citations[0].quote
    assert draft.text.endswith("This is said of payers only.")


@pytest.mark.parametrize(
    "question",
    [
        "What share across all segments use AI for prior authorization?",
        "What share of hospitals use AI for prior authorization?",
        "What share use AI for claims coding?",
    ],
)
def test_it_answers_nothing_else(ask: Ask, question: str) -> None:
    assert not ask(question).answered


def test_who_pays_is_told_by_where_the_money_comes_from(ask: Ask) -> None:
    assert any("65%" in citation.quote for citation in ask("Who pays for AI projects?").citations)


@pytest.mark.parametrize("question", ["Is it true that 95% of executives use AI?", "Do 95% of executives use AI?"])
def test_a_figure_is_quoted_with_what_it_is_of(ask: Ask, question: str) -> None:
    draft = ask(question)
    assert not draft.answered or all("transform" in citation.quote for citation in draft.citations)


def test_both_halves_are_answered(ask: Ask) -> None:
    quoted = " ".join(citation.quote for citation in ask("Who was surveyed, and how many jobs were studied?").citations)
    assert "400 leaders" in quoted and "59 jobs" in quoted


@pytest.mark.parametrize(
    ("sentence", "takes_up"),
    [
        ("At rural units it is 12%.", True),
        ("This fell to 12%.", True),
        ("Another 9% intend to.", True),
        ("Software that was bought last year is unused at 29% of units.", False),
        ("It is expected that 26% of units will pay for translation.", False),
        ("Of leaders, 52% say that this is urgent in radiology.", False),
    ],
)
def test_only_what_does_not_say_of_what_it_is_takes_up_the_sentence_before(sentence: str, takes_up: bool) -> None:
    before = "Infusion pumps were the theme of the spring meeting."
    assert taken_up_from((before, sentence), 1) == (0 if takes_up else None)
