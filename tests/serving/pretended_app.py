"""Stands in for the app behind a page: does what it is typed, in the packets of Textual's web driver."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from textual._binary_encode import dump


def send(kind: bytes, payload: bytes) -> None:
    sys.stdout.buffer.write(kind + len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()


def ask(**content: Any) -> None:
    send(b"M", json.dumps(content).encode())


def draw(text: str) -> None:
    send(b"D", text.encode())


def received() -> tuple[bytes, bytes]:
    kind = sys.stdin.buffer.read(1)
    if not kind:
        sys.exit(0)
    return kind, sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))


def main() -> None:
    Path(sys.argv[1]).write_text(str(os.getpid()))
    sys.stdout.buffer.write(b"a line before the first packet\n__GANGLION__\n")
    draw(f"{os.environ['COLUMNS']} by {os.environ['ROWS']}")
    delivered = io.StringIO("ä,1\n" * 50_000)
    while True:
        kind, payload = received()
        content = json.loads(payload) if kind == b"M" else {}
        match payload.decode().partition(" ") if kind == b"D" else (content["type"], "", ""):
            case "crash", _, words:
                sys.stderr.write(words)
                sys.stderr.flush()
                os._exit(1)
            case "hang", _, _:
                draw("hanging")
                time.sleep(60)
            case "open", _, address:
                ask(type="open_url", url=address, new_tab=False)
                draw("asked")
            case "deliver", _, name:
                path = f"/somewhere/{name}"
                ask(type="deliver_file_start", key="k1", path=path, open_method="browser", encoding="utf-8", name=None)
            case "deliver_chunk_request", _, _:
                send(b"P", dump(("deliver_chunk", content["key"], delivered.read(content["size"]))))
            case "resize", _, _:
                draw(f"now {content['width']} by {content['height']}")
            case ("quit", _, _) | ("leave", _, _):
                ask(type="exit")
                sys.exit(0)
            case _:
                draw(f"got {payload.decode()}")


main()
