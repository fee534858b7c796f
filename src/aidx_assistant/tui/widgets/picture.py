"""A picture on the terminal: in its graphics where it has any, else in half cells."""

from __future__ import annotations

from pathlib import Path

from textual.containers import Container
from textual.content import Content
from textual.widgets import Static


class Picture(Container):
    """Empty until it is given a file. Pictures are drawn by a library that is loaded with the first one."""

    def show_file(self, file: Path | None) -> None:
        """Shows a picture, or nothing."""
        self.remove_children()
        self.display = file is not None
        if file is not None:
            self.mount(self._drawn(file))

    def _drawn(self, file: Path) -> Static:
        try:
            from PIL import Image as Pictures
            from textual_image.widget import Image

            with Pictures.open(file) as picture:
                picture.verify()
            return Image(str(file))  # type: ignore[return-value]
        except Exception as error:  # a picture that cannot be drawn is said so, and never ends the app
            return Static(Content(f"The picture {file.name} cannot be shown: {error}"), markup=False)
