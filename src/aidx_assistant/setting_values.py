"""What the values of settings may be: each in its type and range, or one of those there are."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from aidx_assistant.errors import SettingsError
from aidx_assistant.printable import shortened, shown_address

CITATION_STYLES = (
    "plain", "apa", "ama", "vancouver", "chicago", "harvard", "markdown", "wikipedia", "bibtex", "ris", "csl-json",
)  # fmt: skip
CITATION_WAYS = ("auto", "api", "markers")
EFFORTS = ("low", "medium", "high", "xhigh", "max")
THINKING = ("adaptive", "disabled")
THEMES = (
    "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine",
    "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light",
    "tokyo-night",
)  # fmt: skip
"""Those of the terminal app, which only the app could be asked for."""

RANGES: Mapping[str, tuple[float, float]] = {
    "token_budget": (200, 500_000),
    "whole_report_tokens": (0, 500_000),
    "deep_steps": (1, 100),
    "deep_tokens": (10_000, 5_000_000),
    "deep_cost": (0.01, 1_000),
    "max_cost_per_question": (0, 1_000),
    "max_cost_per_month": (0, 100_000),
    "max_answer_tokens": (16, 64_000),
    "connect_timeout": (0.1, 600),
    "stream_timeout": (0.1, 3600),
    "max_retries": (0, 20),
}
CHOICES: Mapping[str, Sequence[str]] = {
    "citation_style": CITATION_STYLES,
    "citations": CITATION_WAYS,
    "effort": ("", *EFFORTS),
    "thinking": ("", *THINKING),
    "theme": ("", *THEMES),
}
"""What a setting may be; "" where it may be empty."""

_MODELS = {"model", "small_model"}
_LONGEST_NAME = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CHANGE_IT = "Change it there, or take it out: then its default holds."
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
_TRUTHS = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


def in_kind(key: str, value: Any, kind: type, origin: str) -> Any:
    """A value in the type of its default; variables arrive as text. Raises SettingsError."""
    problem = SettingsError(
        f"The setting “{key}” in {origin} must be {_KINDS[kind]}, not “{_shown(key, value)}”.", _CHANGE_IT
    )
    if type(value) is date:  # TOML has days of its own
        return in_kind(key, value.isoformat(), kind, origin)
    if kind is bool:
        truth = _TRUTHS.get(str(value).lower())
        if truth is None:
            raise problem
        return truth
    if kind is str:
        if not isinstance(value, str):
            raise problem
        return value
    if isinstance(value, bool):
        raise problem
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise problem from None
    if kind is int and not number.is_integer():
        raise problem
    return kind(number)


def allowed(key: str, value: Any, origin: str) -> Any:
    """The value of a setting, in its type. Raises SettingsError where it is none of those that it may have."""
    must_be = _what_it_must_be(key, value)
    if must_be:
        raise SettingsError(
            f"The setting “{key}” in {origin} is “{_shown(key, value)}”; it must {must_be}.", _CHANGE_IT
        )
    return value


def checked_prices(value: Any, origin: str) -> dict[str, dict[str, float]]:
    """A table of prices, by model. Raises SettingsError."""
    if not isinstance(value, dict):
        raise SettingsError(f"The setting “prices” in {origin} must be a table of models.", "See defaults.toml.")
    for model, price in value.items():
        numbers = isinstance(price, dict) and set(price) == {"input", "output"}
        if not numbers or not all(_is_amount(price[part]) for part in price):
            raise SettingsError(
                f"The price of “{model}” in {origin} must give input and output, dollars per million tokens from 0 on.",
                f'Write [prices."{model}"] with input = … and output = ….',
            )
    return value


def _what_it_must_be(key: str, value: Any) -> str:
    """What is wrong with a value, told by what it would have to be; "" where nothing is."""
    if key in CHOICES and value not in CHOICES[key]:
        empty = "empty or " if "" in CHOICES[key] else ""
        return f"be {empty}one of {', '.join(filter(None, CHOICES[key]))}"
    if key in RANGES:
        low, high = RANGES[key]
        return "" if low <= value <= high else f"lie between {low:g} and {high:g}"
    if key in _MODELS and not (_names_a_model(value) or (key == "small_model" and not value)):
        return f"be {'empty or ' if key == 'small_model' else ''}the name of a model, without spaces"
    if key == "base_url" and value and not _is_web_address(value):
        return "be empty or an address that begins with https:// or http://"
    if key == "prices_as_of" and not _is_day(value):
        return "be a day, as 2026-11-22"
    return ""


def _names_a_model(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_NAME and value.isprintable() and " " not in value


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and value.isprintable() and " " not in value
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return _DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_amount(value: Any) -> bool:
    """Whether a value can be a price: a limit on costs could not be held with a negative one, or with none at all."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _shown(key: str, value: Any) -> str:
    """A value in one line; of an address, without the password in it."""
    text = shown_address(str(value)) if key.endswith("_url") else str(value)
    return shortened("".join(char if char.isprintable() else "\ufffd" for char in text))
