"""What to do about an error, in the words of a shell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aidx_assistant.errors import Remedy, advice

_IN_A_SHELL: Mapping[Remedy, str] = {
    "ask again": "ask again",
    "ask later": "ask again in a while",
    "ask then": "ask again then",
    "enter key": "set ANTHROPIC_API_KEY, or enter a key in the app (aidx, F7)",
    "key": "check ANTHROPIC_API_KEY",
    "permission": "check what the key may be used for",
    "model": "choose another with --model or AIDX_MODEL",
    "budget": "lower the token budget (token_budget in config.toml, or AIDX_TOKEN_BUDGET)",
    "address": "check ANTHROPIC_BASE_URL and the setting base_url",
    "network": "check the network",
    "proxy": "check the proxy and certificate variables (HTTPS_PROXY, SSL_CERT_FILE …)",
    "offline": "use --offline to answer from the sources without Claude",
    "online": "leave --offline out, or set offline to false",
    "not deep": "ask without --deep",
    "password": "give it with --password",
    "ocr": "leave --read-with out to read it by OCR",
    "limit": "raise the setting",
    "no limit": "lift the limit by setting it to 0",
    "this once": "add --yes to go beyond it this once",
    "price": "give the model's price under prices in config.toml",
    "column": "rename it, or give it a weight with --weights if it is a stage of yours",
}


def what_to_do(hint: str, remedies: Sequence[Remedy]) -> str:
    """What helps against an error, in the words of a shell where it has some."""
    return advice(remedies, _IN_A_SHELL) or hint
