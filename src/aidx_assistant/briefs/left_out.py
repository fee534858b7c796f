"""Says what a brief does not rest on, and why: sources kept out of briefs, and what was chosen and not used."""

from __future__ import annotations

from collections.abc import Iterator

from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.quotable import Quotable


def kept_out_in_words(quotable: Quotable) -> Iterator[str]:
    """A line for the evidence on the sources that are no evidence, as their owner keeps them out of briefs."""
    titles = [source.title for source in quotable.kept_out]
    if titles:
        one = len(titles) == 1
        yield (
            f"Left out: {'; '.join(titles)}. {'It is' if one else 'They are'} kept out of briefs and"
            f" {'is' if one else 'are'} shown for comparison only, where the sources differ."
        )


def dropped_in_words(quotable: Quotable) -> Iterator[str]:
    """A remark on each finding or sentence that was chosen and stands in a source that is kept out of briefs."""
    for name, source in quotable.left_out:
        yield f"Left out: {name}, as its source “{source.title}” is kept out of briefs (in_briefs is false)."


def uncited_in_words(quotable: Quotable, brief: Brief) -> Iterator[str]:
    """A remark on what was chosen and found no place in the brief."""
    cited = {(one.passage_id, position) for one in brief.citations for position in range(*one.sentences)}
    uncited = [quotable.chosen_name(quote.place) for quote in quotable.chosen if quote.place not in cited]
    if uncited:
        yield (
            f"Of the {len(quotable.chosen)} sentences chosen, {len(uncited)} found no place in the brief, as it is full"
            f" or has them already: {', '.join(uncited)}."
        )
