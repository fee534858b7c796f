"""The process that reads one document, apart from the one that holds the library.

Standard input is the document, the arguments are its medium and the limits (bytes of memory, seconds); standard output
is `{"document": …}` or `{"error": {"title", "hint"}}`. What libraries print goes nowhere.
"""

from __future__ import annotations

import json
import os
import sys

from aidx_assistant.briefs.written.document import document_as_json
from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.child import limit_resources


def main() -> int:
    """Reads the document that it is given."""
    medium, memory, seconds = sys.argv[1:4]
    limit_resources(int(memory), float(seconds))
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    with replies:
        json.dump(_reply(medium, sys.stdin.buffer.read()), replies)
    return 0


def _reply(medium: str, content: bytes) -> dict[str, object]:
    try:
        if medium == "word":
            from aidx_assistant.briefs.written.word import read_word as read
        else:
            from aidx_assistant.briefs.written.markdown import read_markdown as read
        return {"document": document_as_json(read(content))}
    except ReadingError as error:
        return {"error": {"title": error.title, "hint": error.hint}}
    except Exception as error:  # A reader may fail at any file.
        return {"error": {"title": f"It could not be read: the reader failed ({type(error).__name__}).", "hint": ""}}


if __name__ == "__main__":
    sys.exit(main())
