"""An answer that was kept goes on quoting what it quoted, whatever became of the source since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant.answers import Citation
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.given import Given
from aidx_assistant.assistant.importing import Importing
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.evidence import caveat, evidence_for, passage_text
from tests.fakes.answers import CITATION, an_answer
from tests.fakes.clips import clip

SOURCE_ID = "report"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    """With one source that the user brought, not embedded: citations are opened without the index."""
    (tmp_path / "report.md").write_text(clip("Report", 1))
    with Assistant(home=tmp_path / "home") as assistant:
        add(assistant, tmp_path / "report.md")
        yield assistant


def add(assistant: Assistant, file: Path) -> None:
    with Importing(assistant.library, assistant.progress) as importing:
        assert [one.outcome for one in importing.add([str(file)], Given())] in (["added"], ["updated"])


def kept(assistant: Assistant, home: Path) -> Citation:
    """The citation of an answer that was saved, as it is read again."""
    passage = assistant.passages(SOURCE_ID)[0]
    citation = replace(
        CITATION,
        source_id=SOURCE_ID,
        passage_id=passage.id,
        sentences=(0, 1),
        locator=passage.locator,
        shown_beside=None,
        quote=passage.sentences[0],
    )
    store = ConversationStore(home / CONVERSATIONS)
    turn = store.begin(None, "What do they buy?")
    store.finish(turn.id, an_answer(citations=(citation,)))
    (again,) = store.turns(turn.conversation_id)
    store.close()
    assert again.answer
    return again.answer.citations[0]


def test_after_its_source_was_removed(assistant: Assistant, tmp_path: Path) -> None:
    citation = kept(assistant, tmp_path)
    assistant.remove_source(SOURCE_ID)
    evidence = evidence_for(assistant, citation)
    assert passage_text(evidence).plain == citation.quote != ""
    assert "The library no longer holds this passage" in caveat(evidence)


def test_after_its_source_was_replaced(assistant: Assistant, tmp_path: Path) -> None:
    citation = kept(assistant, tmp_path)
    (tmp_path / "report.md").write_text(clip("Report", 1).replace("In 1 cases", "In 7 cases"))
    add(assistant, tmp_path / "report.md")
    evidence = evidence_for(assistant, citation)
    assert citation.quote in passage_text(evidence).plain
    assert "no longer" in caveat(evidence)
