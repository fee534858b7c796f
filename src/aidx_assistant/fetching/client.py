"""Requests, redirects and tries, one after the other over one connection."""

from __future__ import annotations

import asyncio
import logging
import time

import aiohttp
from yarl import URL

from aidx_assistant import __version__
from aidx_assistant.fetching.addresses import redirected
from aidx_assistant.fetching.content_kinds import accepted
from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Fetched, Patience, Wanted
from aidx_assistant.fetching.partial_files import PartialFile
from aidx_assistant.fetching.proxies import proxy_for
from aidx_assistant.fetching.receiving import received, sendable
from aidx_assistant.fetching.resolving import LookUp, PublicResolver
from aidx_assistant.fetching.wire_faults import fault_of

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_SAVE_IT = "Open it in a browser, save it, and add the file."

# Where nobody listens, Python prints what they warn of (a strange cookie) on standard error.
for _name in ("aiohttp.client", "aiohttp.internal"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Client:
    """A session for fetches. `close` it in the loop that it was used in."""

    def __init__(self, patience: Patience, *, allow_private: bool, look_up: LookUp) -> None:
        self._patience = patience
        self._resolver = PublicResolver(allow_private=allow_private, look_up=look_up)
        self._session: aiohttp.ClientSession | None = None
        self._last_request: dict[str, float] = {}
        """The monotonic time at which the last request to a host ended."""

    async def fetch(self, wanted: Wanted, partial: PartialFile) -> Fetched:
        """Raises Fault, and StorageError where the disk refuses."""
        try:
            async with asyncio.timeout(self._patience.whole):
                return await self._persistently(wanted, partial)
        except TimeoutError:
            hint = "Try again later; what came is kept where the server allows it."
            raise Fault(f"it takes longer than {self._patience.whole:g} seconds", hint) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _persistently(self, wanted: Wanted, partial: PartialFile) -> Fetched:
        """Tries again, with growing pauses, where that may help."""
        pause = self._patience.first_pause
        tries_left = self._patience.retries
        while True:
            try:
                return await self._followed(wanted, partial)
            except Fault as fault:
                if not fault.transient or not tries_left:
                    raise
                wait = pause if fault.pause is None else fault.pause
            await asyncio.sleep(wait)
            pause = min(2 * pause, self._patience.longest_pause)
            tries_left -= 1

    async def _followed(self, wanted: Wanted, partial: PartialFile) -> Fetched:
        """One try, through all redirects."""
        url = wanted.url
        passed = {url}
        headers = _headers(wanted, partial)
        for _ in range(_MOST_REDIRECTS + 1):
            response = await self._requested(url, headers)
            try:
                async with response:
                    location = response.headers.get("Location") if response.status in _REDIRECTS else None
                    if location is None:
                        return await received(response, wanted, partial, self._patience)
            finally:
                self._last_request[url.host or ""] = time.monotonic()
            url = redirected(location, url, wanted.reach)
            if url in passed:
                raise Fault("it redirects in a circle", _SAVE_IT)
            passed.add(url)
        raise Fault(f"it redirects more than {_MOST_REDIRECTS} times", _SAVE_IT)

    async def _requested(self, url: URL, headers: dict[str, str]) -> aiohttp.ClientResponse:
        last = self._last_request.get(url.host or "")
        if last is not None:
            await asyncio.sleep(last + self._patience.between_requests - time.monotonic())
        proxy = proxy_for(url)
        self._resolver.towards_proxy = proxy is not None
        try:
            return await self._opened().get(url, headers=headers, proxy=proxy, allow_redirects=False)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            fault = fault_of(error, self._patience)
            fault.host = url.host or ""
            raise fault from error

    def _opened(self) -> aiohttp.ClientSession:
        """Without cookies, and without `trust_env`, which would also send passwords out of ~/.netrc."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=1, resolver=self._resolver, use_dns_cache=False)
            patience = self._patience
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=None, connect=patience.connect, sock_read=patience.silence),
                headers={"User-Agent": f"aidx/{__version__}"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session


def _headers(wanted: Wanted, partial: PartialFile) -> dict[str, str]:
    """What is asked: which kinds, only if it is new, only what is missing."""
    headers = {"Accept": accepted(wanted.kind), "Accept-Encoding": "gzip"}
    validators = sendable(wanted.validators)
    if "etag" in validators:
        headers["If-None-Match"] = validators["etag"]
    if "last_modified" in validators:
        headers["If-Modified-Since"] = validators["last_modified"]
    if partial.size and partial.etag and sendable({"etag": partial.etag}):
        headers |= {"Range": f"bytes={partial.size}-", "If-Range": partial.etag}
    if wanted.kind == "picture" or "Range" in headers:  # only what is not compressed can be continued
        headers["Accept-Encoding"] = "identity"
    return headers
