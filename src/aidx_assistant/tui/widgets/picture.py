"""A picture on the terminal: in its graphics where it has any, else in half cells."""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from textual import work
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST = 2000
"""Pixels in one direction; more would be thrown away again at every drawing."""
_loading = threading.Lock()


def ask_terminal_for_graphics() -> None:
    """Loads what draws pictures, which asks the terminal what it can show: possible only before the app runs."""
    import textual_image.widget  # noqa: F401


class Picture(Container):
    """Empty until it is given a file. What draws pictures is loaded with the first one."""

    def show_file(self, file: Path | None) -> None:
        """Shows a picture, or nothing."""
        self.display = file is not None
        self._draw(file)

    @work(exclusive=True)
    async def _draw(self, file: Path | None) -> None:
        await self.remove_children()
        if file is None:
            return
        try:
            drawn = _drawn(await asyncio.to_thread(_loaded, file))
        except Exception as error:  # a picture that cannot be drawn is said so, and never ends the app
            drawn = Static(Content(f"The picture {file} cannot be shown: {error}."), markup=False)
        await self.mount(drawn)


def _loaded(file: Path) -> Image:
    """The picture, and with it what draws pictures."""
    with _loading:
        if "textual_image.widget" not in sys.modules:
            # The app runs already and reads what the terminal sends: it cannot be asked, so half cells it is.
            with _nothing_to_ask():
                ask_terminal_for_graphics()
    from PIL import Image as Pictures

    with Pictures.open(file) as picture:
        picture.thumbnail((_LARGEST, _LARGEST))
        picture.load()
    return picture


def _drawn(picture: Image) -> Widget:
    from textual_image.renderable import Image as Preferred
    from textual_image.renderable import UnicodeImage
    from textual_image.widget import HalfcellImage, Image

    return (HalfcellImage if Preferred is UnicodeImage else Image)(picture)


class _Unasked(io.StringIO):
    """Stands in for a terminal that nothing is to be asked of; its size can be found out all the same."""

    def __init__(self, terminal: TextIO | None) -> None:
        super().__init__()
        self._terminal = terminal

    def fileno(self) -> int:
        return self._terminal.fileno() if self._terminal else super().fileno()


@contextlib.contextmanager
def _nothing_to_ask() -> Iterator[None]:
    former = sys.__stdout__
    sys.__stdout__ = _Unasked(former)  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        sys.__stdout__ = former  # type: ignore[misc]
