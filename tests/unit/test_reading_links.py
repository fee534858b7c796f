"""Addresses of links: kept beside the words, absolute, with the passage that has the words."""

from __future__ import annotations

import json

from aidx_assistant.reading.clip import read_clip
from aidx_assistant.reading.document import Document, Link, ReadingOptions
from aidx_assistant.reading.document_json import from_table, to_json
from aidx_assistant.reading.html import read_page
from aidx_assistant.reading.links import whole_links
from aidx_assistant.reading.passages import passages_of

PROSE = "Hospitals of the region have begun to test tools that write notes, and most of them go on with it."
HEAD = "---\ntitle: Notes\nurl: https://example.org/a/notes\n---\n\n"


def clip(text: str, head: str = HEAD) -> Document:
    return read_clip(f"{head}{text}".encode(), "clip.md", ReadingOptions())


def links_of(document: Document) -> list[Link]:
    return [link for part in document.parts for block in part.blocks for link in block.links]


def test_the_words_stand_in_the_text_and_the_address_beside_it() -> None:
    document = clip(f"{PROSE} So says [a **study**](https://example.com/study?id=1), and [a page](../b) of ours.")
    (block,) = document.parts[0].blocks
    assert block.text == f"{PROSE} So says a study, and a page of ours."
    assert block.links == (("a study", "https://example.com/study?id=1"), ("a page", "https://example.org/b"))


def test_links_of_headings_lists_tables_captions_and_html_are_kept() -> None:
    document = clip(
        f"{PROSE}\n\n## [Costs](https://example.com/1)\n\nThey fall:\n\n- by [half](https://example.com/2)\n\n"
        "| Who | Share |\n|---|---|\n| [Payers](https://example.com/3) | 7% |\n\n"
        "![Bars](a.png)\n\nFigure 1: by [Doe](https://example.com/4)\n\n"
        "<p>Pilots <a href='https://example.com/5'>end</a>.</p>\n\nSee <https://example.com/6>.\n"
    )
    assert [address[-1] for _, address in links_of(document)] == ["1", "2", "3", "4", "5", "6"]
    assert {part.locator.heading for part in document.parts if any(b.links for b in part.blocks)} == {"Costs"}


def test_what_leads_nowhere_else_is_no_link() -> None:
    base = "https://example.org/a"
    for address in ("#part", "https://example.org/a#part", "mailto:a@example.org", "javascript:x()", "http://[x", ""):
        assert whole_links([("words", address)], base) == ()
    assert whole_links([("", "https://example.com"), ("x", "/b"), ("x", "/b")], base) == (
        ("x", "https://example.org/b"),
    )
    assert whole_links([("x", "/b")], "") == ()
    assert links_of(clip(f"{PROSE} See [the table](table.md).", head="")) == []


def test_a_page_keeps_the_links_of_its_article() -> None:
    html = (
        '<html><head><title>Notes</title><link rel="canonical" href="https://example.org/a/notes"></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>Notes</h1><p>{PROSE} See <a href='b'>the <b>study</b></a>.</p>"
        "<table><tr><th>Who</th><th>Share</th></tr><tr><td><a href='/payers'>Payers</a></td><td>7%</td></tr></table>"
        "<figure><img src=a.png alt=Bars><figcaption>By <a href='https://example.com/doe'>Doe</a></figcaption></figure>"
        f"<p>{PROSE}</p></article></body></html>"
    )
    document = read_page(html.encode(), "page.html", ReadingOptions())
    assert links_of(document) == [
        ("the study", "https://example.org/a/b"),
        ("Payers", "https://example.org/payers"),
        ("Doe", "https://example.com/doe"),
    ]


def test_a_passage_has_the_links_of_its_sentences() -> None:
    paragraphs = [f"{PROSE} Number {n} is told by [study {n}](https://example.com/{n})." for n in range(6)]
    for text in ("\n\n".join(paragraphs), " ".join(paragraphs * 2)):
        passages = passages_of(clip(text), "notes")
        assert len(passages) > 1
        assert [link for passage in passages for link in passage.links] == [
            (f"study {n}", f"https://example.com/{n}") for n in range(6)
        ]
        assert all(words in passage.text for passage in passages for words, _ in passage.links)
        assert not any("example.com" in passage.text for passage in passages)


def test_links_survive_the_way_from_the_reading_process_and_may_be_absent_in_what_was_kept_before() -> None:
    document = clip(f"{PROSE} So says [a study](https://example.com/study).")
    assert from_table(json.loads(to_json(document))) == document
    table = json.loads(to_json(document))
    for part in table["parts"]:
        for block in part["blocks"]:
            del block["links"]
    assert links_of(from_table(table)) == []
