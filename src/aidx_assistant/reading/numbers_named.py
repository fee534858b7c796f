"""Names runs of numbers in words."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMED = 8


def numbers_named(kind: str, numbers: Sequence[int]) -> str:
    """`Page 3`, `Pages 3, 5–7 and 9`; numbers in order. Of many runs the first are named and the rest counted."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_MOST_NAMED]]
    if len(runs) > _MOST_NAMED:
        named.append(f"{sum(map(len, runs[_MOST_NAMED:]))} more")
    text = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    return f"{kind.capitalize()}{'s' if len(numbers) != 1 else ''} {text}"
