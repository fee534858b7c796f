"""Where the server listens, and the names by which a browser may call it."""

from __future__ import annotations

import errno
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from aidx_assistant.errors import AidxError, UsageError

_LOOPBACK_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that takes connections."""

    socket: socket.socket
    host: str
    """The host as it was asked for, in lower case."""

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    @property
    def on_this_machine_only(self) -> bool:
        return self._bound.is_loopback

    @property
    def origin(self) -> str:
        """The address for a browser, without a path, e.g. `http://127.0.0.1:8000`."""
        return f"http://{authority(_own_name() if self._bound.is_unspecified else self.host, self.port)}"

    def answers_to(self, host_header: str) -> bool:
        """Whether a request with this Host header is meant for this server.

        A page elsewhere whose name is made to resolve to this machine (DNS rebinding) sends its own name here. An
        address in numbers needs no resolving, so a server on all addresses takes any. The port may be another one:
        that of a tunnel.
        """
        try:
            asked = urlsplit(f"//{host_header}")
            name, port = asked.hostname or "", asked.port or 80
        except ValueError:
            return False
        if host_header.lower() not in {authority(name, port), authority(name)}:
            return False
        return name in self._names() or (self._bound.is_unspecified and _is_in_numbers(name))

    def _names(self) -> frozenset[str]:
        own = frozenset({self.host, str(self._bound)})
        if self._bound.is_loopback:
            return own | _LOOPBACK_NAMES
        return own | _LOOPBACK_NAMES | {_own_name(), socket.getfqdn().lower()} if self._bound.is_unspecified else own

    @property
    def _bound(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        return ipaddress.ip_address(self.socket.getsockname()[0].partition("%")[0])


def listen(host: str, port: int) -> Listening:
    """Listens on the first address of `host`; port 0 takes a free one.

    Raises UsageError for a host that is not this machine, and AidxError for a port that cannot be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return Listening(socket.create_server(address, family=family), host.lower())
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(f"“{host}” is not the name or address of a machine.", "Leave out --host.") from error
    except OSError as error:
        raise _as_aidx_error(error, host, port) from error


def authority(name: str, port: int | None = None) -> str:
    """Host and port as they are written in an address: `[::1]:8000`."""
    bracketed = f"[{name}]" if ":" in name else name
    return bracketed if port is None else f"{bracketed}:{port}"


def _as_aidx_error(error: OSError, host: str, port: int) -> AidxError:
    match error.errno:
        case errno.EADDRINUSE:
            return AidxError(
                f"Port {port} is taken by another program.",
                "Choose another with --port; without it a free one is used.",
            )
        case errno.EACCES:
            return AidxError(f"This user may not listen on port {port}.", "Choose one above 1023 with --port.")
        case errno.EADDRNOTAVAIL:
            return UsageError(f"“{host}” is not an address of this machine.", "Leave out --host.")
        case _:
            return AidxError(f"Cannot listen on {authority(host, port)}: {error.strerror or error}.")


def _own_name() -> str:
    return socket.gethostname().lower()


def _is_in_numbers(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
