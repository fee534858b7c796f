"""The process that reads files, apart from the one that holds the library, whose number it is given.

Standard input brings requests, each a line of JSON (`name`, `path` or `size`, `options`, `memory`, `seconds`) and, for
a size, that many bytes of content. Standard output gives lines of JSON: `{"at": "page 3 of 37"}` while it goes on,
then `{"document": …}` or `{"error": {"title", "hint", "remedies"}}`, with `"last": true` where the process ends after
it. What libraries print goes nowhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading import document_json, progress
from aidx_assistant.reading.document import ReadingOptions
from aidx_assistant.reading.formats import read_document


def main() -> int:
    """Reads what it is asked to until its input ends."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"]) if request["path"] is None else None
        reply = _read(request, content, replies)
        del content
        _send(replies, reply)
        if b'"last": true' in reply[:20]:
            return 1
    return 0


def _read(request: Mapping[str, Any], content: bytes | None, replies: BinaryIO) -> bytes:
    try:
        limit_resources(request["memory"], request["seconds"])
        if content is None:
            content = Path(request["path"]).read_bytes()
        with progress.progress_told_to(lambda place: _send(replies, json.dumps({"at": place}).encode())):
            document = read_document(content, request["name"], ReadingOptions(**request["options"]))
        return f'{{"document": {document_json.to_json(document)}}}'.encode()
    except ReadingError as error:
        return json.dumps({"error": {"title": error.title, "hint": error.hint, "remedies": error.remedies}}).encode()
    except MemoryError:
        return _fault(f"Reading it needs more than {request['memory'] / 1e6:,.0f} MB of memory.")
    except OSError as error:
        return _fault(f"It cannot be opened: {error.strerror or error}.")
    except Exception as error:  # A reader may fail at any file; the next one is read by a new process.
        return _fault(f"It could not be read: the reader failed ({type(error).__name__}).")


def _end_with(starter: int) -> None:
    """Ends this process where the one that started it was killed: nobody waits for the file that it still reads."""
    if os.name == "nt":  # where a parent's number says nothing of whether it lives
        return
    while os.getppid() == starter:
        time.sleep(1)
    os._exit(1)


def _fault(title: str) -> bytes:
    return json.dumps({"last": True, "error": {"title": title, "hint": "", "remedies": []}}).encode()


def _send(replies: BinaryIO, message: bytes) -> None:
    whole = memoryview(message + b"\n")
    while whole:
        whole = whole[replies.write(whole) :]


def limit_resources(memory: int, seconds: float) -> None:
    """Limits memory, and processor time, so that it ends even where whoever started it is gone.

    Windows has no such limits, and macOS does not hold to that of memory.
    """
    try:
        import resource
    except ImportError:
        return
    spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    processors = os.cpu_count() or 1
    for kind, limit in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, int(spent + processors * seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        sys.exit(main())
