"""Findings as a file for spreadsheets, a brief as a file for its readers or as text to be pasted."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from aidx_assistant.tui.screens.saving import file_name, save_file, save_text
from aidx_assistant.tui.widgets.finding_table import FindingTable

if TYPE_CHECKING:
    from aidx_assistant.briefs.brief import Brief
    from aidx_assistant.briefs.exports import Format


async def export_findings(app: App[object], table: FindingTable) -> None:
    """Asks where to save the rows chosen, else those shown, as CSV. Await it in a worker, which the dialogs need."""
    from aidx_assistant.assistant.finding_table import findings_as_csv

    findings = table.findings_chosen or table.shown
    which = "chosen" if table.chosen else "shown"
    count = f"the {len(findings)} {which} findings" if len(findings) != 1 else f"the {which} finding"
    sources = table.held.sources
    name = f"aidx-findings-{date.today().isoformat()}.csv"
    await save_text(app, f"Export {count} as CSV to", name, lambda: findings_as_csv(findings, sources))


async def export_brief(app: App[object], brief: Brief) -> None:
    """Asks where to save a brief; the ending of the name is the format. Await it in a worker, as above."""
    from aidx_assistant.briefs.exports import FORMATS, remark_on, write

    endings = ", ".join(FORMATS)

    def unknown(file: Path) -> str | None:
        known = _ending(file) in FORMATS
        return None if known else f"The ending of the name says in which format: {endings}."

    def format_of(file: Path) -> Format:
        return next(known for known in FORMATS if known == _ending(file))

    def content(file: Path) -> bytes:
        return write(brief, format_of(file))

    question = f"Save the brief to (the ending is the format: {endings})"
    file = await save_file(app, question, file_name(brief.title, ".docx"), content, unknown)
    if file and (remark := await asyncio.to_thread(remark_on, brief, format_of(file))):
        app.notify(remark, severity="warning", markup=False)


def copy_brief(app: App[object], brief: Brief) -> None:
    """Copies a brief as Markdown, as it would be saved."""
    from aidx_assistant.briefs.exports import write

    app.copy_to_clipboard(write(brief, "md").decode())
    app.notify("Copied the brief as Markdown.")


def _ending(file: Path) -> str:
    return file.suffix.lower().lstrip(".")
