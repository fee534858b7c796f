"""Findings as a file for spreadsheets."""

from __future__ import annotations

from datetime import date

from textual.app import App

from aidx_assistant.tui.screens.saving import save_text
from aidx_assistant.tui.widgets.finding_table import FindingTable


async def export_findings(app: App[object], table: FindingTable) -> None:
    """Asks where to save the rows chosen, else those shown, as CSV. Await it in a worker, which the dialogs need."""
    from aidx_assistant.assistant.finding_table import findings_as_csv

    findings = table.findings_chosen or table.shown
    which = "chosen" if table.chosen else "shown"
    count = f"the {len(findings)} {which} findings" if len(findings) != 1 else f"the {which} finding"
    sources = table.held.sources
    name = f"aidx-findings-{date.today().isoformat()}.csv"
    await save_text(app, f"Export {count} as CSV to", name, lambda: findings_as_csv(findings, sources))
