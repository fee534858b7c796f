"""`aidx usage`: what Claude has taken, by day and model."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant import locations
from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import console, print_json, width, write
from aidx_assistant.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from aidx_assistant.answers import Usage
    from aidx_assistant.assistant.ledger import UsageOfDay

_NARROWEST_TABLE = 80
"""Columns below which it is told line by line."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@click.command(
    short_help="Show what Claude has taken, by day and model.",
    epilog="\b\nExamples:\n  aidx usage\n  aidx usage --month 2026-11 --json",
)
@click.option("--month", metavar="YYYY-MM", help="Only this month.")
@options.as_json
def usage(month: str | None, as_json: bool) -> int:
    """Show the tokens and US dollars that Claude has taken on this machine, by day (UTC) and model.

    Every reply counts, also one that broke off. Where the price of a model is not known, only its tokens are told.
    """
    from aidx_assistant.assistant.ledger import Ledger
    from aidx_assistant.settings import load_settings

    if month is not None and not _MONTH.fullmatch(month):
        raise UsageError(f"“{month}” is no month.", "Write it as YYYY-MM, e.g. 2026-11.")
    settings = load_settings()
    days = Ledger(locations.home()).by_day(month or "")
    if as_json:
        print_json({"schema": 1, "month": month, "prices_as_of": settings.prices_as_of, **_as_json(days)})
    elif days:
        _show(days)
        write(f"Dollars by the prices in the settings at the time (now those of {settings.prices_as_of}).", style="dim")
    else:
        write("Claude has taken nothing so far." if month is None else f"Claude took nothing in {month}.")
    return 0


def _as_json(days: Sequence[UsageOfDay]) -> dict[str, Any]:
    counted = [
        {
            "day": day.day,
            "model": day.model,
            "replies": day.replies,
            "input_tokens": day.usage.input_tokens,
            "cache_creation_input_tokens": day.usage.cache_creation_input_tokens,
            "cache_read_input_tokens": day.usage.cache_read_input_tokens,
            "output_tokens": day.usage.output_tokens,
            "cost_usd": day.usage.cost_usd,
        }
        for day in days
    ]
    return {"days": counted, "cost_usd": _known(days), "cost_is_whole": _all_known(days)}


def _show(days: Sequence[UsageOfDay]) -> None:
    if width() < _NARROWEST_TABLE:
        for day in days:
            write(f"{day.day} {day.model}: {_replies(day)}, {_in_words(day.usage)}")
    else:
        console().print(_table(days))
    rest = "" if _all_known(days) else ", without the replies whose price is not known"
    write(f"\n${_known(days):.4f} in all{rest}.")


def _table(days: Sequence[UsageOfDay]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="bold")
    table.add_column("day", no_wrap=True)
    table.add_column("model", overflow="fold")
    for name in ("replies", "in", "to cache", "from cache", "out", "US$"):
        table.add_column(name, justify="right", no_wrap=True)
    for day in days:
        used = day.usage
        counts = day.replies, used.input_tokens, used.cache_creation_input_tokens, used.cache_read_input_tokens
        money = "not known" if used.cost_usd is None else f"{used.cost_usd:.4f}"
        table.add_row(day.day, day.model, *(f"{count:,}" for count in (*counts, used.output_tokens)), money)
    return table


def _replies(day: UsageOfDay) -> str:
    return "1 reply" if day.replies == 1 else f"{day.replies:,} replies"


def _in_words(used: Usage) -> str:
    given = used.input_tokens + used.cache_creation_input_tokens + used.cache_read_input_tokens
    money = "price not known" if used.cost_usd is None else f"${used.cost_usd:.4f}"
    return f"{given:,} tokens in, {used.output_tokens:,} out, {money}"


def _known(days: Sequence[UsageOfDay]) -> float:
    return math.fsum(day.usage.cost_usd or 0.0 for day in days)


def _all_known(days: Sequence[UsageOfDay]) -> bool:
    return all(day.usage.cost_usd is not None for day in days)
