"""`aidx check`, without its command line: briefs of ours edited by hand, and documents of others."""

from __future__ import annotations

import re
from datetime import date

import pytest

from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.exports.pdf import page_count
from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.linting.files import pages_of
from aidx_assistant.briefs.written.as_brief import brief_again
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.references.styles import STYLES, reference
from tests.fakes.briefs import citation_of, clean_brief, corpus_shelf, corpus_sources
from tests.fakes.word_files import footnote, paragraph, run, table, word_file


def linted(text: str, pages: int | None = 2) -> DocumentLint:
    return lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: pages)


def lines(found: DocumentLint) -> list[str]:
    return [f"{fault.where}: {fault.rule}: {fault.problem}" for fault in found.faults]


@pytest.fixture(scope="module")
def clean() -> str:
    return as_markdown(clean_brief())


def test_a_brief_as_it_was_written_has_no_faults(clean: str) -> None:
    found = linted(clean)
    assert lines(found) == []
    assert (found.kind, found.references_unresolved, found.figures_unchecked) == ("buyer", 0, 0)
    assert found.figures == 7
    assert [label for label, _ in found.to_fill] == ["Owner", "Decide by"]


_PLACE = "[^3]: The Healthcare AI Adoption Index, section “Top takeaways”"
_NOTE = (
    f"{_PLACE}. “Among executives, 60% say that AI budgets are growing faster than IT spending.”"
    " <https://www.bvp.com/atlas/the-healthcare-ai-adoption-index>"
)
_BUDGETS = "60% of executives"


@pytest.mark.parametrize(
    ("old", "new", "at", "rule", "said"),
    [
        (_BUDGETS, "61% of executives", _BUDGETS, "figure-unsupported", "The sources say: 60%"),
        ("IT spending[^3]", "IT spending", _BUDGETS, "figure-without-source", "no source is cited"),
        ("IT spending[^3]", "IT spending[^9]", _BUDGETS, "citation-unresolved", "[^9] names no source"),
        ("IT spending[^3]", "IT spending[^7]", _BUDGETS, "figure-unsupported", "60%"),
        (
            "budgets are growing faster than IT spending.”",
            "budgets shrink.”",
            "[^3]:",
            "citation-unresolved",
            "growing",
        ),
        (_PLACE, "[^3]: The Healthcare AI Adoption Index, slide 12", "[^3]:", "place-wrong", "“Top takeaways”"),
        (_PLACE, "[^3]: The Healthcare AI Adoption Index, slide 41", "[^3]:", "place-unknown", "slides are 1 to 37"),
        (_PLACE, _PLACE.replace("Top t", "T"), "[^3]:", "place-unknown", "has no section “Takeaways”"),
        (_NOTE, "[^3]: An Unheard-of Report", "[^3]:", "citation-unresolved", "names no source of the library"),
        ("beside slide 8). “Only", "beside slide 9). “Only", "[^2]:", "place-wrong", "slide 8 is"),
        ("= 92%", "= 93%", "= 92%", "calculation-wrong", "the result is 92%"),
        (" (own calculation)", "", "= 92%", "calculation-unmarked", "own calculation"),
        ("; 15 April 2025*", "; 15 April 2024*", "15 April 2025*", "date-wrong", "published 15 April 2025"),
        (
            "“The state of AI adoption today”; surv",
            "“Appendix”; surv",
            "surveyed providers;",
            "place-wrong",
            "cited is",
        ),
        ("surveyed providers;", "surveyed 900 providers;", "surveyed providers;", "figure-unsupported", "900"),
        ("46%[^1] |", "64%[^1] |", "46%[^1] |", "figure-unsupported", "64%"),
        ("Status quo: keep typing", "Train the staff", "| Option |", "status-quo-missing", "status quo"),
        ("No money is spent", "TBD", "No money is spent", "placeholder", "TBD"),
        ("- For the same 54%", "- For some 54%", "54% of those", "disagreement-not-shown", "within the first year"),
    ],
)
def test_one_thing_edited(clean: str, old: str, new: str, at: str, rule: str, said: str) -> None:
    assert old in clean
    line = 1 + clean[: clean.index(at)].count("\n")
    found = lines(linted(clean.replace(old, new, 1)))
    there = [one for one in found if one.startswith(f"{line}: {rule}: ")]
    assert there, found
    assert said in there[0]


