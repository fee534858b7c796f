"""Whatever comes in: sentences join back, readers give a document or refuse, nothing hidden comes out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.reading.bar_charts import bar_charts
from aidx_assistant.reading.cleaning import clean
from aidx_assistant.reading.clip import read_clip
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.figures_found import quantities_of
from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.html import read_page
from aidx_assistant.reading.label_numbers import without_label_numbers
from aidx_assistant.reading.likeness import containment, likeness, signature
from aidx_assistant.reading.page_blocks import page_blocks
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.placed_text import PlacedText
from aidx_assistant.reading.plain_text import read_text
from aidx_assistant.reading.regions import outside
from aidx_assistant.reading.rows import cells_of, row_text
from aidx_assistant.reading.sentences import sentences_of

Reader = Callable[[bytes, str, ReadingOptions], Document]
SOURCE = Source("s", "A survey", (), "", None, None, False, (), 0, "")
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

english = st.lists(
    st.sampled_from(
        "The U.S. e.g. i.e. Inc. No. 5 30% $1.5 (see [1] [2]. “It is.” Dr. A. B. and… … ! ? . ; : ... 1. payers, "
        "providers grew by half in 2024. St. vs. Jan. of respondents said Co. p.m. 46%. large-scale \n \t".split(" ")
    ),
    max_size=60,
).map(" ".join)
MARKDOWN = """---
|title: x
|a: &b [*b]
|# H
|## H
|

|text 30% of payers. |![alt](p.png)|- item
|  1. nested
|> quote
|```
|<table><tr><td>1|<p>|[x](#x)|[... truncated ...]
|\u200b|\u202e|\x1b[31m|[[w]]|Share
|By Jane Doe
|4.15.25
|*|_|`|\\|\u0301""".split("|")
TABLE = ["| a | b |\n", "|---|---|\n", "|", "| 1 | 2 |\n"]
markdown = st.lists(st.sampled_from([*MARKDOWN, *TABLE]), max_size=40).map("".join)
HTML = """<p> </p> <h2> </h2> <table> <tr> </table> <ul><li> </figure> <figure> <figcaption> <script>x</script> <!-- -->
 &#0; &#x202e; &nbsp; </div> <svg><title> <article> \x07""".split()
WITH_ATTRIBUTES = [
    "<td rowspan=3>", "<th colspan=2>", "<ol start=-3><li>", "<img src='//[' alt=x>", "<img src=a.png alt='b'>",
    "text of 30% in hospitals that goes on for a while. ", "<div style='display:none'>", "<a href='#'>",
    "<base href='http://[x'>", "<meta charset=utf-16>", "<?xml version='1.0' encoding='x'?>",
]  # fmt: skip
html = st.lists(st.sampled_from([*HTML, *WITH_ATTRIBUTES]), max_size=40).map("".join)
contents = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    markdown.map(str.encode),
    html.map(str.encode),
)


def texts_of(document: Document) -> list[str]:
    return [
        document.title,
        *document.publishers,
        *document.authors,
        *document.unread,
        *document.remarks,
        *(part.locator.heading or "" for part in document.parts),
        *(block.text for part in document.parts for block in part.blocks),
    ]


def check(reader: Reader, content: bytes) -> None:
    try:
        document = reader(content, "file", ReadingOptions())
    except ReadingError as refused:
        assert refused.title.endswith(".") and "\n" not in refused.title
        return
    assert document.parts and all(part.blocks for part in document.parts)
    for text in texts_of(document):
        assert all(unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co") for character in text)
        assert "\n" not in text and text == text.strip()
    read = read_source_of(document, SOURCE)
    assert len({passage.id for passage in read.passages}) == len(read.passages)
    assert all(passage.sentences and all(passage.sentences) for passage in read.passages)
    sentences = {passage.id: passage.sentences for passage in read.passages}
    for finding in read.findings:
        assert sentences[finding.passage_id][finding.sentence] == finding.statement
        assert finding.value and finding.value in finding.statement and len(finding.measure.split()) < 25


@MANY
@given(st.one_of(english, st.text(max_size=300)))
@example("a.\x1cB")
@example("Ends with a stop. (")
def test_sentences_join_back(text: str) -> None:
    sentences = sentences_of(text)
    assert " ".join(sentences) == " ".join(text.split())
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)


