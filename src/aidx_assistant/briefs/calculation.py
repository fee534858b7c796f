"""Own arithmetic on cited figures: computed here, shown with its operands and marked.

Whoever writes a text leaves `calc(30% [1] + 22% [1] + 40% [2])` in it; `calculated` makes of it
`30% [1] + 22% [1] + 40% [2] = 92% (own calculation)`. `calculations_in` finds such expressions in a written text and
computes them anew. There are sums and differences of figures of one unit, and the ratio of two; the difference of two
percentages is in percentage points. Numbers are exact; a ratio is rounded to one decimal place, below 1 to two, and
has “≈” where that changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from aidx_assistant.briefs.brief import OWN_CALCULATION
from aidx_assistant.briefs.quantity import Quantity, QuantityKind, in_words, quantities_in, quantity_at

NOT_CALCULATED = "(not calculated: "
"""What stands, with the reason, where the result would, if code cannot compute it."""

_MARKERS = re.compile(r"\[\d{1,4}(?:\s*[,;]\s*\d{1,4})*\]")
_NUMERAL = re.compile(r"\d+")
_EMPHASIS = re.compile(r"[*_]")
_CALL = re.compile(r"\bcalc\(", re.IGNORECASE)
_FIGURE_FOLLOWS = r"(?=(?:US\$|[$€£])?\d)"
_OPERATOR = re.compile(
    rf"\s+[-–−+/÷]\s+{_FIGURE_FOLLOWS}|\s*[+÷−]\s*{_FIGURE_FOLLOWS}|(?<=[%\]])\s*[-–/]\s*{_FIGURE_FOLLOWS}"
)
"""A hyphen or slash between two bare numbers is no operator: "3-5 years", "24/7"."""
_EQUALS = re.compile(r"\s*[=≈]\s*(?:(?:about|approximately|roughly)\s+)?")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z“\"]|\n")
_MARK = re.compile(r"[^.!?\n]*?\bown\s+calculations?\b", re.IGNORECASE)
_LONGEST = 600
"""Characters before the equals sign that may belong to a calculation."""
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure of a calculation and the numbers of the citations that it rests on: its own, else those that follow."""

    quantity: Quantity
    start: int
    end: int
    """Offsets, in the text, of the figure with the words and citations that follow it."""
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation that a text shows; offsets are the text's, end exclusive."""

    start: int
    end: int
    """From the first operand to the end of the result."""
    operands: tuple[Operand, ...]
    operators: str
    """One of `+−÷` between two operands each: "++"."""
    result: Quantity
    marked: bool
    """Whether it is called an own calculation in its sentence."""
    outcome: str | None
    """The result as it should be written; None where it cannot be computed."""
    fault: str | None
    """Why it cannot be computed, or what is wrong with the result as it is written."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Fraction
    kind: QuantityKind
    like: Quantity


class _NotComputableError(Exception):
    """The operands cannot be reckoned with each other; the text says why."""


def calculated(text: str) -> str:
    """The text with every `calc(…)` computed; where that is not possible the operands stand with the reason.

    The reason begins with `NOT_CALCULATED`, by which the linter finds it.
    """
    found, position = "", 0
    while match := _CALL.search(text, position):
        end = _closing(text, match.end())
        found += text[position : match.start()] + _shown(text[match.end() : end].strip())
        position = min(end + 1, len(text))
    return found + text[position:]


def calculations_in(text: str) -> tuple[Calculation, ...]:
    """The calculations that a text shows, in order: operands, an equals sign and a result."""
    plain = _EMPHASIS.sub(" ", text)
    found: list[Calculation] = []
    for match in _EQUALS.finditer(plain):
        begin = max(found[-1].end if found else 0, match.start() - _LONGEST)
        result = quantity_at(plain, match.end())
        operands, operators = _operands(plain[begin : match.start()]) if result else ((), "")
        if result is not None and len(operands) > 1:
            operands = tuple(_moved(operand, begin) for operand in operands)
            found.append(_calculation(plain, operands, operators, result, approximate="≈" in match.group()))
    return tuple(found)


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that opens before `start`; the end of the text where none does."""
    depth = 1
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return len(text)


def _shown(expression: str) -> str:
    operands, operators = _operands(expression)
    try:
        if len(operands) < 2 or operands[0].start != 0:
            raise _NotComputableError("it needs two figures or more, in digits and without “more than” or “about”")
        if not all(operand.citations for operand in operands):
            raise _NotComputableError("a figure has no citation")
        outcome = _computed(operands, operators)
    except _NotComputableError as error:
        return f"{expression} {NOT_CALCULATED}{error})"
    parts = [expression[operand.start : operand.end].strip() for operand in operands]
    shown = parts[0] + "".join(f" {sign} {part}" for sign, part in zip(operators, parts[1:], strict=True))
    return f"{shown} {'=' if _is_exact(outcome) else '≈'} {_written(outcome)} {OWN_CALCULATION}"


