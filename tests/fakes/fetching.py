"""Fetchers that do not wait, names that lead where a test says, and small contents."""

from __future__ import annotations

import dataclasses
import socket
from pathlib import Path
from typing import Any

from aidx_assistant.fetching import Fetched, Fetcher, Patience

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>Thirty percent.</p></body></html>"
HTML = {"content-type": "text/html; charset=utf-8"}
A_PNG = {"content-type": "image/png"}

QUICK = Patience(connect=2, silence=2, whole=20, between_requests=0, first_pause=0.01, longest_pause=2, retries=3)


def quick(**changes: Any) -> Patience:
    return dataclasses.replace(QUICK, **changes)


class Names:
    """A name system: each look-up of a name gives the next of its answers, the last one again and again."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.asked: list[str] = []
        self._answers = {name.replace("_", "."): list(of_name) for name, of_name in answers.items()}

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        answers = self._answers.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]


def fetched(folder: Path, address: str, **options: Any) -> tuple[Fetched, bytes]:
    """One fetch by a fetcher of its own, and the content that it gave."""
    asked = {name: options.pop(name) for name in ("kind", "largest", "validators") if name in options}
    with Fetcher(folder, **{"patience": QUICK, "look_up": Names(), **options}) as fetcher:
        answer = fetcher.fetch(address, **{"kind": "any", "largest": 1_000_000, **asked})
        return answer, answer.content.read_bytes() if answer.content else b""
