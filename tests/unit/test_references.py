"""References to a slide, a section, a page, in each style, with what is missing left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aidx_assistant import locations
from aidx_assistant.answering.draft import citation
from aidx_assistant.answers import Citation
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.reading.corpus import read_source
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.references.styles import STYLES, reference, references

ACCESSED = date(2026, 11, 2)
ADDRESS = "https://www.bvp.com/atlas/the-healthcare-ai-adoption-index"
PICTURE = "https://www.bvp.com/assets/uploads/2025/04/Only_30_percent_HC_AI_I_Slide8-min.png"
SECTION = "Experimentation but not yet production"


def cited(source_id: str, place: str) -> tuple[Citation, Source]:
    """The first passage of a slide or a section of the shipped corpus, cited."""
    read = read_source(locations.corpus_folder() / source_id)
    passage = next(p for p in read.passages if place in (p.locator.label, p.locator.heading))
    return citation(1, passage, 0, 1, read.source), read.source


@pytest.fixture(scope="module")
def slide() -> tuple[Citation, Source]:
    return cited("healthcare-ai-adoption-index", "slide 8")


@pytest.fixture(scope="module")
def section() -> tuple[Citation, Source]:
    return cited("healthcare-ai-adoption-index", SECTION)


@pytest.fixture(scope="module")
def brief() -> tuple[Citation, Source]:
    return cited("bain-companion-brief", "Figures on a third-party page")


def bare(locator: Locator, **known: object) -> tuple[Citation, Source]:
    """A place in a source of which nothing is known but its title."""
    source = replace(Source("s", "Survey", (), "", None, None, True, (), 0, ""), **known)
    return Citation(1, "s", "Survey", "s/1", (0, 1), locator, None, "Survey", "Quote.", None, None), source


def test_plain_is_one_line_for_a_source_line(
    slide: tuple[Citation, Source], section: tuple[Citation, Source], brief: tuple[Citation, Source]
) -> None:
    begin = (
        "Sofia Guerra and Steve Kraus, “The Healthcare AI Adoption Index”, Bessemer Venture Partners, Amazon Web "
        "Services and Bain & Company, 15 April 2025, "
    )
    end = f", {ADDRESS} (accessed 2 November 2026)"
    assert reference(*slide, "plain", ACCESSED) == f"{begin}slide 8{end}"
    assert reference(*section, "plain", ACCESSED) == f"{begin}section “{SECTION}” (shown beside slide 8){end}"
    told = reference(*brief, "plain", ACCESSED)
    assert told.startswith("“Bain companion brief to the index”, Bain & Company, n.d., section “Figures")
    assert told.endswith("(accessed 2 November 2026; attributed to Bain, seen on a third-party page)")


def test_markdown_links_the_source_and_the_picture(
    slide: tuple[Citation, Source], section: tuple[Citation, Source], brief: tuple[Citation, Source]
) -> None:
    begin = (
        f"Sofia Guerra and Steve Kraus. [*The Healthcare AI Adoption Index*]({ADDRESS}). Bessemer Venture Partners, "
        "Amazon Web Services and Bain & Company, 15 April 2025. "
    )
    assert reference(*slide, "markdown", ACCESSED) == (
        f"{begin}[Slide 8]({PICTURE}): “Only 30% of completed proofs of concept reach production”. "
        "Accessed 2 November 2026."
    )
    assert reference(*section, "markdown", ACCESSED) == (
        f"{begin}Section “{SECTION}” (shown beside [slide 8]({PICTURE})). Accessed 2 November 2026."
    )
    assert ", n.d. Section “" in reference(*brief, "markdown", ACCESSED)
    assert reference(*brief, "markdown", ACCESSED).endswith(" Attributed to Bain, seen on a third-party page.")


def test_wikipedia_takes_its_own_templates(slide: tuple[Citation, Source], brief: tuple[Citation, Source]) -> None:
    assert reference(*slide, "wikipedia", ACCESSED) == (
        "{{cite web |last1=Guerra |first1=Sofia |last2=Kraus |first2=Steve |title=The Healthcare AI Adoption Index"
        f" |url={ADDRESS} |publisher=Bessemer Venture Partners, Amazon Web Services, Bain & Company"
        ' |date=15 April 2025 |at=Slide 8, "Only 30% of completed proofs of concept reach production"'
        " |access-date=2 November 2026}}"
    )
    told = reference(*brief, "wikipedia", ACCESSED)
    assert "|date=n.d. |" in told
    assert told.endswith("}} (attributed to Bain, seen on a third-party page)")
    page = bare(Locator("page", 12), date="2024-03", authors=("Statistics Office",))
    assert reference(*page, "wikipedia", ACCESSED) == (
        "{{cite report |author=Statistics Office |title=Survey |date=March 2024 |page=12}}"
    )


def test_bibtex_is_a_report(slide: tuple[Citation, Source], brief: tuple[Citation, Source]) -> None:
    assert reference(*slide, "bibtex", ACCESSED).splitlines() == [
        "@techreport{healthcare-ai-adoption-index-slide-8,",
        "  author = {Guerra, Sofia and Kraus, Steve},",
        "  title = {{The Healthcare AI Adoption Index}},",
        "  institution = {Bessemer Venture Partners, Amazon Web Services, Bain \\& Company},",
        "  type = {Report},",
        "  year = {2025},",
        "  month = apr,",
        "  day = {15},",
        "  note = {Slide 8: Only 30\\% of completed proofs of concept reach production},",
        f"  url = {{{ADDRESS}}},",
        "  urldate = {2026-11-02},",
        "}",
    ]
    told = reference(*brief, "bibtex", ACCESSED)
    assert "  author = {{Bain \\& Company}}," in told
    assert "year" not in told
    assert "attributed to Bain, seen on a third-party page}" in told


def test_what_is_missing_is_left_out() -> None:
    page = bare(Locator("page", 3))
    assert reference(*page, "plain", ACCESSED) == "“Survey”, n.d., page 3"
    assert reference(*page, "markdown", ACCESSED) == "*Survey*. n.d. Page 3."
    assert reference(*page, "wikipedia", ACCESSED) == "{{cite report |title=Survey |date=n.d. |page=3}}"
    assert reference(*page, "bibtex", ACCESSED) == "@misc{s-page-3,\n  title = {{Survey}},\n  note = {Page 3},\n}"
    assert reference(*bare(Locator("section")), "plain", ACCESSED) == "“Survey”, n.d., introduction"
    assert reference(*bare(Locator("picture")), "plain", ACCESSED) == "“Survey”, n.d., picture"


def test_a_date_that_is_none_is_given_as_the_source_has_it() -> None:
    spring = bare(Locator("page", 3), date="Spring 2024")
    assert all("Spring 2024" in reference(*spring, style, ACCESSED) for style in STYLES)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2025", "2025"), ("2025-04", "April 2025"), ("2025-04-05", "5 April 2025"), ("0999", "999")],
)
def test_a_date_may_be_known_in_part(iso: str, words: str) -> None:
    assert str(PartialDate.from_iso(iso)) == words


@pytest.mark.parametrize("text", ["", "2025-13", "2025-02-30", "0000", "25", "2025-4-5", "Q1 2025", "٢٠٢٥"])
def test_what_is_no_iso_date_is_none(text: str) -> None:
    assert PartialDate.from_iso(text) is None


@pytest.mark.parametrize("style", STYLES)
def test_every_place_of_the_corpus_has_a_reference_in_every_style(style: str) -> None:
    for source_id in ("healthcare-ai-adoption-index", "bain-companion-brief"):
        read = read_source(locations.corpus_folder() / source_id)
        pointers = [citation(at, passage, 0, 1, read.source) for at, passage in enumerate(read.passages, 1)]
        listed = references([(pointer, read.source) for pointer in pointers], style, ACCESSED)
        assert len(listed) == len({passage.locator for passage in read.passages})
        assert sorted(number for one in listed for number in one.numbers) == [one.number for one in pointers]
        # AMA and Chicago write titles of reports in headline style.
        assert all(read.source.title.casefold() in one.text.casefold() for one in listed)
        assert len({one.text for one in listed}) == len(listed)


def test_a_remark_on_the_alt_text_is_no_part_of_the_title() -> None:
    slide = cited("healthcare-ai-adoption-index", "slide 12")
    assert "alt text" in slide[0].locator.heading
    assert all("alt text" not in reference(*slide, style, ACCESSED) for style in STYLES)


def test_a_key_holds_plain_letters_only() -> None:
    keys = [
        reference(*bare(Locator("section", heading=heading)), "bibtex", ACCESSED).split("\n")[0]
        for heading in ("Überblick: 30 %", "概要", "結論")
    ]
    assert keys[0] == "@misc{s-uberblick-30,"
    assert all(key.isascii() for key in keys)
    assert len(set(keys)) == 3


def test_an_unknown_style_names_those_there_are(slide: tuple[Citation, Source]) -> None:
    with pytest.raises(UsageError, match="no citation style “apa-ish”") as refusal:
        reference(*slide, "apa-ish", ACCESSED)
    assert all(style in refusal.value.hint for style in STYLES)
