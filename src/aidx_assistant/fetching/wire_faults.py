"""Errors of the network and of aiohttp, as faults in words."""

from __future__ import annotations

import socket

import aiohttp

from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Patience

_TRY_LATER = "Check the network, or try again later; what came is kept where the server allows it."
_PROXY = "Check HTTPS_PROXY and NO_PROXY."
_CERTIFICATE = "Check the address and this machine's clock; a certificate of your own is named by SSL_CERT_FILE."


def fault_of(error: Exception, patience: Patience) -> Fault:
    """What went wrong on the way; whether another try may succeed."""
    match error:
        case aiohttp.ClientSSLError() | aiohttp.ClientConnectorCertificateError():
            fault = _bad_certificate(error)
        case aiohttp.ClientConnectorDNSError():
            fault = _unknown_name(error.os_error)
        case aiohttp.ClientProxyConnectionError():
            reason = f"the proxy cannot be reached: {_words(error.os_error)}"
            fault = Fault(reason, _PROXY, transient=True, unreachable=True)
        case aiohttp.ClientHttpProxyError():
            fault = Fault(f"the proxy answers with {error.status}", _PROXY, transient=error.status >= 500)
        case aiohttp.ConnectionTimeoutError():
            reason = f"no connection came about within {patience.connect:g} seconds"
            fault = Fault(reason, _TRY_LATER, transient=True, unreachable=True)
        case aiohttp.ServerTimeoutError():
            fault = Fault(f"nothing came for {patience.silence:g} seconds", _TRY_LATER, transient=True)
        case aiohttp.ClientConnectorError():
            reason = f"no connection came about: {_words(error.os_error)}"
            fault = Fault(reason, _TRY_LATER, transient=True, unreachable=True)
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            fault = Fault("the connection broke off", _TRY_LATER, transient=True)
        case aiohttp.InvalidURL():
            fault = Fault("the address is broken", "Copy it again.")
        case aiohttp.ClientError():
            fault = Fault("the server's answer is not proper HTTP", "Open it in a browser, save it, and add the file.")
        case _:  # ValueError: a host that cannot stand in a certificate, a proxy that is none
            fault = Fault(f"the address or the proxy cannot be used ({error})", "Check both, and HTTPS_PROXY.")
    return fault


def _bad_certificate(error: aiohttp.ClientSSLError | aiohttp.ClientConnectorCertificateError) -> Fault:
    reason = error.certificate_error if isinstance(error, aiohttp.ClientConnectorCertificateError) else error.os_error
    words = getattr(reason, "verify_message", "") or "no encrypted connection came about"
    return Fault(f"the server's certificate is not accepted: {words}", _CERTIFICATE, unreachable=True)


def _unknown_name(error: OSError) -> Fault:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
        return Fault("there is no server of that name", "Check the address and the network.", unreachable=True)
    reason = "the server's name cannot be looked up"
    return Fault(reason, "Check the address and the network.", transient=True, unreachable=True)


def _words(error: OSError) -> str:
    """A reason without the addresses that asyncio puts into it."""
    if isinstance(error, ConnectionRefusedError):
        return "it is refused"
    return (error.strerror or type(error).__name__).partition(" [")[0].partition(" (")[0].rstrip(".")
