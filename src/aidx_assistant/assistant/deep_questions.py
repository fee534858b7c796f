"""What a deep question needs."""

from __future__ import annotations

from aidx_assistant.errors import UsageError
from aidx_assistant.settings import Settings


def refuse_without_claude(settings: Settings, *, has_key: bool) -> None:
    """Raises UsageError where a deep question cannot be worked on."""
    if settings.offline:
        raise UsageError("A deep question is worked on by Claude, which is not asked offline.", "Ask it online.")
    if not has_key:
        raise UsageError(
            "A deep question is worked on by Claude, and there is no API key.",
            "Set ANTHROPIC_API_KEY, or ask it as an ordinary question.",
        )
    if settings.cites_by_markers:
        raise UsageError(
            f"A deep question needs citations from the Messages API; {settings.model} cites by markers.",
            "Choose one of Claude's models, or ask it as an ordinary question.",
        )
