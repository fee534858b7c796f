"""Where things are: the user's home of everything, and the corpus and prompts that ship with the package."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent

SETTINGS = "config.toml"
LIBRARY = "library.sqlite"
INDEXES = "chroma"
TOKEN_TABLES = "tiktoken"
"""What the home holds."""


def home() -> Path:
    """The folder that holds settings, library and index: `AIDX_HOME`, else the platform's data directory."""
    chosen = os.environ.get("AIDX_HOME")
    return Path(chosen).expanduser() if chosen else platformdirs.user_data_path("aidx", appauthor=False)


def corpus_folder() -> Path:
    return _shipped("corpus")


def prompts_folder() -> Path:
    return _shipped("prompts")


def _shipped(name: str) -> Path:
    """A folder that travels inside the wheel; an editable install has it at the top of the checkout."""
    inside_wheel = _PACKAGE / name
    return inside_wheel if inside_wheel.is_dir() else _PACKAGE.parents[1] / name
