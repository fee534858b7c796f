"""References by the manual of each style: APA 7, AMA 11, Citing Medicine 2 (Vancouver), Chicago 18, Cite Them Right 12.

The strings are written from the manuals' rules, not from what the processor makes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.references.csl.manuals import MANUALS
from aidx_assistant.references.styles import as_text, reference, references
from tests.unit.test_references import ADDRESS, bare, cited

ACCESSED = date(2026, 11, 27)
INDEX = "healthcare-ai-adoption-index"
Cited = tuple[Citation, Source]


def by_manual(place: Cited) -> dict[str, str]:
    return {style: reference(*place, style, ACCESSED) for style in MANUALS}


def test_a_slide_of_the_report() -> None:
    assert by_manual(cited(INDEX, "slide 8")) == {
        "apa": (
            "Guerra, S., & Kraus, S. (2025, April 15). Only 30% of completed proofs of concept reach production. In The"
            " Healthcare AI Adoption Index (Slide 8). Bessemer Venture Partners; Amazon Web Services; Bain & Company."
            f" {ADDRESS}"
        ),
        "ama": (
            "Guerra S, Kraus S. Only 30% of completed proofs of concept reach production. In: The Healthcare AI"
            " Adoption Index. Bessemer Venture Partners, Amazon Web Services, and Bain & Company; 2025:slide 8."
            f" Accessed November 27, 2026. {ADDRESS}"
        ),
        "vancouver": (
            "Guerra S, Kraus S. The Healthcare AI Adoption Index [Internet]. [place unknown]: Bessemer Venture"
            " Partners; 2025 Apr 15 [cited 2026 Nov 27]. Slide 8, Only 30% of completed proofs of concept reach"
            f" production. Available from: {ADDRESS} Jointly published by Amazon Web Services and Bain & Company."
        ),
        "chicago": (
            "Guerra, Sofia, and Steve Kraus. 2025. “Only 30% of Completed Proofs of Concept Reach Production.” In The"
            " Healthcare AI Adoption Index, slide 8. Bessemer Venture Partners, Amazon Web Services, and Bain &"
            f" Company, April 15. {ADDRESS}."
        ),
        "harvard": (
            "Guerra, S. and Kraus, S. (2025) ‘Only 30% of completed proofs of concept reach production’, in The"
            " Healthcare AI Adoption Index. Bessemer Venture Partners, Amazon Web Services and Bain & Company, slide 8."
            f" Available at: {ADDRESS} (Accessed: 27 November 2026)."
        ),
    }


def test_the_page_on_citing_shows_what_is_written() -> None:
    page = (Path(__file__).parents[2] / "docs" / "citing.md").read_text(encoding="utf-8")
    for style, text in by_manual(cited(INDEX, "slide 8")).items():
        assert f"| `{style}` | {text} |" in page


def test_a_section_of_the_report() -> None:
    written = by_manual(cited(INDEX, "The state of AI adoption today"))
    assert written["apa"].startswith(
        "Guerra, S., & Kraus, S. (2025, April 15). The state of AI adoption today. In The Healthcare AI Adoption Index."
    )
    assert "The state of AI adoption today. In: The Healthcare AI Adoption Index. Bessemer" in written["ama"]
    assert "[cited 2026 Nov 27]. The state of AI adoption today. Available from:" in written["vancouver"]
    assert "“The State of AI Adoption Today.” In The Healthcare AI Adoption Index. Bessemer" in written["chicago"]
    assert "‘The state of AI adoption today’, in The Healthcare AI Adoption Index. Bessemer" in written["harvard"]


def test_a_page_of_an_imported_report() -> None:
    page = bare(
        Locator("page", 12),
        authors=("Doe, Jane Mary Ann", "van der Berg, Jan"),
        publishers=("KLAS Research",),
        date="2026-03",
        url="https://example.org/report/",
    )
    assert by_manual(page) == {
        "apa": "Doe, J. M. A., & van der Berg, J. (2026, March). Survey (p. 12). KLAS Research. https://example.org/report/",
        "ama": (
            "Doe JMA, van der Berg J. Survey. KLAS Research; 2026:12. Accessed November 27, 2026."
            " https://example.org/report/"
        ),
        "vancouver": (
            "Doe JM, van der Berg J. Survey [Internet]. [place unknown]: KLAS Research; 2026 Mar [cited 2026 Nov 27]."
            " p. 12. Available from: https://example.org/report/."
        ),
        "chicago": (
            "Doe, Jane Mary Ann, and Jan van der Berg. 2026. Survey. Page 12. KLAS Research. https://example.org/report/."
        ),
        "harvard": (
            "Doe, J.M.A. and van der Berg, J. (2026) Survey. KLAS Research, p. 12. Available at:"
            " https://example.org/report/ (Accessed: 27 November 2026)."
        ),
    }


def test_a_source_without_author_or_date() -> None:
    """Its publisher stands for the author; the day of access takes the place of the date, where the manual says so."""
    slide = bare(
        Locator("slide", 3, "Why do pilots stall?"), publishers=("KLAS Research",), url="https://example.org/k"
    )
    assert by_manual(slide) == {
        "apa": (
            "KLAS Research. (n.d.). Why do pilots stall? In Survey (Slide 3). Retrieved November 27, 2026, from"
            " https://example.org/k"
        ),
        "ama": (
            "KLAS Research. Why do pilots stall? In: Survey. KLAS Research:slide 3. Accessed November 27, 2026."
            " https://example.org/k"
        ),
        "vancouver": (
            "KLAS Research. Survey [Internet]. [place unknown]: KLAS Research; [date unknown] [cited 2026 Nov 27]."
            " Slide 3, Why do pilots stall? Available from: https://example.org/k"
        ),
        "chicago": (
            "KLAS Research. n.d. “Why Do Pilots Stall?” In Survey, slide 3. KLAS Research. Accessed November 27, 2026."
            " https://example.org/k."
        ),
        "harvard": (
            "KLAS Research (no date) ‘Why do pilots stall?’, in Survey. KLAS Research, slide 3. Available at:"
            " https://example.org/k (Accessed: 27 November 2026)."
        ),
    }


def test_a_file_of_which_nothing_is_known_but_titles() -> None:
    """The title takes the author's place, once."""
    assert by_manual(bare(Locator("slide", 3, "Where pilots stall"))) == {
        "apa": "Where pilots stall. (n.d.). In Survey (Slide 3).",
        "ama": "Where pilots stall. In: Survey:slide 3.",
        "vancouver": ("Survey. [place unknown]: [publisher unknown]; [date unknown]. Slide 3, Where pilots stall."),
        "chicago": "“Where Pilots Stall.” n.d. In Survey, slide 3.",
        "harvard": "‘Where pilots stall’ (no date) in Survey, slide 3.",
    }


