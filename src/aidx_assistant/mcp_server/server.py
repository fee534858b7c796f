"""An MCP server over standard input and output: search, findings, places and answers as tools, sources as resources."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import anyio
from anyio import to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, Resource, ToolAnnotations
from pydantic import ValidationError

from aidx_assistant import __version__
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import UsageError
from aidx_assistant.interrupts import at_once
from aidx_assistant.mcp_server.source_text import source_as_markdown
from aidx_assistant.mcp_server.tools import LibraryTools
from aidx_assistant.mcp_server.wording import refused, told

_INSTRUCTIONS = """\
A library of market research reports, with every figure tied to the sentence that carries it.

Quote a figure only with its label, which says the report, the section or slide and every caveat, and with whom it \
counts: “46%” here may be of large providers and not of providers. Where `ask` says that the sources do not answer \
this, they do not."""
_URI = "aidx://sources/{source_id}"


class LibraryServer(MCPServer[None]):
    """The server of one assistant. Its list of sources is what the library holds when it is asked for."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__("aidx", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR")
        self._assistant = assistant
        tools = LibraryTools(assistant)
        look_up = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        for look in (tools.search, tools.findings, tools.show):
            self._offer(look, look_up)
        self._offer(tools.ask, ToolAnnotations(read_only_hint=True, open_world_hint=assistant.asks_claude))
        self.resource(_URI, name="source", description="A report, all its passages.", mime_type="text/markdown")(
            self._source
        )

    def _offer(self, tool: Callable[..., Any], annotations: ToolAnnotations) -> None:
        self.tool(description=inspect.getdoc(tool), annotations=annotations)(tool)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """What a tool gives back. Raises ToolError in one of our sentences, where the SDK would wrap or dump it."""
        tools = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
        if name not in tools:
            raise ToolError(f"There is no tool “{name}”. Tools: {', '.join(tools)}.")
        for unknown in arguments.keys() - tools[name].keys():
            raise ToolError(f"There is no argument “{unknown}”. {name} takes {', '.join(tools[name])}.")
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            fault = type(error.__cause__).__name__
            raise UnexpectedToolError(f"Something went wrong inside aidx ({fault}). Nothing was lost.") from error
        except ToolError as error:
            match error.__cause__:
                case ValidationError() as refusal:
                    raise ToolError(refused(refusal, tools[name])) from refusal
                case ToolError() as ours:
                    raise ours from error
            raise

    async def list_resources(self) -> list[Resource]:
        """Every source that the library holds."""
        return [
            Resource(
                uri=_URI.format(source_id=source.id),
                name=source.id,
                title=source.name,
                description=source.note or None,
                mime_type="text/markdown",
            )
            for source in await to_thread.run_sync(self._assistant.sources)
        ]

    def _source(self, source_id: str) -> str:
        try:
            source = self._assistant.source(source_id)
        except UsageError as error:
            raise ResourceNotFoundError(told(error)) from error
        return source_as_markdown(source, self._assistant.passages(source_id))


def serve(assistant: Assistant) -> None:
    """Serves the client at standard input until it closes it. What others print does not reach standard output."""
    with at_once():  # the thread that waits for the client's next line cannot be woken
        anyio.run(LibraryServer(assistant).run_stdio_async)
