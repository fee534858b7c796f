"""`aidx sources fetch`: the user's own full copy of a source that ships as notes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.failures import telling_what_was_done
from aidx_assistant.cli.source_commands import allow_private
from aidx_assistant.cli.terminal import has_user, in_one_line, paragraph, print_json, write
from aidx_assistant.errors import (
    EXIT_API,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_PARTLY_DONE,
    InterruptedByUserError,
    UsageError,
)
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.fetch_plan import FetchPlan
    from aidx_assistant.assistant.supplementing import Supplementation, Supplementing

_GOES_ON = "The same command goes on with the rest."
_OUTCOMES = ("added", "updated", "unchanged", "skipped", "failed")


@click.command(
    "fetch",
    short_help="Fetch your own full copy of a report that ships as notes.",
    epilog="\b\nExamples:\n  aidx sources fetch healthcare-ai-adoption-index\n"
    "  aidx sources fetch healthcare-ai-adoption-index --forget",
)
@click.argument("source_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask before fetching.")
@click.option("--forget", is_flag=True, help="Remove what was fetched, and go back to the notes.")
@allow_private
@options.as_json
def fetch(source_id: str, yes: bool, forget: bool, allow_private: bool, as_json: bool) -> int:
    """Fetch your own full copy of the report ID, whose notes ship with aidx: its article and slide pictures.

    The copy stays in the home folder. The notes stay too; what they lack is read from your copy. Fetched again, only
    what has changed comes; what was interrupted goes on.
    """
    from aidx_assistant.assistant.supplementing import Supplementing

    with options.assistant() as service:
        plan = service.fetch_plan(source_id)
        with Supplementing(service.library.home, plan, service.progress, allow_private=allow_private) as copying:
            if forget:
                return _forgotten(copying, as_json)
            _tell_plan(plan)
            if not yes:
                _ask()
            return _fetched(copying, service, as_json)


def _tell_plan(plan: FetchPlan) -> None:
    """Says what will be fetched and from where, before anything is."""
    told = [f"Your own copy of “{plan.title}” is fetched into your home folder:"]
    if plan.article:
        told.append(f"  the article  {plan.article}")
    for host, count in plan.hosts:
        pictures = "1 slide picture " if count == 1 else f"{count} slide pictures"
        told.append(f"  {pictures}  from {host}")
    print(printable("\n".join(told)), file=sys.stderr, flush=True)


def _ask() -> None:
    """Raises UsageError where there is no terminal to ask on, InterruptedByUserError for a no."""
    if not has_user():
        raise UsageError("Fetching needs your yes, and there is no terminal to ask on.", "Add --yes.")
    if not click.confirm("Fetch it?", default=True, err=True):
        raise InterruptedByUserError("Nothing was fetched.")


def _fetched(copying: Supplementing, service: Assistant, as_json: bool) -> int:
    """Tells what became of each thing as it is done, brings the library up to date, and sums up."""
    done: list[Supplementation] = []
    with telling_what_was_done(lambda: _as_json(copying.plan, done)):
        try:
            for one in copying.fetch():
                done.append(one)
                if not as_json and one.outcome != "skipped":
                    service.progress.pause()
                    _show(one)
            if not as_json:
                _show_skipped([one for one in done if one.outcome == "skipped"])
            service.sync()
        except KeyboardInterrupt:
            raise InterruptedByUserError("Interrupted; what was told as added is kept.", _GOES_ON) from None
    note = service.source(copying.plan.source_id).note
    if as_json:
        print_json({"schema": 1, **_as_json(copying.plan, done), "note": note, "remarks": list(copying.remarks)})
    else:
        _sum_up(done, (note, *copying.remarks))
    return _exit_code(done)


def _sum_up(done: Sequence[Supplementation], told: Iterable[str]) -> None:
    counts = _counted(done)
    write(", ".join(f"{counts[outcome]} {outcome}" for outcome in _OUTCOMES if counts[outcome]), style="bold")
    if counts["failed"] + counts["skipped"] == len(done):
        paragraph("Nothing was fetched; what you have stays as it was. The same command tries again.")
        return
    for text in told:
        paragraph(text)


def _counted(done: Sequence[Supplementation]) -> Counter[str]:
    return Counter(one.outcome for one in done)


def _as_json(plan: FetchPlan, done: Sequence[Supplementation]) -> dict[str, Any]:
    counts = _counted(done)
    return {
        "source_id": plan.source_id,
        "items": [asdict(one) for one in done],
        "summary": {outcome: counts[outcome] for outcome in _OUTCOMES},
    }


def _exit_code(done: Sequence[Supplementation]) -> int:
    failed = [one for one in done if one.outcome in ("failed", "skipped")]
    if not failed:
        return EXIT_DONE
    if len(failed) < len(done):
        return EXIT_PARTLY_DONE
    return EXIT_API if all(one.of_network for one in failed if one.outcome == "failed") else EXIT_FAILED


def _show(one: Supplementation) -> None:
    if one.outcome == "unchanged":
        return
    paragraph(f"{one.outcome}: {one.name}", rest="    ")
    for told in (one.reason, one.hint, *one.remarks):
        if told:
            paragraph(in_one_line(told), first="    ", style="dim")


def _show_skipped(skipped: Sequence[Supplementation]) -> None:
    """What was not tried, all that has one reason in one line."""
    for reason, alike in groupby(skipped, key=lambda one: one.reason):
        first, *others = alike
        name = f"{first.name} to {others[-1].name} ({len(others) + 1:,})" if others else first.name
        paragraph(f"skipped: {name}", rest="    ")
        paragraph(in_one_line(reason), first="    ", style="dim")


def _forgotten(copying: Supplementing, as_json: bool) -> int:
    removed = copying.forget()
    if as_json:
        print_json({"schema": 1, "forgotten": copying.plan.source_id, "removed": removed})
    else:
        paragraph(f"Your own copy of “{copying.plan.title}” is removed; the notes remain.")
    return EXIT_DONE
