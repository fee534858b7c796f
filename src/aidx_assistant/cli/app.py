"""The command `aidx`: its subcommands, and the boundary where their errors end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from aidx_assistant import __version__
from aidx_assistant.cli.ask import ask
from aidx_assistant.cli.brief import brief
from aidx_assistant.cli.check import check
from aidx_assistant.cli.cite import cite
from aidx_assistant.cli.dx import dx
from aidx_assistant.cli.evaluate import evaluate
from aidx_assistant.cli.failures import guarded
from aidx_assistant.cli.fetch import fetch
from aidx_assistant.cli.finding_view import findings
from aidx_assistant.cli.look_up import search, show
from aidx_assistant.cli.mcp import mcp
from aidx_assistant.cli.models import models
from aidx_assistant.cli.serve import serve
from aidx_assistant.cli.source_commands import sources
from aidx_assistant.cli.upkeep import completion, doctor, sync
from aidx_assistant.cli.usage import usage

_EXAMPLES = """\b
Examples:
  aidx ask "Why do so few pilots reach production?"
  aidx show "slide 8"
  aidx findings --segment provider
  aidx COMMAND --help

Settings: config.toml in the home folder, then AIDX_* variables, then flags. `aidx doctor` says where the home is."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXAMPLES,
    no_args_is_help=False,
    invoke_without_command=True,
)
@click.version_option(__version__, "--version", message="aidx %(version)s")
@click.pass_context
def aidx(context: click.Context) -> int:
    """Ask market research a question; get an answer whose every figure is checked against its source.

    Without a command, on a terminal, the app opens.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


for command in (
    ask, brief, search, show, findings, cite, dx, check, sources, serve, mcp, models, usage, sync, doctor, evaluate,
    completion,
):  # fmt: skip
    aidx.add_command(command)
sources.add_command(fetch)


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a substitute instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if "_AIDX_COMPLETE" in os.environ:
        aidx.main(prog_name="aidx")
    return guarded(lambda: int(aidx.main(list(arguments), "aidx", standalone_mode=False) or 0), arguments)
