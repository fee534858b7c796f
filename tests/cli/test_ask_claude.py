"""`aidx ask` with Claude: the real SDK, in a child process, against the tests' Messages server.

Long, as each fault and oddity of the API is a test of its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.command import Ran, aidx
from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import (
    DECLINE,
    Break,
    Cite,
    Delivery,
    Failure,
    Received,
    Reply,
    Text,
    overloaded,
    prompt_too_long,
    rate_limited,
    unauthorised,
)
from tests.fakes.messages_server import MessagesServer, closed_port

QUESTION = "How do large providers compare at getting pilots into production?"
KEY = "sk-ant-secret-for-tests"
INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests started in the background would hand on that it is ignored
os.execv(sys.executable, [sys.executable, "-m", "aidx_assistant", "ask", *sys.argv[1:]])
"""


def ask(url: str, home: Path, *arguments: str, question: str = QUESTION, **variables: str) -> Ran:
    return aidx("ask", question, *arguments, home=home, ANTHROPIC_API_KEY=KEY, ANTHROPIC_BASE_URL=url, **variables)


def find(received: Received, words: str) -> Cite:
    """A citation of the sentence that holds these words, wherever the request has it."""
    results = [block for block in received.body["messages"][0]["content"] if block["type"] == "search_result"]
    for index, block in enumerate(results):
        for position, sentence in enumerate(block["content"]):
            if words in sentence["text"]:
                return Cite(index, position, position + 1)
    raise LookupError(words)


def saying(text: str, words: str) -> object:
    """A script that says `text` and cites the sentence that holds `words`."""
    return lambda received: Reply((Text(text, (find(received, words),)),))


