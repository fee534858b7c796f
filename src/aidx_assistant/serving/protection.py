"""The headers of every response: they keep the page to this server, and other pages out of it."""

from __future__ import annotations

from aiohttp import web

_POLICY = "Content-Security-Policy"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Server": "aidx",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


async def protect(_request: web.Request, response: web.StreamResponse) -> None:
    """Set on every response before it is sent; what is not the page may load and do nothing at all."""
    response.headers.update(_HEADERS)
    response.headers.setdefault(_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox")


def allow_nothing(response: web.StreamResponse) -> None:
    """A page that loads nothing, but leads on to another of this server: to a sandbox that would be another site."""
    response.headers[_POLICY] = "default-src 'none'; img-src data:; frame-ancestors 'none'"


def allow_own_files(response: web.StreamResponse, host: str) -> None:
    """The page may load this server's files and open its WebSocket; `host` is a checked Host header.

    The terminal writes its colours and sizes into style elements, hence `unsafe-inline` for styles. Not every browser
    counts the WebSocket as `self`.
    """
    response.headers[_POLICY] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; "
        f"connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
