"""What the user's own copy of a shipped source is made of, and where it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aidx_assistant.errors import UsageError
from aidx_assistant.library.supplements import ARTICLE
from aidx_assistant.reading.corpus import read_source


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to fetch: the article (`slide` is None) or the picture of a slide."""

    address: str
    slide: int | None = None

    @property
    def name(self) -> str:
        """`article`, or `slide-08`."""
        return ARTICLE if self.slide is None else f"slide-{self.slide:02}"

    @property
    def label(self) -> str:
        """In words: `the article`, `slide 8`."""
        return "the article" if self.slide is None else f"slide {self.slide}"


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """All that is to be fetched of a source, the article first."""

    source_id: str
    title: str
    items: tuple[Item, ...]

    @property
    def article(self) -> str | None:
        """The address of the article."""
        return next((item.address for item in self.items if item.slide is None), None)

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """The servers that pictures come from, and how many from each."""
        counts = Counter(urlsplit(item.address).netloc for item in self.items if item.slide is not None)
        return tuple(counts.items())


def plan_of(corpus: Path, source_id: str) -> FetchPlan:
    """What is to be fetched of a source of the corpus. Raises UsageError where its notes lack nothing that could be."""
    read = read_source(corpus / source_id)
    pictures = {
        passage.locator.number: passage.picture
        for passage in read.passages
        if passage.locator.kind == "slide" and passage.locator.number is not None and passage.read == "no"
    }
    items = [Item(address, number) for number, address in sorted(pictures.items()) if address]
    if read.source.url and (read.source.unread or read.cut):
        items.insert(0, Item(read.source.url))
    if not items:
        raise UsageError(f"There is nothing to fetch of “{source_id}”: its notes lack neither sections nor slides.")
    return FetchPlan(source_id, read.source.title, tuple(items))
