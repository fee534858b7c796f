"""Options that several commands share, and the assistant they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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

beyond_limits = click.option(
    "--yes", "goes_beyond", is_flag=True, help="Ask Claude even where it could cost more than the settings allow."
)


def with_limits(flags: Mapping[str, Any], *, goes_beyond: bool) -> Mapping[str, Any]:
    """The settings that flags give; with `goes_beyond`, without limits on what Claude may cost."""
    return {**flags, "max_cost_per_question": 0.0, "max_cost_per_month": 0.0} if goes_beyond else flags


@contextmanager
def assistant(*, goes_beyond: bool = False, **flags: Any) -> Iterator[Assistant]:
    """The assistant with the settings in force, its progress shown on standard error.

    With `goes_beyond` the limits on what Claude may cost do not hold.
    """
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.cli.progress import ShownProgress
    from aidx_assistant.settings import load_settings

    progress = ShownProgress()
    with Assistant(load_settings(with_limits(flags, goes_beyond=goes_beyond)), progress=progress) as service:
        try:
            yield service
        finally:
            progress.close()
