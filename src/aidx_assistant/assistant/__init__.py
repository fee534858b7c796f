"""The one service behind every face: ask, stream, search, look things up, keep the library in order."""

from aidx_assistant.assistant.assistant import Assistant

__all__ = ["Assistant"]
