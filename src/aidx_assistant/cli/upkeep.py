"""`aidx sync`, `aidx doctor`, `aidx completion`: keeping the installation in order."""

from __future__ import annotations

from dataclasses import asdict

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import paragraph, print_json, write
from aidx_assistant.errors import EXIT_FAILED
from aidx_assistant.plurals import counted


@click.command(short_help="Bring the library up to date.")
@options.as_json
def sync(as_json: bool) -> int:
    """Bring the library up to date with the corpus; quick where nothing changed."""
    with options.assistant() as service:
        report = service.sync()
    if as_json:
        print_json({"schema": 1, **asdict(report)})
    else:
        write(
            f"{counted(report.added, 'passage')} added, {report.changed} changed, {report.removed} removed, "
            f"{report.unchanged} unchanged; {report.embedded} embedded."
        )
    return 0


@click.command(short_help="Check the installation.")
@options.as_json
def doctor(as_json: bool) -> int:
    """Check the installation: versions, paths, model file, library, index, settings, key."""
    from aidx_assistant.assistant.doctor import examine

    findings = examine()
    healthy = all(finding.ok for finding in findings)
    if as_json:
        print_json({"schema": 1, "ok": healthy, "checks": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = "ok  " if finding.ok else "FAIL"
            paragraph(f"{finding.name}: {finding.detail}", first=f"{mark}  ", style=None if finding.ok else "bold red")
    return 0 if healthy else EXIT_FAILED


@click.command(
    epilog="\b\nExamples:\n  aidx completion bash >> ~/.bashrc\n"
    "  aidx completion fish \\\n      > ~/.config/fish/completions/aidx.fish"
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    script_of = get_completion_class(shell)
    if script_of is None:
        raise click.UsageError(f"No completion for {shell}.")
    click.echo(script_of(context.find_root().command, {}, "aidx", "_AIDX_COMPLETE").source())
    return 0
