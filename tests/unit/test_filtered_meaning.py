"""A filter is applied to what is listed without it, unless that leaves too little, or others share the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.evidence import Locator, Passage, Segment, Source
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.library.vectors import VectorIndex
from aidx_assistant.retrieval import meaning
from aidx_assistant.retrieval.search import search
from tests.fakes.sources import HashEmbedder, write_source

_ASKED: list[tuple[Segment | None, str | None]] = [("payer", None), (None, "few"), ("provider", "many"), ("all", "few")]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path, HashEmbedder)
    for source_id, count in (("many", 60), ("few", 3)):
        segments: list[tuple[Segment, ...]] = [("payer",), ("provider",), ("all",)]
        passages = [
            Passage(
                f"{source_id}/{at}", source_id, Locator("section"), (f"Word{at} of {source_id}.",), segments[at % 3]
            )
            for at in range(count)
        ]
        stored = [StoredPassage(passage, 5, at) for at, passage in enumerate(passages)]
        opened.store.replace_source(Source(source_id, "", (), "", None, None, False, (), 0, ""), 0, stored, ())
    opened.sync(write_source(tmp_path / "corpus", "tiny", [["A sentence."]]).parent)
    yield opened
    opened.close()


@pytest.mark.parametrize(("segment", "source_id"), _ASKED)
def test_both_ways_list_the_same(
    library: Library, segment: Segment | None, source_id: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = search(library, "Word7 of many.", segment=segment, source_id=source_id)
    monkeypatch.setattr(VectorIndex, "is_shared", True)
    by_chroma = search(library, "Word7 of many.", segment=segment, source_id=source_id)
    assert [(one.passage.id, one.score) for one in in_memory] == [
        (one.passage.id, pytest.approx(one.score, abs=1e-5)) for one in by_chroma
    ]
    monkeypatch.setattr(meaning, "_FEW_SENTENCES", 10)
    monkeypatch.setattr(meaning, "_ENOUGH", 1)
    afterwards = search(library, "Word7 of many.", segment=segment, source_id=source_id)
    assert afterwards[0].passage.id == by_chroma[0].passage.id
    assert {one.passage.id: one.similarity for one in afterwards} == pytest.approx(
        {one.passage.id: one.similarity for one in by_chroma}, abs=1e-5
    )


def test_where_little_passes_chroma_is_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    nearest = VectorIndex.nearest_passages

    def noted(index: VectorIndex, vector: object, limit: int, segment: Segment | None, source: str | None) -> object:
        asked.append(source)
        return nearest(index, vector, limit, segment, source)  # type: ignore[arg-type]

    monkeypatch.setattr(VectorIndex, "nearest_passages", noted)
    monkeypatch.setattr(meaning, "_FEW_SENTENCES", 10)
    monkeypatch.setattr(meaning, "_ENOUGH", 4)
    search(library, "Word1 of few.", source_id="few")
    assert asked == [None, "few"]
    search(library, "Word1 of many.", source_id="many")
    assert asked == [None, "few", None]
