"""Reads a document in a process of its own, with limits, so that no file can harm the one that holds the library."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from aidx_assistant.briefs.written.document import WrittenDocument, WrittenMedium, document_from_json
from aidx_assistant.errors import ReadingError, UsageError

_READS = "aidx check reads Markdown and Word (.docx)."
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OTHER_PACKAGES = (
    (b"ppt/presentation.xml", "PowerPoint file"),
    (b"xl/workbook.", "Excel file"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "OpenDocument file"),
    (b"mimetypeapplication/epub+zip", "e-book"),
)
"""What the directory of a package, which is not compressed, names in files of other programs."""
_NUMBER = re.compile(r"\d+")
_SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIAL")
"""Of environment variables, what the process that reads strangers' files is not given."""


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """What one document may take."""

    file_bytes: int = 50_000_000
    memory: int = 1_500_000_000
    """Bytes of data."""
    seconds: float = 60.0
    characters: int = 3_000_000
    """Of text: a thousand pages."""
    numbers: int = 20_000
    """In it: each takes some thousandths of a second to check."""


def read_written(file: Path, limits: DocumentLimits | None = None) -> WrittenDocument:
    """The document in a file.

    Raises UsageError for a file that is not there, or of a kind or in a state that cannot be checked: empty, damaged,
    encrypted, beyond a limit; the titles name the file.
    """
    limits = limits or DocumentLimits()
    content = _content(file, limits)
    try:
        return _read(content, _medium(content, file), limits)
    except ReadingError as error:
        raise UsageError(f"{file} cannot be checked. {error.title}", error.hint) from error


def _content(file: Path, limits: DocumentLimits) -> bytes:
    if file == Path():
        raise UsageError("This folder itself is no document.", "Name a file: aidx check FILE")
    if file.is_dir():
        raise UsageError(f"{file} is a folder.", "Name the document in it.")
    try:
        if not file.exists():
            raise UsageError(f"There is no file {file}.")
        if not file.is_file():
            raise UsageError(f"{file} is no file.")
        size = file.stat().st_size
        if size > limits.file_bytes:
            most = limits.file_bytes / 1e6
            raise UsageError(f"{file} has {size / 1e6:,.0f} MB; documents of up to {most:,.0f} MB are checked.")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be opened: {error.strerror or error}.") from error


def _medium(content: bytes, file: Path) -> WrittenMedium:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadingError("The file is empty.")
    if content.startswith(b"PK\x03\x04"):
        other = next((name for mark, name in _OTHER_PACKAGES if mark in content), None)
        if other and b"word/document.xml" not in content:
            raise _of_another_kind(file, other)
        return "word"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadingError("It is an older or encrypted Office file.", "Save it as .docx without a password.")
    if b"%PDF-" in content[:1024]:
        raise _of_another_kind(file, "PDF")
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise _of_another_kind(file, "web page")
    if file.suffix.lower() == ".docx":
        raise ReadingError("Its name ends in .docx, but its content is none: it is damaged, or something else.")
    return "markdown"


def _of_another_kind(file: Path, kind: str) -> UsageError:
    article = "an" if kind[0] in "EOe" else "a"
    return UsageError(f"{file} is {article} {kind}.", f"{_READS} Check the document that the {kind} was made of.")


def _read(content: bytes, medium: WrittenMedium, limits: DocumentLimits) -> WrittenDocument:
    """Has a child read it, without the variables that hold secrets, and without the folder that aidx runs in (-P)."""
    environment = {
        name: value for name, value in os.environ.items() if not any(secret in name.upper() for secret in _SECRETS)
    }
    command = [sys.executable, "-P", "-m", "aidx_assistant.briefs.written.child"]
    try:
        finished = subprocess.run(
            [*command, medium, str(limits.memory), str(limits.seconds)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=limits.seconds,
            check=False,
        )
        reply = json.loads(finished.stdout)
        if "error" in reply:
            raise ReadingError(reply["error"]["title"], reply["error"]["hint"])
        document = document_from_json(reply["document"])
    except subprocess.TimeoutExpired as error:
        raise ReadingError(f"Reading it took longer than {limits.seconds:,.0f} seconds and was ended.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReadingError("Reading it ended the process that reads files: it is damaged, or too large.") from error
    _check_length(document, limits)
    return document


def _check_length(document: WrittenDocument, limits: DocumentLimits) -> None:
    texts = [*(piece.text for piece in document.pieces), *(note.text for note in document.notes)]
    length, numbers = sum(map(len, texts)), sum(len(_NUMBER.findall(text)) for text in texts)
    if length > limits.characters:
        most = limits.characters / 1e6
        raise ReadingError(f"It has {length / 1e6:,.1f} million characters; up to {most:,.1f} million are checked.")
    if numbers > limits.numbers:
        raise ReadingError(
            f"It holds {numbers:,} numbers; up to {limits.numbers:,} are checked.", "Split it into parts."
        )
