"""Keeps libraries from reading the settings of whatever project the current folder belongs to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_one_at_a_time = threading.Lock()


@contextmanager
def no_dot_env() -> Iterator[None]:
    """What is imported within reads no file `.env`: it may name another server, or hold what cannot be read."""
    from pydantic_settings import DotEnvSettingsSource

    source: Any = DotEnvSettingsSource
    with _one_at_a_time:
        read = source._read_env_files
        source._read_env_files = lambda _source: {}
        try:
            yield
        finally:
            source._read_env_files = read
