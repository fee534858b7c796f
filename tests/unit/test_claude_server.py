"""The tests' Messages server holds to the API's rules: the real SDK asks it what the API would refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.messages_client import MODEL
from tests.fakes.messages_script import Break, Cite, Reply, Text, Thinking
from tests.fakes.messages_server import MessagesServer

QUESTION = {"role": "user", "content": "How many?"}
CACHED = {"type": "ephemeral"}
JSON_OUTPUT = {"format": {"type": "json_schema", "schema": {"type": "object"}}}


def a_search_result(*, cited: bool = True, **changes: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": "Three pilots."}, {"type": "text", "text": "Two failed."}]
    result = {"type": "search_result", "source": "s", "title": "t", "content": content}
    return {**result, "citations": {"enabled": cited}, **changes}


def a_message(*blocks: Any) -> dict[str, Any]:
    return {"role": "user", "content": [*blocks, {"type": "text", "text": "How many?"}]}


def a_body(**changes: Any) -> dict[str, Any]:
    return {"model": MODEL, "max_tokens": 10, "messages": [QUESTION], **changes}


def a_past_answer(**changes: Any) -> list[dict[str, Any]]:
    place = {"search_result_index": 0, "start_block_index": 0, "end_block_index": 2, **changes}
    citation = {"type": "search_result_location", "cited_text": "x", "source": "s", "title": "t", **place}
    text = {"type": "text", "text": "Three.", "citations": [citation]}
    return [a_message(a_search_result()), {"role": "assistant", "content": [text]}, QUESTION]


@pytest.fixture(scope="module")
def server() -> Iterator[MessagesServer]:
    with MessagesServer(Reply((Text("Three."),))) as running:
        yield running


def posted(server: MessagesServer, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a plain request, as the SDK sends no wrong ones of its own."""
    given = {"content-type": "application/json", "x-api-key": "k", **headers}
    request = urllib.request.Request(f"{server.url}/v1/messages", json.dumps(body).encode(), given)
    try:
        with urllib.request.urlopen(request, timeout=2) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"temperature": 0}, "temperature"),
        ({"top_p": 0.5}, "top_p"),
        ({"top_k": 5}, "top_k"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": None}, "max_tokens"),
        ({"thinking": {"type": "disabled"}}, "thinking"),
        ({"messages": []}, "at least one message"),
        ({"messages": [{"role": "assistant", "content": "Yes"}, QUESTION]}, "first message"),
        ({"messages": [QUESTION, {"role": "assistant", "content": "It is"}]}, "prefill"),
        ({"messages": [{"role": "user", "content": ""}]}, "non-empty"),
        ({"system": [{"type": "text", "text": " \n"}]}, "non-whitespace"),
        ({"messages": [a_message(a_search_result(content=[]))]}, "must not be empty"),
        ({"messages": [a_message(a_search_result(content=[{"type": "text", "text": ""}]))]}, "non-empty"),
        ({"messages": [a_message(a_search_result(content="Three pilots."))]}, "content"),
        ({"messages": [a_message(a_search_result(url="x"))]}, "url"),
        ({"messages": [a_message({"type": "search_result", "source": "s"})]}, "required"),
        ({"messages": [a_message({"type": "text", "text": "x", "colour": "red"})]}, "colour"),
        ({"messages": [a_message({"type": "poem", "text": "x"})]}, "unknown block type"),
        ({"messages": [a_message("text")]}, "dictionary"),
        ({"messages": ["text"]}, "dictionary"),
        ({"messages": "text"}, "dictionary"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "role"),
        ({"messages": [{"role": "user"}]}, "content"),
        ({"system": [{"type": "text", "text": "x", "colour": "red"}]}, "colour"),
        ({"messages": [a_message(a_search_result(), a_search_result(cited=False))]}, "or for none"),
        ({"messages": [a_message(a_search_result())], "output_config": JSON_OUTPUT}, "together with citations"),
        (
            {"messages": [a_message(*[a_search_result(cache_control=CACHED)] * 5)]},
            "maximum of 4 blocks with cache_control",
        ),
        ({"messages": a_past_answer(search_result_index=1)}, "search_result 1"),
        ({"messages": a_past_answer(end_block_index=3)}, "[0:3]"),
        ({"messages": a_past_answer(start_block_index=2)}, "[2:2]"),
    ],
)
def test_what_the_api_refuses_is_refused(server: MessagesServer, changes: dict[str, Any], message: str) -> None:
    status, answer = posted(server, a_body(**changes))
    assert (status, answer["type"], answer["error"]["type"]) == (400, "error", "invalid_request_error")
    assert message in answer["error"]["message"]


