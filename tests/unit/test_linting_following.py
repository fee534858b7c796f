"""`aidx check` of what follows from the figures of a source though no sentence of it says so, and of how it is told."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.linting.complements import affirmed
from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.written.document import label_and_place, note_mark, with_numbers_marked
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.figures import figures_in
from tests.fakes.briefs import clean_brief, corpus_shelf
from tests.fakes.word_files import footnote, paragraph, word_file

_INDEX = "Healthcare AI Adoption Index"
_LIST = f"\n\n## Sources\n\n1. The {_INDEX} (Bessemer, AWS, Bain, April 2025).\n"


def told(text: str) -> list[str]:
    found = lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: 2)
    return [f"{fault.rule}: {fault.problem}" for fault in found.faults]


@pytest.mark.parametrize(
    "sentence",
    [
        "70% of pilots never reach production [1].",
        "54% of the proofs of concept of large providers do not go into production [1].",
        "43% of the surveyed organisations have no AI governance committee [1].",
        "Half of the surveyed organisations lack a clear AI strategy [1].",
        "36% of executives are not open to co-development with partners [1].",
        "Twice as many executives: 64% are open to co-development, 32% find solutions of startups superior [1].",
        "92% of surveyed providers use, implement or pilot ambient scribes [1].",
        "92% of surveyed providers are at some stage with ambient scribes [1].",
    ],
)
def test_what_follows_from_the_figures_of_a_source_is_no_fault(sentence: str) -> None:
    assert told(sentence + _LIST) == []


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("60% of pilots never reach production [1].", "60%"),
        ("30% of pilots never reach production [1].", "30%"),
        ("70% of pilots reach production [1].", "70%"),
        ("40% of executives say that AI budgets are not growing faster than IT spending [1].", "40%"),
        ("92% of surveyed providers have deployed ambient scribes system-wide [1].", "92%"),
        ("92% of payers use, implement or pilot chatbots [1].", "92%"),
        ("Three times as many executives are open: 64% are open to co-development, 32% are not [1].", "Three times"),
    ],
)
def test_what_only_looks_like_it_is_told(sentence: str, figure: str) -> None:
    assert any(f": {figure}" in one for one in told(sentence + _LIST)), told(sentence + _LIST)


def test_a_denial_is_taken_back_only_where_it_is_of_the_share() -> None:
    def taken_back(text: str) -> str | None:
        found = affirmed(Piece("paragraph", text, "1"), figures_in(text)[0])
        return found.text if found else None

    assert taken_back("70% of pilots never reach it.") == "30% of pilots reach it."
    assert taken_back("Half don’t have one.") == "50% have one."
    assert taken_back("43% are not ready.") == "57% are ready."
    assert taken_back("43% have no plan, they say.") == "57% have plan, they say."
    assert taken_back("15% expect that it will not work.") is None
    assert taken_back("15% say they do not.") is None
    assert taken_back("15% agree, others do not.") is None
    assert taken_back("More than 15% do not agree.") is None


@pytest.mark.parametrize("year", ["2024", "March 2024", "1 April 2025"])
def test_another_date_of_publication_is_told_as_such(year: str) -> None:
    assert told(f"The report [1] was published in {year}.{_LIST}") == [
        f"date-wrong: The {_INDEX} was published 15 April 2025, not {year}."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The HITECH Act was passed in 2009 (Healthcare AI Adoption Index).",
        "We read another report of 2024 and the Healthcare AI Adoption Index.",
    ],
)
def test_a_year_of_what_is_told_is_no_date_of_the_source_named_after_it(sentence: str) -> None:
    assert not any("date-wrong" in one for one in told(sentence))


def test_the_right_date_of_publication_is_no_fault() -> None:
    assert told(f"The report [1] was published in April 2025.{_LIST}") == []


@pytest.mark.parametrize("mark", ["[1, slide 8]", "[1: slide 8]", "[1; slide 8]"])
def test_a_mark_with_a_place_is_a_mark(mark: str) -> None:
    assert told(f"Among large providers, 46% of proofs of concept go into production {mark}.{_LIST}") == []
    wrong = told(
        f"Among large providers, 46% of proofs of concept go into production {mark.replace('8', '12')}.{_LIST}"
    )
    assert len(wrong) == 1 and wrong[0].startswith("place-wrong: 46%: slide 12")


@pytest.mark.parametrize("mark", ["[1]", "[1, slide 8]", "[^1: slide 8]"])
def test_the_note_of_a_brief_may_be_referred_to_by_its_number(mark: str) -> None:
    text = as_markdown(clean_brief())
    assert told(text.replace("[^1]", mark, 1)) == []
    assert [one[:11] for one in told(text.replace("[^1]", "[1, slide 9]", 1))] == ["place-wrong"]


def test_a_footnote_of_word_may_be_referred_to_by_its_number() -> None:
    note = f"The {_INDEX}, section “Top takeaways”. “Only 30% of AI pilots get as far as production.”"
    text = "Only 30% of AI pilots get as far as production"
    document = read_word(word_file(paragraph("First.", footnote(7)), paragraph(f"{text} [1]."), footnotes={7: note}))
    found = lint_document(document, corpus_shelf(), lambda _: None)
    assert (found.faults, found.figures, found.references) == ((), 1, 1)


def test_marks_with_places() -> None:
    assert with_numbers_marked("so [1, slide 8]") == f"so {note_mark('[1, slide 8]')}"
    assert with_numbers_marked("so [1, 2]") == f"so {note_mark('[1]')}{note_mark('[2]')}"
    assert with_numbers_marked("so [1 of 3]") == "so [1 of 3]"
    assert with_numbers_marked(note_mark("[3]")) == note_mark("[3]")
    assert label_and_place("[1: section “Top takeaways”]") == ("[1]", "section “Top takeaways”")
    assert label_and_place("note, p. 4") == ("note", "p. 4")
    assert label_and_place("footnote 3") == ("footnote 3", "")


def test_a_wrong_slide_in_a_source_line_is_told_once() -> None:
    text = as_markdown(clean_brief())
    beside = text.index("(shown beside slide", text.index("*Source:"))
    changed = f"{text[:beside]}(shown beside slide 19){text[text.index(')', beside) + 1 :]}"
    assert [one.split(":")[0] for one in told(changed)] == ["place-wrong"]


@pytest.mark.parametrize("place", [", slide 8", ", slide 9", ""])
def test_a_figure_of_fewer_is_told_before_that_of_another_source(place: str) -> None:
    (fault,) = told(f"46% of providers' proofs of concept reach production ({_INDEX}{place}).\n")
    assert "says this only of large organisations" in fault and "“Among large providers, 46%" in fault


def test_a_caption_below_a_statement_names_another_place() -> None:
    place = f"({_INDEX}, “The state of AI adoption today”)"
    statement = f"AI governance committees are in place at 57% of the surveyed organisations {place}."
    assert told(f"{statement}\n\n![Slide 8](8.png)\n\nSource: Bessemer, AWS, Bain, {_INDEX} (2025), slide 8\n") == []


def test_no_slide_is_guessed_where_a_section_has_several_beside_it() -> None:
    line = f"*Source: The {_INDEX}, section “The state of AI adoption today” (shown beside slide 9)*"
    (fault,) = told(f"Only half of the surveyed organisations have a clear AI strategy.\\\n{line}\n")
    assert fault.endswith("“The state of AI adoption today”; slides 4, 5, 6 and 7 are.")


def test_a_document_is_called_one() -> None:
    (fault,) = told(f"46% of the proofs of concept of large providers do not go into production [1].{_LIST}")
    assert "one of the document and the cited sentence denies what the other says" in fault


@pytest.mark.parametrize(
    "sentence",
    [
        f"Labour costs fall at 84% of payers ({_INDEX}).",
        f"In five years everything will be different ({_INDEX}).",
        f"71% of nurses like their badge ({_INDEX}).",
    ],
)
def test_no_hint_on_something_else(sentence: str) -> None:
    (fault,) = told(sentence)
    assert "60%" not in fault and "years to the launch" not in fault
    assert "The sources say" not in fault or "labour" in fault or "84%: " in fault
