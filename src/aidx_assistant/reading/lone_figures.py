"""What is a figure and nothing else, as it stands in the cell of a table or at a bar."""

from __future__ import annotations

import re

LONE_FIGURE = re.compile(
    r"[(<>~≈+\-–−±]{0,3}\s*(?:[$€£¥]|USD|EUR|US\$)?\s*\d[\d.,\s]*(?:\s*[-–]\s*\d[\d.,]*)?\s*"
    r"(?:%|pp|pts?|x|×|k|K|m|M|mn|bn|B|tn|T|[+*†‡)])*"
)
"""A number with its sign, currency and unit, and nothing else: `46%`, `$1.4B`, `n/a` is none."""
YEAR = re.compile(r"(?:19|20)\d\d")
_ABSENT = re.compile(r"n/?a|[-–—.]|", re.IGNORECASE)
_GROUPED = re.compile(
    r"(?<=\d)\s(?=[-–]\s\d)|(?<=\d\s[-–])\s(?=\d)|(?<=\d)\s(?=\d{3}(?!\d))|(?<=\d)\s(?=%|[kKmMBT]\b|(?:pp|pts?|mn|bn|tn)\b)|(?<=[$€£¥~≈<>+±])\s"
)
"""A space within one figure: `12 300`, `46 %`, `$ 4`, `10 – 20`."""


def is_figure(text: str) -> bool:
    return LONE_FIGURE.fullmatch(text) is not None


def is_value(cell: str) -> bool:
    """Whether it is a figure, or says that there is none: `n/a`, `–`."""
    return is_figure(cell) or _ABSENT.fullmatch(cell) is not None


def are_several(text: str) -> bool:
    """Whether it is several values in a row, as of two cells that were not told apart: `27% 61%`, `– 61%`."""
    values = _GROUPED.sub("", text).split()
    return len(values) > 1 and all(map(is_value, values))