@pytest.mark.parametrize(
    "changes",
    [
        {"messages": [a_message(a_search_result(), a_search_result())]},
        {"messages": [a_message(a_search_result(cited=False))], "output_config": JSON_OUTPUT},
        {"messages": [a_message(*[a_search_result(cache_control=CACHED)] * 4)]},
        {"messages": a_past_answer()},
        {"thinking": {"type": "adaptive"}},
        {"model": "claude-sonnet-5-5", "thinking": {"type": "disabled"}},
    ],
)
def test_what_the_api_takes_is_taken(server: MessagesServer, changes: dict[str, Any]) -> None:
    status, answer = posted(server, a_body(**changes))
    assert (status, answer["content"][0]["text"], answer["stop_reason"]) == (200, "Three.", "end_turn")


def test_other_refusals(server: MessagesServer) -> None:
    assert posted(server, a_body(), **{"x-api-key": ""})[0] == 401
    assert posted(server, a_body(model="claude-9"))[1]["error"] == {
        "type": "not_found_error",
        "message": "model: claude-9",
    }
    assert posted(server, "not an object")[0] == 400
    assert posted(server, {"model": MODEL, "messages": [QUESTION]})[0] == 400


def test_the_sdk_gets_whole_answers_counts_and_models(server: MessagesServer) -> None:
    import anthropic

    with anthropic.Anthropic(api_key="k", base_url=server.url, max_retries=0) as client:
        message = client.messages.create(
            model=MODEL, max_tokens=10, messages=[{"role": "user", "content": "How many?"}]
        )
        counted = client.messages.count_tokens(model=MODEL, messages=[{"role": "user", "content": "How many?"}])
        models = [model.id for model in client.models.list()]
    assert message.content[0].text == "Three."  # type: ignore[union-attr]
    assert counted.input_tokens == message.usage.input_tokens > 0
    assert MODEL in models


def test_the_sdks_own_accumulation_reads_the_stream_alike() -> None:
    import anthropic

    content = (Thinking("Let me see."), Text("Three pilots,", (Cite(0, 0, 2),)), Text(" no more."))
    with MessagesServer(Reply(content)) as server, anthropic.Anthropic(api_key="k", base_url=server.url) as client:
        request: dict[str, Any] = {"model": MODEL, "max_tokens": 10, "messages": [a_message(a_search_result())]}
        whole = client.messages.create(**request)
        with client.messages.stream(**request) as stream:
            streamed = stream.get_final_message()
    assert [block.to_dict(exclude_none=True) for block in streamed.content] == [
        block.to_dict(exclude_none=True) for block in whole.content
    ]
    assert streamed.content[1].citations[0].cited_text == "Three pilots.Two failed."  # type: ignore[union-attr,index]


@pytest.mark.parametrize(
    "wrong",
    [
        Reply((Text("Yes.", (Cite(1, 0, 1),)),)),
        Reply((Text("Yes.", (Cite(0, 1, 3),)),)),
        Reply((Text("Yes.", (Cite(0, 1, 1),)),)),
        Reply((Text("Yes."),), broken=Break("end", 5)),
        Reply((Text("Yes."),), broken=Break("end", "encore")),
    ],
)
def test_a_script_that_cannot_be_played_fails_the_test(wrong: Reply) -> None:
    server = MessagesServer(wrong).start()
    body = a_body(messages=[a_message(a_search_result())], stream=True)
    try:
        posted(server, body)
    except (OSError, ValueError):
        pass
    with pytest.raises(LookupError):
        server.stop()


def test_a_child_process_serves_until_it_is_ended() -> None:
    here = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fakes.messages_server", "--script", "honest"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), *filter(None, sys.path)])}
    with subprocess.Popen(command, cwd=here, env=environment, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            url = child.stdout.readline().strip()
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{url}/v2", timeout=30)
            refused.value.close()
        finally:
            child.terminate()
    assert url.startswith("http://127.0.0.1:")
