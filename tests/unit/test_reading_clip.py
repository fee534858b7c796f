"""Markdown web clips: head, sections, pictures, tables, lists, surroundings, and where the clipper stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading.clip import read_clip
from aidx_assistant.reading.document import Block, Document, ReadingOptions
from aidx_assistant.reading.front_matter import split_front_matter

REAL = Path(__file__).parents[3] / "shared" / "source" / "the-healthcare-ai-adoption-index.clip.md"
PROSE = "Hospitals of the region have begun to test tools that write notes, and most of them go on with it."


def clip(text: str, **options: str) -> Document:
    return read_clip(text.encode(), "clip.md", ReadingOptions(**options))


def texts(document: Document, heading: str | None = None) -> list[str]:
    return [b.text for p in document.parts if p.locator.heading == heading for b in p.blocks]


def headings(document: Document) -> list[str | None]:
    return list(dict.fromkeys(part.locator.heading for part in document.parts))


def test_the_head_is_read_in_any_order_of_keys() -> None:
    document = clip(
        "---\npublished: 2025-03-02\nauthor:\n  - '[[Jane Doe]]'\n  - John de Roe\nsite: Example\n"
        f"source: https://example.org/a\ntitle: 'Notes: a survey'\n---\n\n{PROSE}\n"
    )
    assert document.title == "Notes: a survey"
    assert document.authors == ("Doe, Jane", "de Roe, John")
    assert (document.date, document.publishers, document.url) == ("2025-03-02", ("Example",), "https://example.org/a")
    assert document.remarks == ()


def test_source_may_name_a_tool_and_the_day_of_clipping_is_not_that_of_publication() -> None:
    document = clip(f"---\nsource: slack\nclipped: 2025-12-23\nurl: https://example.org/b\n---\n{PROSE}")
    assert (document.url, document.date) == ("https://example.org/b", "")


def test_a_clip_without_a_head_takes_title_and_address_from_its_text() -> None:
    document = clip(f"# A survey\n\n> Source: [https://example.org/c](https://example.org/c)\n\n{PROSE}")
    assert (document.title, document.url) == ("A survey", "https://example.org/c")
    assert document.parts[0].locator == Locator("section")
    assert texts(document) == [PROSE]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("title: Costs: how they fall\nurl: https://example.org", "no valid YAML in its line 1"),
        ("title: &a Costs\nother: *a\nurl: https://example.org", "anchors or aliases"),
        ("title: !!python/object/apply:os.system [id]\nurl: https://example.org", "tags"),
        ("title: [[[[[[[[[[x]]]]]]]]]]\nurl: https://example.org", "nested too deeply"),
        ("title: [unclosed\nurl: https://example.org", "no valid YAML"),
    ],
)
def test_a_malformed_or_hostile_head_is_told_and_the_body_read(head: str, told: str) -> None:
    document = clip(f"---\n{head}\n---\n\n{PROSE}")
    assert told in document.remarks[0]
    assert document.url == "https://example.org"
    assert texts(document) == [PROSE]


def test_a_head_that_does_not_end_stops_at_the_first_line_that_is_no_field() -> None:
    document = clip(f"---\ntitle: Costs\n\n{PROSE}\n\n---\n\n{PROSE}")
    assert document.title == "Costs"
    assert document.remarks == ("The front matter does not end; it was read line by line.",)
    assert texts(document) == [PROSE, PROSE]


def test_a_line_at_the_beginning_is_no_head() -> None:
    assert split_front_matter("---\n\nText\n\n---\nMore").body == "---\n\nText\n\n---\nMore"
    assert "larger than 64 KB" in split_front_matter(f"---\ntitle: {'x' * 70_000}\n---\nText").remarks[0]


def test_headings_are_sections_and_the_same_heading_twice_is_told_apart() -> None:
    document = clip(
        f"# T\n\n{PROSE}\n\n## Costs\n\nOne.\n\n## Other\n\nTwo.\n\n## Costs\n\nThree.\n\n## Costs (2)\n\nFour."
    )
    assert headings(document) == [None, "Costs", "Other", "Costs (2)", "Costs (2) (2)"]
    assert texts(document, "Costs (2)") == ["Three."]


def test_a_sentence_set_as_a_heading_is_text() -> None:
    said = "We asked the heads of many hospitals what they had learned from a year of trying such tools."
    assert texts(clip(f"# T\n\n## {said}\n\n{PROSE}")) == [said, PROSE]


def test_a_picture_belongs_to_the_paragraph_or_list_before_it() -> None:
    document = clip(
        f"---\nurl: https://example.org/a/b\n---\n# T\n\n{PROSE}\n\nThese lead:\n\n* one\n* two\n\n"
        "![Bars of two groups](img/bars.png)\n\nFigure 1: what they said\n\nThen this."
    )
    assert [(part.picture, [block.text for block in part.blocks]) for part in document.parts] == [
        (None, [PROSE]),
        (
            "https://example.org/a/img/bars.png",
            ["These lead:", "one", "two", "Bars of two groups", "Figure 1: what they said"],
        ),
        (None, ["Then this."]),
    ]
    assert document.parts[1].blocks[-2].kind == "caption"


def test_a_row_carries_its_headers_its_label_first() -> None:
    document = clip(f"# T\n\n{PROSE}\n\n| Group | 2023 | 2024 |\n|---|--:|--:|\n| Payer | 5% | 7% |\n| Other | | - |\n")
    assert [b for p in document.parts for b in p.blocks][1:] == [
        Block("Group: Payer; 2023: 5%; 2024: 7%", "row"),
        Block("Group: Other", "row"),
    ]


def test_lists_code_links_and_html() -> None:
    document = clip(
        f"# T\n\n{PROSE}\n\n1. See [the *study*](https://example.org).\n2. Payers\n   - 5% agreed\n\n"
        "```\nx = 1\n```\n\n<script>alert(1)</script>\n\n<!-- note -->\n\n<p>Said in <b>HTML</b>.</p>\n\nA<br>b `c`."
    )
    assert texts(document)[1:] == [
        "1. See the study.",
        "2. Payers",
        "Payers: 5% agreed",
        "x = 1",
        "Said in HTML.",
        "A b c.",
    ]


def test_what_stands_around_the_article_is_dropped_and_what_it_says_kept() -> None:
    document = clip(
        "[Home](/) [About](/about)\n\n"
        "# T\n\nBy Jane Doe and John Roe\n\nMarch 2, 2025\n\n5 min read\n\nShare\n\nSubscribe\n\n"
        "![Portrait of Jane](j.png)\n\n"
        f"{PROSE}\n\n## Recorded presentation\n\nMore of it.\n\nWe use cookies to make this site better.\n\n"
        "[Read the study](https://example.org/study)\n\n## Related articles\n\n[Other](https://example.org/other)\n\n"
        "## Costs\n\nThey fall.\n\n© 2025 Example. All rights reserved."
    )
    assert (document.authors, document.date) == (("Doe, Jane", "Roe, John"), "2025-03-02")
    assert headings(document) == [None, "Costs"]
    assert texts(document) == [PROSE, "More of it.", "Read the study"]
    assert texts(document, "Costs") == ["They fall."]


def test_sections_known_from_the_contents_only_are_unread() -> None:
    document = clip(
        "# T\n\nJump to\n\n* [T](#top)\n* [Costs](#costs-and-more)\n* [Gains](#gains)\n* [Outlook](#outlook)\n\n"
        f"{PROSE}\n\n## Costs and more\n\nThey fall.\n\n## Gains\n\n"
    )
    assert document.unread == ("Gains", "Outlook")
    listed = clip(f"# T\n\n## Contents\n\n- Costs\n- Outlook\n\n## Costs\n\n{PROSE}")
    assert listed.unread == ("Outlook",)


@pytest.mark.parametrize(
    "mark", ["[... truncated ...]", "[…]", "*(content truncated)*", "[Article clipped]", "[+ 1234 chars]"]
)
def test_a_clippers_mark_is_told_and_the_broken_sentence_left_out(mark: str) -> None:
    document = clip(f"# T\n\n{PROSE}\n\n## Costs\n\nThey fall. Only 30% of\n\n{mark}\n")
    assert document.remarks == (
        "The clip stops inside section “Costs”.",
        "Its last sentence is broken off and was left out.",
    )
    assert texts(document, "Costs") == ["They fall."]


def test_a_mark_after_a_whole_sentence_or_before_text_loses_nothing() -> None:
    assert clip(f"# T\n\n{PROSE}\n\n[truncated]").remarks == ("The clip stops inside its introduction.",)
    whole = clip(f"# T\n\n{PROSE}\n\n[truncated]\n\nThen it goes on.")
    assert whole.remarks == () and "Then it goes on." in texts(whole)


def test_hidden_characters_are_removed_and_told() -> None:
    document = clip(f"# T\n\n{PROSE}\n\nA\u200bB \u202eC\u202c so\u00adft e\u0301.")
    assert texts(document)[1] == "AB C soft é."
    assert document.remarks == ("3 invisible characters were removed from the text.",)


@pytest.mark.parametrize(
    "content", [b"", b"---\ntitle: x\n---\n", b"# Only a title", b"\x00\x01\x02", b"a" * 3 + b"\x00"]
)
def test_what_is_no_clip_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(ReadingError) as refused:
        read_clip(content, "clip.md", ReadingOptions())
    assert refused.value.title.endswith(".")


@pytest.mark.skipif(not REAL.exists(), reason="the user's clip is not here")
def test_the_users_clip() -> None:
    document = read_clip(REAL.read_bytes(), REAL.name, ReadingOptions())
    assert document.date == "2025-04-15" and document.url and document.url.startswith("https://www.bvp.com/")
    assert len(document.authors) == 2 and all("," in author for author in document.authors)
    assert headings(document)[0] is None and len(headings(document)) == 5
    assert len(document.unread) == 14
    assert document.remarks[0] == f"The clip stops inside section “{headings(document)[-1]}”."
    assert sum(part.picture is not None for part in document.parts) == 42
    assert not any("Share" in text or "Subscribe" in text or "truncated" in text for text in texts(document))
