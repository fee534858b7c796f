from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from aidx_assistant.briefs.calculation import NOT_CALCULATED, calculated, calculations_in

_SHARES = st.decimals(min_value=0, max_value=100, places=2) | st.integers(0, 100).map(Decimal)
_COUNTS = st.integers(0, 10**12).map(Decimal) | st.decimals(min_value=0, max_value=10**9, places=4)


def _plain(value: Decimal) -> str:
    return format(value, "f")


@given(st.lists(_SHARES, min_size=2, max_size=5))
def test_a_sum_of_shares_is_exact(shares: list[Decimal]) -> None:
    text = calculated("calc(" + " + ".join(f"{_plain(share)}% [1]" for share in shares) + ")")
    total = sum(map(Fraction, shares))
    if total > 100:
        assert NOT_CALCULATED in text
        return
    (calculation,) = calculations_in(text)
    assert Fraction(calculation.result.value) == total
    assert calculation.fault is None and calculation.marked


@given(_COUNTS, st.lists(st.tuples(st.sampled_from("+-"), _COUNTS), min_size=1, max_size=4))
def test_sums_and_differences_of_counts_are_exact(first: Decimal, others: list[tuple[str, Decimal]]) -> None:
    chain = f"{first:,f} jobs [1]" + "".join(f" {sign} {value:,f} jobs [2]" for sign, value in others)
    total = Fraction(first) + sum(Fraction(value) * (1 if sign == "+" else -1) for sign, value in others)
    (calculation,) = calculations_in(calculated(f"calc({chain})"))
    assert Fraction(calculation.result.value) == total
    assert calculation.fault is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_ratio_is_rounded_half_up_and_says_so(left: int, right: int) -> None:
    text = calculated(f"calc({left} jobs [1] / {right} jobs [2])")
    (calculation,) = calculations_in(text)
    exact, shown = Fraction(left, right), Fraction(calculation.result.value)
    half = Fraction(1, 20) if exact >= 1 else Fraction(1, 200)
    assert -half <= exact - shown < half or exact - shown == -half
    assert ("≈" in text) == (shown != exact)
    assert calculation.fault is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 100))
def test_only_the_right_result_passes(left: int, right: int, result: int) -> None:
    (calculation,) = calculations_in(f"{left}% [1] + {right}% [1] = {result}% (own calculation)")
    assert (calculation.fault is None) == (left + right == result)


@given(st.text("calc()+-−÷/ 0123456789.,%[]=≈$ab\n", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    shown = calculated(text)
    for calculation in calculations_in(shown):
        assert 0 <= calculation.start < calculation.result.start < calculation.end <= len(shown)
        assert calculation.end == calculation.result.end


@given(st.text("ab calc 12%[]().", max_size=60))
def test_a_text_without_a_call_stays_as_it_is(text: str) -> None:
    assume("calc(" not in text)
    assert calculated(text) == text
