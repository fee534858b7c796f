"""Refuses zip archives that are made to fill memory: bombs."""

from __future__ import annotations

import io
import zipfile

from aidx_assistant.errors import ReadingError
from aidx_assistant.plurals import counted

_MOST_BYTES = 400_000_000
"""Of all files of an archive, unpacked."""
_MOST_OF_XML = 60_000_000
"""Of one file that is parsed, unpacked."""
_MOST_TIMES = 250
"""Times its packed size that a file over a megabyte may be; text in XML is packed 10 to 30 times."""
_MOST_FILES = 20_000


_OTHERS = (
    ("word/", "It is a Word document, which aidx does not read.", "Save it as PDF, and add that."),
    ("xl/", "It is an Excel workbook, which aidx does not read.", "Save what you need of it as PDF, and add that."),
    ("META-INF/", "It is no PowerPoint file.", "Save it as PDF or .pptx, and add that."),
)
"""By a folder in it: what an archive is that is no deck."""


def check_archive(content: bytes, kind: str = "deck", suffix: str = ".pptx") -> None:
    """Raises ReadingError for an archive that is damaged, encrypted or would be unpacked to too much.

    `kind` and `suffix` name the file to the user.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise ReadingError(f"The {kind} is damaged and cannot be opened.", f"Save it anew as {suffix}.") from error
    if any(file.flag_bits & 1 for file in files):
        raise ReadingError(f"The {kind} is encrypted.", "Save it without a password.")
    unpacked = sum(file.file_size for file in files)
    dense = any(file.file_size > 1_000_000 and file.file_size > _MOST_TIMES * file.compress_size for file in files)
    large = any(file.file_size > _MOST_OF_XML for file in files if file.filename.lower().endswith((".xml", ".rels")))
    if unpacked > _MOST_BYTES or dense or large or len(files) > _MOST_FILES:
        raise ReadingError(
            f"The {kind} would unpack to {unpacked / 1e6:,.0f} MB in {counted(len(files), 'file')}: it is refused."
        )


def check_is_deck(content: bytes) -> None:
    """Raises ReadingError for an archive, checked already, that is no PowerPoint file: what it is, and what to do."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    if any(name.startswith("ppt/") for name in names):
        return
    for folder, reason, hint in _OTHERS:
        if any(name.startswith(folder) for name in names):
            raise ReadingError(reason, hint)
    raise ReadingError("It is a ZIP archive, and no PowerPoint file.", "Unpack it, and add the folder.")
