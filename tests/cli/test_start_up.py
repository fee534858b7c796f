"""What is heavy is imported only when it is needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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
