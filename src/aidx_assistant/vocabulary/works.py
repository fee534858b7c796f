"""Reports, and how their writers came to know what they say."""

from __future__ import annotations

KINDS = r"index|brief|barometer|outlook|tracker|monitor|census|scorecard|yearbook|benchmark"
"""What titles of market research call it, beside report, survey and study, by which none is told from others."""
COMMON_NAMES = frozenset(
    "the national american world global international center centre institute university new".split()
)
"""Words of a publisher's name by which it is not meant alone."""
ASKED = r"surveyed|polled|interviewed|questioned|asked"
