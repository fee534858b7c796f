"""What `aidx ask` tells on standard error while an answer comes, and of how it came."""

from __future__ import annotations

import sys

from aidx_assistant.answers import Answer, Notice, Step, whole_report_in_words
from aidx_assistant.printable import printable


def tell(event: Notice | Step) -> None:
    """A line for what keeps the answer from coming, or for what Claude has looked up."""
    print(f"aidx: {printable(event.text)}", file=sys.stderr, flush=True)


def tell_of_whole_report(answer: Answer) -> None:
    """That all of the chosen sources was before Claude, and how much of it the API still had."""
    words = whole_report_in_words(answer)
    if words:
        print(f"aidx: {words}", file=sys.stderr)
