"""aidx: questions about market research, answered with citations and figures that code has checked.

What the package offers to programs is in `__all__`; docs/python.md shows it at work. A name is loaded when it is first
used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # see `interrupts`
if TYPE_CHECKING:
    from aidx_assistant.answers import (
        Answer,
        AnswerText,
        Checks,
        Citation,
        Event,
        Finished,
        Notice,
        Phase,
        Step,
        UnsupportedFigure,
        Usage,
    )
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.cancellation import Cancellation
    from aidx_assistant.errors import AidxError
    from aidx_assistant.evidence import Finding, Locator, Passage, Segment, Source
    from aidx_assistant.retrieval.search import RankedPassage
    from aidx_assistant.settings import Settings, load_settings

__version__ = "0.1.0"

__all__ = [
    "AidxError",
    "Answer",
    "AnswerText",
    "Assistant",
    "Cancellation",
    "Checks",
    "Citation",
    "Event",
    "Finding",
    "Finished",
    "Locator",
    "Notice",
    "Passage",
    "Phase",
    "RankedPassage",
    "Segment",
    "Settings",
    "Source",
    "Step",
    "UnsupportedFigure",
    "Usage",
    "load_settings",
]

_IN = {
    "answers": (
        "Answer", "AnswerText", "Checks", "Citation", "Event", "Finished", "Notice", "Phase", "Step",
        "UnsupportedFigure", "Usage",
    ),
    "assistant.assistant": ("Assistant",),
    "cancellation": ("Cancellation",),
    "errors": ("AidxError",),
    "evidence": ("Finding", "Locator", "Passage", "Segment", "Source"),
    "retrieval.search": ("RankedPassage",),
    "settings": ("Settings", "load_settings"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _IN.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
