"""Whatever is given as an address is refused in one sentence or is a request to where it may go."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from aidx_assistant.errors import FetchError
from aidx_assistant.fetching.addresses import own_address, redirected
from aidx_assistant.fetching.content_kinds import content_type_of
from aidx_assistant.fetching.decoding import Decoder
from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.networks import ip_address, is_loopback, is_public
from aidx_assistant.fetching.statuses import fault_of_status
from aidx_assistant.printable import shown_address
from tests.fakes.fetching import QUICK, fetched, quick

ANY = st.text(st.characters(), max_size=30)
PARTS = st.sampled_from(
    ["https:", "http:", "//", "/", "\\", "@", ":", "[", "]", "%", "%00", "#", "?", ".", "127.0.0.1", "::1", "localhost"]
    + [
        "a.example",
        "xn--",
        "0x7f",
        "１",
        "\u200b",
        "\x00",
        "\r\n",
        "99999",
        "user:pw",
        "..",
        " ",
        "ß",
        "。",
        "fe80::1%25x",
    ]
)
ADDRESSES = st.one_of(
    ANY,
    st.lists(PARTS, max_size=8).map("".join),
    st.builds("https://{}".format, ANY),
    st.builds("https://a.example/{}".format, ANY),
)


@settings(max_examples=400, deadline=None)
@given(ADDRESSES)
@example("https://[::ffff:1.2.3.4%]/")
@example("https://a.example:0/")
@example("https://.a.example/")
@example("https://a..example/")
@example("0://-.XN--")
def test_any_address_is_refused_or_allowed(text: str) -> None:
    assert len(shown_address(text).splitlines()) <= 1
    try:
        url, _ = own_address(text, allow_private=False)
    except Fault as fault:
        assert fault.reason and fault.hint
        return
    host = url.host or ""
    assert url.scheme == "https" or is_loopback(host)
    number = ip_address(host)
    assert number is None or is_public(number) or is_loopback(host)
    assert url.raw_user is None and url.raw_password is None


@settings(max_examples=150, deadline=None)
@given(ADDRESSES)
def test_any_address_is_fetched_or_refused(text: str) -> None:
    try:
        url, _ = own_address(text, allow_private=False)
        assume(ip_address(url.host or "") is None)  # else it would be connected to
    except Fault:
        pass
    with tempfile.TemporaryDirectory() as folder:
        try:
            fetched(Path(folder), text, patience=quick(retries=0))
        except FetchError as error:
            assert error.hint
            assert "\n" not in error.title
        else:
            raise AssertionError("no name is known, so nothing can be fetched")


@settings(max_examples=300, deadline=None)
@given(st.one_of(ADDRESSES, st.text(st.characters(categories=["Cs", "Lo", "P"]), max_size=9)))
def test_any_redirect_is_refused_or_allowed(location: str) -> None:
    origin, reach = own_address("https://a.example/b", allow_private=False)
    try:
        url = redirected(location, origin, reach)
    except Fault as fault:
        assert fault.reason and fault.hint
        return
    assert url.scheme == "https"
    number = ip_address(url.host or "")
    assert number is None or is_public(number)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["page", "picture", "any"]), st.text(max_size=20), st.binary(max_size=40))
def test_any_content_has_a_kind_or_none(kind: str, said: str, beginning: bytes) -> None:
    try:
        assert content_type_of(kind, said, beginning)  # type: ignore[arg-type]
    except Fault as fault:
        assert fault.reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["gzip", "deflate"]), st.integers(1, 50), st.integers(0, 20))
def test_compressed_content_comes_back_in_any_pieces(content: bytes, coding: str, piece: int, cut: int) -> None:
    compressing = zlib.compressobj(wbits=31 if coding == "gzip" else 15)
    compressed = compressing.compress(content) + compressing.flush()
    sent = compressed[: len(compressed) - cut] if cut else compressed
    decoder = Decoder(coding)
    back = b""
    for start in range(0, len(sent), piece):
        back += b"".join(decoder.decoded(sent[start : start + piece]))
    assert content.startswith(back)
    if not cut:
        decoder.end()
        assert back == content


@given(st.integers(100, 999), st.one_of(st.none(), st.text(max_size=12), st.integers().map(str)))
def test_any_status_is_told(status: int, retry_after: str | None) -> None:
    fault = fault_of_status(status, retry_after, QUICK)
    assert fault.reason and fault.hint
    assert fault.pause is None or 0 <= fault.pause <= QUICK.longest_pause
