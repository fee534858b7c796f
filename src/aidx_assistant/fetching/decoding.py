"""Compressed content, decompressed piece by piece so that a bomb is noticed before it goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from aidx_assistant.fetching.faults import Fault

_PIECE = 64 * 1024
"""Bytes decompressed at once."""
_MOST_MEMBERS = 100
_GZIP_OR_ZLIB = 47
"""zlib's `wbits`: 32 for either header, 15 for the largest window."""
_AGAIN = "Try again; or open it in a browser, save it, and add the file."


class Decoder:
    """Undoes one content coding: none, gzip, or deflate in either of its two forms."""

    def __init__(self, coding: str) -> None:
        """Raises Fault for a coding that was not asked for."""
        coding = coding.strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Fault("it is compressed in a way that was not asked for", _AGAIN)
        self.compressed = coding not in ("", "identity")
        self._may_be_raw = coding == "deflate"
        self._members = 0
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._fed = False

    def decoded(self, data: bytes) -> Iterator[bytes]:
        """The content in pieces of 64 KB at most. Raises Fault where it is not what the coding says."""
        if not self.compressed:
            yield data
            return
        if not self._fed and self._may_be_raw and data[:1] and data[0] & 0x0F != 8:
            self._stream = zlib.decompressobj(-15)
        self._fed = self._fed or bool(data)
        while data:
            try:
                piece = self._stream.decompress(data, _PIECE)
            except zlib.error:
                raise Fault("its compression is broken", _AGAIN) from None
            if piece:
                yield piece
            data = self._rest()

    def end(self) -> None:
        """Raises Fault where the compressed content breaks off."""
        if self.compressed and self._fed and not self._stream.eof:
            raise Fault("its compressed content breaks off", _AGAIN, transient=True)

    def _rest(self) -> bytes:
        """What is still to be decompressed, in a new member where one has ended."""
        if not self._stream.eof:
            return self._stream.unconsumed_tail
        rest = self._stream.unused_data
        if rest:
            self._members += 1
            if self._members > _MOST_MEMBERS:
                raise Fault("its compression is broken", _AGAIN)
            self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        return rest
