"""A sign of life from readers: after each page or picture, so that a long file is not taken for one that hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tell: ContextVar[Callable[[str], None] | None] = ContextVar("told", default=None)


@contextmanager
def progress_told_to(tell: Callable[[str], None]) -> Iterator[None]:
    """While inside, `tell` is called with where reading is: `page 3 of 37`."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def at(place: str) -> None:
    """Tells where reading is, to whoever wants to know."""
    tell = _tell.get()
    if tell is not None:
        tell(place)
