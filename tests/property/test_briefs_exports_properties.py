"""Whatever the texts of a brief are made of, every format holds them as text, with the same marks and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import (
    Bar,
    BarChart,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
    note_of,
    with_addresses_once,
)
from aidx_assistant.briefs.exports import FORMATS, page_count, write
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.evidence import Locator
from tests.fakes.read_back import READERS, squeezed

pytestmark = pytest.mark.slow

_PIECES = (
    *"#*_<>$\\\"'`|~&[]{}()!@%^=+-.:;,/",
    "**", "__", "---", "===", "```", "~~~", "<b>", "</p>", "<script>", "&amp;", "#import", "#{", "$x$", "\\u{41}", "@x",
    "](x)", "![", "[^", "- ", "+ ", "> ", "|", "://", "https://x.example/a_b", "<!--", "]]>", "\t", "\n", "\r\n",
    "\x00", "\x07", "\x1b[31m", "\x7f", "\u200b", "\u200f", "\u202e", "\u2028", "\ufeff", "\ufffe", "\ud800", "é",
    "مرحبا", "שלום", "漢字", "😀", "ﬁ", "e\u0301", "A" * 120, "word", "Sources", "Page", " ",
)  # fmt: skip
hostile = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join)
_MARKS = (1, 2, 1, 3, 2, 1, 3, 2)
"""Of the brief below, in the order of its text, those of the chart's caption before the last."""


def _brief(texts: list[str]) -> Brief:
    a, b, c, d, e, f = texts
    citations = tuple(
        Citation(
            number=number,
            source_id="s",
            source_title=a,
            passage_id="s/1",
            sentences=(0, 1),
            locator=Locator("page", 1),
            shown_beside=None,
            label=f"Report {label}",
            quote=quote,
            url=url,
            picture=None,
            verified=number != 2,
        )
        for number, label, quote, url in (
            (1, a, b, "https://example.org/a_b*c#d"), (2, c, d, None), (3, e, f, f"javascript:{a}"),
        )
    )  # fmt: skip
    blocks = (
        Paragraph(f"{a} one [1] and {b}x [2]{c}"),
        Points((Point(f"**{d}** {e} x [1]", f), Point(f"{a}x [3]")), numbered=True),
        Options((a, b), ((f"x{c}", f"{d}x [2]"), (e, f))),
        Labelled(((a, f"{b}x [1]"), (c, d))),
    )
    return Brief(
        kind="buyer",
        topic=a,
        segment="all",
        audience=b,
        made_on=date(2026, 1, 2),
        mode="evidence",
        model=None,
        sections=(Section("evidence", f"x{e}", blocks), Section("next", "Next", (Paragraph("x [2]"),), boxed=True)),
        citations=citations,
        chart=BarChart(a, b, (Bar(c, 3, d, "payer", 3), Bar(e, 2, f, "all", 3)), a, f"x{b}"),
        faults=(Fault("r", c, d),),
    )


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(hostile, min_size=6, max_size=6))
def test_hostile_texts_change_no_citation(file_format: str, texts: list[str]) -> None:
    brief = _brief(texts)
    found = READERS[file_format](write(brief, file_format))
    bars = (3, 3) if file_format == "md" else ()
    in_order = (*_MARKS[:6], *bars, *_MARKS[6:])
    chart_first = (_MARKS[6], *_MARKS[:6], *_MARKS[7:])  # slides show the chart beside the recommendation
    assert found.marks == (chart_first if file_format == "pptx" else in_order)
    assert [number for number, _ in found.notes] == [1, 2, 3]
    if file_format != "pdf":  # from a PDF letters come back as its fonts have them
        expected = [squeezed(one_line(note_of(citation))) for citation in with_addresses_once(brief.citations)]
        assert [squeezed(note) for _, note in found.notes] == expected
        for text in texts:
            assert squeezed(one_line(text)).replace("**", "") in squeezed(found.text).replace("**", "")


def test_a_brief_without_anything_in_it_is_written_too() -> None:
    empty = replace(_brief(["x"] * 6), sections=(), citations=(), chart=None, faults=())
    for file_format in FORMATS:
        assert READERS[file_format](write(empty, file_format)).notes == ()
    assert page_count(empty) == 1
