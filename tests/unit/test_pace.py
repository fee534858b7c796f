"""What streams in is drawn fifteen times a second for a reader, and seldom, never before a letter, for who types."""

from __future__ import annotations

from aidx_assistant.tui.pace import Pace


def drawn(pace: Pace, start: float, seconds: float) -> list[float]:
    """The moments at which it is due, looked at sixty times a second."""
    moments = [start + look / 60 for look in range(int(seconds * 60))]
    return [moment for moment in moments if pace.is_due(moment)]


def test_a_reader_sees_it_fifteen_times_a_second() -> None:
    assert 12 <= len(drawn(Pace(), 0, 1)) <= 16


def test_who_types_sees_it_twice_a_second_and_never_right_behind_a_letter() -> None:
    pace = Pace()
    seen = []
    for letter in range(40):  # ten a second
        pace.typed(letter / 10)
        now = drawn(pace, letter / 10, 0.1)
        assert letter == 0 or all(moment - letter / 10 > 0.03 for moment in now)
        seen += now
    assert 6 <= len(seen) <= 9


def test_however_fast_letters_come_it_is_drawn() -> None:
    pace = Pace()
    seen = []
    for letter in range(200):  # fifty a second, as when a key is held down
        pace.typed(letter / 50)
        seen += drawn(pace, letter / 50, 1 / 50)
    assert 3 <= len(seen) <= 5


def test_soon_after_the_last_letter_it_is_for_reading_again() -> None:
    pace = Pace()
    pace.typed(0)
    assert len(drawn(pace, 1, 1)) >= 12
