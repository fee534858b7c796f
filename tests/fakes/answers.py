"""Answers made up for tests, and an assistant that gives them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from aidx_assistant.answering.history import History
from aidx_assistant.answers import Answer, AnswerText, Checks, Citation, Event, Finished, Phase, UnsupportedFigure
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.evidence import Locator, Segment

CITATION = Citation(
    number=1,
    source_id="index",
    source_title="An Index",
    passage_id="index/01/0",
    sentences=(0, 1),
    locator=Locator("section", heading="Pilots"),
    shown_beside="slide 8",
    label="An Index, section “Pilots” (shown beside slide 8)",
    quote="Pilots stall.",
    url="https://example.org/index",
    picture=None,
    verified=True,
)


def an_answer(text: str = "Pilots stall. [1]", question: str = "Why?", **changes: object) -> Answer:
    answer = Answer(
        question=question,
        question_understood=question,
        answered=True,
        status="complete",
        mode="claude",
        model="claude-opus-5-5",
        cited_by_model=True,
        text=text,
        citations=(CITATION,),
        checks=Checks(citations=1),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def with_a_fault() -> Answer:
    """An answer that says 99% where the source has no figure."""
    fault = UnsupportedFigure("99%", 0, 3, "No cited sentence has it.", "Pilots stall.")
    return an_answer("99% stall. [1]", checks=Checks(citations=1, figures=1, figures_unsupported=(fault,)))


class FakeAssistant:
    """Gives out texts one by one, then the answer made of them; cancelled, it ends with those given out by then."""

    def __init__(self, *texts: str, before_each: Callable[[str], None] = lambda text: None) -> None:
        self.earlier: tuple[str, ...] = ()
        self.history = History()
        self._texts = texts
        self._before_each = before_each

    def stream(
        self,
        question: str,
        *,
        segment: Segment | None = None,
        source_id: str | None = None,
        earlier: Sequence[str] = (),
        history: History | None = None,
        cancellation: Cancellation | None = None,
        deep: bool = False,
    ) -> Generator[Event, None, None]:
        self.earlier = tuple(earlier)
        self.history = history or History()
        given = ""
        yield Phase("searching")
        for text in self._texts:
            if cancellation and cancellation.cancelled:
                break
            self._before_each(text)
            given += text
            yield AnswerText(text)
        stopped = cancellation is not None and cancellation.cancelled
        if stopped and not given:
            raise InterruptedByUserError("Cancelled before any of the answer had come.")
        yield Finished(
            an_answer(given, question, status="interrupted" if stopped else "complete", stopped_by_user=stopped)
        )
