"""What a citation leads to: gathered from the library, and put into words for the panel beside the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.answers import Citation, UnsupportedFigure
from aidx_assistant.evidence import Finding, Locator, Passage, Source
from aidx_assistant.tui.wording import as_sentence, published

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

_CITED = "bold reverse"
_LABEL = "bold"
_ASIDE = "dim"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the panel shows for one place of a source."""

    citation: Citation
    passage: Passage | None
    """None where the library no longer holds it: the quotation is shown instead."""
    source: Source | None
    picture_file: Path | None
    slide_read: bool = False
    """Whether the slide that stands beside the passage has been read itself."""
    figure: UnsupportedFigure | None = None
    """The unsupported figure that led here."""
    cited: bool = True
    """Whether an answer rests on it; else it is only what stands nearest to a question without an answer."""


def evidence_for(
    assistant: Assistant, citation: Citation, figure: UnsupportedFigure | None = None, cited: bool = True
) -> Evidence:
    """Gathers what the library holds of a citation."""
    source = next((source for source in assistant.sources() if source.id == citation.source_id), None)
    slide = slide_of(citation)
    picture = assistant.picture_file(citation.source_id, slide) if slide is not None else None
    of_source = assistant.passages(source.id) if source and slide is not None else ()
    states = [p.read for p in of_source if (p.locator.kind, p.locator.number) == ("slide", slide)]
    read = any(state != "no" for state in states)
    passage = _passage(assistant, citation)
    if picture is None and passage is not None and passage.read in ("by OCR", "by Claude"):
        picture = assistant.picture_read(citation.source_id)
    return Evidence(citation, passage, source, picture, read, figure, cited)


def _passage(assistant: Assistant, citation: Citation) -> Passage | None:
    """The passage as it was when it was cited; None where a newer version of the source has taken its place."""
    from aidx_assistant.checking.citing import is_quoted_from

    passage = assistant.passage(citation.passage_id)
    return passage if not citation.verified or is_quoted_from(passage, citation) else None


def citation_of(finding: Finding, passage: Passage | None, source: Source) -> Citation:
    """A finding as a citation of the sentence that states it."""
    from aidx_assistant.evidence import passage_label

    return Citation(
        number=1,
        source_id=source.id,
        source_title=source.title,
        passage_id=finding.passage_id,
        sentences=(finding.sentence, finding.sentence + 1),
        locator=finding.locator,
        shown_beside=passage.shown_beside if passage else None,
        label=passage_label(passage, source) if passage else f"{source.name}, {finding.locator.label}",
        quote=finding.statement,
        url=source.url,
        picture=passage.picture if passage else None,
        verified=passage is not None,
    )


def slide_of(citation: Citation) -> int | None:
    """The slide that a citation is of or is shown beside."""
    if citation.locator.kind == "slide":
        return citation.locator.number
    name, _, number = (citation.shown_beside or "").partition(" ")
    return int(number) if name == "slide" and number.isdigit() else None


def heading(evidence: Evidence) -> Content:
    """Number and standing of the citation, or which figure is wrong; in words, not by colour alone."""
    citation = evidence.citation
    if evidence.figure is not None:
        return fault_heading(evidence.figure)
    if not evidence.cited:
        return Content.assemble((f"[{citation.number}] Nearest passage, not cited", _LABEL))
    standing = ("Verified", "bold $text-success") if citation.verified else ("Not verified", "bold $text-error")
    return Content.assemble((f"[{citation.number}] ", _LABEL), standing)


def fault_heading(figure: UnsupportedFigure) -> Content:
    return Content.assemble((f"Unsupported figure: {figure.text}", "bold $text-error"))


def verdict(figure: UnsupportedFigure, citation: Citation | None) -> str:
    """Why a figure does not hold, and below that what the sources say instead."""
    lines = [as_sentence(figure.reason)]
    if figure.found_instead:
        lines.append(f"The sources say: {figure.found_instead}")
    elif citation is not None:
        lines.append(f"The cited sentence says: “{citation.quote}”")
    return "\n".join(lines)


def place(evidence: Evidence) -> str:
    """Where it stands: `“Top takeaways” · shown beside slide 8 of 37`."""
    citation, source = evidence.citation, evidence.source
    count = f" of {source.slide_count}" if source and source.slide_count else ""
    parts = [_named(citation.locator, count)]
    if citation.shown_beside:
        parts.append(f"shown beside {citation.shown_beside}{count}")
    return " · ".join(parts)


def caveat(evidence: Evidence) -> str:
    """What a reader must know before quoting: what was not read, who says so, what does not hold."""
    citation, passage = evidence.citation, evidence.passage
    caveats = []
    if evidence.cited and not citation.verified:
        caveats.append("This is not what the library holds there, or it was not checked.")
    if passage is None:
        caveats.append("The library no longer holds this passage: this is what was quoted.")
    elif passage.read == "no":
        what = "alt text is known" if citation.locator.kind == "slide" else "heading is known"
        caveats.append(f"Not read: only the {what}.")
    elif passage.read != "yes":
        caveats.append(f"This was read {passage.read} from a picture.")
    elif citation.shown_beside and not evidence.slide_read:
        caveats.append(f"The text was read; the picture of {citation.shown_beside} was not.")
    if evidence.source and evidence.source.attribution:
        caveats.append(as_sentence(evidence.source.attribution))
    return " ".join(caveats)


def passage_text(evidence: Evidence) -> Content:
    """The passage, the cited sentences marked."""
    citation, passage = evidence.citation, evidence.passage
    if passage is None:
        return Content.assemble((citation.quote, _CITED))
    start, end = citation.sentences
    pieces: list[tuple[str, str] | str] = []
    for position, sentence in enumerate(passage.sentences):
        pieces += [" "] if position else []
        pieces.append((sentence, _CITED) if start <= position < end else sentence)
    return Content.assemble(*pieces)


def text_before(evidence: Evidence) -> Content:
    """What of the passage stands before the cited sentences."""
    passage = evidence.passage
    return Content(" ".join(passage.sentences[: evidence.citation.sentences[0]]) if passage else "")


def source_details(evidence: Evidence) -> Content:
    """Title, publishers, date, address of the source."""
    citation, source = evidence.citation, evidence.source
    lines = [(source.name if source else citation.source_title, _LABEL)]
    if source:
        lines.append((published(source), _ASIDE))
    lines.append((citation.url or "No address is known.", _ASIDE))
    return Content("\n").join(Content.assemble(line) for line in lines if line[0])


def links(evidence: Evidence) -> Content:
    """Words and address of each link of the passage, in a line of its own."""
    linked = evidence.passage.links if evidence.passage else ()
    told = (address if words == address else f"{words}: {address}" for words, address in linked)
    return Content("\n").join(Content.assemble((f"→ {link}", _ASIDE)) for link in told)


def picture_note(evidence: Evidence) -> str:
    """In place of a picture that is not on this machine."""
    slide = slide_of(evidence.citation)
    if slide is None or evidence.picture_file is not None:
        return ""
    address = evidence.citation.picture
    return (
        f"Picture of slide {slide}: {address}" if address else f"The picture of slide {slide} is not on this machine."
    )


def _named(locator: Locator, count: str) -> str:
    if locator.kind == "section":
        return f"“{locator.heading}”" if locator.heading else "Introduction (no heading)"
    if locator.kind == "slide":
        return f"Slide {locator.number}{count}"
    return locator.label[:1].upper() + locator.label[1:]
