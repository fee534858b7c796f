"""Prints what each hostile file gets, as a table in Markdown: `python -m tests.hostile_table`."""

from __future__ import annotations

import time

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.isolation import ReadingProcess
from tests.hostile.files import MAKERS, SHARED


def main() -> None:
    """Reads every file, the shared ones where they are there."""
    files = {name: make() for name, make in MAKERS.items()}
    if SHARED.is_dir():
        files |= {file.name: file.read_bytes() for file in sorted(SHARED.iterdir())}
    print("| file | seconds | what it got |\n|---|---|---|")
    with ReadingProcess() as process:
        for name, content in files.items():
            begun = time.monotonic()
            try:
                document = process.read(content, name)
                got = f"read, {len(document.parts)} part(s). {' '.join(document.remarks)}"
            except ReadingError as error:
                got = f"{error.title} {error.hint}"
            print(f"| {name} | {time.monotonic() - begun:.2f} | {got.strip()} |", flush=True)


if __name__ == "__main__":
    main()
