"""What is heavy is imported only when it is needed; help fits a narrow terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from aidx_assistant.cli.app import aidx

HEAVY = ("anthropic", "chromadb", "onnxruntime", "numpy", "tokenizers", "tiktoken", "pydantic", "keyring", "rich")
SHOW = """
import os, sys
sys.argv = ["aidx", *sys.argv[1:]]

def end(code):
    assert code == 0, code
    print("\\nIMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
    leave(0)

leave, os._exit, sys.exit = os._exit, end, end
from aidx_assistant.__main__ import main
main()
"""


def imported_by(*arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", SHOW, *arguments], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    return set(ran.stdout.rpartition("IMPORTED")[2].split())


def commands(context: click.Context) -> Iterator[click.Context]:
    """Every command of aidx, in a terminal of its group's width."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command
            yield from commands(click.Context(command, parent=context, info_name=name))


def test_help_fits_sixty_columns() -> None:
    for context in commands(click.Context(aidx, info_name="aidx", terminal_width=60)):
        told = context.get_help().splitlines()
        assert told and not [line for line in told if len(line) > 60]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["ask", "--help"]])
def test_saying_who_it_is_imports_nothing_heavy(arguments: list[str]) -> None:
    assert not imported_by(*arguments) & set(HEAVY)


def test_the_version_does_not_even_need_the_command_line() -> None:
    assert "click" not in imported_by("--version")


def test_looking_things_up_needs_no_model() -> None:
    assert not imported_by("findings", "--csv") & {"anthropic", "chromadb", "onnxruntime", "numpy", "pydantic"}


def test_quoting_the_sources_does_not_import_anthropic() -> None:
    imported = imported_by("ask", "How many slides are in the deck?", "--offline")
    assert "chromadb" in imported
    assert "anthropic" not in imported


def test_asking_without_a_key_loads_nothing_for_what_it_does_not_do() -> None:
    """Neither the readers of sources nor a team's server nor what questions to Claude cost."""
    show = "import sys, aidx_assistant.cli.ask, aidx_assistant.assistant.assistant; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout.split()
    kept_for_later = ("reading.corpus", "reading.document", "library.shared_index", "assistant.estimates")
    assert not {f"aidx_assistant.{name}" for name in kept_for_later} & set(loaded)
