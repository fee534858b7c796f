"""What `aidx ask` tells on standard error while an answer comes, and of how it came."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aidx_assistant.answers import Answer, Notice, Step, Understood
from aidx_assistant.answers_in_words import whole_report_in_words
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant


def tell(event: Notice | Step | Understood) -> None:
    """A line for what keeps the answer from coming, what Claude has looked up, or how a question was understood."""
    print(f"aidx: {printable(event.text)}", file=sys.stderr, flush=True)


def tell_of_whole_report(answer: Answer) -> None:
    """That all of the chosen sources was before Claude, and how much of it the API still had."""
    words = whole_report_in_words(answer)
    if words:
        print(f"aidx: {words}", file=sys.stderr)


def tell_of_end(answer: Answer) -> None:
    """That the model that answered is to be retired, and when."""
    if answer.model and answer.usage:
        from aidx_assistant.assistant.models import end_in_words

        end = end_in_words(answer.model)
        if end:
            print(f"aidx: {printable(end)}", file=sys.stderr)


def tell_what_is_not_noted(service: Assistant) -> None:
    """That what Claude took is missing from `aidx usage`, and why."""
    problem = service.spending.problem
    if problem:
        print(f"aidx: What Claude took could not be noted. {printable(problem.title)}", file=sys.stderr)
