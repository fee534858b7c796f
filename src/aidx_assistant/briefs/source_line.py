"""The `Source:` line of a point: report, place, whom its figures count, and the report's date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.evidence import Finding, Source
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.segments import segments_named

BETWEEN_BASES = " / "
NOT_STATED = "not stated"
_THING = re.compile(r"((?:AI )?(?:proofs of concept|pilots|projects|applications|use cases))\b", re.IGNORECASE)
"""What may be counted in place of those who have it."""


def source_line(citations: Iterable[Citation], findings: Iterable[Finding], source: Source) -> str:
    """What a point rests on in one source: `The Index, section “…”; base: executives, all segments; 15 April 2025`.

    `findings` are those stated in the cited sentences.
    """
    places = dict.fromkeys(citation.label for citation in citations)
    stated = list(findings)
    parts = ["; ".join(places)]
    if bases := _widest(base for finding in stated if (base := base_of(finding))):
        parts.append(f"base: {BETWEEN_BASES.join(bases)}")
    if frames := dict.fromkeys(finding.time_frame for finding in stated if finding.time_frame):
        parts.append(f"time frame: {' / '.join(frames)}")
    parts.append(date_of(source))
    return "; ".join(parts)


def _widest(bases: Iterable[str]) -> tuple[str, ...]:
    """Each base once, and none whose words another has too: “120 providers” says “providers”."""
    found = tuple(dict.fromkeys(bases))
    return tuple(base for base in found if not any(base != other and base in other for other in found))


def base_of(finding: Finding) -> str:
    """Whom or what a figure counts, with the segment where the words do not name it; empty for no figure.

    An imported figure whose sentence names no segment is not known to count all of them.
    """
    if not finding.value:
        return ""
    if finding.origin == "imported" and finding.segment == "all" and "all" not in segments_named(finding.statement):
        return finding.population or NOT_STATED
    segment = IN_PLURAL[finding.segment]
    if not finding.population:
        return segment
    counted = counted_of(finding)
    return counted if finding.segment in segments_named(counted) else f"{counted}, {segment}"


def counted_of(finding: Finding) -> str:
    """What a figure is a share of: the proofs of concept of large providers, where these reach production."""
    thing = _THING.match(finding.measure)
    if thing is None or finding.unit != "percent" or thing[1].lower() in finding.population.lower():
        return finding.population
    return f"{thing[1]} of {finding.population}"


def date_of(source: Source) -> str:
    published = PartialDate.from_iso(source.date)
    return str(published) if published else "date unknown"
