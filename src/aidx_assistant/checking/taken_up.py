"""One number that sources give for different things, told of each of them in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aidx_assistant.answers import UnsupportedFigure
from aidx_assistant.checking.agreement import conflict, turns_round
from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.judging import CitedText, unsupported
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.values import fit


def fault_of_taken_up(
    claim: Claim, text_for: Callable[[Sequence[int]], CitedText], beside: Sequence[Claim]
) -> UnsupportedFigure | None:
    """None unless words that rest on a citation of their own turn round what it says with the claim's number.

    "54% within the first year [1], in the brief after it [2]": each part must agree with its own source. Where the
    number is written twice and both rest on the same citations, each of these must be borne out by one of the two.
    """
    for text, numbers in claim.taken_up:
        said = _same_number(claim, text_for(numbers))
        reasons = [turns_round(text, stated) for stated in said]
        if reasons and all(reasons):
            return unsupported(claim, str(reasons[0]), said[0])
    return _left_over(claim, _same_number(claim, text_for(claim.numbers)), beside)


def _left_over(claim: Claim, said: Sequence[StatedFigure], beside: Sequence[Claim]) -> UnsupportedFigure | None:
    """A cited sentence with the number that contradicts every one of as many claims of it as there are sentences."""
    alike = [
        other
        for other in beside
        if other.numbers == claim.numbers and other.own != claim.own and fit(claim.figure, other.figure) == "same"
    ]
    if not alike or len(said) != len(alike) + 1:
        return None
    for stated in said:
        reasons = [conflict(one, stated) for one in (claim, *alike)]
        if all(reasons):
            return unsupported(claim, str(reasons[0]), stated)
    return None


def _same_number(claim: Claim, cited: CitedText) -> list[StatedFigure]:
    return [stated for stated in cited.figures if fit(claim.figure, stated.figure) == "same"]
