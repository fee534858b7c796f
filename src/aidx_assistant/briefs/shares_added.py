"""Adds up shares that a source itself tells apart: the one own calculation of an evidence brief."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aidx_assistant.briefs.calculation import NOT_CALCULATED, calculated
from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.evidence import Finding

_FURTHER = re.compile(r"\b(?:another|(?:a|an)?\s*(?:further|additional)|beside|besides|in addition)\b", re.IGNORECASE)
"""By such words a sentence says that whom it counts is not among those counted before."""
_WHOLE_PERCENT = re.compile(r"\d+(?:\.\d+)?%")


def shares_added(quotes: Sequence[Quote], marker: Callable[[Quote], str]) -> str | None:
    """The sum of the shares of one whole that one passage gives one after the other, as a sentence; None for none.

    Every share after the first has to be told apart by the source (“another 22% …”). `marker` gives the citation of a
    quote. The sum is shown with its operands and marked as own calculation.
    """
    for run in runs_of_shares(quotes):
        shares = [quote.values[0] for quote in run]
        terms = " + ".join(f"{finding.value} {marker(quote)}" for finding, quote in zip(shares, run, strict=True))
        total = calculated(f"calc({terms})")
        if NOT_CALCULATED not in total:
            what = "; ".join(finding.measure for finding in shares)
            return f"Added up, as the source counts each group by itself: {total} of {shares[0].population} ({what})."
    return None


def runs_of_shares(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """The shares of one whole that one passage gives one after the other, each after the first told apart."""
    runs: list[list[Quote]] = []
    for quote in sorted(quotes, key=lambda quote: quote.place):
        if _is_share(quote):
            if runs and _continues(runs[-1][-1], quote):
                runs[-1].append(quote)
            else:
                runs.append([quote])
    return [run for run in runs if len(run) > 1 and _is_whole(run)]


def _is_whole(run: Sequence[Quote]) -> bool:
    """Whether the run leaves out no share that the passage adds to it, before or after."""
    sentences, first, last = run[0].passage.sentences, run[0], run[-1].position
    goes_on = last + 1 < len(sentences) and "%" in sentences[last + 1] and _FURTHER.search(sentences[last + 1])
    return not goes_on and not _FURTHER.search(first.text)


def _is_share(quote: Quote) -> bool:
    values = quote.values
    return len(values) == 1 and bool(_WHOLE_PERCENT.fullmatch(values[0].value or ""))


def _continues(one: Quote, other: Quote) -> bool:
    return (
        one.passage.id == other.passage.id
        and other.position == one.position + 1
        and _whole(one.values[0]) == _whole(other.values[0])
        and bool(_FURTHER.search(other.text))
    )


def _whole(finding: Finding) -> tuple[str, str, str, str | None]:
    return finding.segment, finding.population, finding.topic, finding.time_frame
