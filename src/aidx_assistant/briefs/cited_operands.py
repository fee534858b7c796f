"""Puts the citations of a sentence beside the figures of its calculations, where the model cited behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import MARKER

_CALL = re.compile(r"\bcalc\((?P<inside>[^()\n]*)\)", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?:US\$|[$€£])?\d[\d,]*(?:\.\d+)?(?:\s?%|\s(?:thousand|million|billion|percent(?:age points)?)\b)?"
)
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])(?:\s*\[\d+\])*\s+(?=[A-Z“\"*])|\n")
_NUMERAL = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d]|[.,]\d)")


def with_operands_cited(text: str, citations: Mapping[int, Citation]) -> str:
    """The text, each figure inside `calc(…)` followed by the citation whose quoted sentence has it.

    Only citations of the same sentence are looked at, the nearest behind the calculation first; a figure that none of
    them has stays without one, and is then not reckoned with.
    """
    return "".join(_cited(part, citations) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """Sentences with the white space after them: joined they are the text."""
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _cited(sentence: str, citations: Mapping[int, Citation]) -> str:
    def replaced(call: re.Match[str]) -> str:
        behind = [int(number) for number in MARKER.findall(sentence[call.end() :])]
        before = [int(number) for number in MARKER.findall(sentence[: call.start()])]
        known = [citations[number] for number in dict.fromkeys([*behind, *reversed(before)]) if number in citations]
        return f"calc({_with_markers(call['inside'], known)})"

    return _CALL.sub(replaced, sentence)


def _with_markers(inside: str, citations: list[Citation]) -> str:
    found, position = "", 0
    for figure in _FIGURE.finditer(MARKER.sub(lambda marker: " " * len(marker.group()), inside)):
        found += inside[position : figure.end()]
        position = figure.end()
        if not re.match(r"\s*\[\d", inside[position:]):
            holding = next((c for c in citations if _has(c.quote, figure.group())), None)
            found += f" [{holding.number}]" if holding else ""
    return found + inside[position:]


def _has(sentence: str, figure: str) -> bool:
    wanted = _NUMERAL.search(figure)
    return wanted is not None and any(
        number.group() == wanted.group() and ("%" in figure) == (sentence[number.end() :].lstrip()[:1] == "%")
        for number in _NUMERAL.finditer(sentence)
    )
