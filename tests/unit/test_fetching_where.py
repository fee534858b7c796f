"""Nothing is fetched but from the public internet, encrypted, unless the user names this machine or says otherwise."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.errors import FetchError
from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.networks import ip_address, is_public
from aidx_assistant.fetching.resolving import PublicResolver
from tests.fakes.fetching import HTML, PAGE, Names, fetched, quick
from tests.fakes.pages_server import PagesServer, Reply

PRIVATE = [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001:0:1::1",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "5f00::1",
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(tmp_path: Path, address: str) -> None:
    number = ip_address(address)
    assert number and not is_public(number)
    with pytest.raises(FetchError, match="not on the public internet"):
        fetched(tmp_path, "https://report.example/a", look_up=Names(report_example=[[address]]))
    if not number.is_loopback:
        host = f"[{address}]" if ":" in address else address
        with pytest.raises(FetchError, match="cannot be fetched"):
            fetched(tmp_path, f"https://{host}/a", patience=quick(retries=0))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address: str) -> None:
    number = ip_address(address)
    assert number and is_public(number)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "not a web address"),
        ("www.example.com/a", "not a web address"),
        ("file:///etc/passwd", "file: is not fetched"),
        ("ftp://example.com/a", "ftp: is not fetched"),
        ("data:image/png;base64,AAAA", "not a web address"),
        ("http://example.com/a", "http: is not encrypted"),
        ("http://93.184.216.34/a", "http: is not encrypted"),
        ("http://localhost.example.com/a", "http: is not encrypted"),
        ("http://10.0.0.1/a", "http: is not encrypted"),
        ("https://me:secret@example.com/a", "a user name or password"),
        ("https://me@example.com/a", "a user name or password"),
        ("https://:secret@127.0.0.1/a", "a user name or password"),
        ("https://2130706433/", "a number in an unusual way"),
        ("https://127.1/", "a number in an unusual way"),
        ("https://0x7f.0.0.1/", "a number in an unusual way"),
        ("https://0177.0.0.1/", "a number in an unusual way"),
        ("https://１２７.1/", "a number in an unusual way"),
        ("https://example.com:99999/", "broken"),
        ("https://[::1/", "broken"),
        ("https:///a", "names no server|broken"),
        ("https://exa\nmple.com/", "cannot be fetched"),
        ("https://\ud800.com/", "broken"),
        ("https://example.com/" + "a" * 9000, "too long"),
        ("https://nowhere.example/", "no server of that name"),
        (f"https://{'a' * 70}.example/", "no server of that name|broken"),
    ],
)
def test_addresses_that_are_refused(tmp_path: Path, address: str, words: str) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        fetched(tmp_path, address, patience=quick(retries=0))
    assert caught.value.hint
    assert "secret" not in caught.value.title
    assert "\n" not in caught.value.title
    assert len(caught.value.title) < 320


def test_this_machine_by_name(tmp_path: Path) -> None:
    names = Names(localhost=[["10.0.0.1", "127.0.0.1"]])
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}) as server:
        _, content = fetched(tmp_path, f"http://localhost:{server.port}/a", look_up=names)
    assert content == PAGE


def test_this_machine_s_name_that_leads_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="leads to 93"):
        fetched(tmp_path, "http://localhost/a", look_up=Names(localhost=[["93.184.216.34"]]))


def test_private_addresses_if_the_user_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = _refusing_connections(monkeypatch)
    names = Names(intranet_example=[["10.0.0.7"]])
    for address in ("https://intranet.example/a", "https://192.168.1.9/a"):
        with pytest.raises(FetchError, match="no connection came about"):
            fetched(tmp_path, address, look_up=names, allow_private=True, patience=quick(retries=0))
    assert reached == ["10.0.0.7", "192.168.1.9"]


def test_only_the_public_ones_of_several_addresses_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = _refusing_connections(monkeypatch)
    names = Names(report_example=[["10.0.0.7", "93.184.216.34", "::1"]])
    with pytest.raises(FetchError, match="no connection came about"):
        fetched(tmp_path, "https://report.example/a", look_up=names, patience=quick(retries=0))
    assert reached == ["93.184.216.34"]


def test_a_name_that_turns_private_at_the_second_look_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = _refusing_connections(monkeypatch)
    names = Names(report_example=[["93.184.216.34"], ["127.0.0.1"]])
    with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1"):
        fetched(tmp_path, "https://report.example/a", look_up=names)
    assert reached == ["93.184.216.34"]
    assert names.asked == ["report.example"] * 2


def test_the_resolver_alone() -> None:
    names = Names(a_example=[["93.184.216.34", "2606:2800:220:1::1"], ["10.0.0.1"]])
    resolver = PublicResolver(allow_private=False, look_up=names)

    async def twice() -> None:
        first = await resolver.resolve("a.example", 443, socket.AF_UNSPEC)
        assert [(found["host"], found["family"], found["port"]) for found in first] == [
            ("93.184.216.34", socket.AF_INET, 443),
            ("2606:2800:220:1::1", socket.AF_INET6, 443),
        ]
        with pytest.raises(Fault):
            await resolver.resolve("a.example", 443)
        with pytest.raises(OSError, match="unknown"):
            await resolver.resolve("b.example", 443)

    asyncio.run(twice())


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "file: is not fetched"),
        ("ftp://example.com/", "ftp: is not fetched"),
        ("javascript:alert(1)", "javascript: is not fetched"),
        ("http://example.com/", "http: is not encrypted"),
        ("https://10.0.0.1/", "not on the public internet"),
        ("https://169.254.169.254/latest/meta-data", "not on the public internet"),
        ("https://[::ffff:10.0.0.1]/", "not on the public internet"),
        ("https://intranet.example/", "leads to 10.0.0.1"),
        ("https://tricky.example/", "leads to 127.0.0.1"),
        ("https://2130706433/", "a number in an unusual way"),
        ("https://me:secret@example.com/", "a user name or password"),
        ("//10.0.0.1/", "not encrypted"),
        ("https://[broken/", "broken"),
        ("/a", "in a circle"),
        ("", "in a circle"),
        ("/b", "in a circle"),
        ("/1", "more than 5 times"),
    ],
)
def test_redirects_that_are_refused(tmp_path: Path, location: str, words: str) -> None:
    onwards = {f"/{n}": [Reply(302, {"location": f"/{n + 1}"})] for n in range(1, 9)}
    script = {"/a": [Reply(302, {"location": location})], "/b": [Reply(301, {"location": "a"})], **onwards}
    names = Names(intranet_example=[["10.0.0.1"]], tricky_example=[["127.0.0.1"]])
    with PagesServer(script) as server:
        with pytest.raises(FetchError, match=words) as caught:
            fetched(tmp_path, f"{server.url}/a", look_up=names)
        assert len(server.requests) <= 6
    assert "secret" not in caught.value.title


def test_a_public_server_cannot_redirect_to_this_machine() -> None:
    from aidx_assistant.fetching.addresses import own_address, redirected

    url, reach = own_address("https://example.com/a", allow_private=False)
    for location in ("http://127.0.0.1/", "http://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/"):
        with pytest.raises(Fault, match="this machine"):
            redirected(location, url, reach)
    with pytest.raises(Fault, match="not encrypted"):
        redirected("http://example.com/b", url, reach)
    assert str(redirected("../b?c#d", url, reach)) == "https://example.com/b?c"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_that_are_followed(tmp_path: Path, status: int) -> None:
    script = {
        "/a": [Reply(status, {"location": "/b"}, b"moved")],
        "/b": [Reply(status, {"location": "/c d?e=ü#f"})],
        "/c%20d?e=%C3%BC": [Reply(headers=HTML, body=PAGE)],
    }
    with PagesServer(script) as server:
        answer, content = fetched(tmp_path, f"{server.url}/a")
    assert content == PAGE
    assert answer.address == f"{server.url}/c%20d?e=%C3%BC"


def test_a_redirect_to_nowhere(tmp_path: Path) -> None:
    with PagesServer({"/a": [Reply(302)]}) as server, pytest.raises(FetchError, match="answers with 302"):
        fetched(tmp_path, f"{server.url}/a")


def test_a_proxy_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = "https://report.example/a"
    names = Names(localhost=[["127.0.0.1"]])
    with PagesServer({"report.example:443": [Reply(403)]}) as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:pw@localhost:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with pytest.raises(FetchError, match="the proxy answers with 403"):
            fetched(tmp_path, target, look_up=names)
        assert [request.method for request in proxy.requests] == ["CONNECT"]
        assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")
        monkeypatch.setenv("no_proxy", "report.example")
        with pytest.raises(FetchError, match="no server of that name"):
            fetched(tmp_path, target, look_up=names)
        monkeypatch.delenv("no_proxy")
        monkeypatch.setenv("https_proxy", "socks5://localhost:1")
        with pytest.raises(FetchError, match="cannot be fetched"):
            fetched(tmp_path, target, look_up=names)
        assert len(proxy.requests) == 1


def test_passwords_of_netrc_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}) as server:
        fetched(tmp_path / "f", f"{server.url}/a")
        assert "authorization" not in server.requests[0].headers


def _refusing_connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every connection is refused, as if nothing listened; gives the addresses that were tried."""
    reached: list[str] = []

    def connect(self: socket.socket, address: Any) -> None:
        reached.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return reached
