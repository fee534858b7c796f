"""`aidx mcp`: the library for clients of the Model Context Protocol."""

from __future__ import annotations

import sys
from typing import Any

import click

from aidx_assistant.cli import options

_EXAMPLES = """\
In the client's settings (Claude Desktop: claude_desktop_config.json):

\b
  {"mcpServers":
    {"aidx": {"command": "aidx", "args": ["mcp"]}}}"""


@click.command(epilog=_EXAMPLES, short_help="Serve the library to an MCP client.")
@click.option("--offline", is_flag=True, default=None, help="Do not call Claude; quote the sources.")
@click.option("--model", metavar="NAME", help="The Claude model that answers.")
def mcp(**flags: Any) -> int:
    """Serve search, findings, slides and answers to an MCP client at standard input and output. Changes nothing."""
    if sys.stdin is None or sys.stdin.isatty():
        print("aidx: An MCP client starts this and speaks to it; it waits for one. Ctrl-C ends it.", file=sys.stderr)
    with options.assistant(**flags) as service:
        from aidx_assistant.mcp_server.server import serve

        serve(service)
    return 0
