"""The app's colours, seen while they are looked through."""

from __future__ import annotations

from textual.widgets import OptionList, Select


class ThemeSelect(Select[str]):
    """The app wears the theme that is its value; while it is open, the one that the cursor is on."""

    def __init__(self) -> None:
        themes = sorted(self.app.available_themes)
        super().__init__([(theme, theme) for theme in themes], allow_blank=False, compact=True, value=self.app.theme)
        self._themes = themes

    def on_mount(self) -> None:
        self.watch(self.query_one(OptionList), "highlighted", self._preview, init=False)
        self.watch(self, "expanded", self._put_on, init=False)
        self.watch(self, "value", self._put_on, init=False)

    def _preview(self, place: int | None) -> None:
        if self.expanded and place is not None:
            self.app.theme = self._themes[place]

    def _put_on(self) -> None:
        if not self.expanded and isinstance(self.value, str):
            self.app.theme = self.value
