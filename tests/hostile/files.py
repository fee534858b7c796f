"""Files made to do harm, each by name: damaged, looping, bombs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from pptx import Presentation
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4

from tests.fakes.pdfs import pdf, say

SHARED = Path(__file__).parents[3] / "shared" / "hostile"
"""Files that other projects found; absent in a fresh clone."""

_MEGABYTE = 1_000_000


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def _stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), head, data)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] %s >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _report() -> bytes:
    return pdf(*[lambda canvas: say(canvas, 60, 700, "Budgets rise by 46%.")] * 3, size=A4)


def _encrypted() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(_report()))
    writer.encrypt("secret", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _looping_pages() -> bytes:
    return raw_pdf(
        _CATALOGUE,
        b"<< /Type /Pages /Count 2 /Kids [3 0 R] >>",
        b"<< /Type /Pages /Count 2 /Parent 2 0 R /Kids [2 0 R] >>",
    )


def _looping_form() -> bytes:
    return raw_pdf(
        _CATALOGUE,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE % b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>",
        _stream(b"/F Do"),
        _stream(
            b"/F Do /F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
        ),
    )


def _many_pages(count: int) -> bytes:
    kids = b" ".join([b"3 0 R"] * count)
    return raw_pdf(_CATALOGUE, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids), _PAGE % b"")


def _claimed_pages() -> bytes:
    return raw_pdf(
        _CATALOGUE,
        b"<< /Type /Pages /Count 100000 /Kids [3 0 R] >>",
        _PAGE % b"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>",
        _stream(b"BT /F 12 Tf 60 700 Td (Budgets rise by 46%.) Tj ET"),
        _FONT,
    )


def _stream_bomb(times: int = 1) -> bytes:
    filters = b" ".join([b"/FlateDecode"] * times)
    data = _packed_zeros(200 * _MEGABYTE)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return raw_pdf(
        _CATALOGUE,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE % b"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>",
        _stream(data, b"/Filter [%s]" % filters),
        _FONT,
    )


def _long_content() -> bytes:
    """Two million instructions."""
    return raw_pdf(
        _CATALOGUE,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE % b"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>",
        _stream(zlib.compress(b"BT /F 9 Tf " + b"(46%) Tj 1 1 Td " * 2_000_000 + b"ET"), b"/Filter /FlateDecode"),
        _FONT,
    )


def _deep_arrays() -> bytes:
    return raw_pdf(_CATALOGUE, b"<< /Type /Pages /Count 1 /Kids " + b"[" * 50_000 + b"]" * 50_000 + b" >>")


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of this size in its head, black and white, with these packed rows."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _packed_zeros(count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(_MEGABYTE)) for _ in range(count // _MEGABYTE)) + packer.flush()


def _zip_bomb(name: str) -> bytes:
    file = io.BytesIO()
    Presentation().save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(300 * _MEGABYTE))
    return file.getvalue()


def _xml_bomb() -> bytes:
    """A deck whose presentation is a billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    file, bombed = io.BytesIO(), io.BytesIO()
    Presentation().save(file)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(bombed, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            changed.writestr(name, bomb if name == "ppt/presentation.xml" else archive.read(name))
    return bombed.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "encrypted.pdf": _encrypted,
    "looping-pages.pdf": _looping_pages,
    "looping-form.pdf": _looping_form,
    "truncated.pdf": lambda: _report()[:900],
    "truncated-end.pdf": lambda: _report()[:-200],
    "100000-pages.pdf": lambda: _many_pages(100_000),
    "100000-pages-claimed.pdf": _claimed_pages,
    "stream-bomb.pdf": _stream_bomb,
    "stream-bomb-twice.pdf": lambda: _stream_bomb(2),
    "2-million-instructions.pdf": _long_content,
    "deep-arrays.pdf": _deep_arrays,
    "nul-bytes.pdf": lambda: b"%PDF-1.7\n" + bytes(100_000),
    "only-nul.pdf": lambda: bytes(100_000),
    "noise.pdf": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 400,
    "bomb-by-size.png": lambda: png(100_000, 100_000, _packed_zeros(20 * _MEGABYTE)),
    "bomb-of-data.png": lambda: png(2_000, 2_000, _packed_zeros(200 * _MEGABYTE)),
    "size-not-there.png": lambda: png(5_000, 5_000, zlib.compress(b"x")),
    "truncated.png": lambda: png(500, 500, zlib.compress(bytes(32_000)))[:60],
    "nul-bytes.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000),
    "truncated.jpg": lambda: b"\xff\xd8\xff\xe0" + bytes(10),
    "zip-bomb.pptx": lambda: _zip_bomb("ppt/media/image1.bin"),
    "xml-file-bomb.pptx": lambda: _zip_bomb("ppt/slides/slide1.xml"),
    "billion-laughs.pptx": _xml_bomb,
    "no-deck.pptx": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "nul-bytes.txt": lambda: b"\x00" * 5_000,
}
