"""The months, and in what time is measured."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ANY_MONTH = "|".join(MONTHS)
SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
TIME_UNITS = "year|month|week|day|hour|minute"
"""In the singular, without decades and quarters."""
