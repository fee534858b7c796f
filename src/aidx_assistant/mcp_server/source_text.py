"""A source as one text, for a client that reads it whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from aidx_assistant.evidence import Passage, Source, passage_label


def source_as_markdown(source: Source, passages: Sequence[Passage]) -> str:
    """The passages in reading order, each place under its label: what has to be said when it is quoted."""
    about = " · ".join(part for part in (", ".join(source.publishers), source.date, source.url or "") if part)
    paragraphs = [f"# {source.name}", about, source.attribution or "", source.note]
    for label, in_place in groupby(passages, key=lambda passage: passage_label(passage, source)):
        paragraphs.append(f"## {label}")
        paragraphs += [passage.text for passage in in_place]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
