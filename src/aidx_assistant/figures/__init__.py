"""Reads figures out of English text: plain data and pure functions."""

from aidx_assistant.figures.figure import Bound, Figure, Kind
from aidx_assistant.figures.reading import figures_in

__all__ = ["Bound", "Figure", "Kind", "figures_in"]
