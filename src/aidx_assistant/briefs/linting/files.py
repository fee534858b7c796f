"""Judges a file: reads it apart, measures a brief of ours, holds it against the library."""

from __future__ import annotations

from pathlib import Path

from aidx_assistant.briefs.brief import BriefKind
from aidx_assistant.briefs.linting.documents import DocumentLint, lint_document
from aidx_assistant.briefs.linting.references import ToldHowFar, nothing_shown
from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.briefs.written.apart import read_written
from aidx_assistant.briefs.written.as_brief import brief_again
from aidx_assistant.briefs.written.document import WrittenDocument


def lint_file(
    file: Path, shelf: Shelf, as_kind: BriefKind | None = None, progress: ToldHowFar = nothing_shown
) -> DocumentLint:
    """Raises UsageError as `read_written` does."""
    return lint_document(read_written(file), shelf, pages_of, as_kind, progress)


def pages_of(document: WrittenDocument) -> int | None:
    """Of Markdown the pages of the PDF that it makes; of Word those that it counted itself. None where not known."""
    if document.medium == "word":
        return document.pages
    brief = brief_again(document)
    if brief is None:
        return None
    from aidx_assistant.briefs.exports.pdf import page_count

    return page_count(brief)
