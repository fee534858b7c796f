"""Memos of others: what stands beside a slide, what is the writer's own, and what is told instead of a wrong figure."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.written.markdown import read_markdown
from tests.fakes.briefs import corpus_shelf

INDEX = "Healthcare AI Adoption Index"
BESIDE = "Among large providers, 46% of proofs of concept go into production."


def linted(text: str) -> DocumentLint:
    return lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: None)


@pytest.mark.parametrize(
    "text",
    [
        f"46% of large providers’ POCs ({INDEX}, slide 8).",
        f"Large providers get 46% of POCs into production ({INDEX}, slides 8–9).",
        f"22% of providers are implementing ambient scribes and 40% of them pilot ({INDEX}, slide 7).",
        f"46% of large providers’ POCs go into production.[^1]\n\n[^1]: {INDEX}, slide 8. “{BESIDE}”",
    ],
)
def test_what_a_slide_is_shown_beside_may_be_referred_to_by_it(text: str) -> None:
    assert linted(text).faults == ()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"46% of large providers’ POCs ({INDEX}, slide 7).", ["place-wrong"]),
        (f"46% of large providers’ POCs go on.[^1]\n\n[^1]: {INDEX}, slide 7. “{BESIDE}”", ["place-wrong"]),
        (f"46% of large payers’ POCs ({INDEX}, slide 8).", ["figure-unsupported"]),
        (
            f"22% of payers are implementing ambient scribes and 40% of them pilot ({INDEX}).",
            ["figure-unsupported"] * 2,
        ),
    ],
)
def test_but_only_that_and_as_it_is_said(text: str, rules: list[str]) -> None:
    assert [fault.rule for fault in linted(text).faults] == rules


def test_the_writers_own_figures_are_not_checked() -> None:
    found = linted(f"We spent 3.1 million dollars; 46% of large providers’ POCs reach production ({INDEX}, slide 8).")
    assert (found.faults, found.figures, found.figures_unchecked) == ((), 1, 1)
    (fault,) = linted(f"We know that 64% of large providers’ POCs reach production ({INDEX}).").faults
    assert fault.problem.startswith("64%: no sentence cited")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"57% of executives have an AI committee ({INDEX}).", "committees are in place at 57% of the surveyed"),
        (f"The deck of the {INDEX} has 41 slides.", "The slide deck of the index has 37 slides."),
        (f"By 2028 AI will be everywhere ({INDEX}).", None),
        (f"The {INDEX} has 12 chapters.", None),
    ],
)
def test_what_is_told_instead_is_about_the_same_thing(text: str, told: str | None) -> None:
    (fault,) = linted(text).faults
    assert (told or "gives it.") in fault.problem
    assert ("The sources say" in fault.problem) == (told is not None)


@pytest.mark.parametrize("proposed", ["A safer line: ", "Instead, write ", "The 60% is safe: say "])
def test_a_wording_that_the_writer_proposes_is_no_quotation(proposed: str) -> None:
    text = f"{proposed}“AI budgets outgrow IT spending, say 60% of executives” ({INDEX})."
    assert "quotation-wrong" not in [fault.rule for fault in linted(text).faults]
    said = f"It says “AI budgets outgrow IT spending, say 60% of executives” ({INDEX})."
    assert "quotation-wrong" in [fault.rule for fault in linted(said).faults]
