"""`aidx cite`: references to places in the sources, by name or as an answer cites them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import in_one_line, print_json
from aidx_assistant.errors import EXIT_DONE, EXIT_PARTLY_DONE, NotAnsweredError, UsageError
from aidx_assistant.printable import printable, shortened
from aidx_assistant.setting_values import CITATION_STYLES

if TYPE_CHECKING:
    from aidx_assistant.answers import Citation
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.evidence import Source
    from aidx_assistant.references.styles import Reference

Slide = tuple[str, int | None]
"""Its source and its number."""

_CAPTION = "caption"
_EXAMPLES = """\b
Examples:
  aidx cite "slide 8" --style apa
  aidx cite "slide 8" "The state of AI adoption today" \\
      --style bibtex > references.bib
  aidx cite --answer LAST --style vancouver \\
      --accessed 2026-11-27
  aidx cite "slide 8" --caption

apa, ama, vancouver, chicago (author and date) and harvard (Cite Them Right) are published styles,
held to their manuals: see docs/citing.md. What a source does not tell is said on standard error."""


def _day(context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    try:
        if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError(text)
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"“{shortened(text or '')}” is no day like 2026-11-27.") from None


@click.command(short_help="Write references to slides and sections, in a citation style.", epilog=_EXAMPLES)
@click.argument("place", nargs=-1)
@click.option("--answer", metavar="LAST|N", help="What the last answer cites, or the N-th last, instead of PLACE.")
@click.option(
    "--style",
    type=click.Choice(CITATION_STYLES, case_sensitive=False),
    metavar="STYLE",
    help=f"{', '.join(CITATION_STYLES[:-1])} or {CITATION_STYLES[-1]}. [default: the setting citation_style]",
)
@click.option(
    "--accessed", callback=_day, metavar="YYYY-MM-DD", help="When its address was looked at. [default: today]"
)
@click.option("--caption", "as_caption", is_flag=True, help="The caption of a slide's picture instead.")
@options.of_source
@options.as_json
def cite(
    place: tuple[str, ...],
    answer: str | None,
    style: str | None,
    accessed: date | None,
    as_caption: bool,
    source_id: str | None,
    as_json: bool,
) -> int:
    """Write the reference to each PLACE, a slide by number or a section by its heading, or to what an answer cites.

    A place is listed once. Lists by author and date are sorted, numbered ones keep the numbers of the answer.
    """
    from aidx_assistant.references.styles import leaves_access_out

    _check(place, answer, style, as_caption)
    with options.assistant() as service:
        style = _CAPTION if as_caption else style or service.settings.citation_style
        if answer is None:
            cited, gone = _of_places(service, place, source_id), 0
        else:
            cited, gone = _of_answer(service, answer, source_id)
        unread = set() if as_caption else _unread_slides(service, cited)
    listed, text = _listed(cited, style, accessed or date.today(), numbered=answer is not None or len(cited) > 1)
    if as_json:
        references = [_as_json(one, style, unread) for one in listed]
        print_json({"schema": 1, "style": style, "references": references, "text": text, "sources_gone": gone})
    else:
        print(printable(text))
        sys.stdout.flush()
    _tell_of_missing(listed, unread)
    if accessed and accessed > date.today():
        _tell(f"{accessed} as the day of access is still to come.")
    if accessed and leaves_access_out(listed, style):
        _tell(f"The manual of {style} gives the day of access only for what has no date of publication.")
    elif accessed:
        _tell_of_access_before_publication(listed, accessed)
    return EXIT_PARTLY_DONE if gone else EXIT_DONE


def _check(place: Sequence[str], answer: str | None, style: str | None, as_caption: bool) -> None:
    """Raises UsageError where the options do not go together."""
    if answer is None and not place:
        raise UsageError("What is to be cited? No place is named.", 'Name one: aidx cite "slide 8"; or: --answer LAST')
    if answer is not None and place:
        raise UsageError("--answer cites what an answer cites; a place is one too many.", "Leave one of them out.")
    if as_caption and style:
        raise UsageError("A caption has no style.", "Leave out --caption or --style.")


def _of_places(service: Assistant, words: Sequence[str], source_id: str | None) -> list[tuple[Citation, Source]]:
    """A citation of each place as a whole. Says where other sources have a place of the same name."""
    from aidx_assistant.answering.draft import citation
    from aidx_assistant.assistant.several_places import find_places

    service.sources()  # reads the library in where that is not done
    cited = []
    for number, named in enumerate(find_places(service.library.store, words, source_id), 1):
        found = named.place
        if named.also_in:
            others = ", ".join(source.id for source in named.also_in[:3])
            _tell(f"“{named.name}” is taken from {found.source.id}; {others} has one too.", "Choose with --source ID.")
        pointer = citation(number, found.passages[0], 0, 1, found.source)
        if any(passage.shown_beside != pointer.shown_beside for passage in found.passages):
            pointer = replace(pointer, shown_beside=None, picture=None)
        cited.append((pointer, found.source))
    return cited


def _of_answer(service: Assistant, which: str, source_id: str | None) -> tuple[list[tuple[Citation, Source]], int]:
    """What an answer cites, and how many of its citations are of sources that the library no longer holds."""
    from aidx_assistant import locations
    from aidx_assistant.conversations.latest import latest_answers

    back = 1 if which.upper() == "LAST" else int(which) if re.fullmatch(r"[1-9]\d{0,3}", which, re.ASCII) else 0
    if not back:
        raise UsageError(
            f"--answer: “{shortened(which)}” is neither LAST nor a number.", "2 is the one before the last."
        )
    answers = latest_answers(locations.home())
    if len(answers) < back:
        if not answers:
            raise UsageError("No answer has been given yet.", 'Ask first: aidx ask "…"')
        raise UsageError(f"Only {len(answers)} can be cited: there is no answer {back}.", "LAST is the newest.")
    given = answers[back - 1]
    if source_id:
        service.source(source_id)
    pointers = [pointer for pointer in given.citations if source_id in {None, pointer.source_id}]
    if not pointers:
        raise NotAnsweredError(
            f"The answer to “{shortened(given.question)}” cites nothing{f' of {source_id}' if source_id else ''}.",
            f"The one before it: --answer {back + 1}",
        )
    sources = {source.id: source for source in service.sources()}
    cited = [(pointer, sources[pointer.source_id]) for pointer in pointers if pointer.source_id in sources]
    gone = [pointer for pointer in pointers if pointer.source_id not in sources]
    for pointer in gone:
        _tell(f"[{pointer.number}] is left out: the library no longer holds “{pointer.source_title}”.")
    if not cited:
        raise UsageError("The library no longer holds what this answer cites.", "Ask again.")
    return cited, len(gone)


def _listed(
    cited: Sequence[tuple[Citation, Source]], style: str, accessed: date, numbered: bool
) -> tuple[Sequence[Reference], str]:
    """The references, and the text that is to be copied."""
    from aidx_assistant.references.caption import caption
    from aidx_assistant.references.styles import as_text, references

    if style == _CAPTION:
        captions = [replace(one, text=caption(one.cited)) for one in references(cited, "plain", accessed)]
        return captions, "\n".join(one.text for one in captions)
    listed = references(cited, style, accessed)
    return listed, as_text(listed, style, numbered=numbered)


def _unread_slides(service: Assistant, cited: Sequence[tuple[Citation, Source]]) -> set[Slide]:
    """The slides cited whose content has not been read: of their titles only the pictures' alt texts are known."""
    slides = [pointer for pointer, _ in cited if pointer.locator.kind == "slide"]
    passages = [passage for pointer in slides if (passage := service.passage(pointer.passage_id))]
    return {(passage.source_id, passage.locator.number) for passage in passages if passage.read == "no"}


