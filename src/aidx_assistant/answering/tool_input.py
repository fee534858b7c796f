"""Reading what Claude gives a tool, which may be anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aidx_assistant.claude.tool_calls import Tool
from aidx_assistant.errors import UsageError


class ToolInput:
    """The arguments of one call. Everything raises UsageError, in a sentence that Claude can act on."""

    def __init__(self, arguments: Mapping[str, Any], tool: Tool) -> None:
        known: Any = tool.input_schema["properties"]
        unknown = sorted(set(arguments) - set(known))
        if unknown:
            raise UsageError(f"{tool.name} takes {', '.join(known)}, not “{unknown[0]}”.")
        self._arguments = arguments

    def text(self, name: str) -> str:
        """Without white space around it; empty where it is not given."""
        value = self._arguments.get(name)
        if value is not None and not isinstance(value, str):
            raise UsageError(f"“{name}” must be text.")
        return (value or "").strip()

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """None where it is not given."""
        value = self.text(name)
        if value and value not in choices:
            raise UsageError(f"“{name}” cannot be “{value[:80]}”.", f"It is one of {', '.join(choices)}.")
        return value or None

    def number(self, name: str) -> int:
        """A whole number, also where it came as text."""
        value = self._arguments.get(name)
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise UsageError(f"“{name}” must be a whole number.")
        return value