def test_a_place_without_a_title_is_the_report_with_the_position() -> None:
    assert by_manual(bare(Locator("section"), date="2025", authors=("Doe, Jane",))) == {
        "apa": "Doe, J. (2025). Survey (Introduction).",
        "ama": "Doe J. Survey. 2025:introduction.",
        "vancouver": "Doe J. Survey. [place unknown]: [publisher unknown]; 2025. Introduction.",
        "chicago": "Doe, Jane. 2025. Survey. Introduction.",
        "harvard": "Doe, J. (2025) Survey, introduction.",
    }
    assert reference(*bare(Locator("section")), "apa", ACCESSED) == "Survey (Introduction). (n.d.)."
    assert reference(*bare(Locator("page", 2)), "apa", ACCESSED) == "Survey (p. 2). (n.d.)."


def test_a_slide_with_the_title_of_the_report_is_not_in_itself() -> None:
    title_slide = bare(Locator("slide", 1, "SURVEY"), date="2025", authors=("Doe, Jane",))
    assert by_manual(title_slide) == {
        "apa": "Doe, J. (2025). Survey (Slide 1).",
        "ama": "Doe J. Survey. 2025:slide 1.",
        "vancouver": "Doe J. Survey. [place unknown]: [publisher unknown]; 2025. Slide 1.",
        "chicago": "Doe, Jane. 2025. Survey. Slide 1.",
        "harvard": "Doe, J. (2025) Survey, slide 1.",
    }
    only_section = by_manual(bare(Locator("section", heading="Survey"), date="2025"))
    assert only_section["apa"] == "Survey. (2025)."
    assert only_section["vancouver"] == "Survey. [place unknown]: [publisher unknown]; 2025."


