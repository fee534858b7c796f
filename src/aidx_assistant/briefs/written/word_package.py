"""The parts of a Word file: opened as an archive, found by their relationships, parsed without entities or network."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.archives import check_archive

Element = Any
"""An element of lxml, which has no types of its own."""

_DAMAGED = "The Word document is damaged and cannot be read."
_SAVE_ANEW = "Open it in Word and save it anew as .docx."


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts that hold text, and what is said of them; a part that the file lacks is None."""

    document: Element
    footnotes: Element | None
    endnotes: Element | None
    styles: Element | None
    numbering: Element | None
    properties: Element | None
    """What the program that saved it counted."""
    links: Mapping[str, Mapping[str, str]]
    """For `document`, `footnotes` and `endnotes`: addresses of links by their relationship."""


def opened_package(content: bytes) -> WordPackage:
    """Raises ReadingError for a file that is damaged, encrypted, a bomb or no Word document."""
    check_archive(content, "Word document", ".docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = _relationships(archive, "")
        path = _target(start, "/officeDocument")
        document = _parsed(archive, path) if path else None
        if path is None or document is None or local_name(document) != "document":
            raise ReadingError("It is no Word document (.docx).", "aidx check reads Markdown and Word (.docx).")
        relations = _relationships(archive, path)
        notes = {kind: _target(relations, f"/{kind}") for kind in ("footnotes", "endnotes")}
        links = {"document": _links(relations)}
        links |= {kind: _links(_relationships(archive, part)) if part else {} for kind, part in notes.items()}
        return WordPackage(
            document,
            _parsed(archive, notes["footnotes"]),
            _parsed(archive, notes["endnotes"]),
            _parsed(archive, _target(relations, "/styles")),
            _parsed(archive, _target(relations, "/numbering")),
            _parsed(archive, _target(start, "/extended-properties")),
            links,
        )


def local_name(element: Element) -> str:
    """The name of an element without its namespace, of which Word has two; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of a name, of that the first of the next name, and so on."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local_name(one) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        yield from (one for one in element if local_name(one) == name)


def _relationships(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str, bool]]:
    """Id, kind, target (a path in the archive, or an address) and whether it lies outside."""
    folder, name = posixpath.split(part)
    parsed = _parsed(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for element in children(parsed, "Relationship"):
        target = element.get("Target", "")
        outside = element.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
        found.append((element.get("Id", ""), element.get("Type", ""), target, outside))
    return found


def _target(relations: list[tuple[str, str, str, bool]], kind: str) -> str | None:
    return next((target for _, type_, target, outside in relations if type_.endswith(kind) and not outside), None)


def _links(relations: list[tuple[str, str, str, bool]]) -> dict[str, str]:
    return {key: target for key, type_, target, outside in relations if outside and type_.endswith("/hyperlink")}


def _parsed(archive: zipfile.ZipFile, path: str | None) -> Element | None:
    if path is None or path not in archive.namelist():
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(archive.read(path), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ReadingError(_DAMAGED, _SAVE_ANEW) from error
