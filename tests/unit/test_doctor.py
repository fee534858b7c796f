"""`aidx doctor` on libraries of next to nothing: what it counts is told in the singular where it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.assistant.doctor import examine
from aidx_assistant.library.library import Library
from tests.conftest import the_embedder
from tests.fakes.sources import write_source

FINDING = """[[finding]]
id = "time"
value = "5%"
unit = "percent"
measure = "time that scribes save"
segment = "all"
population = "scribes"
topic = "scribes"
statement = "Scribes save 5%."
time_frame = ""
section = "Main"
"""


@pytest.mark.parametrize(
    ("paragraphs", "finding", "library", "index"),
    [
        (
            [["Scribes save 5%."]],
            FINDING,
            "1 source, 1 passage of 1 sentence, 1 finding",
            "the 1 passage with its 1 sentence",
        ),
        (
            [["Scribes save 5%.", "Payers wait."], ["Pilots stall."]],
            "",
            "1 source, 2 passages of 3 sentences, 0 findings",
            "all 2 passages with their 3 sentences",
        ),
    ],
)
def test_counts_have_their_number(
    paragraphs: list[list[str]],
    finding: str,
    library: str,
    index: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = tmp_path / "corpus"
    (write_source(corpus, "one", paragraphs) / "findings.toml").write_text(finding)
    made = Library(tmp_path / "home", the_embedder)
    made.sync(corpus)
    made.close()
    monkeypatch.setenv("AIDX_HOME", str(tmp_path / "home"))
    told = {look.name: look.detail for look in examine()}
    assert f": {library};" in told["library"]
    assert told["search index"].endswith(index)
