"""An MCP server over standard input and output: search, findings, places and answers as tools, sources as resources."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import anyio
from anyio import to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp_types import Resource, ToolAnnotations

from aidx_assistant import __version__
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import UsageError
from aidx_assistant.mcp_server.source_text import source_as_markdown
from aidx_assistant.mcp_server.tools import LibraryTools

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
            raise ResourceNotFoundError(f"{error.title} {error.hint}") from error
        return source_as_markdown(source, self._assistant.passages(source_id))


def serve(assistant: Assistant) -> None:
    """Serves the client at standard input until it closes it. What others print does not reach standard output."""
    anyio.run(LibraryServer(assistant).run_stdio_async)
