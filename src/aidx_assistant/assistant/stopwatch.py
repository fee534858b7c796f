"""Times one question, and the first text of its answer."""

from __future__ import annotations

import time
from collections.abc import Callable

from aidx_assistant.answering.draft import DeepDrafting
from aidx_assistant.answers import AnswerText


class Stopwatch:
    """Runs from its making; `first_text_ms` is set when `timed` sees the first text."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.first_text_ms: float | None = None

    def milliseconds(self) -> float:
        return round((time.perf_counter() - self._start) * 1000, 1)

    def timed(self, drafting: DeepDrafting) -> DeepDrafting:
        """The same events and the same Draft; a KeyboardInterrupt thrown in here reaches the answerer."""
        proceed: Callable[[], object] = drafting.__next__
        while True:
            try:
                event = proceed()
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]  # a generator's value is untyped
            if isinstance(event, AnswerText) and self.first_text_ms is None:
                self.first_text_ms = self.milliseconds()
            try:
                yield event  # type: ignore[misc]  # what `drafting` yields
                proceed = drafting.__next__
            except KeyboardInterrupt as interrupt:
                proceed = _thrower(drafting, interrupt)


def _thrower(drafting: DeepDrafting, interrupt: KeyboardInterrupt) -> Callable[[], object]:
    return lambda: drafting.throw(interrupt)
