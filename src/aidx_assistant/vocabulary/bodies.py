"""Whom reports on healthcare count, and who is spoken of beside them. The names of segments in full: `segments.py`."""

from __future__ import annotations

SEGMENT_BODIES = r"providers?|hospitals?|payers?|insurers?"
"""The commonest bodies of the segments, by one word each."""
ORGANISATIONS = r"organi[sz]ations?|compan(?:y|ies)|institutions?|firms?|enterprises?|businesses"
"""Bodies whatever they do."""
LEADERS = r"executives?|execs?|leaders?"
"""Those who answer for a body."""
COUNTED = "organisations executives leaders respondents companies providers hospitals payers insurers pharma"
"""Whoever is counted as a whole, with spaces between."""
COUNTED_BESIDE = "sites practices centres plans agencies doctors"
"""Parts of such, and others, that are counted too."""
OUTSIDERS = (
    r"vendors?|suppliers?|start-?ups?|investors?|regulators?|governments?|universities|pharmacies|consumers?|adults"
    r"|americans"
)
"""Those of none of the three segments."""
PLURALS_WITHOUT_S = ("people", "men", "women", "children", "staff")
PEOPLE = "|".join(PLURALS_WITHOUT_S)
PLURAL = r"[a-z-]{3,}(?<![sui])s|staff|personnel"
"""What looks like a plural."""
