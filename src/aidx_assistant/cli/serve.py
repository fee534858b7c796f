"""`aidx serve`: the app in a browser."""

from __future__ import annotations

import sys
import threading
from typing import Any

import click

_EXAMPLES = """\b
Examples:
  aidx serve --open
  aidx serve --port 8000 --offline

On another machine, over ssh: start `aidx serve --port 8000` there, then here
`ssh -N -L 8000:127.0.0.1:8000 MACHINE`, and open the address that it printed."""

_WARNING = """\
aidx: Other machines can reach this. Whoever has the address can use the app as you: read your sources and
      conversations, and spend your API key. The connection is not encrypted: the address, too, can be read
      on its way. Over ssh it is safer (see: aidx serve --help)."""


@click.command(epilog=_EXAMPLES, short_help="Open the app in a browser.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port to listen on; else a free one.")
@click.option(
    "--host", default="127.0.0.1", metavar="NAME", show_default=True, help="The address or name to listen on."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--offline", is_flag=True, default=None, help="Do not call Claude; quote the sources.")
@click.option("--model", metavar="NAME", help="The Claude model that answers.")
@click.option("--token-budget", type=int, metavar="N", help="Tokens of passages to use (an estimate).")
def serve(port: int | None, host: str, open_browser: bool, **flags: Any) -> int:
    """Serve the app to a browser on this machine until Ctrl-C.

    Prints the address to open. It holds a token: only who has it gets in. Every open page is an app of its own; the
    conversations are the same.
    """
    from aidx_assistant.serving.app_process import AppCommand
    from aidx_assistant.serving.listening import listen
    from aidx_assistant.serving.server import AppServer
    from aidx_assistant.settings import load_settings

    load_settings(flags)  # what is wrong with them is said here, not in the browser
    listening = listen(host, port or 0)
    variables = {f"AIDX_{name.upper()}": str(value) for name, value in flags.items() if value is not None}
    # -P: a Python file in the folder where the server was started is not taken for a library.
    server = AppServer(listening, AppCommand((sys.executable, "-P", "-m", "aidx_assistant"), variables))
    if not listening.on_this_machine_only:
        print(_WARNING, file=sys.stderr)
    click.echo(server.entrance.address)
    print("aidx: Open this address in a browser. Ctrl-C ends it.", file=sys.stderr, flush=True)
    if open_browser:
        threading.Thread(target=_open, args=[server.entrance.one_time_address()], daemon=True).start()
    server.run()
    return 0


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        print("aidx: No browser could be opened.", file=sys.stderr)
