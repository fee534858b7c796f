"""`aidx models`: the models that can answer, what they take and what they cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import console, print_json, write
from aidx_assistant.setting_values import EFFORTS, THINKING

if TYPE_CHECKING:
    from aidx_assistant.assistant.models import ModelOffered


@click.command(short_help="List the models that can answer.")
@options.as_json
def models(as_json: bool) -> int:
    """List the models that can answer: by the API where there is a key and it is reached, else by the price table."""
    from rich.table import Table

    from aidx_assistant.assistant.models import models_offered
    from aidx_assistant.settings import load_settings

    settings = load_settings()
    offered = models_offered(settings)
    if as_json:
        listed = [_as_json(model) for model in offered.models]
        origin = {"origin": offered.origin, "why": offered.why, "prices_as_of": settings.prices_as_of}
        print_json({"schema": 1, "model": settings.model, **origin, "models": listed})
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("model", no_wrap=True)
    table.add_column("US$ in / out", no_wrap=True)
    if offered.origin == "api":
        table.add_column("effort")
        table.add_column("thinking")
    for model in offered.models:
        chosen = "*" if model.id == settings.model else " "
        price = f"{model.price.input:g} / {model.price.output:g}" if model.price else "not known"
        table.add_row(f"{chosen} {model.id}", price, *_abilities(model))
    console().print(table)
    ends = [model.ends for model in offered.models if model.ends]
    for end in ends:
        write(f"  {end}")
    told_by = "Listed by the API." if offered.origin == "api" else f"{offered.why} Listed by the price table."
    write(f"\n* answers now. Prices per million tokens, of {settings.prices_as_of}. {told_by}", style="dim")
    return 0


def _abilities(model: ModelOffered) -> tuple[str, ...]:
    if model.told is None:
        return ()
    return _span(model.told.efforts, EFFORTS), _span(model.told.thinking, THINKING)


def _span(taken: tuple[str, ...] | None, names: tuple[str, ...]) -> str:
    """What of the words of a setting a model takes: `low to max` for three or more in a row."""
    if taken is None:
        return "not told"
    able = [name for name in names if name in taken]
    first = names.index(able[0]) if able else 0
    in_a_row = len(able) > 2 and able == list(names[first : first + len(able)])
    return f"{able[0]} to {able[-1]}" if in_a_row else ", ".join(able) or "none"


def _as_json(model: ModelOffered) -> dict[str, Any]:
    told = asdict(model.told) if model.told else {}
    price = asdict(model.price) if model.price else None
    return {"id": model.id, "price": price, "ends": model.ends, **told}
