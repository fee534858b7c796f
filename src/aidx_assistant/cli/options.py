"""Options that several commands share, and the assistant they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aidx_assistant.evidence import SEGMENTS

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

Command = TypeVar("Command", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
of_source = click.option("--source", "source_id", metavar="ID", help="Only this source (see: aidx sources list).")
of_segment = click.option(
    "--segment",
    type=click.Choice(SEGMENTS),
    help="Only what speaks of this segment, or of all.",
)


@contextmanager
def assistant(**flags: Any) -> Iterator[Assistant]:
    """The assistant with the settings in force, its progress shown on standard error."""
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.cli.progress import ShownProgress
    from aidx_assistant.settings import load_settings

    progress = ShownProgress()
    with Assistant(load_settings(flags), progress=progress) as service:
        try:
            yield service
        finally:
            progress.close()