def _operands(text: str) -> tuple[tuple[Operand, ...], str]:
    """The longest chain of operands that a text ends with, and the signs between them."""
    signs = list(_OPERATOR.finditer(text))
    if not signs:
        return (), ""
    blanked = _MARKERS.sub(_spaces, _OPERATOR.sub(_spaces, text))
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    figures = list(quantities_in(blanked))
    chain: list[Operand] = []
    for start, stop in zip(reversed(starts), reversed(ends), strict=True):
        within = [figure for figure in figures if start <= figure.start < stop]
        if not within:
            break
        figure = within[-1]
        cited = _citations(text[figure.start : stop])
        chain.insert(0, Operand(figure, figure.start, stop, cited))
        if len(within) > 1 or start != figure.start or _SENTENCE_END.search(blanked, start, stop):
            break
    joints = signs[len(signs) - max(len(chain) - 1, 0) :]
    operators = "".join(_sign(sign.group().strip()) for sign in joints)
    return tuple(_with_shared_citations(chain)), operators


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _moved(operand: Operand, by: int) -> Operand:
    figure = operand.quantity
    figure = replace(figure, start=figure.start + by, end=figure.end + by)
    return replace(operand, quantity=figure, start=operand.start + by, end=operand.end + by)


def _citations(text: str) -> tuple[int, ...]:
    return tuple(int(number) for marker in _MARKERS.findall(text) for number in _NUMERAL.findall(marker))


def _with_shared_citations(operands: Sequence[Operand]) -> Iterator[Operand]:
    """An operand without a citation rests on those of the next that has one: "30% + 22% [1]"."""
    for position, operand in enumerate(operands):
        following = (other.citations for other in operands[position:] if other.citations)
        yield replace(operand, citations=next(following, ()))


def _sign(written: str) -> str:
    return "+" if written == "+" else "÷" if written in "/÷" else "−"


def _calculation(
    text: str, operands: tuple[Operand, ...], operators: str, result: Quantity, *, approximate: bool
) -> Calculation:
    mark = _MARK.match(text, result.end)
    sentence_end = _SENTENCE_END.search(text, result.end)
    cited = _citations(text[result.end : sentence_end.start() if sentence_end else len(text)])
    operands = tuple(replace(operand, citations=operand.citations or cited) for operand in operands)
    outcome = fault = None
    try:
        computed = _computed(operands, operators)
        outcome = _written(computed)
        fault = _fault_of_result(computed, result, approximate=approximate)
    except _NotComputableError as error:
        fault = f"it cannot be computed: {error}"
    return Calculation(operands[0].start, result.end, operands, operators, result, mark is not None, outcome, fault)


def _computed(operands: Sequence[Operand], operators: str) -> _Outcome:
    figures = [operand.quantity for operand in operands]
    kinds = {figure.kind for figure in figures}
    units = {figure.unit for figure in figures if figure.unit}
    if len(kinds) > 1 or len(units) > 1:
        raise _NotComputableError(f"{' and '.join(dict.fromkeys(map(_unit_name, figures)))} do not go together")
    values = [Fraction(figure.value) for figure in figures]
    like = next((figure for figure in figures if figure.unit), figures[0])
    kind = figures[0].kind
    if "÷" in operators:
        if len(figures) > 2:
            raise _NotComputableError("only a ratio of two figures is computed")
        if not values[1]:
            raise _NotComputableError("nothing is divided by zero")
        return _Outcome(values[0] / values[1], "times", like)
    if kind == "times":
        raise _NotComputableError("ratios are not added")
    total = values[0] + sum(value if sign == "+" else -value for sign, value in zip(operators, values[1:], strict=True))
    if kind == "percent" and "−" in operators:
        return _Outcome(total, "points", like)
    if kind == "percent" and total > _WHOLE:
        raise _NotComputableError("shares that come to more than 100% are not shares of the same")
    return _Outcome(total, kind, like)


def _unit_name(figure: Quantity) -> str:
    return figure.unit or {"count": "bare numbers", "points": "percentage points"}.get(figure.kind, figure.kind)


def _places(outcome: _Outcome) -> int | None:
    """Decimal places to which a ratio is rounded; None for what is exact as it is."""
    if outcome.kind != "times":
        return None
    return 1 if outcome.value >= 1 else 2


def _rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**places
    whole = Fraction(int(scaled + Fraction(1, 2)), 10**places)
    return whole if value >= 0 else -whole


def _is_exact(outcome: _Outcome) -> bool:
    places = _places(outcome)
    return places is None or _rounded(outcome.value, places) == outcome.value


def _written(outcome: _Outcome) -> str:
    places = _places(outcome)
    value = outcome.value if places is None else _rounded(outcome.value, places)
    return in_words(value, outcome.like, outcome.kind, places)


def _fault_of_result(outcome: _Outcome, result: Quantity, *, approximate: bool) -> str | None:
    """What is wrong with a result as written; a ratio, or what stands after “≈”, may be rounded to any place."""
    if not _is_unit_of(outcome, result):
        return f"the result is {_written(outcome)}"
    written, exact = Fraction(result.value), outcome.value
    if written == exact:
        return None
    if approximate or outcome.kind == "times":
        exponent = result.written_value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        if _rounded(exact / 10**result.magnitude, places) * 10**result.magnitude == written:
            return None
    return f"the result is {_written(outcome)}"


def _is_unit_of(outcome: _Outcome, result: Quantity) -> bool:
    if outcome.kind == "times":
        return result.kind == "times" or (result.kind == "count" and not result.unit)
    if outcome.kind == "count":
        return result.kind == "count" and (not result.unit or not outcome.like.unit or result.unit == outcome.like.unit)
    return result.kind == outcome.kind and (outcome.kind in ("percent", "points") or result.unit == outcome.like.unit)