def test_the_faults_listed_in_a_draft_are_not_found_again(clean: str) -> None:
    listed = "> **This draft has 1 fault:**\n>\n> - **Why now:** 47%: no sentence cited for this figure gives it.\n\n"
    assert lines(linted(clean.replace("## Why now", f"{listed}## Why now"))) == []


def test_a_brief_that_was_given_another_title_is_any_document(clean: str) -> None:
    other = clean.replace("# Buyer brief: ambient scribes", "# Scribes").replace(" spending[^3]", " spending")
    found = linted(other)
    assert found.kind is None and found.faults == ()
    assert found.figures_unchecked > 0
    held = lint_document(read_markdown(other.encode()), corpus_shelf(), lambda _: 2, "buyer")
    assert "figure-without-source" in [fault.rule for fault in held.faults]


def test_too_long(clean: str) -> None:
    assert [fault.rule for fault in linted(clean, pages=3).faults] == ["too-long"]
    assert linted(clean, pages=None).pages is None


def test_the_pages_of_markdown_are_those_of_its_pdf(clean: str) -> None:
    assert pages_of(read_markdown(clean.encode())) == page_count(clean_brief()) == 1
    longer = clean.replace("## Options", "Filling words that say nothing at all. " * 900 + "\n\n## Options")
    assert (pages_of(read_markdown(longer.encode())) or 0) > 2
    assert pages_of(read_markdown(b"# A memo")) is None


def test_the_brief_is_made_anew_with_all_its_parts(clean: str) -> None:
    brief = brief_again(read_markdown(clean.encode()))
    assert brief is not None
    original = clean_brief()
    assert [section.heading for section in brief.sections][:3] == [section.heading for section in original.sections]
    assert brief.chart is not None and original.chart is not None
    assert [bar.shown for bar in brief.chart.bars] == [bar.shown for bar in original.chart.bars]
    assert [citation.quote for citation in brief.citations] == [citation.quote for citation in original.citations]
    assert brief.audience == original.audience


_ALT = "slide 9 has not been read, and its alt text “Executives name roadblocks”"
_INDEX = "The Healthcare AI Adoption Index"
STRANGE = {
    "According to the Healthcare AI Adoption Index, 46% of providers get proofs of concept into production.": (
        "figure-unsupported: 46%: the cited sentence says this only of large organisations"
    ),
    "Large providers get 46% of their proofs of concept into production (Healthcare AI Adoption Index, slide 9).": (
        f"place-wrong: 46%: {_ALT} does not give it;"
        " it stands in section “Experimentation but not yet production”, shown beside slide 8"
    ),
    "Large providers get 64% of their proofs of concept into production (Bessemer/AWS/Bain 2025).": (
        "figure-unsupported: 64%"
    ),
    "Of executives, 60% say that AI budgets outgrow IT spending (Healthcare AI Adoption Index, slide 41).": (
        f"place-unknown: “Healthcare AI Adoption Index, slide 41”: {_INDEX} has no slide 41"
    ),
    "Of executives, 60% say that AI budgets outgrow IT spending (Healthcare AI Adoption Index, BVP 2023).": (
        f"date-wrong: “Healthcare AI Adoption Index, BVP 2023”: {_INDEX} was published 15 April 2025, not 2023"
    ),
    "Providers have 18 jobs-to-be-done (Healthcare AI Adoption Index, “Top takeaways”).": (
        "place-wrong: 18: section “Top takeaways” does not give it;"
        " it stands in section “The state of AI adoption today”"
    ),
    "Payers have 18 jobs-to-be-done (Healthcare AI Adoption Index).": (
        "figure-unsupported: 18: the cited sentence says this of providers, not of payers"
    ),
}


