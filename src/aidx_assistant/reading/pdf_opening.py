"""Opens a PDF: password, number of pages, what it says of itself, and its pages as pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.said_of_source import author_names, body_names

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import PdfReader

MOST_PAGES = 10_000
_LONG_SIDE = 2_000
"""Pixels of a page that is read by OCR; rapidocr makes larger pictures smaller."""
_NO_TITLE = re.compile(
    r"untitled.*|(?:microsoft )?(?:word|powerpoint|excel)\b.*|(?:powerpoint )?presentation\d*|slide \d+|document\d*|"
    r".*\.(?:pptx?|docx?|xlsx?|pdf|indd|qxd|ai|key|odp|odt|tex|dvi|html?)",
    re.IGNORECASE,
)
"""Titles that programs give."""
_NO_AUTHOR = re.compile(r"[a-z0-9._\\-]+|(?:microsoft|windows|office)? ?user|admin\w*|author|unknown|anonymous|", re.I)


class DamagedError(ReadingError):
    """A file that may be readable once it is repaired."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself, empty where it does not."""

    title: str
    authors: tuple[str, ...]
    owner: str
    """What stands for the author, also where it may be an account's name."""
    publishers: tuple[str, ...]
    date: str
    """ISO date on which the file was made."""
    printed: tuple[int, str] | None
    """A page by its number and how the file labels it, where its labels are not the numbers."""


def open_pdf(content: bytes, password: str | None) -> PdfReader:
    """Opens a PDF, decrypted. Raises ReadingError, also for a password that is missing or wrong."""
    from pypdf import PasswordType, PdfReader

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        is_open = not reader.is_encrypted or _decrypt(reader, password) != PasswordType.NOT_DECRYPTED
        if is_open:
            reader.root_object  # noqa: B018 - raises where there is none
    except MemoryError:
        raise
    except Exception as error:  # A damaged file makes pypdf raise nearly anything.
        raise _damaged() from error
    if is_open:
        return reader
    if password:
        wrong = "The PDF is encrypted, and the password given does not open it."
        raise ReadingError(wrong, "Check the password.", ("password",))
    raise ReadingError("The PDF is encrypted and asks for a password.", remedies=("password",))


def _decrypt(reader: PdfReader, password: str | None) -> int:
    """Tries the password given, and the empty one: many files only forbid printing or copying."""
    opened = reader.decrypt("")
    return opened if opened or not password else reader.decrypt(password)


def _damaged() -> DamagedError:
    return DamagedError("The PDF is damaged and cannot be opened.", "Download it again, or save it anew.")


def repaired(content: bytes, password: str | None) -> bytes | None:
    """The file as PDFium, which searches it for its parts, writes it anew, decrypted; None where it finds none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content, password=password)
        file = io.BytesIO()
        document.save(file)
        document.close()
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return None
    return file.getvalue()


def page_count(reader: PdfReader) -> int:
    """How many pages there are. Raises ReadingError for none or too many, and where the page tree is damaged."""
    try:
        count = len(reader.pages)
        if count <= MOST_PAGES:
            reader.pages[0]
    except MemoryError:
        raise
    except Exception as error:  # A damaged page tree makes pypdf raise nearly anything.
        raise DamagedError(
            "The PDF is damaged: its list of pages cannot be followed.", "Download it again, or save it anew."
        ) from error
    if count > MOST_PAGES:
        raise ReadingError(f"The PDF has {count:,} pages; aidx reads up to {MOST_PAGES:,}.", "Split it.")
    return count


def about(reader: PdfReader, name: str) -> About:
    """What the file says of itself; what cannot be read of that is left empty."""
    try:
        metadata = reader.metadata
        title = " ".join(str((metadata and metadata.title) or "").split())
        author = " ".join(str((metadata and metadata.author) or "").split())
        made = metadata.creation_date if metadata else None
    except MemoryError:
        raise
    except Exception:  # See `open_pdf`.
        title, author, made = "", "", None
    is_name = title.casefold() in (name.casefold(), PurePath(name).stem.casefold())
    return About(
        title="" if is_name or _NO_TITLE.fullmatch(title) else title[:300],
        authors=() if _NO_AUTHOR.fullmatch(author) else author_names([author]),
        owner=author,
        publishers=_publishers(reader),
        date=made.date().isoformat() if made else "",
        printed=_printed(reader),
    )


def _publishers(reader: PdfReader) -> tuple[str, ...]:
    """Those that the file's properties name as such."""
    try:
        said = reader.xmp_metadata
        return body_names(map(str, (said and said.dc_publisher) or ()))
    except MemoryError:
        raise
    except Exception:  # See `open_pdf`.
        return ()


def _printed(reader: PdfReader) -> tuple[int, str] | None:
    try:
        if "/PageLabels" not in reader.root_object:
            return None
        labels = reader.page_labels
    except MemoryError:
        raise
    except Exception:  # See `open_pdf`.
        return None
    different = [(number, label) for number, label in enumerate(labels, 1) if label != str(number)]
    return next(((number, label) for number, label in different if label.isdigit()), next(iter(different), None))


@contextmanager
def rendering(content: bytes, password: str | None) -> Iterator[Callable[[int], Image | None]]:
    """While inside, renders pages by their 0-based number, in RGB; None for one that cannot be rendered."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError:
        yield lambda _: None
        return

    def render(number: int) -> Image | None:
        try:
            page = document[number]
            scale = min(4.0, _LONG_SIDE / max(page.get_size()))
            picture: Image = page.render(scale=scale).to_pil().convert("RGB")
            return picture
        except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError, IndexError):
            return None

    try:
        yield render
    finally:
        document.close()
