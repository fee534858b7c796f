"""One open page: carries between its WebSocket and its app what each may say to the other."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from aiohttp import ClientConnectionResetError, WSMsgType, web

from aidx_assistant.serving.app_process import AppProcess, AppRequest, Drawing, FilePart

_LARGEST = 1000
"""Cells in one direction; no screen has more."""
_PART = 64 * 1024
"""Bytes, or characters of a text, that are asked of the app at a time."""
_PATIENCE = 10.0
"""Seconds to wait for the next part of a file."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that the app has ready."""

    key: str
    file_name: str
    encoding: str
    name: str | None
    parts: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)


class BrowserSession:
    """Lives from the opening of the WebSocket until the page is closed or the app has ended."""

    def __init__(self, socket: web.WebSocketResponse, app: AppProcess) -> None:
        self._socket = socket
        self._app = app
        self._offered: dict[str, Delivery] = {}
        self._under_way: dict[str, Delivery] = {}

    async def run(self) -> None:
        """Returns when both sides have ended."""
        showing = asyncio.create_task(self._show())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._heed(message.data)
        finally:
            await self.end()
            await showing

    async def end(self) -> None:
        """Ends the app; the page is told by the end of its WebSocket."""
        await self._app.end()

    def take(self, key: str) -> Delivery | None:
        """The file with this key; it can be taken once."""
        delivery = self._offered.pop(key, None)
        if delivery is not None:
            self._under_way[key] = delivery
        return delivery

    async def parts(self, delivery: Delivery) -> AsyncIterator[bytes]:
        """What a file that was taken holds, part by part. Ends early where the app does."""
        try:
            while True:
                await self._app.tell(type="deliver_chunk_request", key=delivery.key, size=_PART, name=delivery.name)
                async with asyncio.timeout(_PATIENCE):
                    part = await delivery.parts.get()
                if not part:
                    return
                yield part
        except TimeoutError:
            return
        finally:
            del self._under_way[delivery.key]

    async def _show(self) -> None:
        """Passes on what the app sends. Reads to its end though nobody looks any more: a full pipe would hold it."""
        try:
            async for packet in self._app.packets():
                await self._pass_on(packet)
            if fault := await self._app.fault():
                await self._to_page(as_drawing(fault))
        finally:
            for delivery in self._under_way.values():
                delivery.parts.put_nowait(b"")
            await self._socket.close()

    async def _pass_on(self, packet: Drawing | AppRequest | FilePart) -> None:
        match packet:
            case Drawing(data):
                await self._to_page(data)
            case AppRequest(content):
                await self._ask_page(content)
            case FilePart(key, data) if delivery := self._under_way.get(key):
                delivery.parts.put_nowait(data.encode(delivery.encoding, "replace") if isinstance(data, str) else data)

    async def _ask_page(self, content: Mapping[str, Any]) -> None:
        """Opening an address and fetching a file are the page's to do; nothing else is passed on."""
        match content:
            case {"type": "open_url", "url": str(url)} if url.lower().startswith(("http://", "https://")):
                # Always a tab of its own: this page would be gone, and the app with it.
                await self._to_page(json.dumps(["open_url", {"url": url, "new_tab": True}]))
            case {"type": "deliver_file_start", "key": str(key), "path": str(path)}:
                encoding = content.get("encoding") or "utf-8"
                self._offered[key] = Delivery(key, PurePath(path).name, encoding, content.get("name"))
                await self._to_page(json.dumps(["deliver_file_start", key]))

    async def _to_page(self, content: bytes | str) -> None:
        with contextlib.suppress(ClientConnectionResetError):
            if isinstance(content, bytes):
                await self._socket.send_bytes(content)
            else:
                await self._socket.send_str(content)

    async def _heed(self, message: str) -> None:
        """Does what the page asks; what it could not have asked is passed over."""
        try:
            content = json.loads(message)
        except (ValueError, RecursionError):  # no JSON, or lists within lists without end
            return
        match content:
            case ["stdin", str(text)]:
                await self._app.send_input(text)
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self._app.tell(type="resize", width=in_cells(width), height=in_cells(height))
            case ["focus" | "blur" as change]:
                await self._app.tell(type=change)
            case ["ping", str(sent)]:
                await self._to_page(json.dumps(["pong", sent]))


def in_cells(size: int) -> int:
    """A width or height that a screen can have."""
    return min(max(size, 1), _LARGEST)


def as_drawing(sentence: str) -> bytes:
    """A clear screen with a sentence on it, for a terminal; control characters of the sentence are left out."""
    lines = "\r\n".join("".join(char for char in line if char.isprintable()) for line in sentence.splitlines())
    return f"\x1bc{lines}\r\n".encode()
