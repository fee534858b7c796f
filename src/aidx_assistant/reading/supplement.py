"""Completes a shipped source with the user's own copy of it: the notes stay, what they lack is added.

Nothing that was checked by hand is replaced. Sections that the notes hold completely stay as they are; one that is
known by its heading gets its text; one that breaks off goes on; a slide that has not been read gets what its picture
says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from aidx_assistant.evidence import SEGMENTS, Finding, Locator, Passage, Segment
from aidx_assistant.reading.document import Block, Document, Part
from aidx_assistant.reading.figures_found import quantities_of
from aidx_assistant.reading.passages import read_source_of
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.sections import same_words
from aidx_assistant.reading.supplement_note import note_of

_SAYS_UNREAD = re.compile(r"\b(?:has|have) not been read\b|\bbreaks off\b")
_HELD = 0.6
"""Share of a block's words that the notes must have for it to be told by them already."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_SCALED = re.compile(r"-\d{2,5}x\d{2,5}$")
"""How WordPress names a smaller copy of a picture."""


def supplemented(read: ReadSource, article: Document | None, slides: Mapping[int, Document]) -> ReadSource:
    """The source with the text of an article and the words of slide pictures where its notes lack them.

    What is added has passage ids of its own (`source/section/<slug>/more-<n>`, `source/slide/<n>/more-<n>`), and its
    figures are findings marked `imported`. Passages and findings of the notes keep their ids.
    """
    added = _Added(read)
    if article is not None:
        added.take_article(article)
    for number, document in sorted(slides.items()):
        added.take_slide(number, document)
    source = replace(read.source, unread=added.still_unread)
    passages = tuple(added.passages())
    note = note_of(source, passages, added.filled, added.continued, added.empty)
    return ReadSource(replace(source, note=note), passages, tuple(added.findings.values()), read.cut)


