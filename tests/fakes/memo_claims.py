"""Claims about a report of the user's own, held against it by `aidx check` in a child process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

from tests.fakes.command import aidx


def told_wrong(pristine_home: Path, folder: Path, report: str, title: str, claims: Sequence[str]) -> frozenset[str]:
    """The claims that are told to be wrong; `folder`: where the report, its library and the memo may be."""
    home = copytree(pristine_home, folder / "home")
    file, memo = folder / "report.md", folder / "memo.md"
    file.write_text(report, encoding="utf-8")
    assert aidx("sources", "add", str(file), home=home).code == 0
    memo.write_text("\n\n".join(f"{claim.removesuffix('.')} ({title})." for claim in claims), encoding="utf-8")
    lines = re.findall(r"memo\.md:(\d+): ", aidx("check", str(memo), home=home).out)
    return frozenset(claims[int(line) // 2] for line in lines)
