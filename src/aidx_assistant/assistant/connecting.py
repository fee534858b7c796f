"""The connection to Claude that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.claude.messages import ClaudeConnection


def connection_of(settings: Settings, key: str) -> ClaudeConnection:
    """How to reach the Messages API."""
    from aidx_assistant.claude.messages import ClaudeConnection

    return ClaudeConnection(
        api_key=key,
        base_url=settings.base_url or None,
        max_retries=settings.max_retries,
        connect_timeout=settings.connect_timeout,
        stream_timeout=settings.stream_timeout,
    )