@pytest.mark.parametrize("sentence", STRANGE)
def test_a_wrong_reference_of_a_stranger(sentence: str) -> None:
    found = lines(linted(f"# Memo\n\nWe are 12 people.\n\n{sentence}\n"))
    assert len(found) == 1
    assert found[0].startswith(f"5: {STRANGE[sentence]}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Of executives, 60% say that AI budgets are growing faster than IT spending (Healthcare AI Adoption Index).",
        "Only 30% of completed proofs of concept reach production (Healthcare AI Adoption Index, slide 8).",
        "Only 30% of completed proofs of concept reach production. (Healthcare AI Adoption Index, slide 8)",
        "Bessemer/AWS/Bain 2025: 64% of executives are open to co-development at an early stage.",
        "Providers have 18 jobs-to-be-done, payers 22 and pharma 19 (Healthcare AI Adoption Index).",
        "Of providers, 30% + 22% + 40% = 92% (own calculation) use or try scribes (Healthcare AI Adoption Index).",
        "The index was published on 15 April 2025 (https://www.bvp.com/atlas/the-healthcare-ai-adoption-index).",
    ],
)
def test_a_right_reference_of_a_stranger(sentence: str) -> None:
    found = linted(f"# Memo\n\n{sentence}\n")
    assert lines(found) == []
    assert found.references > 0


def test_a_slide_alone_means_the_deck_that_the_document_names() -> None:
    text = "We read the Healthcare AI Adoption Index.\n\nThere, 54% see a return within the first year (slide 8).\n"
    assert [line[:14] for line in lines(linted(text))] == ["3: place-wrong"]
    assert lines(linted("There, 54% see a return within the first year (slide 8).")) == []


def test_what_refers_to_nothing_here_is_counted_only() -> None:
    found = linted("# Memo\n\nSales grew by 7%[^1], says McKinsey 2024.\n\n[^1]: McKinsey, slide 8.\n")
    assert (found.faults, found.figures, found.references) == ((), 0, 0)
    assert found.figures_unchecked > 0


def test_a_source_line_below_a_table_serves_its_rows() -> None:
    rows = "| Who | In production |\n|---|---|\n| Large providers | 47% |\n"
    text = f"{rows}\nSource: Healthcare AI Adoption Index, April 2025\n"
    assert [line[:27] for line in lines(linted(text))] == ["3: figure-unsupported: 47%:"]
    assert lines(linted(text.replace("47", "46").replace("In production", "Proofs of concept in production"))) == []


def test_two_sources_of_one_sentence_are_told_apart() -> None:
    text = (
        "Bain's companion brief has 35% of providers' proofs of concept in production, the Healthcare AI Adoption Index"
        " 46% of those of large providers."
    )
    assert lines(linted(text)) == []
    swapped = text.replace("35%", "0%").replace("46%", "35%").replace("0%", "46%")
    assert len(lines(linted(swapped))) == 2


def test_ibid_means_the_note_before() -> None:
    note = "[^1]: Healthcare AI Adoption Index, “Top takeaways”.\n[^2]: Ibid.\n"
    text = "Of executives, 60% see AI budgets outgrow IT spending[^1]. Of them, {} prefer startups[^2].\n\n"
    assert lines(linted(text.format("48%") + note)) == []
    assert len(lines(linted(text.format("84%") + note))) == 1


def word_brief(figure: str = "60%", note: str = "Top takeaways") -> bytes:
    quote = "Among executives, 60% say that AI budgets are growing faster than IT spending."
    return word_file(
        paragraph("Buyer brief: budgets", style="Title"),
        paragraph("Providers · 3 November 2026 · No model: quoted from the sources"),
        paragraph("Why now", style="Heading2"),
        paragraph(f"Of executives, {figure} say that AI budgets are growing faster than IT spending", footnote(2), "."),
        paragraph("Options", style="Heading2"),
        table(("Option", "What speaks for it"), ("Do nothing", "No money is spent"), ("Buy", "It is time")),
        footnotes={2: f"The Healthcare AI Adoption Index, section “{note}”. “{quote}” https://www.bvp.com/atlas"},
        pages=1,
    )


