"""A request as it would leave the machine, made by the SDK itself and sent nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aidx_assistant.claude.messages import ClaudeConnection
from aidx_assistant.claude.params import params_of
from aidx_assistant.claude.requests import MessageRequest

_HIDDEN = "…"
_SECRET_HEADERS = {"x-api-key", "authorization", "proxy-authorization", "cookie"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An HTTP request, its secrets shown as `…`."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    """The JSON object that is sent."""


def outgoing(connection: ClaudeConnection, request: MessageRequest) -> Outgoing:
    """What the SDK makes of a request: it is given a transport that keeps it and answers with an empty stream."""
    import anthropic
    import httpx2

    kept: list[httpx2.Request] = []

    def keep(sent: httpx2.Request) -> httpx2.Response:
        kept.append(sent)
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=b"")

    timeout = anthropic.Timeout(connection.stream_timeout, connect=connection.connect_timeout)
    transport = httpx2.Client(transport=httpx2.MockTransport(keep), timeout=timeout)
    with anthropic.Anthropic(
        api_key=connection.api_key, base_url=connection.base_url or None, max_retries=0, http_client=transport
    ) as client:
        client.messages.create(**params_of(request), stream=True).close()
    [sent] = kept
    return Outgoing(
        method=sent.method,
        address=str(sent.url.copy_with(username=None, password=None)),
        headers={name: _HIDDEN if name in _SECRET_HEADERS else value for name, value in sent.headers.items()},
        body=json.loads(sent.content),
    )
