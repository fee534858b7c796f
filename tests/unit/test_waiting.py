"""What is done one at a time: who waits is told so, and may give up."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.library import waiting
from aidx_assistant.library.progress import Progress

TOLD = "Another is at it."


class _Impatient(Progress):
    """Gives up at the third look."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.looks = 0

    def notice(self, text: str) -> None:
        self.told.append(text)

    def wait(self) -> None:
        self.looks += 1
        if self.looks == 3:
            raise InterruptedByUserError("Given up.")


def test_waiting_is_told_once_and_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.01)
    progress = _Impatient()
    with waiting.alone(tmp_path / "lock", Progress(), TOLD):
        with pytest.raises(InterruptedByUserError), waiting.alone(tmp_path / "lock", progress, TOLD):
            raise AssertionError("two were alone")
        assert (progress.told, progress.looks) == ([TOLD], 3)
    with waiting.alone(tmp_path / "lock", progress, TOLD):
        assert progress.looks == 3
