"""What is shown fits the terminal, whatever the pieces it comes in, and carries nobody else's controls."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidx_assistant.cli.terminal import StreamedText, width
from aidx_assistant.printable import printable, shortened


@given(st.text(alphabet="abc d-\n", max_size=300), st.integers(1, 9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_streamed_text_keeps_its_words_and_fits(capsys: pytest.CaptureFixture[str], text: str, piece: int) -> None:
    shown = StreamedText()
    for start in range(0, len(text), piece):
        shown.add(text[start : start + piece])
    shown.end()
    out = capsys.readouterr().out
    assert out.split() == text.split()
    longest = max((len(word) for word in text.split()), default=0)
    bullet = 4 + longest
    assert all(len(line) <= max(width(), bullet) for line in out.splitlines())
    assert not out or out.endswith("\n")


def test_a_full_line_does_not_leave_an_empty_one(capsys: pytest.CaptureFixture[str]) -> None:
    shown = StreamedText()
    shown.add("x" * (width() - 2) + " y next")
    shown.end()
    assert "" not in capsys.readouterr().out.splitlines()


def test_a_bullet_keeps_its_indent(capsys: pytest.CaptureFixture[str]) -> None:
    shown = StreamedText()
    shown.add("- " + "word " * 40)
    shown.end()
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("- word")
    assert all(line.startswith("  word") for line in rest)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x07b", "ab"),
        ("\u202eback", "back"),
        ("a\rb", "ab"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[?25lhidden", "hidden"),
        ("\x9b2Jcleared", "cleared"),
        ("\x9bmade in 2024", "made in 2024"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0~\x1b\\picture", "picture"),
        ("\x1b]0;it never ends", "]0;it never ends"),
        ("\x1b[", "["),
    ],
)
def test_controls_and_whole_sequences_are_taken_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(alphabet="ab1;m[]\\\x1b\x07\x9b\x9d\n ", max_size=60))
def test_nothing_that_steers_is_left(text: str) -> None:
    assert all(char.isprintable() or char == "\n" for char in printable(text))
    assert printable(printable(text)) == printable(text)


@given(st.text(alphabet="ab1;m[]\\\x1b\x07 ", max_size=60), st.integers(1, 9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sequence_that_comes_in_pieces_is_taken_out_whole(
    capsys: pytest.CaptureFixture[str], text: str, piece: int
) -> None:
    shown = StreamedText()
    for start in range(0, len(text), piece):
        shown.add(text[start : start + piece])
    shown.end()
    assert capsys.readouterr().out.split() == printable(text).split()


@given(st.text(max_size=200), st.integers(12, 100))
def test_what_is_named_in_a_sentence_is_short(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short == text if len(text) <= longest else " … " in short
