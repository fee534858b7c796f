"""What leaves the app: an address for the browser, a reference for the clipboard."""

from __future__ import annotations

import os
import sys
import webbrowser
from datetime import date
from functools import partial

from textual.app import App

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Source


def open_address(app: App[object], address: str | None) -> None:
    """Opens an address in a browser; where there is none to open it in, copies it. Tells what it did."""
    if not address:
        app.notify("No address is known for this source.", severity="warning")
    elif app.is_web:  # the page opens it
        app.notify(f"Opening {address}", markup=False)
        app.open_url(address)
    elif _has_desktop():
        app.notify(f"Opening {address}", markup=False)
        app.run_worker(partial(_open, app, address), thread=True)
    else:  # a browser that runs in this terminal would draw over the app
        app.copy_to_clipboard(address)
        app.notify(f"There is no desktop to open a browser on. Copied: {address}", markup=False)


def copy_reference(app: App[object], citation: Citation, source: Source | None, style: str) -> None:
    """Copies the reference to a citation's place in a style; its quotation where the source is gone. Tells which."""
    from aidx_assistant.references.styles import reference

    if source is None:
        app.notify("The library no longer holds this source; its quotation was copied.", severity="warning")
        app.copy_to_clipboard(f"“{citation.quote}” ({citation.label})")
        return
    text = reference(citation, source, style, date.today())
    app.copy_to_clipboard(text)
    app.notify(f"Copied ({style}): {text}", markup=False)


def _open(app: App[object], address: str) -> None:
    """Some browsers keep whoever starts them waiting: to be run in a thread."""
    try:
        app.open_url(address)
    except (OSError, webbrowser.Error) as error:
        app.notify(f"No browser could be opened: {error}.", severity="error", markup=False)


def _has_desktop() -> bool:
    return sys.platform in {"darwin", "win32"} or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