class _Added:
    """What is added to a source, while it is put together."""

    def __init__(self, read: ReadSource) -> None:
        self._read = read
        self._in_place_of: dict[str, tuple[Passage, ...]] = {}
        """By the id of a passage of the notes: what stands in its place."""
        self._after: dict[str | None, tuple[Passage, ...]] = {}
        """By the heading of a section that breaks off: what goes on after its last passage."""
        self._stated = {finding.passage_id: set[int]() for finding in read.findings}
        for finding in read.findings:
            self._stated[finding.passage_id].add(finding.sentence)
        self.findings: dict[str, Finding] = {finding.id: finding for finding in read.findings}
        self.filled: tuple[str, ...] = ()
        """Headings of sections that have been read now."""
        self.continued: tuple[str, ...] = ()
        self.empty: tuple[str, ...] = ()
        """Headings under which the page has no text, though it has what comes after them."""

    @property
    def still_unread(self) -> tuple[str, ...]:
        return tuple(one for one in self._read.source.unread if one not in {*self.filled, *self.empty})

    def passages(self) -> Iterator[Passage]:
        """All passages in reading order."""
        last = {passage.locator: passage.id for passage in self._read.passages}
        for passage in self._read.passages:
            yield from self._in_place_of.get(passage.id, (passage,))
            if passage.locator.kind == "section" and last[passage.locator] == passage.id:
                yield from self._after.get(passage.locator.heading, ())

    def take_article(self, article: Document) -> None:
        """Puts the sections of an article where the notes have their headings only, or break off."""
        parts = self._parts_lacking(article)
        read = read_source_of(Document("page", tuple(part for _, part in parts)), self._read.source)
        owner = {part.locator: heading for heading, part in parts}
        found: dict[str, list[Passage]] = {}
        for passage in self._ours(read.passages):
            found.setdefault(owner[passage.locator], []).append(self._beside_slide(passage))
        for heading, passages in found.items():
            if heading in self._read.cut:
                self._after[heading] = tuple(passages)
                self._drop_unread_sentences(Locator("section", heading=heading))
        self.continued = tuple(one for one in self._read.cut if one in found)
        unread = self._read.source.unread
        self.filled = tuple(one for one in unread if one in found)
        last = max((place for place, one in enumerate(unread) if one in found), default=-1)
        self.empty = tuple(one for one in unread[: last + 1] if one not in found)
        for heading in unread:
            self._fill(heading, found.get(heading, ()))
        self._keep_findings(read, {})

    def take_slide(self, number: int, document: Document) -> None:
        """Puts the words of a slide's picture after what the notes say the slide is about."""
        first = next((p for p in self._read.passages if (p.locator.kind, p.locator.number) == ("slide", number)), None)
        if first is None or first.read != "no":
            return
        parts = tuple(replace(part, locator=first.locator, picture=first.picture) for part in document.parts)
        read = read_source_of(Document("picture", parts), self._read.source)
        if not read.passages:
            return
        kept = self._without_unread_sentences(first)
        beginning, *others = self._ours(read.passages)
        own = [self._of_slide(passage, first) for passage in (beginning, *others)]
        own[0] = replace(
            kept,
            sentences=(*kept.sentences, *beginning.sentences),
            segments=own[0].segments,
            read=beginning.read,
        )
        self._in_place_of[first.id] = tuple(own)
        self._keep_findings(read, {beginning.id: (first.id, len(kept.sentences))})

    def _parts_lacking(self, article: Document) -> list[tuple[str, Part]]:
        """What the notes lack, each with the heading of theirs that it belongs under.

        A heading that the notes do not have belongs to what comes before it.
        """
        known: dict[str | None, None] = {
            passage.locator.heading: None for passage in self._read.passages if passage.locator.kind == "section"
        }
        lacking: list[tuple[str, Part]] = []
        heading: str | None = None
        for part in article.parts:
            written = part.locator.heading or ""
            own = next((one for one in known if same_words(one or "", written)), None) if written else None
            heading = own or (heading if written else None)
            if heading is None or heading not in {*self._read.source.unread, *self._read.cut}:
                continue
            # A heading used again, as the same words with a number, stays apart.
            locator = Locator("section", heading=own or written)
            lacking.append((heading, replace(part, locator=locator)))
        going_on = [
            pair for cut in self._read.cut for pair in self._going_on(cut, [one for one in lacking if one[0] == cut])
        ]
        return [*going_on, *(pair for pair in lacking if pair[0] not in self._read.cut)]

    def _going_on(self, heading: str, parts: Sequence[tuple[str, Part]]) -> Iterator[tuple[str, Part]]:
        """The parts of a section that breaks off from the first block on which the notes do not tell."""
        notes = [p.text for p in self._read.passages if p.locator == Locator("section", heading=heading)]
        told = _Told(notes)
        blocks = [(part, block) for _, part in parts for block in part.blocks]
        left = list(dropwhile(lambda pair: told.holds(pair[1]), blocks))
        for _, part in parts:
            own = tuple(block for of, block in left if of is part)
            if own:
                yield heading, replace(part, blocks=own)

    def _fill(self, heading: str, passages: Iterable[Passage]) -> None:
        """What stands in place of the passage that says that a section has not been read."""
        place = Locator("section", heading=heading)
        for passage in self._read.passages:
            if passage.locator != place or passage.read != "no":
                continue
            if heading in self.empty:
                words = f"The page has no text of its own under the heading “{heading}”."
                self._in_place_of[passage.id] = (replace(passage, sentences=(words,), asked=(), read="yes"),)
            elif heading in self.filled:
                stated = (passage,) if passage.id in self._stated else ()
                self._in_place_of[passage.id] = (*stated, *passages)

    def _drop_unread_sentences(self, place: Locator) -> None:
        for passage in self._read.passages:
            if passage.locator == place:
                kept = self._without_unread_sentences(passage)
                self._in_place_of[passage.id] = (kept,) if kept.sentences else ()

    def _without_unread_sentences(self, passage: Passage) -> Passage:
        """A passage without the sentences that say that something has not been read, unless a finding is one."""
        stated = self._stated.get(passage.id, set())
        stay = [
            position
            for position, sentence in enumerate(passage.sentences)
            if position in stated or not _SAYS_UNREAD.search(sentence)
        ]
        positions = {old: new for new, old in enumerate(stay)}
        self._move_findings(passage.id, positions)
        sentences = tuple(passage.sentences[position] for position in stay)
        asked = tuple((positions[at], question) for at, question in passage.asked if at in positions)
        return replace(passage, sentences=sentences, asked=asked)

    def _move_findings(self, passage_id: str, positions: Mapping[int, int]) -> None:
        for finding in self._read.findings:
            if finding.passage_id == passage_id:
                self.findings[finding.id] = replace(finding, sentence=positions[finding.sentence])

    def _keep_findings(self, read: ReadSource, moved: Mapping[str, tuple[str, int]]) -> None:
        """Adds what was found; `moved` gives for a passage the one that it goes into, and after how many sentences."""
        for finding in read.findings:
            target, before = moved.get(_own_id(finding.passage_id), (_own_id(finding.passage_id), 0))
            self.findings.setdefault(
                finding.id, replace(finding, passage_id=target, sentence=finding.sentence + before)
            )

    def _ours(self, passages: Sequence[Passage]) -> list[Passage]:
        return [replace(passage, id=_own_id(passage.id)) for passage in passages]

    def _of_slide(self, passage: Passage, slide: Passage) -> Passage:
        """A passage of a slide's picture with what the notes say of the slide."""
        named = passage.segments if passage.segments != ("all",) else ()
        segments: tuple[Segment, ...] = tuple(one for one in SEGMENTS if one in {*named, *slide.segments})
        return replace(passage, segments=segments, part=slide.part, shown_beside=slide.shown_beside)

    def _beside_slide(self, passage: Passage) -> Passage:
        """Where a page shows a slide beside a passage, the slide is named, and its picture is the slide's."""
        if not passage.picture:
            return passage
        name = _picture_name(passage.picture)
        for slide in self._read.passages:
            if slide.locator.kind == "slide" and slide.picture and _picture_name(slide.picture) == name:
                return replace(passage, shown_beside=slide.locator.label, picture=slide.picture)
        return passage


class _Told:
    """What the notes on a section tell, to recognise it in other words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._figures = {figure for text in texts for figure in _figures(text)}
        self._words = _words(" ".join(texts))

    def holds(self, block: Block) -> bool:
        """Whether the notes have all figures of a block, or most of the words of one without figures."""
        if figures := _figures(block.text):
            return figures <= self._figures
        words = _words(block.text)
        return bool(words) and len(words & self._words) >= _HELD * len(words)


def _figures(text: str) -> set[tuple[str, float, float]]:
    return {(figure.kind, figure.low, figure.high) for figure in quantities_of(text)}


def _words(text: str) -> set[str]:
    """The beginnings of its longer words: British and American spelling have them in common."""
    return {word.group()[:6].casefold() for word in _WORD.finditer(text)}


def _own_id(passage_id: str) -> str:
    """An id that no passage of the notes has."""
    place, _, number = passage_id.rpartition("/")
    return f"{place}/more-{number}"


def _picture_name(address: str) -> str:
    path = PurePosixPath(unquote(urlsplit(address).path))
    return _SCALED.sub("", path.stem).casefold()
