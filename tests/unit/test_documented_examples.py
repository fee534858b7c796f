"""The Python examples of the documents run, and print what stands below them."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import aidx_assistant
from tests.conftest import CHECKOUT

_EXAMPLE = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.DOTALL | re.MULTILINE)
_EXAMPLES = [
    pytest.param(found["code"], found["output"], id=f"{document}:{number}")
    for document in ("README.md", "docs/python.md")
    for number, found in enumerate(_EXAMPLE.finditer((CHECKOUT / document).read_text(encoding="utf-8")), 1)
]


@pytest.mark.parametrize(("code", "output"), _EXAMPLES)
def test_an_example_runs(code: str, output: str | None, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_HOME", str(home))
    printed = io.StringIO()

    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})

    assert printed.getvalue()
    assert output in (None, printed.getvalue())


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) >= 6


def test_every_promised_name_is_there() -> None:
    for name in aidx_assistant.__all__:
        assert getattr(aidx_assistant, name) is not None
    assert set(aidx_assistant.__all__) <= set(dir(aidx_assistant))
    with pytest.raises(AttributeError, match="no attribute 'Asistant'"):
        _ = aidx_assistant.Asistant


def test_importing_the_package_loads_nothing_else() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, aidx_assistant; print([m for m in sys.modules if 'aidx_assistant.' in m])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "[]"
