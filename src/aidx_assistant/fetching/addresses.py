"""Addresses checked before anything is asked of them: the user's own, and those that a server redirects to."""

from __future__ import annotations

from dataclasses import dataclass

from yarl import URL

from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.networks import ip_address, is_loopback, is_odd_number, is_public
from aidx_assistant.printable import shown_address

_LONGEST = 8000
_SAVE_IT = "Open it in a browser, save it, and add the file."


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a fetch may lead beside the public internet."""

    loopback: bool
    private: bool


def own_address(text: str, *, allow_private: bool) -> tuple[URL, Reach]:
    """An address that the user gave, without its fragment, and where its fetch may lead.

    https, or http on this machine. A user who names this machine means it, so that is allowed then. Raises Fault.
    """
    text = text.strip()
    if "://" not in text:
        raise Fault("it is not a web address", "Write it in full, with https:// before it.")
    url = _parsed(text)
    reach = Reach(loopback=is_loopback(url.host or ""), private=allow_private)
    _check(url, reach)
    return url, reach


def redirected(location: str, origin: URL, reach: Reach) -> URL:
    """Where a redirect leads, checked like the first address, so that it never leaves encryption. Raises Fault."""
    try:
        if not location.isprintable():  # not UTF-8, which the header is taken for
            location = location.encode("utf-8", "surrogateescape").decode("latin-1")
        url = origin.join(_parsed(location))
        _check(url, reach)
    except Fault as fault:
        raise Fault(f"it redirects to {shown_address(location)}, and {fault.reason}", _SAVE_IT) from None
    except ValueError:
        raise Fault(f"it redirects to {shown_address(location)}, which is no address", _SAVE_IT) from None
    return url


def _parsed(text: str) -> URL:
    try:
        text.encode()
        url = URL(text).with_fragment(None)
        _ = url.host  # decoded only when asked for
    except (ValueError, TypeError):  # TypeError: how yarl takes some broken ports and brackets
        raise Fault("the address is broken", "Copy it again.") from None
    if len(text) > _LONGEST or not text.isprintable():
        raise Fault("the address is too long or holds hidden characters", "Copy it again.")
    return url


def _check(url: URL, reach: Reach) -> None:
    host = url.host or ""
    if url.scheme not in ("http", "https"):
        raise Fault(f"{url.scheme}: is not fetched", "Give an address that begins with https://, or a file.")
    if not host:
        raise Fault("the address names no server", "Copy it again.")
    if url.raw_user is not None or url.raw_password is not None:
        raise Fault("the address holds a user name or password", "Take it out, or save the page and add the file.")
    if is_odd_number(host):
        raise Fault("its server is spelled as a number in an unusual way", "Write the server's name.")
    if url.scheme == "http" and not is_loopback(host):
        raise Fault("http: is not encrypted", "Try the same address with https:.")
    if not reach.private:
        _check_reach(host, reach)


def _check_reach(host: str, reach: Reach) -> None:
    if is_loopback(host):
        if not reach.loopback:
            raise private_network("it leads to this machine")
        return
    address = ip_address(host)
    if address and not is_public(address):
        raise private_network(f"{host} is not on the public internet")


def private_network(reason: str) -> Fault:
    """The refusal of an address that is not on the public internet."""
    trusted = "If you trust it, allow private networks: --allow-private, in the app under “Details”"
    return Fault(reason, f"{trusted}; or save the page and add the file.")