FIGURES = (
    "46% 12 $3 million 40 points phase 3 test 1 , , , of providers, or up from only (in 2024) agreed. had budgets; "
)
figured = st.lists(st.sampled_from(FIGURES.split(" ")), max_size=30).map(" ".join)


@MANY
@given(figured)
@example("In the survey, 46% , of providers, had budgets.")
def test_a_measure_has_no_stray_punctuation(text: str) -> None:
    document = Document("text", (Part(Locator("section"), (Block(text),)),))
    for finding in read_source_of(document, SOURCE).findings:
        assert not re.search(r"\s[,.;:)]|[,;(]$|^[,;:.)]|\s\s", finding.measure), finding.measure


@given(st.sampled_from(("phase", "Figure", "tables", "in test", "of group")), st.integers(0, 999), st.booleans())
def test_a_number_after_its_noun_is_no_figure(noun: str, number: int, ends: bool) -> None:
    several = f" and {number + 1}" if noun.endswith("s") else ""
    assert quantities_of(f"It stands {noun} {number}{several}{'.' if ends else ' as known'}") == ()


@MANY
@given(st.one_of(english, figured, st.text(max_size=200)))
def test_label_numbers_are_masked_in_place(text: str) -> None:
    masked = without_label_numbers(text)
    assert len(masked) == len(text)
    assert all(new in (old, "x") for old, new in zip(text, masked, strict=True))


@MANY
@given(contents)
def test_any_bytes_are_a_clip_or_refused(content: bytes) -> None:
    check(read_clip, content)


@MANY
@given(contents)
def test_any_bytes_are_a_page_or_refused(content: bytes) -> None:
    check(read_page, content)


@MANY
@given(contents)
def test_any_bytes_are_a_text_or_refused(content: bytes) -> None:
    check(read_text, content)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once and unicodedata.is_normalized("NFC", once)


@given(
    st.lists(st.text("abc 123%", min_size=1).filter(str.strip), min_size=2, max_size=5, unique_by=str.strip), st.data()
)
def test_the_cells_of_a_row_are_found_again(headers: list[str], data: st.DataObject) -> None:
    cells = [data.draw(st.text("xyz 456", min_size=1).filter(str.strip)) for _ in headers]
    row = row_text(headers, cells)
    assert [cell for _, cell, _ in cells_of(row)] == [" ".join(cell.split()) for cell in cells]
    assert all(row.startswith(cell, position) for _, cell, position in cells_of(row))


@given(english, english)
def test_likeness_is_symmetric_and_one_for_the_same(one: str, other: str) -> None:
    first, second = (signature(Document("text", (Part(Locator("section"), (Block(text),)),))) for text in (one, other))
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= min(1.0, containment(first, second)) <= 1
    assert likeness(first, first) == (1.0 if first.hashes else 0.0)


SAID = ("46%", "12", "2024", "Providers", "Payers", "n/a", "Large hospitals", "10", "20", "$3", "of those asked")
places = st.tuples(st.integers(0, 8), st.integers(0, 12), st.sampled_from((8.0, 10.0)), st.sampled_from(SAID))
drawn = st.tuples(st.integers(0, 8), st.integers(0, 12), st.integers(1, 60), st.integers(1, 60), st.integers(0, 2))


@MANY
@given(st.lists(places, max_size=40, unique_by=lambda place: place[:2]), st.lists(drawn, max_size=30), st.booleans())
def test_of_a_page_of_any_look_no_word_is_lost_and_none_said_twice(
    texts: list[tuple[int, int, float, str]], drawn: list[tuple[int, int, int, int, int]], narrow: bool
) -> None:
    """Tables and charts are taken out of a page and put back as sentences."""
    across, down = (60, 14) if narrow else (110, 26)
    lines = [
        PlacedText(text, x * across, y * down, x * across + 0.5 * size * len(text), y * down + size, size)
        for x, y, size, text in texts
    ]
    boxes = [FilledBox(x * across, y * down, x * across + w, y * down + h, colour) for x, y, w, h, colour in drawn]
    charts = bar_charts(lines, boxes)
    blocks = page_blocks(outside(lines, charts), 400, charts=charts).blocks
    said = " ".join(block.text for block in blocks)
    for text, count in Counter(text for _, _, _, text in texts).items():
        if text in ("Large hospitals", "of those asked"):
            assert text in said
        if text == "46%":
            assert said.count(text) == count
