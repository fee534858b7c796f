"""What is wrong, and what to do, in words for a client of the Model Context Protocol and who uses it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from aidx_assistant.errors import AidxError, Remedy, advice
from aidx_assistant.printable import shortened

_IN_A_CLIENT: Mapping[Remedy, str] = {
    "ask again": "call the tool again",
    "ask later": "call the tool again in a while",
    "ask then": "call the tool again then",
    "enter key": "give ANTHROPIC_API_KEY in the client's settings of this server",
    "key": "check ANTHROPIC_API_KEY in the client's settings of this server",
    "permission": "check what the key may be used for",
    "model": "choose another with AIDX_MODEL in the client's settings of this server",
    "budget": "lower token_budget in aidx's config.toml",
    "address": "check ANTHROPIC_BASE_URL and the setting base_url",
    "network": "check the network",
    "proxy": "check the proxy and certificate variables (HTTPS_PROXY, SSL_CERT_FILE …)",
    "offline": "start the server as `aidx mcp --offline` to be answered from the sources without Claude",
    "limit": "raise the setting in aidx's config.toml and start the server again",
    "no limit": "lift the limit by setting it to 0 there",
    "price": "give the model's price under prices in aidx's config.toml and start the server again",
}


def told(error: AidxError) -> str:
    """What is wrong, and what to do."""
    return f"{error.title} {advice(error.remedies, _IN_A_CLIENT) or error.hint}".strip()


def refused(error: ValidationError, parameters: Mapping[str, Any]) -> str:
    """Why a call's arguments cannot be taken, in a sentence for each; `parameters` is the schema's, by name."""
    faults = error.errors(include_url=False, include_context=True)
    return " ".join(dict.fromkeys(_fault(str(fault["loc"][0]), fault, parameters) for fault in faults if fault["loc"]))


def _fault(name: str, fault: Mapping[str, Any], parameters: Mapping[str, Any]) -> str:
    if fault["type"] == "missing":
        return f"The argument “{name}” is missing."
    allowed = _allowed(parameters.get(name, {}))
    return f"The argument “{name}” must be {allowed}, not {_shown(fault['input'])}."


def _allowed(schema: Mapping[str, Any]) -> str:
    """What a parameter's schema allows, in words."""
    either = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    one = either[0]
    if "enum" in one:
        return f"one of {', '.join(one['enum'])}"
    if {"minimum", "maximum"} <= one.keys():
        return f"a whole number from {one['minimum']} to {one['maximum']}"
    return "text"


def _shown(value: object) -> str:
    """A value as the client gave it, in JSON where it is no text."""
    text = f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shortened(text)
