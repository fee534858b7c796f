"""References for other programs (RIS, CSL-JSON), captions of pictures, and what a source does not tell."""

from __future__ import annotations

import json
from datetime import date

import pytest
import rispy
from jsonschema import Draft202012Validator

from aidx_assistant.evidence import Locator
from aidx_assistant.references.caption import caption
from aidx_assistant.references.cited_place import cited_place
from aidx_assistant.references.missing import missing_from
from aidx_assistant.references.styles import as_text, reference, references
from tests.fakes.csl_schema import CSL_JSON
from tests.unit.test_references import ADDRESS, SECTION, bare, cited

ACCESSED = date(2026, 11, 27)
INDEX = "healthcare-ai-adoption-index"
SLIDE = "Only 30% of completed proofs of concept reach production"


def test_ris_is_a_chapter_of_the_report() -> None:
    assert reference(*cited(INDEX, "slide 8"), "ris", ACCESSED).splitlines() == [
        "TY  - CHAP",
        "ID  - healthcare-ai-adoption-index-slide-8",
        "AU  - Guerra, Sofia",
        "AU  - Kraus, Steve",
        f"TI  - Slide 8: {SLIDE}",
        "T2  - The Healthcare AI Adoption Index",
        "PY  - 2025",
        "DA  - 2025/04/15/",
        "PB  - Bessemer Venture Partners; Amazon Web Services; Bain & Company",
        f"UR  - {ADDRESS}",
        "Y2  - 2026/11/27/",
        "ER  - ",
    ]


def test_ris_of_a_page_is_a_report() -> None:
    page = bare(Locator("page", 12), publishers=("KLAS Research",), date="Spring 2024")
    (record,) = rispy.loads(reference(*page, "ris", ACCESSED))
    assert record == {
        "type_of_reference": "RPRT",
        "id": "s-page-12",
        "authors": ["KLAS Research"],
        "title": "Survey",
        "year": "2024",
        "date": "2024///Spring 2024",
        "publisher": "KLAS Research",
        "start_page": "12",
    }


def test_csl_json_is_an_array_of_items() -> None:
    section = cited(INDEX, SECTION)
    items = json.loads(reference(*section, "csl-json", ACCESSED))
    Draft202012Validator(CSL_JSON).validate(items)
    assert items == [
        {
            "id": "healthcare-ai-adoption-index-experimentation-but-not-yet-production",
            "type": "chapter",
            "title": SECTION,
            "container-title": "The Healthcare AI Adoption Index",
            "author": [{"family": "Guerra", "given": "Sofia"}, {"family": "Kraus", "given": "Steve"}],
            "publisher": "Bessemer Venture Partners; Amazon Web Services; Bain & Company",
            "issued": {"date-parts": [[2025, 4, 15]]},
            "note": "Shown beside slide 8.",
            "URL": ADDRESS,
            "accessed": {"date-parts": [[2026, 11, 27]]},
        }
    ]


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_places_that_have_the_same_key_get_others(style: str) -> None:
    places = [bare(Locator("section", heading=heading)) for heading in ("Why now", "Why now?", "Why: now")]
    text = as_text(references(places, style, ACCESSED), style)
    assert [text.count(key) for key in ("s-why-now", "s-why-now-2", "s-why-now-3")] == [3, 1, 1]


def test_a_caption_is_short() -> None:
    assert caption(cited_place(*cited(INDEX, "slide 8"), ACCESSED)) == (
        "Source: Bessemer, AWS, Bain, Healthcare AI Adoption Index (2025), slide 8"
    )
    brief = caption(cited_place(*cited("bain-companion-brief", "Figures on a third-party page"), ACCESSED))
    assert brief.startswith("Source: Bain, Bain companion brief to the index (n.d.), section “Figures")
    assert brief.endswith("; attributed to Bain, seen on a third-party page")


@pytest.mark.parametrize(
    ("makers", "short"),
    [
        ({"publishers": ("McKinsey & Company",)}, "McKinsey, "),
        ({"publishers": ("Deloitte LLP", "Rock Health, Inc.")}, "Deloitte, Rock Health, "),
        ({"publishers": ("Boston Consulting Group",), "authors": ("Doe, Jane",)}, "Boston Consulting Group, "),
        ({"authors": ("Doe, Jane", "WHO")}, "Doe, WHO, "),
        ({}, ""),
    ],
)
def test_a_caption_names_who_made_the_picture(makers: dict[str, object], short: str) -> None:
    slide = bare(Locator("slide", 3), date="2024-05", **makers)
    assert caption(cited_place(*slide, ACCESSED)) == f"Source: {short}Survey (2024), slide 3"


def test_what_a_source_does_not_tell_is_named() -> None:
    assert missing_from(cited_place(*cited(INDEX, "slide 8"), ACCESSED)) == ()
    assert missing_from(cited_place(*cited("bain-companion-brief", "Figures on a third-party page"), ACCESSED)) == (
        "author",
        "date",
    )
    slide = bare(Locator("slide", 3), date="2024")
    assert missing_from(cited_place(*slide, ACCESSED)) == ("author", "publisher", "address", "slide title")
