"""What a model writes, in whatever form of Markdown, becomes the blocks of a section."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.brief import Labelled, Options, Paragraph, Point, Points
from aidx_assistant.briefs.reply_blocks import blocks_of, labelled_of, options_of

HEADER = ("Option", "For", "Against")


def test_paragraphs_lists_and_tables_in_their_order() -> None:
    reply = """First line
goes on [1].

- one [2]
* two
  goes on

1. first
2. second

| A | B |
|---|:-:|
| x [3] | y \\| z |

Last."""
    assert blocks_of(reply, "Why now") == (
        Paragraph("First line goes on [1]."),
        Points((Point("one [2]"), Point("two goes on"))),
        Points((Point("first"), Point("second")), numbered=True),
        Options(("A", "B"), (("x [3]", "y | z"),)),
        Paragraph("Last."),
    )


def test_the_heading_again_and_source_lines_go() -> None:
    reply = "## Why now\n\n- one [1]\n  Source: The Index\n*Source:* The Index\n\n### Money\n\n- two"
    assert blocks_of(reply, "Why now") == (
        Points((Point("one [1]"),)),
        Paragraph("**Money**"),
        Points((Point("two"),)),
    )


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("__strong__ and *light* and _light_", "**strong** and light and light"),
        ("`code` and [a name](https://example.org)", "code and a name (https://example.org)"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("> quoted", "quoted"),
        ("**Go** [12]", "**Go** [12]"),
    ],
)
def test_only_the_two_marks_of_a_brief_are_left(written: str, plain: str) -> None:
    assert blocks_of(written, "x") == (Paragraph(plain),)


def test_labelled_points_are_found_in_any_dress_and_missing_ones_are_silent() -> None:
    reply = """- **Intended use:** Notes [1].
- **privacy and security** — The sources are silent.
**Readiness**: half [2].

Something else."""
    labels = [(name, f"silent on {name}") for name in ("Intended use", "Readiness", "Value", "Privacy and security")]
    assert labelled_of(blocks_of(reply, "x"), labels) == (
        Labelled(
            (
                ("Intended use", "Notes [1]."),
                ("Readiness", "half [2]."),
                ("Value", "silent on Value"),
                ("Privacy and security", "The sources are silent."),
            )
        ),
        Points((Point("Something else."),)),
    )


def test_labelled_points_may_come_as_a_table() -> None:
    reply = "| Point | What |\n|---|---|\n| Readiness | half [2] |"
    assert labelled_of(blocks_of(reply, "x"), [("Readiness", "silent")]) == (
        Labelled((("Readiness", "half [2]"),)),
        Points((Point("**Point:** What"),)),
    )


def test_options_have_every_row_in_order_and_no_empty_cell() -> None:
    reply = "| Option | For | Against |\n|-|-|-|\n| **Wait** | early [1] | |\n| Partner | x | y |\n| Buy | cheap |"
    assert options_of(blocks_of(reply, "x"), HEADER, ["Buy", "Wait (do nothing)"], "silent") == (
        Options(
            HEADER,
            (("Buy", "cheap", "silent"), ("Wait (do nothing)", "early [1]", "silent"), ("Partner", "x", "y")),
        ),
    )


def test_a_table_with_more_columns_keeps_them() -> None:
    reply = "| O | For | Against | Cost |\n|-|-|-|-|\n| Buy | a | b | c |"
    (table,) = options_of(blocks_of(reply, "x"), HEADER, ["Buy", "Wait"], "silent")
    assert table == Options(
        ("O", "For", "Against", "Cost"), (("Buy", "a", "b", "c"), ("Wait", "silent", "silent", "silent"))
    )


def test_options_without_a_table_keep_what_was_written() -> None:
    blocks = options_of(blocks_of("Buy it [1].", "x"), HEADER, ["Buy"], "silent")
    assert blocks == (Options(HEADER, (("Buy", "silent", "silent"),)), Paragraph("Buy it [1]."))
