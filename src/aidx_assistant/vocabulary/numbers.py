"""Numbers in words."""

from __future__ import annotations

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
"""Each at the place of its value."""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ONE_TO_TEN = "|".join(UNITS[1:11])
TWO_TO_TEN = "|".join(UNITS[2:11])
MAGNITUDES = "thousand|million|billion|trillion"
ROUGHLY = "about|around|nearly|almost|roughly|some"
"""Before a number; `figures/bounds.py` tells them apart."""
SHARE = "share|percentage|percent|proportion|fraction|portion"