def linted_word(content: bytes) -> DocumentLint:
    document = read_word(content)
    return lint_document(document, corpus_shelf(), pages_of)


def test_a_brief_in_word() -> None:
    found = linted_word(word_brief())
    assert (lines(found), found.kind, found.pages) == ([], "buyer", 1)


def test_faults_of_a_brief_in_word_say_where() -> None:
    assert lines(linted_word(word_brief(figure="61%")))[0].startswith("“Why now”, paragraph 1: figure-unsupported: 61%")
    assert lines(linted_word(word_brief(note="Appendix")))[0].startswith("footnote 1: place-wrong: footnote 1: “Among")


def test_tracked_changes_of_a_stranger_count_as_they_read() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>60%</w:delText></w:r></w:del>'
    changed = f'<w:ins w:id="2">{run("61%")}</w:ins>'
    body = paragraph(
        "Of executives, ", deleted, changed, " see AI budgets outgrow IT spending (Healthcare AI Adoption Index)."
    )
    assert re.match("paragraph 1: figure-unsupported: 61%", lines(linted_word(word_file(body)))[0])


def test_a_sentence_goes_on_with_the_source_of_the_one_before() -> None:
    text = "The Healthcare AI Adoption Index is new. It finds that {} of executives prefer startups.\n"
    assert lines(linted(text.format("48%"))) == []
    assert len(lines(linted(text.format("84%")))) == 1
    other = "The Healthcare AI Adoption Index is new. We find that 84% of executives prefer startups.\n"
    assert lines(linted(other)) == []


def test_a_column_of_sources_serves_its_rows() -> None:
    rows = "| Segment | Jobs | Source |\n|:--|--:|:--|\n| Payers | 22 | Index, section “{}” |\n"
    text = f"We read the Healthcare AI Adoption Index.\n\n{rows}"
    assert lines(linted(text.format("The state of AI adoption today"))) == []
    (wrong,) = lines(linted(text.format("Top takeaways")))
    assert wrong.startswith("5: place-wrong: 22: section “Top takeaways” does not give it")


@pytest.mark.parametrize("style", sorted(set(STYLES) - {"csl-json"}))
def test_a_note_in_any_citation_style_is_followed(style: str) -> None:
    cited = citation_of(1, "Among executives, 60% say that AI budgets are growing faster than IT spending.")
    note = " ".join(reference(cited, corpus_sources()[cited.source_id], style, date(2026, 11, 3)).split())
    text = f"Of executives, 60% say that AI budgets outgrow IT spending[^1].\n\n[^1]: {note}\n"
    right, wrong = linted(text), linted(text.replace("60%", "84%"))
    assert (lines(right), right.references) == ([], 1)
    assert [fault.rule for fault in wrong.faults] == ["figure-unsupported"]


def test_references_beyond_those_that_can_be_numbered_are_counted() -> None:
    notes = "\n".join(f"[^{n}]: Healthcare AI Adoption Index, slide 8 ({n})." for n in range(1, 1003))
    text = " ".join(f"So it is[^{n}]." for n in range(1, 1003))
    found = linted(f"{text}\n\n{notes}\n")
    assert (found.references, found.references_left_out) == (999, 3)


def test_ibid_may_name_another_place() -> None:
    notes = "[^1]: Healthcare AI Adoption Index, slide 8.\n[^2]: Ibid., slide 9.\n"
    text = f"Only 30% of completed proofs of concept reach production[^1], of large providers 46%[^2].\n\n{notes}"
    (wrong,) = lines(linted(text))
    assert wrong.startswith("1: place-wrong: 46%: slide 9 has not been read")
