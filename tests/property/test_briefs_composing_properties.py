"""Whatever a model writes, none of its words is lost; whatever a brief holds, its JSON gives it back."""

from __future__ import annotations

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.answers import Disagreement, Usage
from aidx_assistant.briefs.assembling import with_texts
from aidx_assistant.briefs.brief import (
    Bar,
    BarChart,
    Block,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
    texts_of,
)
from aidx_assistant.briefs.brief_json import brief_as_json, brief_from_json
from aidx_assistant.briefs.reply_blocks import blocks_of, labelled_of, options_of
from aidx_assistant.briefs.request import BriefRequest, Place
from tests.fakes.briefs import clean_brief

WORD = st.from_regex(r"[a-z]{3,8}", fullmatch=True)
LINE = st.builds(
    lambda lead, words, end: lead + " ".join(words) + end,
    st.sampled_from(["", "- ", "* ", "1. ", "2) ", "### ", "> ", "| ", "  ", "**Use:** ", "    - ", "~ ", "__x__ "]),
    st.lists(st.one_of(WORD, st.sampled_from(["**strong**", "*light*", "[1]", "|", "`code`", "_", "*"])), max_size=6),
    st.sampled_from(["", " |", " [2]", ":", "  "]),
)
MARKDOWN = st.lists(st.one_of(LINE, st.sampled_from(["", "---", "|---|---|", "```"])), max_size=12).map("\n".join)
TEXT = st.text(max_size=12)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT),
    st.builds(Points, st.lists(st.builds(Point, TEXT, st.none() | TEXT), max_size=3).map(tuple), st.booleans()),
    st.builds(lambda a, b: Options((a, b), ((b, a),)), TEXT, TEXT),
    st.builds(Labelled, st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)),
)


def words_in(text: str) -> list[str]:
    return re.findall(r"[a-z]{3,}|\[\d\]", text)


def words_of(blocks: tuple[Block, ...]) -> list[str]:
    return [word for block in blocks for text in texts_of(block) for word in words_in(text)]


@given(MARKDOWN)
def test_no_word_of_a_reply_is_lost(markdown: str) -> None:
    blocks = blocks_of(markdown, "a heading that no reply repeats")
    assert sorted(words_of(blocks)) == sorted(words_in(markdown))


@given(MARKDOWN)
def test_no_word_is_lost_where_labels_are_looked_for(markdown: str) -> None:
    blocks = blocks_of(markdown, "a heading that no reply repeats")
    found = labelled_of(blocks, [("Use", "SILENT"), ("Fit", "SILENT")])
    assert isinstance(found[0], Labelled) and [label for label, _ in found[0].pairs] == ["Use", "Fit"]
    assert all(text.strip() for _, text in found[0].pairs)
    assert sorted(words_of(found)) == sorted(words_of(blocks))


@given(MARKDOWN)
def test_no_row_is_lost_where_options_are_looked_for(markdown: str) -> None:
    blocks = blocks_of(markdown, "a heading that no reply repeats")
    found = options_of(blocks, ("Option", "For", "Against"), ["Buy", "Wait"], "SILENT")
    table = found[0]
    assert isinstance(table, Options)
    assert [row[0] for row in table.rows[:2]] == ["Buy", "Wait"]
    assert all(len(row) == len(table.header) for row in table.rows)
    old = next((block for block in blocks if isinstance(block, Options)), None)
    for row in old.rows if old else ():
        assert any(set(words_in(" ".join(row))) <= set(words_in(" ".join(new))) for new in table.rows)


@given(st.lists(BLOCK, max_size=4), st.booleans(), st.booleans(), TEXT)
def test_json_gives_a_brief_back(blocks: list[Block], boxed: bool, drafted: bool, text: str) -> None:
    whole = clean_brief()
    brief = Brief(
        kind="founder",
        topic=text,
        segment="pharma",
        audience=None,
        made_on=date(2026, 2, 28),
        mode="claude",
        model="claude-opus-5-5",
        sections=(Section("key", text, tuple(blocks), boxed, drafted), *whole.sections),
        citations=whole.citations,
        disagreements=(Disagreement(text, (1, 2)),),
        chart=BarChart(text, "percent", (Bar("Providers", 46.0, "46%", "provider", 1),), "base", text),
        faults=(Fault("rule", "where", text),),
        usage=Usage(1, 2, 3, 4, 0.5),
        given=(text,),
    )
    request = BriefRequest(
        "founder", text, "pharma", places=(Place("a/1", 0, 2),), findings=("a/b",), questions=(text,)
    )
    assert brief_from_json(json.dumps(brief_as_json(brief, request))) == (brief, request)


@given(BLOCK)
def test_texts_are_changed_in_place(block: Block) -> None:
    assert with_texts(block, lambda text: text) == block
    assert list(texts_of(with_texts(block, lambda text: text + "!"))) == [text + "!" for text in texts_of(block)]
