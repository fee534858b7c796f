"""`aidx eval`: asks questions whose answers are known, and says how often the answers are right."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import has_user, in_one_line, print_json
from aidx_assistant.errors import (
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_PARTLY_DONE,
    ClaudeError,
    InterruptedByUserError,
    Remedy,
    StorageError,
    UsageError,
)
from aidx_assistant.interrupts import orderly
from aidx_assistant.plurals import counted
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.evaluation.earlier import EarlierRun
    from aidx_assistant.evaluation.evaluation import Evaluation
    from aidx_assistant.evaluation.questions import KnownQuestion


_EPILOG = """\b
Examples:
  aidx eval
  aidx eval --half development --json > a.json
  aidx eval --html report.html
  aidx eval --questions mine/

A question of your own, in mine/any-name.toml:

\b
  [[question]]
  ask = "How many leaders were surveyed?"
  places = ["introduction"]
  figures = ["more than 400 all"]

“places” holds headings of sections, introduction or slide 8, with “ | ” between alternatives, and is [] where the
sources do not answer; “figures” may be left out. More: docs/evaluation.md"""


@click.command(
    "eval",
    short_help="Measure how often answers are right.",
    epilog=_EPILOG,
)
@click.option("--answerer", type=click.Choice(["extractive", "claude"]), default="extractive", show_default=True,
              help="Who answers.")  # fmt: skip
@click.option("--questions", type=click.Path(path_type=Path), help="A folder of questions instead of those of aidx.")
@click.option("--half", type=click.Choice(["development", "test", "both"]),
              show_default="test; with --questions both",
              help="Which half of the questions: rules are tuned on the first, the second is reported.")  # fmt: skip
@click.option("--before", type=click.Path(path_type=Path), help="An earlier run (--json) to compare with.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page to this file too.")
@click.option("--force", is_flag=True, help="Overwrite the file of --html where it exists.")
@click.option("--yes", is_flag=True, help="Do not ask before Claude is asked, whatever the settings allow it to cost.")
@options.as_json
def evaluate(
    answerer: str,
    questions: Path | None,
    half: str | None,
    before: Path | None,
    yes: bool,
    as_json: bool,
    **given: Any,
) -> int:
    """Ask questions whose answers are known, and say how often places, figures and refusals are right.

    The questions are about the reports that come with aidx, or your own (--questions). With --answerer claude it asks
    first, as that costs money; it does not begin where the limits of the settings do not suffice. Where it is stopped
    on the way it tells of what was done by then: exit code 5.
    """
    from aidx_assistant.cli.evaluation_view import show_evaluation
    from aidx_assistant.evaluation.evaluation import evaluate as evaluated
    from aidx_assistant.evaluation.evaluation import evaluation_as_json
    from aidx_assistant.evaluation.report import evaluation_as_html

    known = _chosen(questions, half or ("test" if questions is None else "both"))
    earlier = _earlier(before) if before else None
    page: Path | None = given["page"]
    if page:
        _check_page(page, given["force"])
    with options.assistant(goes_beyond=yes, offline=answerer == "extractive") as service:
        _check_places(service, known)
        if answerer == "claude":
            _ask_for_consent(service, known, yes)
        with orderly(), _without_remedies("offline", "model"):
            found = evaluated(service, known, lambda done, of: service.progress.advance("asking", done, of))
    if as_json:
        print_json(evaluation_as_json(found))
    else:
        show_evaluation(found, earlier, names_test=questions is not None)
    if page:
        _write_page(page, evaluation_as_html(found, earlier, names_test=questions is not None))
    return _told_where_it_stopped(found)


def _told_where_it_stopped(found: Evaluation) -> int:
    """The exit code."""
    if not found.stopped:
        return EXIT_DONE
    print(f"aidx: {printable(found.stopped_in_words)}", file=sys.stderr)
    return EXIT_INTERRUPTED if found.by_user else EXIT_PARTLY_DONE


@contextmanager
def _without_remedies(*names: Remedy) -> Iterator[None]:
    """Takes from an error of Claude's what other commands have options for."""
    try:
        yield
    except ClaudeError as error:
        error.remedies = tuple(one for one in error.remedies if one not in names)
        raise


