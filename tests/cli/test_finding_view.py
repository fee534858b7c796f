"""`aidx findings` and `aidx show` of what the user brought: dozens of sources, and figures of nobody in particular."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.assistant.opened_library import OpenedLibrary
from aidx_assistant.cli.app import run
from aidx_assistant.cli.finding_view import finding_line
from aidx_assistant.evidence import Finding, Locator, Source

FINDING = Finding(
    id="s/1", source_id="s", passage_id="s/0", sentence=0, locator=Locator("slide", 4, "Spending"), value="12%",
    unit="percent", measure="pay", segment="payer", population="", time_frame=None, topic="",
    statement="12% pay.", origin="imported",
)  # fmt: skip


def test_every_source_has_a_letter_of_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    others = tuple(Source(f"s{n}", f"Clip {n}", (), "", None, None, True, (), 0, "") for n in range(26))
    sources = OpenedLibrary.sources
    monkeypatch.setattr(OpenedLibrary, "sources", lambda self: (*others, *sources(self)))
    monkeypatch.setenv("AIDX_HOME", str(home))
    assert run(["findings", "--segment", "payer"]) == 0
    shown = capsys.readouterr().out
    assert "\nAA: The Healthcare AI Adoption Index" in shown and "AA, " in shown and "?" not in shown


def test_a_figure_of_nobody_in_particular_is_told_without_gaps() -> None:
    assert finding_line(FINDING) == "12%: pay (payer)."


def test_a_slide_is_named_by_its_title(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(OpenedLibrary, "findings", lambda *_, **__: (FINDING,))
    monkeypatch.setenv("AIDX_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["findings"]) == 0
    assert "    payer · ?, slide 4: Spending" in capsys.readouterr().out