def test_the_honest_server_answers_with_verified_citations(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ran = ask(server.url, home, "--json")
        body = server.bodies[-1]
    answer = ran.json
    assert ran.code == 0, ran.err
    assert (answer["mode"], answer["status"], answer["cited_by_model"]) == ("claude", "complete", True)
    assert "46%" in answer["answer"]
    assert all(citation["verified"] for citation in answer["citations"])
    assert answer["checks"]["figures_unsupported"] == []
    assert answer["usage"]["input_tokens"] + answer["usage"]["cache_creation_input_tokens"] > 0
    assert answer["usage"]["cost_usd"] > 0
    assert answer["timings_ms"]["first_token"] > 0
    assert "temperature" not in body


@pytest.mark.slow
def test_every_passage_is_a_search_result_of_single_sentences(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ask(server.url, home)
        content = server.bodies[-1]["messages"][0]["content"]
    results = [block for block in content if block["type"] == "search_result"]
    assert len(results) > 50
    assert all(block["citations"] == {"enabled": True} for block in results)
    assert all(part["text"].count(". ") <= 1 for block in results for part in block["content"])
    assert content[-1] == {"type": "text", "text": QUESTION}


def test_large_and_overall_figures_cited_to_the_section(home: Path) -> None:
    def script(received: Received) -> Reply:
        return Reply(
            (
                Text("Among large providers, 46% of proofs of concept reach production", (find(received, "46%"),)),
                Text(
                    ", against 30% of completed proofs of concept overall.", (find(received, "Only 30% of completed"),)
                ),
            )
        )

    with MessagesServer(script) as server:
        ran = ask(server.url, home, "--json")
    answer = ran.json
    assert ran.code == 0, answer
    assert answer["answer"] == (
        "Among large providers, 46% of proofs of concept reach production [1], against 30% of completed proofs of"
        " concept overall. [2]"
    )
    assert answer["checks"]["figures"] == 2
    assert answer["checks"]["figures_unsupported"] == []
    assert {citation["locator"]["heading"] for citation in answer["citations"]} == {
        "Experimentation but not yet production"
    }


@pytest.mark.parametrize(
    "text",
    [
        "46% of providers bring their proofs of concept into production.",
        pytest.param("Among large payers, 46% of proofs of concept go into production.", marks=pytest.mark.slow),
        pytest.param("Among large providers, 56% of proofs of concept go into production.", marks=pytest.mark.slow),
    ],
)
def test_a_wrong_figure_is_marked_and_the_exit_code_says_so(home: Path, text: str) -> None:
    with MessagesServer(saying(text, "46%")) as server:
        ran = ask(server.url, home, "--json")
        shown = ask(server.url, home)
    (fault,) = ran.json["checks"]["figures_unsupported"]
    assert ran.code == 5
    assert ran.json["answer"][fault["start"] : fault["end"]] == fault["text"]
    assert fault["reason"]
    assert "[unsupported]" in shown.out
    assert "Figures that no cited sentence carries" in shown.out


@pytest.mark.slow
def test_streamed_text_is_the_same_however_it_arrives(home: Path) -> None:
    answers = []
    for delivery in (Delivery(chunking="whole"), Delivery(chunking="byte"), Delivery(chunking=7, citations="after")):

        def script(received: Received, delivery: Delivery = delivery) -> Reply:
            text = Text("Among large providers, 46% of proofs of concept go into production.", (find(received, "46%"),))
            return Reply((text,), delivery=delivery)

        with MessagesServer(script) as server:
            answers.append(ask(server.url, home, "--json").json["answer"])
    assert len(set(answers)) == 1


@pytest.mark.slow
def test_claude_declines(home: Path) -> None:
    with MessagesServer(Reply((Text(DECLINE),))) as server:
        ran = ask(server.url, home, "--json", question="What share of payer proofs of concept reaches production?")
    assert ran.code == 4
    assert (ran.json["answered"], ran.json["status"]) == (False, "declined")


def test_nothing_relevant_is_never_sent(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ran = ask(server.url, home, "--json", question="how do I make sourdough bread")
        assert server.requests == []
    assert ran.code == 4
    assert ran.json["usage"] is None
    assert "not asked" in ran.json["reason"]


@pytest.mark.slow
def test_an_endpoint_that_ignores_citations_is_noticed(home: Path) -> None:
    with MessagesServer(honest(ignores_citations=True)) as server:
        ran = ask(server.url, home, "--json")
        shown = ask(server.url, home)
    answer = ran.json
    assert answer["cited_by_model"] is False
    assert answer["citations"] and all(citation["verified"] for citation in answer["citations"])
    assert "not cited by the model" in shown.out


@pytest.mark.slow
def test_a_wrong_figure_without_citations_is_caught_too(home: Path) -> None:
    with MessagesServer(
        Reply((Text("Among large providers, 64% of proofs of concept go into production."),))
    ) as server:
        ran = ask(server.url, home, "--json")
    assert ran.code == 5
    assert [fault["text"] for fault in ran.json["checks"]["figures_unsupported"]] == ["64%"]


@pytest.mark.slow
def test_a_cut_answer_says_so(home: Path) -> None:
    def script(received: Received) -> Reply:
        return Reply(
            (Text("Among large providers, 46% of proofs", (find(received, "46%"),)),), stop_reason="max_tokens"
        )

    with MessagesServer(script) as server:
        ran = ask(server.url, home, "--json")
    assert ran.code == 5
    assert ran.json["status"] == "cut"
    assert "cut" in ran.json["reason"]


@pytest.mark.parametrize(
    "kind", ["close", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("end", "malformed", "reset"))]
)
def test_a_broken_stream_keeps_what_came(home: Path, kind: str) -> None:
    def script(received: Received) -> Reply:
        text = Text("Among large providers, 46% of proofs of concept go into production.", (find(received, "46%"),))
        return Reply((text, Text(" More to come, but")), broken=Break(kind, at="message_delta"))  # type: ignore[arg-type]

    with MessagesServer(script) as server:
        ran = ask(server.url, home, "--json")
    assert ran.code == 5, ran.err
    assert ran.json["status"] == "interrupted"
    assert "46%" in ran.json["answer"]
    assert ran.json["citations"][0]["verified"]
    assert "incomplete" in ran.json["reason"]


@pytest.mark.slow
def test_a_refusal_is_told(home: Path) -> None:
    with MessagesServer(Reply((), stop_reason="refusal", explanation="Not this.")) as server:
        ran = ask(server.url, home, "--json")
    assert ran.code == 3
    assert (ran.json["status"], ran.json["answered"]) == ("refused", False)
    assert "Not this." in ran.json["reason"]


@pytest.mark.slow
def test_a_busy_api_is_asked_again_and_the_user_told(home: Path) -> None:
    with MessagesServer(rate_limited("1"), overloaded(), honest()) as server:
        ran = ask(server.url, home)
        assert len(server.requests) == 3
    assert ran.code == 0
    assert ran.err.count("Trying again in") == 2
    assert ran.out.count("46%") >= 1


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (unauthorised(), "key"),
        pytest.param(prompt_too_long(), "budget", marks=pytest.mark.slow),
        pytest.param(overloaded(), "overloaded", marks=pytest.mark.slow),
        pytest.param(rate_limited("0"), "rate", marks=pytest.mark.slow),
    ],
)
def test_a_lasting_fault_is_one_clear_sentence(home: Path, failure: Failure, words: str) -> None:
    with MessagesServer(failure) as server:
        ran = ask(server.url, home, AIDX_MAX_RETRIES="0")
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err.lower()
    assert "Traceback" not in ran.err
    assert KEY not in ran.err


