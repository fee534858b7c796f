"""Times what a user of the app waits for, on a pseudo-terminal, with the real command: `python -m tests.bench_app`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.bench import KEEPS_COMPILED
from tests.fakes.answers import an_answer
from tests.fakes.terminal import Terminal, aidx_on_terminal

_RUNS = 7
_KEYS = 60
_PAGES = 20
_TEXT = "\n\n".join(
    f"{number}% of **pilots** stall, others go on; and so it is for the next sentence. [1]" for number in range(12)
)


def main() -> None:
    """Prints each median beside its budget."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        library = Library(home, MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        library.close()
        _show_start(home)
        _show_keys(home)
        _show_scrolling(home)


def _show_start(home: Path) -> None:
    painted, ready = [], []
    for _ in range(_RUNS):
        with aidx_on_terminal(home, **KEEPS_COMPILED) as terminal:
            painted.append(terminal.wait_for("Ask the sources") - terminal.started)
            ready.append(terminal.wait_for("no model") - terminal.started)
            _quit(terminal)
    _show("app: first paint", painted, 0.6)
    _show("app: able to answer", ready, 3.0)


def _show_keys(home: Path) -> None:
    """A key's way to the screen while an answer of 500 tokens a second comes in."""
    serving = [sys.executable, "-m", "tests.fakes.messages_server", "--script", "flowing"]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        try:
            with aidx_on_terminal(
                home, **KEEPS_COMPILED, ANTHROPIC_API_KEY="sk-bench", ANTHROPIC_BASE_URL=address
            ) as terminal:
                terminal.wait_for("claude-")
                terminal.write("Why do so few pilots reach production?\r")
                terminal.wait_for("the rest have not.")
                waits = [_echo(terminal, "x" * count) for count in range(1, _KEYS + 1)]
                _quit(terminal)
        finally:
            server.kill()
    _show("app: a key while 500 tokens a second come in", waits, 0.05)
    print(
        f"{'  95 of 100 / the longest':<48} {sorted(waits)[int(0.95 * _KEYS)] * 1000:8.1f} / {max(waits) * 1000:.1f} ms"
    )


def _echo(terminal: Terminal, typed: str) -> float:
    """Seconds from writing one more x to seeing all of them in the prompt."""
    terminal.read_for(0.03)
    start = terminal.write("x")
    return terminal.wait_for(f" {typed}") - start


def _show_scrolling(home: Path) -> None:
    """A page up in a conversation of 200 answers, and in one of 2."""
    medians = {}
    for count in (2, 200):
        _write_conversation(home, f"A conversation of {count}", count)
        with aidx_on_terminal(home, **KEEPS_COMPILED) as terminal:
            terminal.wait_for("no model")
            terminal.write("\x1b[17~")  # F6
            terminal.wait_for(f"A conversation of {count}")
            start = terminal.write("\r")
            _show(f"app: reopening {count} answers", [terminal.wait_for("citations verified") - start], None)
            terminal.read_for(1.0)
            waits = []
            for _ in range(_PAGES):
                before = terminal.screen.text
                start = terminal.write("\x1b[<64;20;10M" * 3)  # the wheel, three notches up
                waits.append(terminal.wait_for(lambda before=before: terminal.screen.text != before) - start)  # type: ignore[misc]
                terminal.read_for(0.1)
                if count == 2 and len(waits) == 5:
                    break
            medians[count] = statistics.median(waits)
            _show(f"app: scrolling {count} answers", waits, None)
            _quit(terminal)
    print(f"{'  200 answers : 2 answers':<48} {medians[200] / medians[2]:8.2f}")


def _write_conversation(home: Path, title: str, count: int) -> None:
    store = ConversationStore(home / locations.CONVERSATIONS)
    conversation_id = None
    for number in range(count):
        turn = store.begin(conversation_id, f"Question {number}?")
        conversation_id = turn.conversation_id
        store.finish(turn.id, an_answer(_TEXT, question=f"Question {number}?"))
    assert conversation_id is not None
    store.rename(conversation_id, title)
    store.close()


def _quit(terminal: Terminal) -> None:
    terminal.write("\x11")
    terminal.wait_for_end()


def _show(what: str, seconds: Sequence[float], budget: float | None) -> None:
    limit = f"budget {budget * 1000:7.1f} ms" if budget else ""
    print(f"{what:<48} {statistics.median(seconds) * 1000:8.1f} ms   {limit}", flush=True)


if __name__ == "__main__":
    main()
