"""`aidx mcp`, spoken to by the client of the protocol's own SDK."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult
from PIL import Image

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.mcp_server.server import LibraryServer
from aidx_assistant.settings import load_settings
from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import Break, Reply, Text
from tests.fakes.messages_server import MessagesServer

QUESTION = "How do large providers compare at getting pilots into production?"
REPORT = "healthcare-ai-adoption-index"


def told(story: Callable[[Client], Awaitable[None]], server: Any) -> None:
    """Runs a story with a client that is connected to the server."""

    async def run() -> None:
        with anyio.fail_after(60):
            async with Client(server) as client:
                await story(client)

    anyio.run(run)


def text(result: CallToolResult) -> str:
    return "\n".join(block.text for block in result.content if block.type == "text")


def test_a_client_searches_looks_up_and_asks(home: Path, tmp_path: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "aidx_assistant", "mcp", "--offline"],
        env={**os.environ, "AIDX_HOME": str(home)},
        cwd=str(tmp_path),
    )

    async def story(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["search", "findings", "show", "ask"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        assert all(tool.description and "\n   " not in tool.description for tool in tools)

        answered = await client.call_tool("ask", {"question": QUESTION})
        content = answered.structured_content or {}
        assert "46%" in text(answered) and "section “Experimentation but not yet production”" in text(answered)
        assert content["checks"]["figures_unsupported"] == []
        assert all(citation["verified"] for citation in content["citations"])

        declined = await client.call_tool("ask", {"question": "What share of European hospitals use AI for triage?"})
        assert (declined.structured_content or {})["answered"] is False

        found = await client.call_tool("search", {"query": "ambient scribes", "segment": "provider", "limit": 2})
        assert len((found.structured_content or {})["passages"]) == 2
        figures = await client.call_tool("findings", {"segment": "pharma", "topic": "production"})
        assert "24%" in text(figures) and "attributed to Bain" in text(figures)
        slide = await client.call_tool("show", {"place": "slide 8"})
        assert "has not been read" in text(slide)

        resources = (await client.list_resources()).resources
        assert [resource.uri for resource in resources] == [
            f"aidx://sources/{REPORT}", "aidx://sources/bain-companion-brief",
        ]  # fmt: skip
        whole = (await client.read_resource(resources[0].uri)).contents[0]
        assert "## The Healthcare AI Adoption Index, section “Top takeaways”" in whole.text

    told(story, started)


def test_what_is_wrong_is_told_in_a_sentence_that_helps(home: Path) -> None:
    async def story(client: Client) -> None:
        for tool, arguments, sentence in (
            ("show", {"place": "slide 99"}, "There is no slide 99. The library has slide 1 to slide 37."),
            ("findings", {"topic": "weather"}, "There is no topic “weather”. Topics: adoption stage"),
            ("search", {"query": "  "}, "The query is empty. Name what to search for, e.g. “ambient scribes”."),
            ("search", {}, "The argument “query” is missing."),
            ("search", {"query": 5, "limit": 99}, "The argument “query” must be text, not 5. The argument “limit” must"
             " be a whole number from 1 to 50, not 99."),
            ("search", {"query": "scribes", "segmnt": "payer"}, "There is no argument “segmnt”. search takes query,"),
            ("weather", {}, "There is no tool “weather”. Tools: search, findings, show, ask."),
            ("ask", {"question": QUESTION, "source_id": "bain"}, "There is no source “bain”."),
            ("ask", {"question": QUESTION, "segment": "patients"}, "The argument “segment” must be one of provider,"),
        ):  # fmt: skip
            result = await client.call_tool(tool, arguments)
            assert result.is_error and text(result).startswith(sentence), text(result)
        with pytest.raises(MCPError, match="There is no source “weather”"):
            await client.read_resource("aidx://sources/weather")

    with Assistant(load_settings({"offline": True}), home=home) as assistant:
        told(story, LibraryServer(assistant))


def test_a_fault_of_ours_is_a_sentence_without_its_inside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the inside")

    async def story(client: Client) -> None:
        result = await client.call_tool("search", {"query": "scribes"})
        assert result.is_error
        assert text(result) == "Something went wrong inside aidx (RuntimeError). Nothing was lost."

    monkeypatch.setattr(Assistant, "found", broken)
    with Assistant(load_settings({"offline": True}), home=home) as assistant:
        told(story, LibraryServer(assistant))


def test_beyond_a_limit_a_client_is_told_what_its_user_can_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(client: Client) -> None:
        result = await client.call_tool("ask", {"question": QUESTION})
        assert result.is_error and text(result).startswith("This would cost up to $")
        assert text(result).endswith("Raise the setting in aidx's config.toml and start the server again.")

    with MessagesServer(honest()) as messages:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-secret-for-tests")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", messages.url)
        with Assistant(load_settings({"max_cost_per_question": 0.0001}), home=home) as assistant:
            told(story, LibraryServer(assistant))


def test_a_slide_s_picture_comes_along(own_home: Path) -> None:
    picture = own_home / "pictures" / REPORT / "slide-08.png"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (32, 18), "navy").save(picture)

    async def story(client: Client) -> None:
        result = await client.call_tool("show", {"place": "slide 8"})
        (image,) = [block for block in result.content if block.type == "image"]
        assert image.mime_type == "image/png"

    with Assistant(load_settings({"offline": True}), home=own_home) as assistant:
        told(story, LibraryServer(assistant))


def test_with_a_key_claude_answers_and_is_checked_alike(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(client: Client) -> None:
        result = await client.call_tool("ask", {"question": QUESTION})
        content = result.structured_content or {}
        assert content["mode"] == "claude" and content["answered"] and content["citations"]

    with MessagesServer(honest()) as messages:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-secret-for-tests")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", messages.url)
        with Assistant(load_settings(), home=home) as assistant:
            told(story, LibraryServer(assistant))


def test_a_call_that_the_client_gives_up_ends_claude_s_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(client: Client) -> None:
        with anyio.move_on_after(1.5):
            await client.call_tool("ask", {"question": QUESTION})
        result = await client.call_tool("show", {"place": "slide 8"})
        assert not result.is_error
        with anyio.fail_after(10):
            while not messages.hung_up.is_set():
                await anyio.sleep(0.05)

    stalled = Reply((Text("Large providers are ahead."),), broken=Break("stall", 1, seconds=20.0))
    with MessagesServer(stalled) as messages:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-secret-for-tests")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", messages.url)
        with Assistant(load_settings(), home=home) as assistant:
            told(story, LibraryServer(assistant))
