"""One answer of a server: checked by its headers, read into a partial file, checked by its content."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

import aiohttp

from aidx_assistant.fetching.content_kinds import BEGINNING, content_type_of, refuse_said_type
from aidx_assistant.fetching.decoding import Decoder
from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Fetched, Patience, Wanted
from aidx_assistant.fetching.partial_files import PartialFile
from aidx_assistant.fetching.statuses import fault_of_status
from aidx_assistant.fetching.wire_faults import fault_of

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_HEADER_VALUE = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,999}")
_OK, _PARTIAL, _NOT_MODIFIED, _NOT_SATISFIABLE = 200, 206, 304, 416


def sendable(validators: Mapping[str, str]) -> dict[str, str]:
    """Those of the validators `etag` and `last_modified` that can stand in a header."""
    known = {name: validators.get(name, "") for name in ("etag", "last_modified")}
    return {name: value for name, value in known.items() if _HEADER_VALUE.fullmatch(value)}


async def received(
    response: aiohttp.ClientResponse, wanted: Wanted, partial: PartialFile, patience: Patience
) -> Fetched:
    """What came of an answer that is no redirect.

    Raises Fault; then what came is kept for the next try, unless it is not what was wanted.
    """
    headers = response.headers
    validators = sendable({"etag": headers.get("ETag", ""), "last_modified": headers.get("Last-Modified", "")})
    if response.status == _NOT_MODIFIED and sendable(wanted.validators):
        kept = {**sendable(wanted.validators), **validators}
        return Fetched(str(response.url), "", None, None, kept, not_modified=True)
    if response.status == _NOT_SATISFIABLE and partial.size:
        raise _misfit(partial)
    if response.status not in (_OK, _PARTIAL):
        raise fault_of_status(response.status, headers.get("Retry-After"), patience)
    try:
        said = response.content_type
        refuse_said_type(wanted.kind, said)
        decoder = Decoder(headers.get("Content-Encoding", ""))
        _begin(response, decoder, partial, validators.get("etag"))
        total = _total(response, decoder)
        if (total or 0) > wanted.largest:
            raise _too_large(wanted)
        await _read_body(response, decoder, wanted, partial, total, patience)
        content_type = content_type_of(wanted.kind, said, partial.beginning())
    except Fault as fault:
        if not fault.transient:
            partial.discard()
        raise
    return Fetched(str(response.url), content_type, _charset(response), partial.finish(), validators)


def _begin(response: aiohttp.ClientResponse, decoder: Decoder, partial: PartialFile, etag: str | None) -> None:
    """Makes the partial file ready for the body: continued where the server continues, else begun anew."""
    if response.status == _PARTIAL:
        continued = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        fits = continued and partial.size and int(continued[1]) == partial.size
        if not fits or decoder.compressed or etag not in (None, partial.etag):
            raise _misfit(partial)
        return
    is_strong = etag is not None and etag.startswith('"')
    continuable = is_strong and not decoder.compressed and response.headers.get("Accept-Ranges") != "none"
    partial.begin(etag if continuable else None)


def _misfit(partial: PartialFile) -> Fault:
    """A part that does not continue what is there: all of it is asked for at the next try."""
    partial.discard()
    hint = "Open it in a browser, save it, and add the file."
    return Fault("the server does not send what it was asked for", hint, transient=True, pause=0.0)


def _total(response: aiohttp.ClientResponse, decoder: Decoder) -> int | None:
    """Bytes of the whole content, None where the server does not say; of compressed content as it comes."""
    if continued := _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", "")):
        return None if continued[3] == "*" else int(continued[3])
    return response.content_length


async def _read_body(
    response: aiohttp.ClientResponse,
    decoder: Decoder,
    wanted: Wanted,
    partial: PartialFile,
    total: int | None,
    patience: Patience,
) -> None:
    came = 0
    recognised = False
    expected = None if decoder.compressed else total
    while data := await _next_piece(response, patience):
        came += len(data)
        for piece in decoder.decoded(data):
            partial.append(piece)
            if max(came, partial.size) > wanted.largest:
                raise _too_large(wanted)
        if not recognised and partial.size >= BEGINNING:
            content_type_of(wanted.kind, response.content_type, partial.beginning())
            recognised = True
        wanted.on_progress(wanted.address, partial.size, expected)
    decoder.end()
    if not partial.size:
        raise Fault("it is empty", "Check the address.")
    if expected is not None and partial.size != expected:
        raise Fault("the connection broke off", "Try again later.", transient=True)


async def _next_piece(response: aiohttp.ClientResponse, patience: Patience) -> bytes:
    """What has come of the body since; empty at its end."""
    try:
        return await response.content.readany()
    except (aiohttp.ClientError, OSError) as error:
        raise fault_of(error, patience) from error


def _too_large(wanted: Wanted) -> Fault:
    return Fault(f"it is larger than {wanted.largest / 1e6:,.3g} MB", "Fetch it yourself, and add the file.")


def _charset(response: aiohttp.ClientResponse) -> str | None:
    try:
        return response.charset and codecs.lookup(response.charset).name
    except (LookupError, ValueError):
        return None
