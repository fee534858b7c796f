"""The assistant as whoever imports the package uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.answers import DECLINE, Answer, AnswerText, Finished, Notice, Phase, answer_as_json
from aidx_assistant.answers_in_words import text_with_faults
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import UsageError
from aidx_assistant.library.progress import Progress
from aidx_assistant.settings import load_settings
from tests.fakes.backlogs import LINEN, bring_unindexed
from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import Break, Cite, Received, Reply, Text
from tests.fakes.messages_server import MessagesServer

QUESTION = "How do large providers compare at getting pilots into production?"


def test_a_stream_tells_its_phases_and_ends_with_the_answer(home: Path) -> None:
    with Assistant(home=home) as assistant:
        events = list(assistant.stream(QUESTION))
    phases = [event.name for event in events if isinstance(event, Phase)]
    assert (phases[0], phases[-1]) == ("searching", "checking figures")
    assert isinstance(events[-1], Finished)
    shown = "".join(event.text for event in events if isinstance(event, AnswerText))
    assert shown.strip() == events[-1].answer.text


def test_the_json_contract(home: Path) -> None:
    with Assistant(home=home) as assistant:
        content = answer_as_json(assistant.ask(QUESTION))
    assert {
        "schema", "question", "question_understood", "answered", "status", "mode", "model", "cited_by_model", "answer",
        "reason", "corrected", "citations", "checks", "disagreements", "usage", "timings_ms",
    } <= set(content)  # fmt: skip
    assert {
        "number", "source_id", "source_title", "passage_id", "sentences", "locator", "shown_beside", "label", "quote",
        "url", "picture", "verified",
    } <= set(content["citations"][0])  # fmt: skip
    assert set(content["checks"]) == {
        "citations", "citations_unverified", "figures", "sentences_uncited", "figures_unsupported",
    }  # fmt: skip
    assert set(content["timings_ms"]) == {"retrieval", "first_token", "total"}


def test_a_small_budget_takes_the_best_passages(home: Path) -> None:
    with Assistant(load_settings({"token_budget": 300}), home=home) as assistant:
        answer = assistant.ask(QUESTION)
    assert "46%" in answer.text


def test_filters_hold_for_the_answer(home: Path) -> None:
    with Assistant(home=home) as assistant:
        answer = assistant.ask("How many jobs-to-be-done are there?", segment="payer")
    assert "22" in answer.text


@pytest.mark.parametrize("question", ["", " \n\t "])
def test_an_empty_question_is_refused_before_anything_is_opened(tmp_path: Path, question: str) -> None:
    with Assistant(home=tmp_path / "never") as assistant, pytest.raises(UsageError):
        assistant.ask(question)
    assert not (tmp_path / "never").exists()


def test_an_interrupt_thrown_into_the_stream_ends_the_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def script(received: Received) -> Reply:
        return Reply((Text("A first sentence.", (Cite(0, 0, 1),)), Text(" More")), broken=Break("stall", at="end"))

    with MessagesServer(script) as server, Assistant(home=home) as assistant:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        events = assistant.stream(QUESTION)
        for event in events:
            if isinstance(event, AnswerText) and "[1]" in event.text:
                break
        rest = [events.throw(KeyboardInterrupt()), *events]
    answer = next(event.answer for event in rest if isinstance(event, Finished))
    assert (answer.status, answer.stopped_by_user) == ("interrupted", True)
    assert answer.text.startswith("A first sentence. [1]")
    assert answer.citations[0].verified


def test_the_second_question_reads_the_evidence_from_the_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with MessagesServer(honest()) as server, Assistant(home=home) as assistant:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        first = assistant.ask(QUESTION).usage
        second = assistant.ask("Who decides on the funding of AI?").usage
    assert first and second
    assert first.cache_creation_input_tokens > 0
    assert second.cache_read_input_tokens == first.cache_creation_input_tokens


def test_searching_tells_once_what_is_searched_by_words_only(own_home: Path, tmp_path: Path) -> None:
    told: list[str] = []

    class Told(Progress):
        def notice(self, text: str) -> None:
            told.append(text)

    with Assistant(home=own_home, progress=Told()) as assistant:
        bring_unindexed(assistant.library, tmp_path / "brought", 60)
        for query in ("delivery robot", "linen"):
            assert assistant.search(query, limit=1)[0].passage.text == LINEN
        assert len(told) == 1 and "searched by words only" in told[0]
        assistant.sync()
        assert assistant.search("linen", limit=1)[0].passage.text == LINEN
    assert len(told) == 1


def test_places_and_findings(home: Path) -> None:
    with Assistant(home=home) as assistant:
        place = assistant.place("slide 5")
        assert [finding.value for finding in place.findings] == ["59"]
        payers = assistant.findings(segment="payer", topic="clinical decisions")
        assert [finding.value for finding in payers] == ["83%"]
        with pytest.raises(UsageError, match="no source"):
            assistant.source("nought")


def test_faults_are_marked_in_the_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def script(received: Received) -> Reply:
        return Reply((Text("Among payers, 99% have gone live.", (Cite(0, 0, 1),)),))

    with MessagesServer(script) as server, Assistant(home=home) as assistant:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        answer = assistant.ask(QUESTION)
    assert text_with_faults(answer) == "Among payers, 99% [unsupported] have gone live. [1]"


def answered(monkeypatch: pytest.MonkeyPatch, home: Path, reply: Reply) -> Answer:
    with MessagesServer(reply) as server, Assistant(home=home) as assistant:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        return assistant.ask(QUESTION)


@pytest.mark.parametrize("text", [DECLINE, f"**{DECLINE}**", "The sources do not answer this", f"{DECLINE}\n"])
def test_the_fixed_sentence_declines_however_it_is_dressed(
    home: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    answer = answered(monkeypatch, home, Reply((Text(text),)))
    assert (answer.answered, answer.status, answer.text) == (False, "declined", DECLINE)
    assert answer.nearest


def test_an_answer_that_begins_like_the_fixed_sentence_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The sources do not answer this directly, but 46% of large providers' proofs of concept go into production."
    answer = answered(monkeypatch, home, Reply((Text(text),)))
    assert answer.answered
    assert "46%" in answer.text


def test_markers_that_the_model_writes_itself_are_not_citations(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = Reply((Text("A sentence.", (Cite(0, 0, 1),)), Text(" For payers, the survey covers 22 jobs [1], see [7].")))
    answer = answered(monkeypatch, home, reply)
    assert answer.text == "A sentence. [1] For payers, the survey covers 22 jobs, see."
    assert [fault.text for fault in answer.checks.figures_unsupported] == ["22"]


def test_what_came_before_a_refusal_is_checked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = Reply((Text("Among payers, 99% go live.", (Cite(0, 0, 1),)),), stop_reason="refusal", explanation="No.")
    answer = answered(monkeypatch, home, reply)
    assert answer.status == "refused"
    assert answer.checks.figures_unsupported


def test_an_empty_answer_is_no_complete_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answered(monkeypatch, home, Reply(()))
    assert (answer.answered, answer.status) == (False, "interrupted")
    assert answer.reason


def test_an_interrupt_while_checking_keeps_the_answer(home: Path) -> None:
    with Assistant(home=home) as assistant:
        events = assistant.stream(QUESTION)
        for event in events:
            if event == Phase("checking figures"):
                break
        finished = events.throw(KeyboardInterrupt())
    assert isinstance(finished, Finished)
    assert finished.answer.stopped_by_user
    assert "46%" in finished.answer.text


def test_another_home_is_whole(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_HOME", str(tmp_path / "untouched"))
    with Assistant(home=tmp_path / "other") as assistant:
        assistant.findings()
    assert not (tmp_path / "untouched").exists()
    assert (tmp_path / "other" / "tiktoken").is_dir()


def test_a_notice_says_how_long_it_is_until_it_is_tried_again() -> None:
    notice = Notice("The API is busy.", 7.5)
    assert notice.text == "The API is busy. Trying again in 8 s."
    assert notice.text_after(7.0) == "The API is busy. Trying again in 1 s."
    assert notice.text_after(7.5) == notice.text_after(60.0) == "The API is busy. Trying again now."
