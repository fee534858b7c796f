"""Which hosts are on the public internet: without the user's say, nothing else is fetched from."""

from __future__ import annotations

import ipaddress
import socket

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
"""RFC 4291: all that is handed out of the rest is for special purposes."""
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' own, and a cloud's metadata
        "168.63.129.16/32",  # a cloud's metadata at a public address
        "192.0.0.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
        "2001::/23",  # Teredo among others
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",
    )
)
"""Beside those that `ipaddress` knows in every version of Python."""


def ip_address(host: str) -> IpAddress | None:
    """The address that a host is the spelling of, None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_odd_number(host: str) -> bool:
    """Whether a host that is no proper IP address would still be taken as one: `127.1`, `0x7f.1`, `2130706433`."""
    if ip_address(host):
        return False
    try:
        socket.inet_aton(host)
    except (OSError, ValueError):
        return ":" in host or host.replace(".", "").isdigit()
    return True


def is_loopback(host: str) -> bool:
    """Whether a host is spelled as this machine: an address of it, `localhost` or a name under that (RFC 6761)."""
    if address := ip_address(host):
        return is_loopback_address(address)
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def is_loopback_address(address: IpAddress) -> bool:
    """Not where a translator would send it on to its own."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def is_public(address: IpAddress) -> bool:
    """Whether an address belongs to the public internet: no private, local, multicast, reserved or metadata one."""
    address = _carried(address) or address
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_IPV6:
        return False
    if address.is_multicast or address.is_reserved or any(address in network for network in _SPECIAL):
        return False
    return address.is_global


def _carried(address: IpAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which an IPv6 address leads."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped
