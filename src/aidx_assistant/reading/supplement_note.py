"""Says of a shipped source what has been read of it once the user's own copy is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aidx_assistant.evidence import Passage, Source


def note_of(
    source: Source,
    passages: Iterable[Passage],
    filled: Sequence[str],
    continued: Sequence[str],
    empty: Sequence[str],
) -> str:
    """The source's note: `source` is without the sections in `filled` and `empty` among its unread ones.

    `filled`, `continued` and `empty` are headings: read now, gone on with, without text on the page.
    """
    told = ["The notes are complete with your own copy as far as it has been fetched."]
    if filled:
        were = "One section that was" if len(filled) == 1 else f"{len(filled)} sections that were"
        has = "has" if len(filled) == 1 else "have"
        told.append(f"{were} known by heading only {has} been read.")
    told += [f"“{heading}” goes on where the notes break off." for heading in continued]
    if empty:
        told.append(f"The page has no text of its own under {_listed([f'“{heading}”' for heading in empty])}.")
    if source.unread:
        count = len(source.unread)
        sections = "One section is known by its heading" if count == 1 else f"{count} sections are known by heading"
        told.append(f"{sections} only.")
    return " ".join([*told, *_of_slides(source, passages)])


def _of_slides(source: Source, passages: Iterable[Passage]) -> list[str]:
    read: set[int] = set()
    ways: set[str] = set()
    unread: set[int] = set()
    for passage in passages:
        if passage.locator.kind == "slide" and passage.locator.number is not None:
            if passage.read == "no":
                unread.add(passage.locator.number)
            else:
                read.add(passage.locator.number)
                ways.add(passage.read)
    if not source.slide_count:
        return []
    if not read:
        return ["The slides are known by number, alt text and picture address; their content has not been read."]
    how = " and ".join(sorted(ways - {"yes"}))
    counted = "All" if not unread else f"{len(read)} of the"
    have = "has" if len(read) == 1 and unread else "have"
    told = [f"{counted} {source.slide_count} slides {have} been read{f' {how}' if how else ''}."]
    if unread:
        several = len(unread) > 1
        numbers = _listed([str(number) for number in sorted(unread)])
        told.append(f"{'Slides' if several else 'Slide'} {numbers} {'have' if several else 'has'} not been read.")
    return told


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
