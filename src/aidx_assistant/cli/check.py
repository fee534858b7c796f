"""`aidx check`: holds a document against the library."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import in_one_line, print_json, write
from aidx_assistant.errors import EXIT_DONE, EXIT_PARTLY_DONE
from aidx_assistant.plurals import counted

if TYPE_CHECKING:
    from aidx_assistant.briefs.linting.documents import DocumentLint


@click.command(
    short_help="Check a brief, or any document, against its sources.",
    epilog="\b\nExamples:\n  aidx check brief.md\n  aidx check memo.docx --json",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "as_kind",
    type=click.Choice(["buyer", "founder"]),
    help="Hold it to the rules of this kind of brief, whatever its title.",
)
@options.as_json
def check(file: Path, as_kind: Literal["buyer", "founder"] | None, as_json: bool) -> int:
    """Check FILE, Markdown or Word (.docx), against the library; one line for each fault.

    A brief of aidx, edited or not, is held to all rules of a brief. In any other document the references to the
    library's sources are found, and those told whose figure, slide, quotation or date does not match.

    Exit code 5 where there are faults, 2 where FILE cannot be checked.
    """
    from aidx_assistant.briefs.linting.files import lint_file
    from aidx_assistant.cli.progress import ShownProgress

    with options.assistant() as service:
        service.sources()  # reads the library in where that is not done
        shown = cache(ShownProgress)  # made with the first figure, so that it is shown only if figures take long
        try:
            found = lint_file(
                file, service.library.store, as_kind, lambda *done: shown().advance("checking figures", *done)
            )
        finally:
            shown().close()
    if as_json:
        print_json(_as_json(file, found))
    else:
        for fault in found.faults:
            write(in_one_line(f"{file}:{fault.where}: {fault.rule}: {fault.problem}"))
        write(in_one_line(_summary(found)))
    return EXIT_PARTLY_DONE if found.faults else EXIT_DONE


def _summary(found: DocumentLint) -> str:
    faults = len(found.faults)
    told = ["no faults" if not faults else counted(faults, "fault")]
    if not found.kind and not found.references:
        told = ["no reference to the library's sources found"]
        if found.figures_unchecked:
            told.append(f"{counted(found.figures_unchecked, 'figure')} not checked")
        return f"{told[0][0].upper()}{' · '.join(told)[1:]}"
    told.append(f"{counted(found.figures, 'figure')} checked")
    told.append(f"{counted(found.references, 'reference')} to the library")
    if found.figures_unchecked:
        told.append(f"{counted(found.figures_unchecked, 'figure')} without one, not checked")
    if found.references_left_out:
        told.append(f"{counted(found.references_left_out, 'reference')} beyond 999 not looked up")
    if found.kind:
        told.append(counted(found.pages, "page") if found.pages else "length not judged: its pages are not known")
    if found.to_fill:
        told.append(f"to fill in by hand: {', '.join(map(_place_shown, found.to_fill))}")
    return f"{told[0][0].upper()}{' · '.join(told)[1:]}"


def _place_shown(label: tuple[str, str]) -> str:
    name, where = label
    return f"{name} ({'line ' if where.isdigit() else ''}{where})"


def _as_json(file: Path, found: DocumentLint) -> dict[str, Any]:
    return {
        "schema": 1,
        "file": str(file),
        "kind": found.kind,
        "faults": [
            {
                "rule": fault.rule,
                "where": fault.where,
                "line": int(fault.where) if fault.where.isdigit() else None,
                "problem": fault.problem,
            }
            for fault in found.faults
        ],
        "figures": found.figures,
        "figures_unchecked": found.figures_unchecked,
        "references": found.references,
        "references_unresolved": found.references_unresolved,
        "references_left_out": found.references_left_out,
        "pages": found.pages,
        "to_fill": [{"label": label, "where": where} for label, where in found.to_fill],
    }
