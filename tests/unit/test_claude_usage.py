"""What an answer cost."""

from __future__ import annotations

import pytest

from aidx_assistant.answers import Usage
from aidx_assistant.claude.usage import cost
from aidx_assistant.settings import Price


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (Usage(1_000_000, 0), 4.0),
        (Usage(0, 1_000_000), 20.0),
        (Usage(0, 0, cache_read_input_tokens=1_000_000), 0.4),
        (Usage(0, 0, cache_creation_input_tokens=1_000_000), 5.0),
        (Usage(500, 200, 8_000, 1_000), (500 + 800 + 1_250) * 4e-6 + 200 * 20e-6),
        (Usage(0, 0), 0.0),
    ],
)
def test_each_kind_of_token_has_its_price(usage: Usage, dollars: float) -> None:
    assert cost(usage, Price(4.0, 20.0)) == pytest.approx(dollars)


def test_without_a_price_there_is_no_cost() -> None:
    assert cost(Usage(10, 10), None) is None
