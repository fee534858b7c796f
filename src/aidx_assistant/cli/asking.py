"""What `aidx ask` tells on standard error while an answer comes, and of how it came."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aidx_assistant.answers import Answer, Notice, Step, whole_report_in_words
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant


def tell(event: Notice | Step) -> None:
    """A line for what keeps the answer from coming, or for what Claude has looked up."""
    print(f"aidx: {printable(event.text)}", file=sys.stderr, flush=True)


def tell_of_whole_report(answer: Answer) -> None:
    """That all of the chosen sources was before Claude, and how much of it the API still had."""
    words = whole_report_in_words(answer)
    if words:
        print(f"aidx: {words}", file=sys.stderr)


def tell_what_is_not_noted(service: Assistant) -> None:
    """That what Claude took is missing from `aidx usage`, and why."""
    problem = service.spending.problem
    if problem:
        print(f"aidx: What Claude took could not be noted. {printable(problem.title)}", file=sys.stderr)
