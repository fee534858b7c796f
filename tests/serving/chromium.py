"""Drives headless Chromium over its DevTools WebSocket."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    """An empty tab; `events` holds what it reported, oldest first."""

    def __init__(self, devtools: aiohttp.ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._calls = 0
        self.events: list[dict[str, Any]] = []

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Calls a method of DevTools; what is reported meanwhile is kept."""
        self._calls += 1
        await self._devtools.send_json({"id": self._calls, "method": method, "params": params})
        while True:
            message = await self._devtools.receive_json()
            if message.get("id") == self._calls:
                assert "result" in message, message
                return dict(message["result"])
            self.events.append(message)

    async def until(self, fulfilled: Callable[[], bool], seconds: float = 15) -> None:
        """Waits for reports until they fulfil a condition."""
        async with asyncio.timeout(seconds):
            while not fulfilled():
                self.events.append(await self._devtools.receive_json())

    def reported(self, method: str) -> list[dict[str, Any]]:
        """What the reports of one kind carry."""
        return [event["params"] for event in self.events if event["method"] == method]

    def drawn(self) -> str:
        """What came over the page's WebSocket for the terminal, without escape sequences."""
        frames = [frame["response"] for frame in self.reported("Network.webSocketFrameReceived")]
        text = b"".join(base64.b64decode(frame["payloadData"]) for frame in frames if frame["opcode"] == 2).decode()
        return re.sub(r"\x1b\[[0-9;?]*\$?[A-Za-z]", "", text)


@asynccontextmanager
async def opened_page(profile: Path) -> AsyncIterator[Page]:
    """A tab of a browser of its own that has nothing but this profile folder."""
    assert EXECUTABLE is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1000,700", "--remote-debugging-port=0"]
    browser = await asyncio.create_subprocess_exec(
        *(EXECUTABLE, *options, f"--user-data-dir={profile}", "about:blank"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if not name.startswith("AIDX_")},
    )
    try:
        async with aiohttp.ClientSession() as client:
            tabs = await _tabs(client, profile / "DevToolsActivePort")
            address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
            async with client.ws_connect(address, max_msg_size=0) as devtools:
                page = Page(devtools)
                for domain in ("Network", "Page", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
    finally:
        browser.terminate()
        await browser.wait()


async def _tabs(client: aiohttp.ClientSession, port_file: Path) -> list[dict[str, str]]:
    async with asyncio.timeout(15):
        while not (port_file.exists() and port_file.read_text()):
            await asyncio.sleep(0.05)
        async with client.get(f"http://127.0.0.1:{port_file.read_text().split()[0]}/json") as response:
            return list(await response.json())
