"""Prints what a user sees of each fault of the API in each place, as a table: `python -m tests.fault_table`.

The real SDK asks the tests' Messages server. One try more is allowed, and a stall is told after half a second.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.answers import Answer, AnswerText, Finished, Notice
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import ClaudeError
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from aidx_assistant.settings import load_settings
from tests.fakes.messages_requests import search_results
from tests.fakes.messages_script import Break, Cite, Received, Reply, Script, Text, overloaded, unauthorised
from tests.fakes.messages_server import MessagesServer
from tests.fakes.messages_tools import calling, search

QUESTION = "How many completed proofs of concept reach production?"
KEY = "sk-ant-fault-table-0123456789"
RIGHT = "Of completed proofs of concept, 30% have gone into production."
WRONG = "Of completed proofs of concept, 45% have gone into production."

FAULTS = {
    "key refused (401)": "status 401",
    "overloaded (529)": "status 529",
    "connection reset": "reset",
    "connection closed": "close",
    "stream ends early": "end",
    "not JSON": "malformed",
    "error event": "error",
    "silence": "stall",
}
PLACES = (
    "before the first byte", "mid-sentence", "between citation and text", "in a turn with tools", "while correcting",
    "on the second of two questions at once",
)  # fmt: skip


def main() -> None:
    os.environ["ANTHROPIC_API_KEY"] = KEY
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        library = Library(home, MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        library.close()
        with Assistant(home=home) as assistant:
            print(f"| | {' | '.join(PLACES)} |\n|{'---|' * (len(PLACES) + 1)}")
            for name, kind in FAULTS.items():
                cells = [_seen(assistant, kind, place) for place in PLACES]
                print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _seen(assistant: Assistant, kind: str, place: str) -> str:
    """What a user sees where a fault comes there."""
    match place:
        case "before the first byte":
            return _of_one(assistant, _faulty(kind, 0))
        case "mid-sentence" | "between citation and text":
            if kind.startswith("status"):
                return "–"
            return _of_one(assistant, _faulty(kind, 4 if place == "mid-sentence" else 1))
        case "in a turn with tools":
            broken = _faulty(kind, 1, lambda _: calling(search("proofs of concept in production")))
            return _of_one(assistant, calling(search("pilots")), broken, deep=True)
        case "while correcting":
            return _of_one(assistant, _saying(WRONG), _faulty(kind, 2))
        case _:
            return _of_two(assistant, _faulty(kind, 2))


def _saying(text: str) -> Script:
    return lambda received: Reply((Text(text, (_place(received),)),))


def _faulty(kind: str, at: int, reply: Callable[[Received], Reply] | None = None) -> Script:
    """A reply that has the fault after so many deltas."""
    if kind == "status 401":
        return unauthorised()
    if kind == "status 529":
        return overloaded()
    whole = reply or (lambda received: Reply((Text(RIGHT, (_place(received),)),)))
    broken = Break(kind, "message_start" if at == 0 else at, seconds=3.0)  # type: ignore[arg-type]
    return lambda received: replace(whole(received), broken=broken)


def _place(received: Received) -> Cite:
    for index, result in enumerate(search_results(received.body)):
        for at, sentence in enumerate(result["content"]):
            if "Only 30% of completed" in sentence["text"]:
                return Cite(index, at, at + 1)
    return Cite(0, 0, 1)


def _of_one(assistant: Assistant, *scripts: Script, deep: bool = False) -> str:
    with MessagesServer(*scripts) as server:
        return _told(assistant, server, deep=deep)


def _of_two(assistant: Assistant, broken: Script) -> str:
    """Two questions at once, each on a server of its own connection; the first has to stay whole."""
    first: list[str] = []
    with MessagesServer(_saying(RIGHT)) as sound, MessagesServer(broken) as server:
        with Assistant(load_settings({"base_url": sound.url}), home=assistant._home) as other:
            beside = threading.Thread(target=lambda: first.append(other.ask(QUESTION).text))
            beside.start()
            second = _told(assistant, server)
            beside.join()
    assert first == [f"{RIGHT} [1]"], first
    return f"the first whole; {second}"


def _told(assistant: Assistant, server: MessagesServer, *, deep: bool = False) -> str:
    assistant.use(load_settings({"base_url": server.url, "max_retries": 1, "stream_timeout": 0.5}))
    notices, shown = 0, ""
    try:
        for event in assistant.stream(QUESTION, deep=deep):
            assert KEY not in repr(event)
            match event:
                case Notice():
                    notices += event.seconds is not None
                case AnswerText():
                    shown += event.text
                case Finished():
                    again = f"tried again {'once' if notices == 1 else f'{notices} times'}; " if notices else ""
                    return again + _outcome(event.answer, shown)
    except ClaudeError as error:
        assert KEY not in f"{error.title}{error.hint}{error!r}"
        again = "tried again once; " if notices else ""
        return f"{again}exit {error.exit_code}: {error.title.replace(server.url.removeprefix('http://'), 'HOST')}"
    raise AssertionError("a stream of events ends with Finished")


def _outcome(answer: Answer, shown: str) -> str:
    host = (answer.reason or "").replace(answer.endpoint or "HOST", "HOST")
    kept = f"kept “{answer.text}”" if answer.text else "no text"
    if answer.text.startswith(RIGHT):
        kept = "the whole answer"
    if answer.text.startswith(WRONG):
        kept = "the first answer stays, its figure marked"
    twice = "TWICE " if shown.count("Of completed") > 1 and not answer.corrected else ""
    return f"{twice}{kept}{f': {host}' if answer.status != 'complete' and host else ''}"


if __name__ == "__main__":
    main()
