"""The picture that a source was read from is shown as long as it is the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aidx_assistant.assistant.pictures import picture_read
from aidx_assistant.library.records import Import


def test_the_picture_that_was_read_is_found_until_it_changes_or_goes(tmp_path: Path) -> None:
    file = tmp_path / "chart.png"
    file.write_bytes(b"a chart")
    digest = hashlib.sha256(b"a chart").hexdigest()
    imports = [
        Import("deck", str(file), digest, "deck", ""),
        Import("page", "https://example.org/chart.png", digest, "picture", ""),
        Import("chart", str(file), digest, "picture", ""),
    ]
    assert [picture_read(imports, name) for name in ("chart", "deck", "page", "none")] == [file, None, None, None]
    file.write_bytes(b"another")
    assert picture_read(imports, "chart") is None
    file.unlink()
    assert picture_read(imports, "chart") is None
