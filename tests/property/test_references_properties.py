"""Whatever a source's metadata hold, each style's own reader gets them back and finds nothing else."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.references.cited_place import one_line
from aidx_assistant.references.csl.manuals import MANUALS
from aidx_assistant.references.styles import STYLES, as_text, reference, references
from tests.fakes.csl_schema import CSL_JSON

pytestmark = pytest.mark.slow

ACCESSED = date(2026, 11, 2)
SPECIAL = list("\\{}$&%#_~^*`[]()<>|!\"'=+-.;:@/ \n\t") + ["“", "é", "概", "''", "&amp;", " and ", "1. ", "{{", "[["]
TEXTS = st.lists(st.sampled_from([*SPECIAL, "a", "B", "7"]), max_size=12).map("".join) | st.text(max_size=20)
TITLES = TEXTS.filter(lambda text: one_line(text) != "")
ADDRESSES = TEXTS.map(lambda tail: f"https://example.org/{tail.strip()}")
LOCATORS = st.builds(
    Locator, st.sampled_from(["section", "slide", "page", "picture"]), st.integers(0, 99) | st.none(), TEXTS
)
SOURCES = st.builds(
    Source,
    id=st.just("s"),
    title=TITLES,
    publishers=st.lists(TEXTS, max_size=2).map(tuple),
    date=st.sampled_from(["", "2025", "2025-04", "2025-04-15"]) | TEXTS,
    url=ADDRESSES | st.none(),
    attribution=TEXTS | st.none(),
    in_briefs=st.just(True),
    unread=st.just(()),
    slide_count=st.just(0),
    note=st.just(""),
    authors=st.lists(TEXTS, max_size=3).map(tuple),
)
few = settings(max_examples=100, deadline=None)


def citation_of(source: Source, locator: Locator, picture: str | None = None) -> Citation:
    return Citation(1, source.id, source.title, "s/1", (0, 1), locator, None, "", "", source.url, picture)


@few
@given(SOURCES, LOCATORS, st.sampled_from(STYLES))
def test_a_reference_is_printable_lines(source: Source, locator: Locator, style: str) -> None:
    written = reference(citation_of(source, locator), source, style, ACCESSED)
    assert style in {"bibtex", "ris", "csl-json"} or one_line(written) == written
    assert all(one_line(line) == " ".join(line.split()) for line in written.split("\n"))


# BibTeX


def bibtex_fields(entry: str) -> dict[str, str]:
    """The fields of one entry, read as BibTeX reads: a value in braces ends where its braces are balanced."""
    head = re.match(r"@\w+\{([a-z0-9-]+),", entry)
    assert head
    fields, at = {}, head.end()
    while name := re.compile(r"\s*(\w+) = ").match(entry, at):
        start = end = name.end()
        depth = 0
        while depth or entry[end] != ",":
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            assert depth >= 0
            end += 1
        assert name.group(1) not in fields
        fields[name.group(1)] = entry[start:end]
        at = end + 1
    assert entry[at:] == "\n}"
    return fields


def from_tex(text: str) -> str:
    """What TeX would print of an escaped text."""
    commands = {
        "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
        "textasciicircum": "^",
    }  # fmt: skip

    def printed(match: re.Match[str]) -> str:
        name = match.group(1)
        return commands[name.removesuffix("{}")] if name.endswith("{}") else name

    assert not re.search(r"(?<!\\)[$&%#_~^]", text)
    return re.sub(r"\\(\w+\{\}|[$&%#_])", printed, text)


@few
@given(SOURCES, LOCATORS)
@example(Source("s", "}", ("{",), "", None, "\\", True, (), 0, "", ("A and B", "and, and")), Locator("page", 1))
def test_bibtex_reads_back(source: Source, locator: Locator) -> None:
    fields = bibtex_fields(reference(citation_of(source, locator), source, "bibtex", ACCESSED))
    values = {name: value[1:-1] for name, value in fields.items() if name != "month"}
    assert all(fields[name] == f"{{{value}}}" for name, value in values.items())
    assert from_tex(values["title"][1:-1]) == one_line(source.title)
    publishers = [line for line in map(one_line, source.publishers) if line]
    assert from_tex(values.get("institution", "")) == ", ".join(publishers)
    bodies = [line for line in map(one_line, source.authors) if line] or publishers
    assert len(names_in(values.get("author", ""))) == len(bodies)
    if source.attribution:
        assert from_tex(values["note"]).endswith(one_line(source.attribution))


def names_in(authors: str) -> list[str]:
    """The names that BibTeX finds: parted by "and" in any case outside braces."""
    depth, at, names = 0, 0, [""]
    while at < len(authors):
        match = re.compile(r"\s+and\s+", re.IGNORECASE).match(authors, at)
        if match and depth == 0:
            names.append("")
            at = match.end()
            continue
        depth += {"{": 1, "}": -1}.get(authors[at], 0)
        names[-1] += authors[at]
        at += 1
    return [name for name in names if name]


# Markdown


@few
@given(SOURCES, LOCATORS, ADDRESSES | st.none())
@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
def test_markdown_renders_as_the_same_words(
    dialect: str, source: Source, locator: Locator, picture: str | None
) -> None:
    written = reference(citation_of(source, locator, picture), source, "markdown", ACCESSED)
    reader = MarkdownIt(dialect, {"linkify": False}) if dialect == "gfm-like" else MarkdownIt(dialect)
    paragraph = reader.parse(written)
    assert [token.type for token in paragraph] == ["paragraph_open", "inline", "paragraph_close"]
    inline = paragraph[1].children or []
    assert {token.type for token in inline} <= {
        "text",
        "text_special",
        "link_open",
        "link_close",
        "em_open",
        "em_close",
    }
    read = "".join(token.content for token in inline)
    title = "".join(token.content for token in inline[: [token.type for token in inline].index("em_close")])
    assert title.endswith(one_line(source.title))
    for text in (*source.publishers, source.attribution or "", locator.heading or ""):
        assert one_line(text)[1:] in read
    links = [token for token in inline if token.type == "link_open"]
    assert len(links) == bool(source.url) + bool(picture and locator.kind != "section")


# Wikipedia


@few
@given(SOURCES, LOCATORS)
def test_wikipedia_reads_back(source: Source, locator: Locator) -> None:
    written = reference(citation_of(source, locator), source, "wikipedia", ACCESSED)
    match = re.fullmatch(r"\{\{cite (web|report)((?: \|[a-z0-9-]+=[^|]*)+)\}\}( \(.*\))?", written)
    assert match
    assert (match.group(1) == "web") == bool(source.url)
    assert not re.search(r"\[\[|\{\{|\}\}|<|''|~~~", match.group(2) + (match.group(3) or ""))
    fields = dict(part.split("=", 1) for part in match.group(2).split(" |")[1:])
    assert html.unescape(fields["title"]) == one_line(source.title)
    if source.attribution and one_line(source.attribution):
        assert html.unescape(match.group(3)) == f" ({one_line(source.attribution)})"


# Whole files, read by the libraries of others

PLACES = st.lists(st.tuples(SOURCES, LOCATORS), min_size=1, max_size=4)


def written(places: list[tuple[Source, Locator]], style: str) -> tuple[str, int]:
    """The file of references to these places, each in a source of its own, and how many there are."""
    sources = [replace(source, id=f"s{at % 2}") for at, (source, _) in enumerate(places)]
    pointers = [citation_of(source, locator) for source, (_, locator) in zip(sources, places, strict=True)]
    listed = references(zip(pointers, sources, strict=True), style, ACCESSED)
    return as_text(listed, style), len(listed)


@few
@given(PLACES)
def test_bibtex_is_read_by_bibtexparser(places: list[tuple[Source, Locator]]) -> None:
    text, count = written(places, "bibtex")
    read = bibtexparser.parse_string(text)
    assert not read.failed_blocks
    assert len(read.entries) == count == len({entry.key for entry in read.entries})


@few
@given(PLACES)
def test_ris_is_read_by_rispy(places: list[tuple[Source, Locator]]) -> None:
    text, count = written(places, "ris")
    records = rispy.loads(text)
    assert len(records) == count == len({record["id"] for record in records})
    assert all(not record.get("unknown_tag") for record in records)
    for record in records:
        part = record["type_of_reference"] == "CHAP"
        assert part == ("secondary_title" in record)
        assert record["title"] == one_line(record["title"]) != ""


@few
@given(PLACES)
def test_csl_json_keeps_to_the_schema(places: list[tuple[Source, Locator]]) -> None:
    text, count = written(places, "csl-json")
    items = json.loads(text)
    Draft202012Validator(CSL_JSON).validate(items)
    assert len(items) == count == len({item["id"] for item in items})


@settings(max_examples=40, deadline=None)
@given(PLACES, st.sampled_from(sorted(MANUALS)))
def test_a_reference_by_a_manual_holds_all_words_of_its_titles(
    places: list[tuple[Source, Locator]], style: str
) -> None:
    for source, locator in places:
        text = reference(citation_of(source, locator), source, style, ACCESSED)
        for title in (source.title, locator.heading or ""):
            assert [word for word in _words(title) if word not in _words(text)] == []
    written(places, style)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", one_line(text).casefold())
