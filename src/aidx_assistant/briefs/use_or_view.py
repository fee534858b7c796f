"""Whether a figure says what is done or achieved, or what people expect, want or think; and whether sources differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from aidx_assistant.evidence import Finding

_VIEW = re.compile(
    r"\b(?:expect(?:s|ed|ing|ations?)?|believ(?:e|es|ed|ing)|beliefs?|thinks?|thought|anticipat\w+|predict(?:s|ed)?"
    r"|foresee\w*|hop(?:e|es|ed|ing)|intend(?:s|ed)?|plan(?:s|ned|ning)? (?:to|on|for)|would|may|might|could"
    r"|open to|prefer(?:s|red|ences?)?|willing|interested|consider(?:s|ed|ing)?|perceived?|in the view of|in favou?r"
    r"|agree(?:s|d)? that|views? on|see (?:a|the) potential|within \w+(?: to \w+)? years)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLOSE = 5.0
"""Points of a percentage up to which two shares are nearly the same."""


def is_view(finding: Finding) -> bool:
    """Whether a figure counts expectations, wishes or opinions; else it counts what is done or achieved."""
    return bool(_VIEW.search(f"{finding.statement} {finding.measure}"))


def differing(counted: Iterable[Finding], by_id: Mapping[str, Finding]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the findings on which the sources differ, and of those on which another source nearly agrees.

    It nearly agrees where it gives a share, or the sum of several, that is up to five points away. The same share with
    a difference is none of these: what is counted differs then.
    """
    findings = tuple(counted)
    close, apart = set[str](), set[str]()
    for other_id in {id_ for finding in findings for id_ in finding.differs_from}:
        group = [finding for finding in findings if other_id in finding.differs_from]
        total = _shares(group)
        other = _shares([by_id[other_id]]) if other_id in by_id else None
        near = total is not None and other is not None and 0 < abs(total - other) <= _CLOSE
        (close if near else apart).update(finding.id for finding in group)
    return frozenset(apart), frozenset(close - apart)


def _shares(findings: Iterable[Finding]) -> float | None:
    """The sum of shares; None where one of them is none."""
    total = 0.0
    for finding in findings:
        number = _NUMBER.search(finding.value or "")
        if finding.unit != "percent" or number is None:
            return None
        total += float(number.group())
    return total
