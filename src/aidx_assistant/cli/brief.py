"""`aidx brief`: a brief for a decision, from the library."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant import locations
from aidx_assistant.cli import options
from aidx_assistant.cli.brief_jobs import scored_jobs
from aidx_assistant.cli.brief_target import target_of
from aidx_assistant.cli.decide_by import checked_decide_by
from aidx_assistant.cli.terminal import WaitingLine, in_one_line, print_json
from aidx_assistant.cli.wording import what_to_do
from aidx_assistant.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_PARTLY_DONE, StorageError, UsageError
from aidx_assistant.interrupts import orderly
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.briefs.brief import Brief
    from aidx_assistant.briefs.events import BriefEvent, BriefFinished
    from aidx_assistant.briefs.request import BriefRequest

_LAST = "last"
_EXAMPLES = """\b
Examples:
  aidx brief "ambient scribes" --segment provider \\
      --for "CMIO, 500-bed health system" -o scribes.docx
  aidx brief "moving pilots to production" \\
      --segment payer --offline
  aidx brief "AI governance" --segment payer \\
      --kind founder --json
  aidx brief "ambient scribes" --segment provider \\
      --jobs jobs.csv -o brief.pdf
  aidx brief --redraft why-now -o scribes.docx --force

Exit codes: 0 made, and the linter found nothing; 4 the sources do not answer the topic; 5 made, with faults or with
sections missing; 3 network or API; 130 interrupted."""


@click.command(epilog=_EXAMPLES, short_help="Make a two-page brief, every sentence cited.")
@click.argument("topic", nargs=-1)
@click.option("--segment", type=click.Choice(["provider", "payer", "pharma"]), help="Whose market it is about.")
@click.option("--for", "audience", metavar="WHO", help="Who reads it, e.g. “CMIO, 500-bed health system”.")
@click.option(
    "--kind",
    type=click.Choice(["buyer", "founder"]),
    default="buyer",
    show_default=True,
    help="For who decides on buying, or for who sells.",
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="TEXT",
    help="What it has to answer besides; the first is the decision to take. May be repeated.",
)
@click.option("--finding", "findings", multiple=True, metavar="ID", help="Put this finding first (see: aidx findings).")
@click.option("--owner", metavar="WHO", help="Who decides, where that is known.")
@click.option("--decide-by", metavar="DATE", help="By when: 2027-03-31, “Q1 2027”, “next board meeting”.")
@click.option(
    "--jobs",
    "jobs_file",
    metavar="JOBS.csv|JOBS.toml",
    help="Show where to look first among your own jobs, scored as “aidx dx” does.",
)
@click.option("--weights", metavar="STAGE=WEIGHT,…", help="With --jobs: what a use case counts in a stage, 0 to 1.")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to this file; its ending is the format.")
@click.option("--format", "file_format", metavar="FORMAT", help="md, docx, pdf, html or pptx.")
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@click.option(
    "--redraft",
    "keys",
    multiple=True,
    metavar="SECTION",
    help="Draft a section anew, of the last brief or of that on TOPIC; “missing”: all that are not drafted.",
)
@click.option(
    "--from",
    "origin",
    metavar="FILE.json|last",
    help="Write an earlier brief again, or redraft it: the last one, or one that --json made.",
)
@click.option("--offline", is_flag=True, default=None, help="Do not call Claude; quote the sources.")
@click.option("--model", metavar="NAME", help="The Claude model that drafts.")
@options.beyond_limits
@options.as_json
def brief(
    topic: tuple[str, ...], as_json: bool, offline: bool | None, model: str | None, goes_beyond: bool, **given: Any
) -> int:
    """Make a brief on TOPIC for a buyer or a founder: at most two pages, every statement with its source.

    With an API key Claude drafts it section by section; without one, or with --offline, it is made of sentences quoted
    from the sources, and says what they are silent on. Without -o it is printed as Markdown.
    """
    if as_json and given["file"] is None and given["file_format"] is not None:
        raise UsageError("--json and --format exclude each other without -o.", "Name a file for the brief: -o FILE")
    _check_names(given)
    target = target_of(given["file"], given["file_format"], given["force"])
    jobs = scored_jobs(given.pop("jobs_file"), given.pop("weights"))
    with options.assistant(offline=offline, model=model, goes_beyond=goes_beyond) as service:
        request, events = _begun(service, " ".join(topic), {**given, "jobs": jobs.index if jobs else None})
        with orderly():
            finished, by_user = _followed(events, request, drafted=service.asks_claude)
        _keep(finished.brief, request)
        if as_json:
            from aidx_assistant.briefs.brief_json import brief_as_json

            problem = finished.problem.title if finished.problem else None
            ended = {"stopped_by_user": by_user or finished.stopped_by_user, "problem": problem}
            print_json({**brief_as_json(finished.brief, request), **ended})
        if target.file is not None or not as_json:
            target.write(finished.brief)
    _tell(finished)
    if by_user or finished.stopped_by_user:
        return EXIT_INTERRUPTED
    in_part = finished.brief.faults or finished.problem or (jobs and jobs.file.invalid)
    return EXIT_PARTLY_DONE if in_part else EXIT_DONE


def _check_names(given: Mapping[str, Any]) -> None:
    """Raises UsageError for an empty name, and for a date that is none or is past."""
    for option, name in (("--for", "audience"), ("--owner", "owner"), ("--decide-by", "decide_by")):
        if given[name] is not None and not given[name].strip():
            raise UsageError(f"{option} is empty.", "Name it, or leave the option out.")
    if given["decide_by"] is not None:
        checked_decide_by(given["decide_by"], date.today())


def _begun(
    service: Assistant, topic: str, given: Mapping[str, Any]
) -> tuple[BriefRequest, Generator[BriefEvent, None, None]]:
    """What is asked for, and the events that lead to it."""
    from aidx_assistant.briefs.composing import compose, examined_again, redraft
    from aidx_assistant.briefs.own_jobs import OwnJobs
    from aidx_assistant.briefs.request import usable_request
    from aidx_assistant.briefs.shortening import with_fewer_jobs_if_long, without_chart_if_long

    if not given["keys"] and given["origin"] is None:
        request = usable_request(_request(topic, given))
        return request, compose(service, request)
    brief, request = _earlier(topic, given)
    if jobs := given["jobs"]:
        request = replace(request, jobs=jobs)
        if brief.mode == "evidence" and not given["keys"]:  # only made anew it gives up quotes, so that the jobs fit
            service.use(replace(service.settings, offline=True))
            return request, compose(service, request)
        brief = with_fewer_jobs_if_long(without_chart_if_long(replace(brief, jobs=OwnJobs(jobs))))
    if given["keys"]:
        return request, redraft(service, request, brief, given["keys"])
    return request, examined_again(service, brief)


def _request(topic: str, given: Mapping[str, Any]) -> BriefRequest:
    from aidx_assistant.briefs.request import BriefRequest

    if not topic.strip():
        raise UsageError(
            "What is the brief about? No topic is given.", 'E.g. aidx brief "ambient scribes" --segment provider'
        )
    if given["segment"] is None:
        raise UsageError("Whose market is the brief about?", "Give --segment provider, payer or pharma.")
    names = ("kind", "segment", "audience", "questions", "findings", "owner", "decide_by", "jobs")
    return BriefRequest(topic=topic, **{name: given[name] for name in names})


def _earlier(topic: str, given: Mapping[str, Any]) -> tuple[Brief, BriefRequest]:
    """The brief that is to be changed or written again: of a file, of a topic, or the last one."""
    from aidx_assistant.briefs.kept import KeptBriefs, read_brief
    from aidx_assistant.briefs.request import usable_request

    kept = KeptBriefs(locations.home())
    if topic.strip():
        return kept.of(usable_request(_request(topic, given)))
    origin = given["origin"] or _LAST
    return kept.latest() if origin == _LAST else read_brief(Path(origin))


def _followed(
    events: Generator[BriefEvent, None, None], request: BriefRequest, *, drafted: bool
) -> tuple[BriefFinished, bool]:
    """Shows how it goes on standard error; gives back what it ends with, and whether the user interrupted it.

    The first Ctrl-C ends the brief with what is written, a second one everything. Of what is `drafted`, which costs
    time and money, each section is told in a line and kept as soon as it is there.
    """
    from aidx_assistant.answers import Notice
    from aidx_assistant.briefs.events import BriefFinished, Remark, SectionBegun, SectionDone

    proceed: Callable[[], BriefEvent] = events.__next__
    waiting = WaitingLine(shown=True)
    by_user = False
    while True:
        try:
            event = proceed()
            proceed = events.__next__
            match event:
                case SectionBegun():
                    _show(f"{event.heading} ({event.number} of {event.of}) …", waiting, lines=drafted)
                case SectionDone() if drafted:
                    _keep(event.brief, request)
                case Notice() | Remark():
                    waiting.clear()
                    print(f"aidx: {printable(event.text)}", file=sys.stderr)
                case BriefFinished():
                    waiting.clear()
                    return event, by_user
                case _:
                    pass
        except KeyboardInterrupt as interrupt:
            waiting.clear()
            if by_user or inspect.getgeneratorstate(events) == inspect.GEN_CLOSED:
                raise
            by_user = True
            proceed = _thrower(events, interrupt)


def _thrower(events: Generator[BriefEvent, None, None], interrupt: KeyboardInterrupt) -> Callable[[], BriefEvent]:
    return lambda: events.throw(interrupt)


def _show(text: str, waiting: WaitingLine, *, lines: bool) -> None:
    if sys.stderr.isatty():
        waiting.show(text)
    elif lines:
        print(f"aidx: {printable(text)}", file=sys.stderr, flush=True)


def _keep(brief: Brief, request: BriefRequest) -> None:
    """Keeps the brief for a later --redraft; where that fails the brief is delivered all the same."""
    from aidx_assistant.briefs.kept import KeptBriefs

    try:
        KeptBriefs(locations.home()).keep(brief, request)
    except StorageError as error:
        print(f"aidx: {printable(error.title)}", file=sys.stderr)


def _tell(finished: BriefFinished) -> None:
    """What ended it early, and a line for each fault, on standard error."""
    if finished.problem is not None:
        problem = finished.problem
        print(f"aidx: {printable(problem.title)}", file=sys.stderr)
        if helps := what_to_do(problem.hint, problem.remedies):
            print(f"      {printable(helps)}", file=sys.stderr)
        once = " --yes" if "this once" in problem.remedies else ""
        print(f"      For the sections that are missing: aidx brief --redraft missing{once}", file=sys.stderr)
    for fault in finished.brief.faults:
        print(f"aidx: {in_one_line(f'{fault.where}: {fault.problem}')} ({fault.rule})", file=sys.stderr)
