"""`aidx eval`: asks questions whose answers are known, and says how often the answers are right."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import has_user, print_json, write
from aidx_assistant.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_PARTLY_DONE, UsageError
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.evaluation.questions import KnownQuestion


@click.command(
    "eval",
    short_help="Measure how often answers are right.",
    epilog="\b\nExamples:\n  aidx eval\n  aidx eval --half development --json > a.json\n  aidx eval --html report.html",
)
@click.option("--answerer", type=click.Choice(["extractive", "claude"]), default="extractive", show_default=True,
              help="Who answers.")  # fmt: skip
@click.option("--questions", type=click.Path(path_type=Path), help="A folder of questions instead of those of aidx.")
@click.option("--half", type=click.Choice(["development", "test", "both"]), default="test", show_default=True,
              help="Which half of the questions: rules are tuned on the first, the second is reported.")  # fmt: skip
@click.option("--before", type=click.Path(path_type=Path), help="An earlier run (--json) to compare with.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page to this file too.")
@click.option("--yes", is_flag=True, help="Do not ask before Claude is asked, whatever the settings allow it to cost.")
@options.as_json
def evaluate(
    answerer: str, questions: Path | None, half: str, before: Path | None, page: Path | None, yes: bool, as_json: bool
) -> int:
    """Ask questions whose answers are known, and say how often places, figures and refusals are right.

    The questions are about the reports that come with aidx. With --answerer claude it asks first, as that costs money;
    it does not begin where the limits of the settings do not suffice. Where it is stopped on the way it tells of what
    was done by then: exit code 5.
    """
    from aidx_assistant import locations
    from aidx_assistant.atomic import write_text
    from aidx_assistant.evaluation.evaluation import evaluate as evaluated
    from aidx_assistant.evaluation.evaluation import evaluation_as_json
    from aidx_assistant.evaluation.questions import read_questions
    from aidx_assistant.evaluation.report import evaluation_as_html, evaluation_as_markdown

    known = [one for one in read_questions(questions or locations.questions_folder()) if half in ("both", one.half)]
    earlier = _earlier(before) if before else None
    with options.assistant(goes_beyond=yes, offline=answerer == "extractive") as service:
        if answerer == "claude" and not _agreed(service, known, yes):
            return 0
        found = evaluated(service, known, lambda done, of: service.progress.advance("asking", done, of))
    if page:
        write_text(page, evaluation_as_html(found, earlier, names_test=questions is not None))
    if as_json:
        print_json(evaluation_as_json(found))
    else:
        write(evaluation_as_markdown(found, earlier, names_test=questions is not None))
    if not found.stopped:
        return EXIT_DONE
    print(f"aidx: {printable(found.stopped_in_words)}", file=sys.stderr)
    return EXIT_INTERRUPTED if found.by_user else EXIT_PARTLY_DONE


def _earlier(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        content["overall"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{file} is no earlier run.", "Make one: aidx eval --json > run.json") from error
    return dict(content)


def _agreed(service: Assistant, questions: list[KnownQuestion], yes: bool) -> bool:
    """Whether Claude may be asked, told what it costs at most.

    Raises UsageError where Claude cannot be asked, or there is no terminal to ask the user on; SpendingLimitError where
    a limit leaves too little for all the questions.
    """
    from aidx_assistant.assistant.estimates import estimate
    from aidx_assistant.cancellation import Cancellation

    if not service.asks_claude:
        raise UsageError("There is no API key, so Claude cannot be evaluated.", remedies=("enter key",))
    service.sources()
    estimates = [estimate(question.ask, service, earlier=question.earlier) for question in questions]
    service.spending.admit_in_all(lambda: estimates, Cancellation())
    known = [one.cost_usd_at_most for one in estimates if one.cost_usd_at_most is not None]
    told = f"at most ${sum(known):.2f}" if len(known) == len(estimates) else "what it costs is not known"
    print(f"aidx: {len(questions)} questions go to {service.settings.model}: {told}.", file=sys.stderr, flush=True)
    if yes:
        return True
    if not has_user():
        raise UsageError("Asking Claude needs your yes, and there is no terminal to ask on.", "Add --yes.")
    return click.confirm("Go on?", err=True)
