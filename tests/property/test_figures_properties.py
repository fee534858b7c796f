from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.figures import figures_in

_UNITS = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FRAMES = st.sampled_from(
    ["{}", "They say that {} agree.", "Of these, **{}** agree [1].", "- {} of them [2][3]", "({})"]
)


def in_words(number: int) -> str:
    tens, unit = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit - 1]}" if unit else "")


@settings(max_examples=60)
@given(st.integers(20, 99), st.sampled_from(["{}%", "{} %", "{} percent", "{} per cent"]), st.booleans(), _FRAMES)
def test_a_percentage_is_read_back(number: int, form: str, words: bool, frame: str) -> None:
    written = form.format(in_words(number) if words and "%" not in form else number)
    (found,) = figures_in(frame.format(written))
    assert (found.kind, found.low, found.high) == ("percent", number, number)


@settings(max_examples=60)
@given(st.integers(2, 9_999_999), st.sampled_from(["{:,}", "{}"]), st.sampled_from(["leaders", "jobs", "health plans"]))
def test_a_count_is_read_back_with_its_unit(number: int, form: str, noun: str) -> None:
    text = f"It names more than {form.format(number)} {noun} in all."
    (found,) = figures_in(text)
    assert (found.kind, found.low, found.bound) == ("count", number, "more than")
    assert found.unit == noun.rsplit(maxsplit=1)[-1]


@settings(max_examples=40)
@given(
    st.integers(1, 80),
    st.integers(1, 19),
    st.sampled_from(["{}-{}%", "{}–{}%", "{} to {} percent", "between {} and {}%"]),
)
def test_a_range_is_read_back(low: int, width: int, form: str) -> None:
    (found,) = figures_in(f"It is {form.format(low, low + width)} today.")
    assert (found.kind, found.low, found.high) == ("percent", low, low + width)


@settings(max_examples=40)
@given(st.decimals(1, 999, places=1), st.sampled_from([("million", 1e6), ("billion", 1e9), ("m", 1e6), ("bn", 1e9)]))
def test_money_is_read_back(amount: object, magnitude: tuple[str, float]) -> None:
    name, factor = magnitude
    space = " " if len(name) > 2 else ""
    (found,) = figures_in(f"It cost ${amount}{space}{name}.")
    assert (found.kind, found.unit) == ("money", "USD")
    assert abs(found.low - float(str(amount)) * factor) < 1


@settings(max_examples=150)
@given(st.text(max_size=80) | st.text("0123456789%.,[]()-– $abcdefhilnortuvwxy\n*|#", max_size=60))
def test_offsets_are_right_and_nothing_raises(text: str) -> None:
    end = 0
    for found in figures_in(text):
        assert found.text == text[found.start : found.end]
        assert end <= found.start < found.end
        assert found.low <= found.high
        end = found.end


@settings(max_examples=60)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=4), st.sampled_from(["][", ", ", "] [", "–"]))
def test_markers_are_never_figures(numbers: list[int], joint: str) -> None:
    markers = f"[{joint.join(str(number) for number in numbers)}]"
    assert figures_in(f"Large providers lead {markers}. So they say {markers}") == ()
