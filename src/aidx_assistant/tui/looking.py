"""What shows some of the library looks again whenever that may have become another."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode


def at_every_look(node: DOMNode, look: Callable[[], object], *, at_once: bool = False) -> None:
    """Calls `look` at every moment that the app counts in `looks`, and where wanted now."""

    def again() -> None:
        look()

    node.watch(node.app, "looks", again, init=at_once)
