"""The connections that the settings ask for: to Claude, and to a team's Chroma server."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aidx_assistant.keys import chroma_token
from aidx_assistant.library.server import ChromaServer
from aidx_assistant.settings import Settings

if TYPE_CHECKING:
    from aidx_assistant.claude.messages import ClaudeConnection

_ANTHROPIC = "api.anthropic.com"
NO_KEY = "none"
"""What stands in a key's place for a server that wants none: the transport sends no empty one."""


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


def chroma_server(settings: Settings) -> ChromaServer | None:
    """The server of a team's index; None where the index is on this machine. Raises SettingsError."""
    if not settings.chroma_url:
        return None
    return ChromaServer(
        settings.chroma_url,
        settings.chroma_tenant,
        settings.chroma_database,
        chroma_token(),
        settings.connect_timeout,
    )


def endpoint(settings: Settings) -> str | None:
    """Host and port of the Messages API, without any credentials; None for Anthropic's own, and for no address."""
    try:
        netloc = urlsplit(_address(settings)).netloc.rpartition("@")[2]
    except ValueError:  # what is wrong with it is told when it is connected to
        return None
    return None if netloc in {"", _ANTHROPIC} else netloc


def needs_no_key(settings: Settings) -> bool:
    """Whether the model is another than Claude on a server of this machine."""
    host = (endpoint(settings) or "").rpartition(":")[0].strip("[]") or endpoint(settings)
    return not settings.model_is_claude and _is_loopback(host or "")


def _address(settings: Settings) -> str:
    return settings.base_url or os.environ.get("ANTHROPIC_BASE_URL") or f"https://{_ANTHROPIC}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