def test_no_network_offers_to_go_on_offline(home: Path) -> None:
    ran = ask(closed_port(), home, AIDX_MAX_RETRIES="0")
    assert ran.code == 3
    assert "--offline" in ran.err


def test_offline_never_calls(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ran = ask(server.url, home, "--offline", "--json")
        assert server.requests == []
    assert (ran.code, ran.json["mode"]) == (0, "extractive")


@pytest.mark.slow
def test_the_model_can_be_chosen(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ask(server.url, home, "--model", "claude-haiku-5-5")
        ask(server.url, home, AIDX_MODEL="claude-sonnet-5-5")
        assert [body["model"] for body in server.bodies] == ["claude-haiku-5-5", "claude-sonnet-5-5"]


@pytest.mark.slow
def test_an_unknown_model_is_named(home: Path) -> None:
    with MessagesServer(honest()) as server:
        ran = ask(server.url, home, "--model", "claude-nought")
    assert ran.code == 3
    assert "claude-nought" in ran.err


@pytest.mark.slow
def test_the_key_is_written_nowhere(own_home: Path) -> None:
    with MessagesServer(unauthorised(), honest()) as server:
        failed, ran = ask(server.url, own_home), ask(server.url, own_home, "--json")
    assert KEY not in failed.out + failed.err + ran.out + ran.err
    for file in own_home.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()


def test_interrupt_keeps_what_came(home: Path) -> None:
    def script(received: Received) -> Reply:
        text = Text("Among large providers, 46% of proofs of concept go into production.", (find(received, "46%"),))
        return Reply((text, Text(" And then")), broken=Break("stall", at="message_delta", seconds=60))

    with MessagesServer(script) as server:
        environment = {
            **os.environ,
            "AIDX_HOME": str(home),
            "ANTHROPIC_API_KEY": KEY,
            "ANTHROPIC_BASE_URL": server.url,
        }
        process = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTIBLE, QUESTION, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        deadline = time.monotonic() + 60
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(2.0)  # the text that comes before the stall is there at once
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert '"status": "interrupted"' in out
    assert "46%" in out
    assert "Traceback" not in err
    used = json.loads(out)["usage"]
    assert used["output_is_estimated"] and used["output_tokens"] > 10 and used["cost_usd"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("setting", [{"SSL_CERT_FILE": "/nonexistent.pem"}, {"ALL_PROXY": "foo://127.0.0.1:9"}])
def test_a_connection_that_cannot_be_set_up_is_one_clear_sentence(home: Path, setting: dict[str, str]) -> None:
    ran = ask("https://127.0.0.1:9", home, **setting)
    assert (ran.code, ran.out) == (3, "")
    assert "--offline" in ran.err
    assert "Traceback" not in ran.err
