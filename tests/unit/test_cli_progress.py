"""What is told while a command works, where standard error is no terminal."""

from __future__ import annotations

import pytest

from aidx_assistant.cli import progress
from aidx_assistant.cli.progress import ShownProgress


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ShownProgress:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    return ShownProgress()


def test_a_line_for_each_file_not_for_each_page(shown: ShownProgress, capsys: pytest.CaptureFixture[str]) -> None:
    for phase in ("reading a.pdf", "reading a.pdf, page 1 of 2", "reading a.pdf, page 2 of 2", "reading b, c.md"):
        shown.advance(phase, 0, 2)
    shown.advance("indexing passages", 0, 16)
    shown.advance("indexing passages", 16, 16)
    assert capsys.readouterr().err.splitlines() == [
        "aidx: reading a.pdf (0 of 2 done) …",
        "aidx: reading b, c.md (0 of 2 done) …",
        "aidx: indexing passages (0 of 16 done) …",
    ]


def test_a_name_is_one_line_without_control_characters(
    shown: ShownProgress, capsys: pytest.CaptureFixture[str]
) -> None:
    shown.advance("reading \x1b[31mred\naidx: done.md", 0, 1)
    assert capsys.readouterr().err == "aidx: reading red aidx: done.md (0 of 1 done) …\n"
