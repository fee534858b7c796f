"""Names looked up and refused where they lead to private addresses, at the moment of the connection.

What is checked here is what is connected to: a name that leads elsewhere at the second look-up gains nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from aidx_assistant.fetching.addresses import private_network
from aidx_assistant.fetching.networks import IpAddress, is_loopback, is_loopback_address, is_public

LookUp = Callable[..., list[tuple[Any, ...]]]
"""Called and answering like `socket.getaddrinfo`."""


class PublicResolver(AbstractResolver):
    """Gives out public addresses only; for a name of this machine, this machine's only.

    `towards_proxy` is set while the host asked for is the user's own proxy, which may be anywhere; a proxy looks up
    the rest itself.
    """

    def __init__(self, *, allow_private: bool, look_up: LookUp = socket.getaddrinfo) -> None:
        self.towards_proxy = False
        self._allow_private = allow_private
        self._look_up = look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises OSError where there is no such name, Fault where it leads to no address that is allowed."""
        found = [entry[4][0] for entry in await self._looked_up(host, port, family)]
        allowed = [address for address in found if self._is_allowed(host, ipaddress.ip_address(address))]
        if found and not allowed:
            raise private_network(f"{host} leads to {found[0]}, which is not on the public internet")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in allowed
        ]

    async def close(self) -> None:
        """Nothing is open."""

    def _is_allowed(self, host: str, address: IpAddress) -> bool:
        if self.towards_proxy:
            return True
        if is_loopback(host):
            return is_loopback_address(address)
        return self._allow_private or is_public(address)

    async def _looked_up(self, host: str, port: int, family: int) -> list[tuple[Any, ...]]:
        """Looks up in a thread that nobody has to wait for, since a look-up cannot be ended."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[tuple[Any, ...]]] = loop.create_future()

        def settle(found: list[tuple[Any, ...]], error: OSError | None) -> None:
            if answer.done():
                return
            if error:
                answer.set_exception(error)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found: list[tuple[Any, ...]] = []
            fault = None
            try:
                found = self._look_up(host, port, family=family, type=socket.SOCK_STREAM)
            except OSError as error:
                fault = error
            except ValueError:  # a name that cannot be written as the name system wants it
                fault = socket.gaierror(socket.EAI_NONAME, "not a name")
            with contextlib.suppress(RuntimeError):  # the fetch has ended, and the loop with it
                loop.call_soon_threadsafe(settle, found, fault)

        threading.Thread(target=look_up, name="aidx-look-up", daemon=True).start()
        return await answer
