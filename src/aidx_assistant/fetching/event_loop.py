"""The event loop of a fetcher. Imported by the first fetch, as it imports asyncio."""

from __future__ import annotations

import asyncio
import sys
import weakref
from typing import Any

if sys.platform == "win32":
    _PlatformLoop = asyncio.ProactorEventLoop
else:
    _PlatformLoop = asyncio.SelectorEventLoop


class FetchingLoop(_PlatformLoop):
    """Prints nothing on standard error, as a fetch itself says what goes wrong, and can hang up.

    An encrypted connection that is closed politely waits for its server to agree, for half a minute; by then the loop
    would be gone and the connection be leaked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._connections: weakref.WeakSet[asyncio.WriteTransport] = weakref.WeakSet()
        self.set_exception_handler(lambda _loop, _context: None)

    async def create_connection(self, *arguments: Any, **options: Any) -> Any:
        transport, protocol = await super().create_connection(*arguments, **options)
        self._connections.add(transport)
        return transport, protocol

    async def start_tls(self, *arguments: Any, **options: Any) -> Any:
        transport = await super().start_tls(*arguments, **options)
        if transport is not None:
            self._connections.add(transport)
        return transport

    async def hang_up(self) -> None:
        """Ends every connection at once."""
        for transport in list(self._connections):
            transport.abort()
        await asyncio.sleep(0)  # the loop closes what was aborted in its next round
        await asyncio.sleep(0)
