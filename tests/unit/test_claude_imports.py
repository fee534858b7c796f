"""Importing the Claude package costs nothing; the SDK is loaded by the first question."""

from __future__ import annotations

import subprocess
import sys


def test_the_sdk_is_not_imported_with_the_package() -> None:
    code = (
        "import sys; import aidx_assistant.claude.messages, aidx_assistant.claude.usage;"
        "print({'anthropic', 'httpx2', 'pydantic'} & set(sys.modules) or 'none')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"
