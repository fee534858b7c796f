"""What a streamed event costs beyond the bare SDK: `python -m tests.bench_stream [--tokens N] [--runs N]`.

A Messages API on loopback, in a process of its own, sends one long cited answer as fast as it is read. The SDK's raw
events, the SDK's own helper, aidx's client and a whole answer of aidx (retrieved, drafted, checked) read it in turns.
Told is processor time of the reading process, which other work on the machine changes little. Prints a JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anthropic

from aidx_assistant import locations
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.claude.messages import Claude
from aidx_assistant.claude.params import params_of
from aidx_assistant.settings import load_settings
from tests.fakes.messages_client import a_request, connection_to

_SERVING = (
    "import sys, threading; from tests.fakes.messages_server import MessagesServer;"
    " from tests.fakes.messages_script import flowing;"
    " server = MessagesServer(flowing(int(sys.argv[1]), 1e9)).start();"
    " print(server.url, flush=True); threading.Event().wait()"
)
_QUESTION = "Why do so few pilots reach production?"
_KEY = "sk-bench"


@dataclass(frozen=True, slots=True)
class Streamed:
    """Microseconds of processor time for each event of the wire; medians."""

    events: int
    """Of one answer, as the SDK's raw stream counts them."""
    raw: float
    helper: float
    client: float
    answer: float
    sdk: str
    load: float


def streamed(tokens: int, runs: int, home: Path) -> Streamed:
    with subprocess.Popen([sys.executable, "-c", _SERVING, str(tokens)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        try:
            return _measured(url, runs, home)
        finally:
            server.kill()


def _measured(url: str, runs: int, home: Path) -> Streamed:
    params: dict[str, Any] = params_of(a_request(max_tokens=8000))
    sdk = anthropic.Anthropic(api_key=_KEY, base_url=url, max_retries=0)
    client = Claude(connection_to(url))
    settings = load_settings({"base_url": url, "repair": False, "small_model": "claude-opus-5-5"})

    def raw() -> Iterable[object]:
        with sdk.messages.create(**params, stream=True) as events:
            yield from events

    def helped() -> Iterable[object]:
        with sdk.messages.stream(**params) as events:
            yield from events

    with Assistant(settings, home=home) as assistant:
        assistant.ask(_QUESTION)  # what the first answer loads does not count
        events = sum(1 for _ in raw())
        ways: dict[str, Callable[[], Iterable[object]]] = {
            "raw": raw,
            "helper": helped,
            "client": lambda: client.stream(a_request(max_tokens=8000)),
            "answer": lambda: assistant.stream(_QUESTION),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(runs + 1):
            for name, way in ways.items():
                start = time.process_time()
                for _ in way():
                    pass
                taken[name].append((time.process_time() - start) * 1e6 / events)
    client.close()
    sdk.close()
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    return Streamed(events, **medians, sdk=version("anthropic"), load=os.getloadavg()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ANTHROPIC_API_KEY": _KEY, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        locations.make_home(Path(folder))
        print(json.dumps(asdict(streamed(chosen.tokens, chosen.runs, Path(folder)))))


if __name__ == "__main__":
    main()