def test_a_date_in_words_is_given_once() -> None:
    written = by_manual(bare(Locator("slide", 1, "Start"), date="Spring 2024", authors=("Doe, Jane",)))
    assert written["apa"] == "Doe, J. (Spring 2024). Start. In Survey (Slide 1)."
    assert written["chicago"] == "Doe, Jane. Spring 2024. “Start.” In Survey, slide 1."


def test_what_is_attributed_says_so_at_the_end() -> None:
    written = by_manual(cited("bain-companion-brief", "Figures on a third-party page"))
    assert all(text.rstrip(".)").endswith("ttributed to Bain, seen on a third-party page") for text in written.values())
    assert written["apa"].endswith(" (attributed to Bain, seen on a third-party page)")
    assert written["harvard"].endswith("). Attributed to Bain, seen on a third-party page.")
    assert "“Figures on a Third-Party Page.”" in written["chicago"]


@pytest.mark.parametrize(
    ("title", "chicago"),
    [
        ("What “ready” means, and what to look for", "“What ‘Ready’ Means, and What to Look For.”"),
        ('The "last mile"', "“The ‘Last Mile.’”"),
        ("End-to-end and co-development", "“End-to-End and Co-development.”"),
        ("What is next?", "“What Is Next?”"),
        ("AI in U.S. hospitals Inc.", "“AI in U.S. Hospitals Inc.”"),
    ],
)
def test_chicago_sets_titles_in_headline_style(title: str, chicago: str) -> None:
    slide = bare(Locator("slide", 4, title), authors=("Doe, Jane",), date="2025-01")
    assert reference(*slide, "chicago", ACCESSED) == f"Doe, Jane. 2025. {chicago} In Survey, slide 4. January."


def slides(*numbers: int) -> list[Cited]:
    return [cited(INDEX, f"slide {number}") for number in numbers]


@pytest.mark.parametrize("style", [name for name, manual in MANUALS.items() if not manual.numbered])
def test_lists_by_author_and_date_tell_alike_years_apart(style: str) -> None:
    """In the order of the titles, with letters after the year; a place that is cited twice stands there once."""
    doe = bare(Locator("page", 2), authors=("Doe, Jane",), date="2025")
    listed = references([*slides(12, 8), doe, *slides(8)], style, ACCESSED)
    assert [one.cited.locator.number for one in listed] == [2, 8, 12]
    assert ["2025a" in one.text for one in listed] == [False, True, False]
    assert ["2025b" in one.text for one in listed] == [False, False, True]


@pytest.mark.parametrize("style", [name for name, manual in MANUALS.items() if manual.numbered])
def test_numbered_lists_keep_the_numbers_of_the_citations(style: str) -> None:
    places = [bare(Locator("page", page), authors=("Doe, Jane",)) for page in (3, 1, 3)]
    numbered = [(replace(pointer, number=at), source) for at, (pointer, source) in enumerate(places, 1)]
    text = as_text(references(numbered, style, ACCESSED), style, numbered=True)
    assert [line.split(" Doe")[0] for line in text.splitlines()] == ["1, 3.", "2."]


@pytest.mark.parametrize("style", MANUALS)
def test_a_reference_is_the_same_alone_and_in_a_list(style: str) -> None:
    """The processor changes a style while it writes with it."""
    dated = [bare(Locator("page", day), authors=(f"D{day}, Jane",), date=f"2025-0{day}-11") for day in range(1, 5)]
    undated = [bare(Locator("slide", 1, "Start"), authors=("Roe, John",), url="https://example.org")]
    places = [*dated, *undated, *slides(8)]
    alone = {reference(*place, style, ACCESSED) for place in places}
    assert {one.text for one in references(places, style, ACCESSED)} == alone
