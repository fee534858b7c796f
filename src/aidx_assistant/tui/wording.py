"""Words that several screens have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aidx_assistant.errors import AidxError, Remedy, advice
from aidx_assistant.evidence import Source

_IN_THE_APP: Mapping[Remedy, str] = {
    "ask again": "Enter asks again",
    "ask later": "Enter asks again: best in a while",
    "ask then": "Enter asks again: best then",
    "enter key": "F7: enter an API key",
    "key": "F7: look at the API key",
    "permission": "check what the key may be used for",
    "model": "F7: choose another model",
    "budget": "F7: lower the token budget",
    "address": "check ANTHROPIC_BASE_URL and base_url in config.toml",
    "network": "check the network, then Enter asks again",
    "proxy": "check the proxy and certificate variables (HTTPS_PROXY, SSL_CERT_FILE …)",
    "offline": "F7: switch Offline on, to be answered from the sources without Claude",
    "online": "F7: switch Offline off",
    "not deep": "Enter asks it as an ordinary question",
    "password": "F5: choose the file and press p",
    "limit": "F7: raise the setting",
    "no limit": "F7: lift the limit by setting it to 0",
    "price": "give the model's price under prices in config.toml",
}


def as_sentence(text: str) -> str:
    """With a capital at its beginning and one full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def published(source: Source) -> str:
    """Who published a source, and when."""
    return " · ".join(part for part in (", ".join(source.publishers), source.date) if part)


def told(error: AidxError) -> str:
    """What is wrong, and what to do."""
    return f"{error.title} {what_to_do(error.hint, error.remedies)}".strip()


def what_to_do(hint: str, remedies: Sequence[Remedy]) -> str:
    """What helps against an error, in the words of the app where it has some."""
    return advice(remedies, _IN_THE_APP) or hint
