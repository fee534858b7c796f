"""What is shown fits the terminal, whatever the pieces it comes in, and carries nobody else's controls."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aidx_assistant.cli.terminal import StreamedText, width
from aidx_assistant.printable import printable


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


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07b", "\u202eback", "a\rb", "\x9b2J"])
def test_controls_are_taken_out(text: str) -> None:
    assert all(char.isprintable() for char in printable(text))
