"""What Chroma is kept from while it is imported: reading the settings of whatever project the current folder belongs
to, and checking its own classes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_one_at_a_time = threading.Lock()


@contextmanager
def lean_import() -> Iterator[None]:
    """What is imported within reads no file `.env`, and its methods are not held against those they override."""
    with _one_at_a_time, _no_dot_env(), _overrides_unchecked():
        yield


@contextmanager
def _no_dot_env() -> Iterator[None]:
    """No file `.env` is read: it may name another server, or hold what cannot be read."""
    from pydantic_settings import DotEnvSettingsSource

    source: Any = DotEnvSettingsSource
    read = source._read_env_files
    source._read_env_files = lambda _source: {}
    try:
        yield
    finally:
        source._read_env_files = read


@contextmanager
def _overrides_unchecked() -> Iterator[None]:
    """The package `overrides` only marks what a class overrides. Otherwise it looks each method up in its parents and
    compares signatures, for which it takes bytecode apart: a fifth of the import, and the same outcome for a release.
    """
    try:
        import overrides
    except ImportError:  # a later Chroma may do without it
        yield
        return
    package: Any = overrides
    checking = package.override, package.overrides
    package.override = package.overrides = _marked
    try:
        yield
    finally:
        package.override, package.overrides = checking


def _marked(method: Any = None, **_settings: Any) -> Callable[..., Any]:
    if method is None:  # with settings, it stands for the decorator
        return _marked
    method.__override__ = True  # `EnforceOverrides` asks for it
    return method  # type: ignore[no-any-return]
