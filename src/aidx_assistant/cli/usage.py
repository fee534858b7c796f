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

    from aidx_assistant.assistant.ledger import UsageOfDay

_NARROWEST_TABLE = 80
"""Columns below which it is told line by line."""
_LEAST = 0.0001
"""US dollars that are told as they are; of less it is told that it is less."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@click.command(
    short_help="Show what Claude has taken, by day and model.",
    epilog="\b\nExamples:\n  aidx usage\n  aidx usage --month 2026-11 --json",
)
@click.option("--month", metavar="YYYY-MM", help="Only this month.")
@options.as_json
def usage(month: str | None, as_json: bool) -> int:
    """Show the tokens and US dollars that Claude has taken on this machine, by day (UTC) and model.

    Every reply counts, also one that broke off; what came of that is counted by estimate. Where the price of a model
    is not known, only its tokens are told, until the settings give one.
    """
    from aidx_assistant.assistant.ledger import Ledger
    from aidx_assistant.settings import load_settings

    if month is not None and not _MONTH.fullmatch(month):
        raise UsageError(f"“{month}” is no month.", "Write it as YYYY-MM, e.g. 2026-11.")
    settings = load_settings()
    days = Ledger(locations.home()).by_day(settings.prices, month or "")
    if as_json:
        print_json({"schema": 1, "month": month, "prices_as_of": settings.prices_as_of, **_as_json(days)})
    elif days:
        _show(days)
        write(_basis(days, settings.prices_as_of), style="dim")
    else:
        write("No replies of Claude so far." if month is None else f"No replies of Claude in {month}.")
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
            "cost_usd_known": day.known_usd,
            "cost_usd_priced_since": day.priced_since_usd,
            "replies_without_price": day.unpriced,
            "replies_estimated": day.estimated,
        }
        for day in days
    ]
    return {
        "days": counted,
        "cost_usd": _known(days),
        "cost_usd_priced_since": _priced_since(days),
        "cost_is_whole": not any(day.unpriced for day in days),
    }


def _show(days: Sequence[UsageOfDay]) -> None:
    if width() < _NARROWEST_TABLE:
        for day in days:
            write(f"{day.day} {day.model}: {_replies(day.replies)}, {_in_words(day)}")
    else:
        console().print(_table(days))
    write(f"\n{_total(days)}")


def _table(days: Sequence[UsageOfDay]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, collapse_padding=True, header_style="bold")
    table.add_column("day", no_wrap=True)
    table.add_column("model", overflow="fold")
    for name in ("replies", "in", "to cache", "from cache", "out"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("US$", justify="right")
    for day in days:
        used = day.usage
        counts = day.replies, used.input_tokens, used.cache_creation_input_tokens, used.cache_read_input_tokens
        table.add_row(day.day, day.model, *(f"{count:,}" for count in counts), _written(day), _money(day))
    return table


def _written(day: UsageOfDay) -> str:
    """The tokens out, marked where some of them are an estimate."""
    return f"{'~' if day.estimated else ''}{day.usage.output_tokens:,}"


def _money(day: UsageOfDay) -> str:
    """`0.1805`, `0.1805*` where it is reckoned by today's prices, `0.1805 + 2 not known`, `not known`."""
    if day.unpriced == day.replies:
        return "not known"
    rest = f" + {day.unpriced:,} not known" if day.unpriced else ""
    known = f"{day.known_usd:.4f}" if day.known_usd >= _LEAST or not day.known_usd else f"<{_LEAST}"
    return f"{known}{'*' if day.priced_since_usd else ''}{rest}"


def _replies(count: int) -> str:
    return "1 reply" if count == 1 else f"{count:,} replies"


def _in_words(day: UsageOfDay) -> str:
    money = _money(day)
    priced = "price not known" if money == "not known" else f"${money}".replace("$<", "<$")
    return f"{day.usage.read:,} tokens in, {_written(day)} out, {priced}"


def _total(days: Sequence[UsageOfDay]) -> str:
    """What is known of the cost and what is not, in a sentence."""
    unpriced = sum(day.unpriced for day in days)
    models = ", ".join(dict.fromkeys(day.model for day in days if day.unpriced))
    if unpriced == sum(day.replies for day in days):
        return f"What it cost is not known: the settings give no price of {models}."
    rest = f", without {_replies(unpriced)} of {models}: the settings give no price." if unpriced else "."
    return f"${_known(days):.4f} in all{rest}"


def _basis(days: Sequence[UsageOfDay], prices_as_of: str) -> str:
    """By which prices, and by whose count, a sentence on each line."""
    told = [f"Dollars by the prices in the settings at the time (now those of {prices_as_of})."]
    if since := _priced_since(days):
        told.append(f"* ${since:.4f} of it by today's, as none was known at the time.")
    if any(day.estimated for day in days):
        told.append("~ Partly an estimate: a reply that broke off is counted as far as it came.")
    return "\n".join(told)


def _known(days: Sequence[UsageOfDay]) -> float:
    return math.fsum(day.known_usd for day in days)


def _priced_since(days: Sequence[UsageOfDay]) -> float:
    return math.fsum(day.priced_since_usd for day in days)
