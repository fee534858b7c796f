"""`aidx dx`: opportunity against adoption for the user's own jobs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.dx_view import index_as_json, invalid_as_json, no_job_in, show_index, show_invalid
from aidx_assistant.cli.failures import telling_what_was_done
from aidx_assistant.cli.terminal import in_one_line, print_json
from aidx_assistant.errors import EXIT_DONE, EXIT_PARTLY_DONE, StorageError, UsageError

if TYPE_CHECKING:
    from aidx_assistant.dx.index import DxIndex
    from aidx_assistant.dx.reading import JobFile
    from aidx_assistant.dx.scoring import Scoring

_EPILOG = """\b
Examples:
  aidx dx --example > jobs.csv
  aidx dx jobs.csv --svg jobs.svg
  aidx dx jobs.toml --split 60/40 \\
      --weights "idea=0, pilot=0.5, production=1"

A job has a name, its pain (0 to 10), the share of its work that is done by hand (0 to 100
percent), and the number of its use cases in each stage: ideation, proof_of_concept, pilot,
implementation, production. The method follows notes on the report, not the report itself, whose
weights are not known to aidx: see docs/dx.md."""


@click.command(
    short_help="Score your own jobs: opportunity against adoption.",
    epilog=_EPILOG,
)
@click.argument("file", required=False, metavar="JOBS.csv|JOBS.toml|-")
@click.option("--weights", metavar="STAGE=WEIGHT,…", help="What a use case counts in a stage, 0 to 1.")
@click.option("--split", metavar="N|N/N", help="From where on a score is high: opportunity/adoption.  [default: 50]")
@click.option("--pain-scale", metavar="N", help="Pain goes from 0 to this.  [default: 10]")
@click.option("--svg", "svg_file", metavar="FILE", help="Also write the chart to FILE.svg.")
@click.option("--force", is_flag=True, help="Overwrite the file of --svg where it exists.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
@options.as_json
@click.option(
    "--example",
    "example_format",
    type=click.Choice(["csv", "toml"]),
    is_flag=False,
    flag_value="csv",
    metavar="[csv|toml]",
    help="Print a small file to start from.",
)
def dx(file: str | None, as_csv: bool, as_json: bool, **given: Any) -> int:
    """Score the jobs in a file: how painful and manual each is against how far its AI use cases have come.

    Prints a table and a chart of four quadrants. High opportunity and low adoption is where to look first. Rows that
    cannot be used are listed with line, field and reason; the others are scored.
    """
    if as_csv and as_json:
        raise UsageError("--csv and --json exclude each other.", "Choose one.")
    if given["example_format"]:
        return _print_example(given["example_format"], file)
    if file is None:
        raise UsageError("Which jobs? No file is named.", "To get one to start from: aidx dx --example > jobs.csv")
    if given["svg_file"] is not None:
        _check_svg(given["svg_file"], given["force"])

    from aidx_assistant.dx.index import dx_index
    from aidx_assistant.dx.reading import read_jobs

    found = read_jobs(file, _scoring(given["weights"], given["split"], given["pain_scale"]))
    if not found.jobs:
        _refuse(found, as_json)
    index = dx_index(found.jobs, found.weights, found.split, found.pain_scale)
    if given["svg_file"] is not None:
        _write_svg(index, given["svg_file"])
    if as_json:
        print_json({"schema": 1, "file": found.file, **index_as_json(index), **_not_used(found)})
    elif as_csv:
        from aidx_assistant.dx.writing import index_as_csv

        sys.stdout.write(index_as_csv(index))
    else:
        show_index(index)
    if not as_json:
        sys.stdout.flush()
        show_invalid(found)
    return EXIT_PARTLY_DONE if found.invalid else EXIT_DONE


def _print_example(file_format: str, file: str | None) -> int:
    from aidx_assistant.dx.example import INVENTED, example

    if file is not None:
        raise UsageError(f"--example reads no file; {in_one_line(file)} is one too many.", "Leave it out.")
    sys.stdout.write(example("toml" if file_format == "toml" else "csv"))
    sys.stdout.flush()
    print(f"aidx: {INVENTED}", file=sys.stderr)
    return EXIT_DONE


def _scoring(weights: str | None, split: str | None, pain_scale: str | None) -> Scoring:
    from aidx_assistant.dx.scoring import Scoring, pain_scale_in, split_in, weights_in_text

    return Scoring(
        weights_in_text(weights, "--weights") if weights is not None else {},
        split_in(split, "--split") if split is not None else None,
        pain_scale_in(pain_scale, "--pain-scale") if pain_scale is not None else None,
    )


def _not_used(found: JobFile) -> dict[str, Any]:
    return {"invalid": invalid_as_json(found), "unused": list(found.unused)}


def _refuse(found: JobFile, as_json: bool) -> None:
    """Raises the error that no row can be used, after the rows have been listed."""
    if not as_json:
        show_invalid(found)
    with telling_what_was_done(lambda: {"file": found.file, "jobs": [], **_not_used(found)}):
        raise no_job_in(found)


def _check_svg(name: str, force: bool) -> None:
    """Raises UsageError, before anything is done, for a file that is not to be written."""
    shown = in_one_line(name)
    if not name.lower().endswith(".svg"):
        raise UsageError(f"--svg: {shown} does not end in .svg.", "The chart is written as SVG.")
    if Path(name).exists() and not force:
        raise UsageError(f"--svg: {shown} exists.", "Name another file, or overwrite it with --force.")


def _write_svg(index: DxIndex, name: str) -> None:
    from aidx_assistant import atomic
    from aidx_assistant.dx.svg import as_svg

    try:
        atomic.write_text(Path(name), as_svg(index))
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise StorageError(
            f"The chart cannot be written to {in_one_line(name)}: {reason}.", "Name another file."
        ) from error
    print(f"aidx: The chart is in {in_one_line(name)}.", file=sys.stderr)
