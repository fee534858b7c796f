"""The sources, what could not be read, and above them what is being read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aidx_assistant.tui.shelf import Shelved, entry_of, key_of


class SourceList(OptionList):
    """Enter goes into the details of what is chosen."""

    def __init__(self) -> None:
        super().__init__(id="sources", markup=False)
        self._shelved: tuple[Shelved, ...] = ()

    @property
    def chosen(self) -> Shelved | None:
        here = self.highlighted
        return self._shelved[here] if here is not None and here < len(self._shelved) else None

    def show(self, shelved: Sequence[Shelved], choose: str | None = None) -> None:
        """Shows these; `choose` is the key of the one to be chosen, else it stays the one it was."""
        keys = [key_of(one) for one in shelved]
        chosen, place = self.chosen, self.highlighted or 0
        wanted = choose or (key_of(chosen) if chosen is not None else "")
        if keys == [key_of(one) for one in self._shelved]:
            self._change(tuple(shelved))
        else:
            self._shelved = ()
            self.clear_options()
            self._shelved = tuple(shelved)
            for one in shelved:
                self.add_options([Option(entry_of(one)), None])
        if keys:
            self.highlighted = keys.index(wanted) if wanted in keys else min(place, len(keys) - 1)

    def _change(self, shelved: tuple[Shelved, ...]) -> None:
        """What is listed is the same, but not all that is told of it."""
        before, self._shelved = self._shelved, shelved
        for place, (former, now) in enumerate(zip(before, shelved, strict=True)):
            if now != former and entry_of(now) != entry_of(former):
                self.replace_option_prompt_at_index(place, entry_of(now))
