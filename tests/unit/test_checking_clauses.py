"""Which words of a sentence belong to which of its figures, and what follows for claims that share a citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.checking import check_answer
from aidx_assistant.checking.claims import claims_of
from aidx_assistant.checking.clauses import clauses_of
from aidx_assistant.checking.statements import statements_of
from aidx_assistant.figures import figures_in
from tests.mutation.library import Case, cases_in, citation

_INVENTED = Path(__file__).parents[1] / "mutation" / "answers_invented.toml"
_LEADERS = {1: "robots/night-providers", 2: "robots/night-payers"}
_STAGES = {1: "portals/deployed", 2: "portals/building", 3: "portals/testing"}
_PROJECTS = {1: "energy/planning", 2: "nordic/beyond"}
_SAVINGS = {1: "plans/payback", 2: "nordic/payback"}


@pytest.mark.parametrize(
    ("text", "last_own"),
    [
        ("Providers: 35%, pharma: 24%, payers: 30%", "payers:"),
        ("Providers, at 41%, lead, pharma, at 16%, is last", "pharma, at    , is last"),
        ("Officers at 64% are more common than plans, which exist at half", "than plans, which exist at"),
        ("Of payers — 66% — and even of providers — 71% — many agree", "and even of providers —     — many agree"),
        ("At 71%, providers are likelier than payers, at 66%, to agree", "than payers, at    , to agree"),
        ("Nearly half at providers (46%) and roughly a quarter in pharma", "and                   in pharma"),
    ],
)
def test_the_words_of_the_last_figure(text: str, last_own: str) -> None:
    assert clauses_of(text, figures_in(text))[-1].own.strip(" ,—") == last_own


def test_words_before_a_colon_open_a_sentence_of_several_figures() -> None:
    text = "Size helps, as the large ones know: pharma has 16% of pilots, providers have 41%"
    first, last = clauses_of(text, figures_in(text))
    assert "large" in first.opening and "large" not in first.own and last.opening == first.opening


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("Provider and payer leaders: 71% of the former and 66% of the latter agree [1].", ["provider", "payer"]),
        (
            "Neither payers nor pharma have as many as providers: 12 and 26 against 31 [1].",
            ["payer", "pharma", "provider"],
        ),
        ("It is not payers but providers who expect most, 71% against 66% [1].", ["provider", "payer"]),
        ("Unlike payers, of whose leaders 66% agree, pharma has 43% [1].", ["payer", "pharma"]),
        ("There is no figure for payers, but overall it is 64% [1].", ["all"]),
    ],
)
def test_the_segment_of_each_figure(text: str, segments: list[str]) -> None:
    claims = [claim for statement in statements_of(text) for claim in claims_of(statement)]
    assert [set(claim.segments) for claim in claims] == [{segment} for segment in segments]


def test_a_clause_with_a_citation_of_its_own_is_not_the_figures() -> None:
    (claim,) = claims_of(statements_of("Only 30% get there [1], and what holds payers back is money [2].")[0])
    assert claim.numbers == (1,) and "money" not in claim.own


@pytest.mark.parametrize(
    ("text", "cited", "held"),
    [
        ("71% of provider leaders and 66% of payer leaders expect robots in night logistics [1][2].", _LEADERS, True),
        ("66% of provider leaders and 71% of payer leaders expect robots in night logistics [1][2].", _LEADERS, False),
        ("34% have introduced portals, 25% are building and 19% testing them [1][2][3].", _STAGES, True),
        ("34% have introduced portals, 19% are building and 25% testing them [1][2][3].", _STAGES, False),
        ("In the index 52% of projects are still drawings, in the brief 52% are beyond [1][2].", _PROJECTS, True),
        ("In the index 52% of projects are beyond drawings, in the brief 52% are beyond [1][2].", _PROJECTS, False),
        ("49% see a saving within the first year [1], though the brief says after the first year [2].", _SAVINGS, True),
        (
            "49% see a saving within the first year [1], though the brief says within the first year [2].",
            _SAVINGS,
            False,
        ),
    ],
)
def test_figures_that_share_citations_keep_their_places(text: str, cited: dict[int, str], held: bool) -> None:
    case = _case(text, cited)
    assert (check_answer(case.text, case.citations, case.library).checks.figures_unsupported == ()) is held


def _case(text: str, cited: dict[int, str]) -> Case:
    library = cases_in(_INVENTED)[0].library
    passages = {number: library.passages[passage_id] for number, passage_id in cited.items()}
    return Case("", text, tuple(citation(number, passage, 0, 1) for number, passage in passages.items()), library)
