"""What ends a command is told in one sentence, whatever it comes wrapped in."""

from __future__ import annotations

import pytest

from aidx_assistant.cli.failures import guarded
from aidx_assistant.errors import EXIT_FAILED, EXIT_INTERRUPTED


class InterruptedWhileNamed:
    """What an import meets where Ctrl-C comes while a class is made."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def interrupted_while_a_class_is_made() -> int:
    class _Made:
        attribute = InterruptedWhileNamed()

    return 0


def failing() -> int:
    raise RuntimeError("a fault of ours") from ValueError()


def test_an_interrupt_while_a_library_is_imported_is_an_interrupt(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(interrupted_while_a_class_is_made, ()) == EXIT_INTERRUPTED
    assert capsys.readouterr().err == "aidx: Interrupted.\n"


def test_any_other_runtime_error_is_a_fault_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(failing, ()) == EXIT_FAILED
    assert "inside aidx (RuntimeError)" in capsys.readouterr().err
