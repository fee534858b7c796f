"""The face of the client: synchronous, ended by Ctrl-C or from another thread, failing with one clear sentence."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Fetched, Kind, OnProgress, Patience, Wanted
from aidx_assistant.fetching.partial_files import PartialFile, PartialFolder
from aidx_assistant.interrupts import left_to_asyncio

if TYPE_CHECKING:
    import asyncio

    from aidx_assistant.fetching.client import Client
    from aidx_assistant.fetching.event_loop import FetchingLoop
    from aidx_assistant.fetching.resolving import LookUp


class Fetcher:
    """Fetches politely, one thing after the other: https only, from the public internet only, unless it is this
    machine that the user names.

    Used by one thread at a time, and by none that runs an event loop. aiohttp is loaded by the first fetch.
    `allow_private` also lets it fetch from private networks, after redirects too. Behind a proxy of the environment
    names are looked up by the proxy, so there only addresses spelled as numbers can be refused for where they lead.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allow_private: bool = False,
        cancellation: Cancellation | None = None,
        on_progress: OnProgress | None = None,
        patience: Patience | None = None,
        look_up: LookUp = socket.getaddrinfo,
    ) -> None:
        """`folder` takes what is coming; it is made when it is needed. `look_up` answers like `socket.getaddrinfo`."""
        self._folder = PartialFolder(folder)
        self._allow_private = allow_private
        self._cancellation = cancellation or Cancellation()
        self._on_progress = on_progress or _untold
        self._patience = patience or Patience()
        self._look_up = look_up
        self._client: Client | None = None
        self._runner: asyncio.Runner | None = None
        self._loop: FetchingLoop | None = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fetch(
        self, address: str, *, kind: Kind = "any", largest: int, validators: Mapping[str, str] | None = None
    ) -> Fetched:
        """What is at an address, `largest` bytes at most. What an earlier fetch of it left unfinished is continued.

        With the validators of an earlier answer it comes only if it has changed since.
        Raises FetchError; StorageError where the folder cannot be written; InterruptedByUserError once cancelled.
        """
        import asyncio

        from aidx_assistant.fetching.addresses import own_address
        from aidx_assistant.printable import shown_address

        try:
            url, reach = own_address(address, allow_private=self._allow_private)
            wanted = Wanted(address, url, reach, kind, largest, validators or {}, self._on_progress)
            with self._folder.partial(str(url)) as partial, left_to_asyncio():
                return self._opened().run(self._until_cancelled(wanted, partial))
        except Fault as fault:
            raise fault.as_error(shown_address(address)) from fault.__cause__
        except asyncio.CancelledError:
            raise InterruptedByUserError(f"Fetching {shown_address(address)} was interrupted.") from None

    def close(self) -> None:
        """Hangs up, and removes what was fetched and not moved away."""
        try:
            if self._runner is not None:
                self._runner.run(self._hung_up())
                self._runner.close()
        finally:
            self._client = self._runner = self._loop = None
            self._folder.close()

    async def _until_cancelled(self, wanted: Wanted, partial: PartialFile) -> Fetched:
        import asyncio

        from aidx_assistant.fetching.client import Client

        loop = asyncio.get_running_loop()
        task = asyncio.current_task()

        def wake() -> None:
            if task is not None:
                loop.call_soon_threadsafe(task.cancel)

        if self._client is None:
            self._client = Client(self._patience, allow_private=self._allow_private, look_up=self._look_up)
        with self._cancellation.waking(wake):
            return await self._client.fetch(wanted, partial)

    async def _hung_up(self) -> None:
        if self._client is not None:
            await self._client.close()
        if self._loop is not None:
            await self._loop.hang_up()

    def _opened(self) -> asyncio.Runner:
        """The runner of an event loop of our own, which leaves the thread's alone."""
        import asyncio

        from aidx_assistant.fetching.event_loop import FetchingLoop

        if self._runner is None:
            self._loop = FetchingLoop()
            loop = self._loop
            self._runner = asyncio.Runner(debug=False, loop_factory=lambda: loop)
        return self._runner


def _untold(address: str, so_far: int, in_all: int | None) -> None:
    """Nobody wants to know the progress."""
