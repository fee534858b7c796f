"""Runs `aidx` in a child process, as a user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Ran:
    """What a finished command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.out)
        return content


def aidx(*arguments: str, home: Path, stdin: str = "", cwd: Path | None = None, **variables: str) -> Ran:
    """Runs one command to its end; the environment is the test's own plus `variables`."""
    finished = subprocess.run(
        [sys.executable, "-m", "aidx_assistant", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "AIDX_HOME": str(home), **variables},
        timeout=120,
        check=False,
    )
    return Ran(finished.returncode, finished.stdout, finished.stderr)