def _chosen(folder: Path | None, half: str) -> list[KnownQuestion]:
    """The questions of a half. Raises UsageError for what cannot be read, and where there are none."""
    from aidx_assistant import locations
    from aidx_assistant.evaluation.questions import read_questions

    questions = read_questions(folder or locations.questions_folder())
    known = [one for one in questions if half in ("both", one.half)]
    if not known:
        raise UsageError(
            f"Of {counted(len(questions), 'question')} none is in the {half} half.", "Ask both: --half both"
        )
    return known


def _earlier(file: Path) -> EarlierRun:
    from aidx_assistant.evaluation.earlier import earlier_run

    shown, again = in_one_line(str(file)), "Make one: aidx eval --json > run.json"
    try:
        return earlier_run(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"--before: {shown} cannot be read: {error.strerror}.", again) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--before: {shown} is no earlier run.", again) from error
    except ValueError as error:
        raise UsageError(f"--before: {shown} {error}.", again) from error


def _check_page(file: Path, force: bool) -> None:
    """Raises UsageError, before anything is asked, for a file that is not to be written."""
    shown = in_one_line(str(file))
    if file.is_dir():
        raise UsageError(f"--html: {shown} is a folder.", "Name a file.")
    if file.exists() and not force:
        raise UsageError(f"--html: {shown} exists.", "Name another file, or overwrite it with --force.")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"--html: there is no folder {in_one_line(str(file.parent))}.", "Make it first.")


def _write_page(file: Path, page: str) -> None:
    from aidx_assistant.atomic import write_text

    shown = in_one_line(str(file))
    try:
        write_text(file, page)
    except OSError as error:
        raise StorageError(f"The page cannot be written to {shown}: {error.strerror}.", "Name another file.") from error
    print(f"aidx: The page is in {shown}.", file=sys.stderr)


def _check_places(service: Assistant, questions: list[KnownQuestion]) -> None:
    """Raises UsageError for a question whose right answer is nowhere in the library."""
    from aidx_assistant.evaluation.questions import check_places

    held = (service.passages(source.id) for source in service.sources())
    check_places(questions, {passage.locator for passages in held for passage in passages})


def _ask_for_consent(service: Assistant, questions: list[KnownQuestion], yes: bool) -> None:
    """Tells what asking Claude costs at most, and asks the user where they have not said `yes`.

    Raises UsageError where Claude cannot be asked, or there is no terminal to ask the user on; SpendingLimitError where
    a limit leaves too little for all the questions; InterruptedByUserError for a no.
    """
    from aidx_assistant.assistant.estimates import estimate
    from aidx_assistant.cancellation import Cancellation

    if not service.asks_claude:
        raise UsageError("There is no API key, so Claude cannot be evaluated.", remedies=("enter key",))
    estimates = [estimate(question.ask, service, earlier=question.earlier) for question in questions]
    service.spending.admit_in_all(lambda: estimates, Cancellation())
    known = [one.cost_usd_at_most for one in estimates if one.cost_usd_at_most is not None]
    told = f"at most ${sum(known):.2f}" if len(known) == len(estimates) else "what it costs is not known"
    go = "goes" if len(questions) == 1 else "go"
    print(
        f"aidx: {counted(len(questions), 'question')} {go} to {service.settings.model}: {told}.",
        file=sys.stderr,
        flush=True,
    )
    if yes:
        return
    if not has_user():
        raise UsageError("Asking Claude needs your yes, and there is no terminal to ask on.", "Add --yes.")
    if not click.confirm("Go on?", err=True):
        raise InterruptedByUserError("Nothing was asked.")
