"""What stands in one cell of a job's row: a name, a number, a share, a count; or why it is none of them."""

from __future__ import annotations

import re
from decimal import Decimal

from aidx_assistant.dx.weights import shown
from aidx_assistant.printable import printable

LONGEST_NAME = 200
_MOST_USE_CASES = 1_000_000
_NUMBER = re.compile(r"\+?([0-9]{1,9}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9})")
_LONG = re.compile(r"[+-]?[0-9]*[.,]?[0-9]*")
_COUNT = re.compile(r"\+?([0-9]{1,9})(?:[.,]0{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .,'’\u00a0\u202f][0-9]{3})+")
_AS_TEXT = re.compile(r"'+[=+\-@]")
"""How a table says that a cell is no formula: an apostrophe before what looks like one."""


class CellError(ValueError):
    """A cell cannot be used; the message says why, as the end of a sentence that begins with the field's name."""


def as_text(value: object) -> str:
    """A cell's text, whatever kind of value a TOML file gives it."""
    match value:
        case bool():
            return str(value).lower()
        case Decimal() if value.is_finite() and abs(value.adjusted()) < 20:
            return f"{value:f}"
        case dict() | list():
            return "a table" if isinstance(value, dict) else "a list"
        case _:
            return "" if value is None else " ".join(printable(str(value)).split())


def name_in(value: object) -> str:
    """A job's name, in one line and without control characters."""
    if value is not None and not isinstance(value, str):
        raise CellError(f"{_quoted(value)} is no text; put it between quotation marks")
    name = as_text(value)
    if _AS_TEXT.match(name):
        name = name[1:]
    if not name:
        raise CellError("is missing")
    if len(name) > LONGEST_NAME:
        raise CellError(f"is longer than {LONGEST_NAME} characters")
    return name


def number_in(value: object, least: Decimal, most: Decimal) -> Decimal:
    """A number from `least` to `most`; a comma may stand for the decimal point."""
    text = as_text(value)
    bounds = f"{shown(least)} to {shown(most)}"
    if text.endswith("%"):
        raise CellError(f"{_quoted(value)} is a percentage; a number from {bounds} is wanted")
    number = _number(text, f"a number from {bounds} is wanted")
    if not least <= number <= most:
        raise CellError(f"{shown(number)} is {'above' if number > most else 'below'} the scale, {bounds}")
    return number


def share_in(value: object) -> Decimal:
    """A share in percent, 0 to 100; the percent sign may stand there or not."""
    text = as_text(value)
    number = _number(text.removesuffix("%").rstrip(), "a share from 0 to 100 is wanted")
    if number > 100:
        raise CellError(f"{shown(number)} is above 100 percent")
    if 0 < number < 1 and not text.endswith("%"):
        raise CellError(
            f"{shown(number)} may be {shown(number * 100)}% or {shown(number)}%; write it with a percent sign"
        )
    return number


def count_in(value: object) -> int:
    """How many use cases are in a stage; nothing is none."""
    text = as_text(value)
    if not text:
        return 0
    if _GROUPED.fullmatch(text):
        raise CellError(f"{_quoted(value)} may be a decimal or a thousand; write a whole number in digits only")
    found = _COUNT.fullmatch(text)
    if not found:
        number = _number(text, "a whole number is wanted")
        raise CellError(f"{shown(number)} is no whole number")
    if int(found[1]) > _MOST_USE_CASES:
        raise CellError(f"{found[1]} use cases are more than {_MOST_USE_CASES:,}")
    return int(found[1])


def weight_in(value: object) -> Decimal:
    """A weight from 0 to 1, or a percentage."""
    text = as_text(value)
    if text.endswith("%"):
        return share_in(text) / 100
    return number_in(text, Decimal(0), Decimal(1))


def _number(text: str, wanted: str) -> Decimal:
    """A number from 0; raises CellError that says what it is instead."""
    if not text:
        raise CellError("is missing")
    found = _NUMBER.fullmatch(text)
    if found:
        return Decimal(found[1].replace(",", "."))
    if text.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        raise CellError(f"{_quoted(text)} is no finite number; {wanted}")
    if _NUMBER.fullmatch(text.lstrip("-−")):
        raise CellError(f"{text} is negative; {wanted}")
    if _LONG.fullmatch(text):
        raise CellError(f"{_quoted(text)} has too many digits; {wanted}")
    raise CellError(f"{_quoted(text)} is no number; {wanted}")


def _quoted(value: object) -> str:
    text = as_text(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
