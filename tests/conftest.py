"""Isolation for every test: a home of its own, no key, no settings from outside, no network but loopback."""

from __future__ import annotations

import functools
import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from aidx_assistant import locations
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library

CHECKOUT = Path(__file__).parents[1]


def pytest_make_parametrize_id(val: object) -> str | None:
    """A long content does not name a test: some are megabytes."""
    return f"{len(val)} long" if isinstance(val, str | bytes) and len(val) > 200 else None


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's home, settings or key."""
    for name in list(os.environ):
        if name.startswith(("AIDX_", "ANTHROPIC_")):
            monkeypatch.delenv(name)
    # Else every child process would compile aidx anew, where a container keeps Python from keeping what it compiled.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("AIDX_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but this machine is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@functools.cache
def the_embedder() -> MiniLmEmbedder:
    """One for all tests of a worker: loading the model takes longer than most of them."""
    return MiniLmEmbedder()


@pytest.fixture(autouse=True)
def one_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every assistant in this process shares it."""
    monkeypatch.setattr("aidx_assistant.assistant.opened_library.MiniLmEmbedder", the_embedder)


@pytest.fixture(scope="session")
def pristine_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the shipped corpus read in and embedded, made once for the whole run: only copied, never opened."""
    ours = tmp_path_factory.getbasetemp()
    shared = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "prebuilt-home"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            building = shared.with_name("home-being-built")
            shutil.rmtree(building, ignore_errors=True)
            library = Library(building, the_embedder)
            library.sync(locations.corpus_folder())
            library.close()
            building.rename(shared)
    return shared


@pytest.fixture(scope="session")
def home(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for all tests of a worker that only read: do not change it."""
    return Path(shutil.copytree(pristine_home, tmp_path_factory.mktemp("shared") / "home"))


@pytest.fixture
def own_home(pristine_home: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return Path(shutil.copytree(pristine_home, tmp_path / "own-home"))


@pytest.fixture(scope="session")
def library(home: Path) -> Iterator[Library]:
    """The prebuilt library, open."""
    opened = Library(home, the_embedder)
    opened.sync(locations.corpus_folder())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def embedder() -> MiniLmEmbedder:
    return the_embedder()
