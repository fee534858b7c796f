"""A picture on the terminal: in its graphics where it has any, else in half cells."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from unittest import mock

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def ask_terminal_for_graphics() -> None:
    """Loads what draws pictures, which asks the terminal what it can show: possible only before the app runs."""
    import textual_image.widget  # noqa: F401


class Picture(Container):
    """Empty until it is given a file. What draws pictures is loaded with the first one."""

    def show_file(self, file: Path | None) -> None:
        """Shows a picture, or nothing."""
        self.remove_children()
        self.display = file is not None
        if file is not None:
            self.mount(_drawn(file))


def _drawn(file: Path) -> Widget:
    try:
        if "textual_image.widget" not in sys.modules:
            # The app runs already and reads what the terminal sends: it cannot be asked, so half cells it is.
            with mock.patch.object(sys, "__stdout__", io.StringIO()):
                ask_terminal_for_graphics()
        from PIL import Image as Pictures
        from textual_image.widget import HalfcellImage, Image

        with Pictures.open(file) as picture:
            picture.load()
        return (Image if sys.__stdout__ is not None and sys.__stdout__.isatty() else HalfcellImage)(str(file))
    except Exception as error:  # a picture that cannot be drawn is said so, and never ends the app
        return Static(Content(f"The picture {file} cannot be shown: {error}."), markup=False)
