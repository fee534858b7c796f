"""Runs inside the app's own process: Textual's driver for browsers, which also ends the app when the server is gone."""

from __future__ import annotations

import contextlib
import os
import time

from textual import messages
from textual.drivers.web_driver import WebDriver

_PATIENCE = 5.0
"""Seconds the app has for ending by itself once the server is gone."""


class ServedDriver(WebDriver):
    """Reads packets from standard input and writes them to standard output."""

    def run_input_thread(self) -> None:
        """Input ends before the app does only where the server was killed: then nobody else will end the app.

        A thread that is at work would hold it; what the app keeps, it has kept already.
        """
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())
            time.sleep(_PATIENCE)
            os._exit(1)

    def stop_application_mode(self) -> None:
        with contextlib.suppress(BrokenPipeError):  # the server is gone
            super().stop_application_mode()
