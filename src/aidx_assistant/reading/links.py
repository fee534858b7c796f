"""The links of a text: their words, and addresses that can be opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

from aidx_assistant.reading.document import Link
from aidx_assistant.reading.sections import Item, Written

_LONGEST = 2_000
"""Characters of an address."""


def with_whole_links(items: Iterable[Item], base: str) -> Iterator[Item]:
    """The items, addresses of their links made absolute by `base`; see `whole_links`."""
    for item in items:
        if isinstance(item, Written):
            yield replace(item, block=replace(item.block, links=whole_links(item.block.links, base)))
        else:
            yield replace(item, links=whole_links(item.links, base))


def whole_links(links: Sequence[Link], base: str) -> tuple[Link, ...]:
    """Links with words to pages of the web, addresses absolute, each once. Those within the page are left out."""
    found = ((words, _absolute(address.strip(), base)) for words, address in links if words)
    return tuple(dict.fromkeys((words, address) for words, address in found if address))


def is_address(text: str) -> bool:
    """Whether it is an address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in text


def _absolute(address: str, base: str) -> str:
    """Empty where it leads to no page of the web, or to this one."""
    try:
        whole = urljoin(base, address) if base else address
        is_here = urldefrag(whole)[0] == urldefrag(base)[0]
    except ValueError:
        return ""
    return whole if is_address(whole) and not is_here and len(whole) <= _LONGEST else ""
