"""A figure changed anywhere in a clean document is found, in whatever format, and any text can be checked."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.tracing.quotations import Quotations, normalised
from aidx_assistant.briefs.written.document import WrittenDocument, document_as_json, document_from_json
from aidx_assistant.briefs.written.footnotes import without_definitions
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.piece import marked_text
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.figures import figures_in
from tests.fakes.briefs import clean_brief, corpus_shelf
from tests.fakes.word_files import footnote, paragraph, table, word_file

_INDEX = "healthcare-ai-adoption-index"
_NO_FIGURES = re.compile(r"\[\^\d+\]|<https?://[^>]*>|^For .*$", re.MULTILINE)
"""Of a brief in Markdown: marks of notes, addresses, the line below the title."""
_READABLE = st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n")
_MARKDOWN = st.text("ab 4%.[]^1:|-#*>\n`~“”(),=+", max_size=120) | st.text(_READABLE, max_size=80)


def linted(document: WrittenDocument) -> DocumentLint:
    return lint_document(document, corpus_shelf(), lambda _: 2)


@cache
def clean_markdown() -> str:
    return as_markdown(clean_brief())


@cache
def numbers_of_the_brief() -> tuple[tuple[int, int], ...]:
    """Where the numbers of its text, its notes and its `Source:` lines stand."""
    blanked = _NO_FIGURES.sub(lambda match: "x" * len(match.group()), clean_markdown())
    return tuple(match.span() for match in re.finditer(r"\d+", blanked))


def other_number(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, 3000).filter(lambda other: other != number)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_number_changed_in_a_brief_is_found(data: st.DataObject) -> None:
    text = clean_markdown()
    start, end = data.draw(st.sampled_from(numbers_of_the_brief()))
    other = data.draw(other_number(int(text[start:end])))
    changed = f"{text[:start]}{other}{text[end:]}"
    assert linted(read_markdown(changed.encode())).faults, f"{text[start - 60 : start]}→{other}←"


def word_brief(share: int, quoted: int, option: int) -> bytes:
    note = "The Healthcare AI Adoption Index, section “Top takeaways”. “{}”"
    quotes = {
        1: f"Among executives, {quoted}% say that AI budgets are growing faster than IT spending.",
        2: "Among executives, 64% are open to co-development with partners at an early stage.",
    }
    return word_file(
        paragraph("Buyer brief: budgets", style="Title"),
        paragraph("Why now", style="Heading1"),
        paragraph(f"Of executives, {share}% say that AI budgets grow faster than IT spending", footnote(1), "."),
        table(
            ("Option", "What speaks for it"),
            ("Do nothing", "No money is spent"),
            ("Co-develop", paragraph(f"Open to it at an early stage are {option}% of executives", footnote(2))),
        ),
        footnotes={number: note.format(quote) for number, quote in quotes.items()},
    )


def test_the_brief_in_word_is_clean() -> None:
    assert linted(read_word(word_brief(60, 60, 64))).faults == ()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(("share", "quoted", "option")), st.integers(0, 100))
def test_a_number_changed_in_word_is_found(changed: str, other: int) -> None:
    numbers = {"share": 60, "quoted": 60, "option": 64}
    assume(numbers[changed] != other)
    assert linted(read_word(word_brief(**{**numbers, changed: other}))).faults


@cache
def sentences_with_a_percentage() -> tuple[tuple[str, int, int, str], ...]:
    """Of the index: a sentence with one figure, a percentage in digits, where it stands in it, and its place."""
    found = []
    for passage in corpus_shelf().passages_of(_INDEX):
        for sentence in passage.sentences:
            figures = figures_in(sentence)
            if len(figures) == 1 and figures[0].kind == "percent" and figures[0].text.endswith("%"):
                start, end = re.search(r"\d+(?=%)", sentence).span()  # type: ignore[union-attr]
                place = passage.locator.label.replace(" (no heading)", "")
                found.append((sentence.removesuffix("."), start, end, place))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["", ", {place}"]))
def test_a_number_changed_in_what_a_stranger_tells_of_the_index_is_found(data: st.DataObject, form: str) -> None:
    sentence, start, end, place = data.draw(st.sampled_from(sentences_with_a_percentage()))
    reference = f"(Healthcare AI Adoption Index{form.format(place=place)})"
    assert linted(read_markdown(f"{sentence} {reference}.\n".encode())).faults == ()
    number = int(sentence[start:end])
    other = data.draw(st.integers(0, 100).filter(lambda other: other != number))
    assert linted(read_markdown(f"{sentence[:start]}{other}{sentence[end:]} {reference}.\n".encode())).faults


@settings(max_examples=80, deadline=None)
@given(_MARKDOWN, st.booleans())
def test_any_markdown_can_be_checked(text: str, as_brief: bool) -> None:
    text = f"# Buyer brief: x\n\n{text} a" if as_brief else f"{text} a"
    document = read_markdown(text.encode())
    assert document_from_json(document_as_json(document)) == document
    for fault in linted(document).faults:
        assert fault.rule and fault.problem
        assert 1 <= int(fault.where) <= len(text.split("\n"))


@settings(max_examples=80, deadline=None)
@given(_MARKDOWN)
def test_every_offset_of_the_marked_text_says_where_it_stands(text: str) -> None:
    pieces = read_markdown(f"{text} a".encode()).pieces
    marked = marked_text(pieces)
    assert len(marked.starts) == len(pieces)
    for piece, start in zip(pieces, marked.starts, strict=True):
        assert marked.place(start) == (piece, 0)
        assert len(marked.text) >= start + len(piece.text)


@given(
    st.lists(
        st.sampled_from(["[^1]: One", "  two", "", "Text[^1]", "```", "- item", "[^b]: B", "    more"]), max_size=12
    )
)
def test_taking_definitions_out_keeps_every_line_in_place(lines: list[str]) -> None:
    left, notes = without_definitions(lines)
    assert len(left) == len(lines)
    assert all(one in (other, "") for one, other in zip(left, lines, strict=True))
    assert len({note.label for note in notes}) == len(notes)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_words_of_a_passage_is_found_there(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(corpus_shelf().passages_of(_INDEX)))
    words = passage.text.split()
    first = data.draw(st.integers(0, max(len(words) - 4, 0)))
    quotation = " ".join(words[first : data.draw(st.integers(first + 3, first + 12))])
    assume(normalised(quotation).strip(" .,;:"))
    found = Quotations(corpus_shelf()).find(quotation, [_INDEX])
    assert passage.id in {quoted.passage.id for quoted in found}
