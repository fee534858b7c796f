"""Encrypted connections: strangers' certificates are refused, and no connection is left behind."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from aidx_assistant.errors import FetchError
from tests.fakes.fetching import HTML, PAGE, fetched
from tests.fakes.pages_server import PagesServer, Reply

_FETCH_AND_CANCEL = """
import sys, threading
from pathlib import Path
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.fetching import Fetcher

cancellation = Cancellation()
with Fetcher(Path(sys.argv[1]), cancellation=cancellation) as fetcher:
    print(fetcher.fetch(sys.argv[2] + "/a", kind="page", largest=1000).content_type)
    threading.Timer(0.3, cancellation.cancel).start()
    try:
        fetcher.fetch(sys.argv[2] + "/stalling", kind="page", largest=1000)
    except InterruptedByUserError:
        print("interrupted")
"""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine, with its key beside it, signed by nobody else."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl command to make a certificate")
    file = tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(tmp_path / "key.pem")]
    command = ["openssl", "req", "-x509", *key, "-out", str(file), "-days", "2", *subject]
    subprocess.run(command, check=True, capture_output=True)
    return file


@pytest.fixture
def encrypted(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def test_a_certificate_that_nobody_signed(tmp_path: Path, encrypted: ssl.SSLContext) -> None:
    with PagesServer({"/a": [Reply(headers=HTML, body=PAGE)]}, encrypted) as server:
        with pytest.raises(FetchError, match="certificate is not accepted: self-signed certificate") as caught:
            fetched(tmp_path / "f", f"https://127.0.0.1:{server.port}/a")
        assert not server.requests
    assert "SSL_CERT_FILE" in caught.value.hint


def test_an_encrypted_connection_leaves_nothing_behind(
    tmp_path: Path, certificate: Path, encrypted: ssl.SSLContext
) -> None:
    """In a process of its own, as the trusted certificates are read once."""
    script = {"/a": [Reply(headers=HTML, body=PAGE)], "/stalling": [Reply(headers=HTML, body=PAGE, stall_after=9)]}
    with PagesServer(script, encrypted) as server:
        command = [sys.executable, "-X", "dev", "-W", "error", "-c", _FETCH_AND_CANCEL]
        done = subprocess.run(
            [*command, str(tmp_path / "f"), f"https://localhost:{server.port}"],
            env={**os.environ, "SSL_CERT_FILE": str(certificate)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.stdout, done.stderr) == ("text/html\ninterrupted\n", "")