def _as_json(listed: Reference, style: str, unread: set[Slide]) -> dict[str, Any]:
    locator = listed.cited.locator
    return {
        "source_id": listed.cited.source_id,
        "locator": {"kind": locator.kind, "number": locator.number, "heading": locator.heading},
        "numbers": list(listed.numbers),
        "style": style,
        "text": listed.text,
        "missing": list(listed.missing),
        "title_by_alt_text": _is_titled_by_alt_text(listed, unread),
    }


def _is_unread_slide(listed: Reference, unread: set[Slide]) -> bool:
    cited = listed.cited
    return cited.locator.kind == "slide" and (cited.source_id, cited.locator.number) in unread


def _is_titled_by_alt_text(listed: Reference, unread: set[Slide]) -> bool:
    """Whether the reference shows a title of which nothing but an alt text is known, in the marks of any style."""
    title = _letters(listed.cited.part_title or "")
    return bool(title) and title in _letters(listed.text) and _is_unread_slide(listed, unread)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _tell_of_missing(listed: Sequence[Reference], unread: set[Slide]) -> None:
    """One line for each source that does not tell everything, one for its slides that have not been read."""
    for source_id in dict.fromkeys(one.cited.source_id for one in listed):
        ours = [one for one in listed if one.cited.source_id == source_id]
        title = ours[0].cited.title
        if missing := dict.fromkeys(name for one in ours for name in one.missing):
            _tell(f"Not known of “{title}”, and missing from its references: {', '.join(missing)}.")
        titled = [one for one in ours if _is_titled_by_alt_text(one, unread)]
        untitled = [one for one in ours if _is_unread_slide(one, unread) and one not in titled]
        for slides, known in (
            (titled, "what stands for a title is the alt text of the picture"),
            (untitled, "only the alt text of the picture is known"),
        ):
            if slides:
                _tell(f"“{title}”: {_named(slides)} not been read; {known}.")


def _named(slides: Sequence[Reference]) -> str:
    from aidx_assistant.references.cited_place import in_series

    numbers = [str(number) for number in sorted(one.cited.locator.number or 0 for one in slides)]
    return f"slide {numbers[0]} has" if len(numbers) == 1 else f"slides {in_series(numbers)} have"


def _tell_of_access_before_publication(listed: Sequence[Reference], accessed: date) -> None:
    """One line for each source that came out only after the day on which it is said to have been looked at."""
    from aidx_assistant.references.dates import PartialDate

    for title, published in dict.fromkeys((one.cited.title, one.cited.published) for one in listed):
        if isinstance(published, PartialDate) and published.begins > accessed:
            _tell(f"{PartialDate.of(accessed)} as the day of access is before “{title}” was published: {published}.")


def _tell(text: str, hint: str = "") -> None:
    print(f"aidx: {in_one_line(text)}{f'{chr(10)}      {hint}' if hint else ''}", file=sys.stderr)
