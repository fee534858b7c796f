"""What this machine knows of the sources on a server: of each the revision there, and the one here it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aidx_assistant.library.store import Store


class KnownSources:
    """Read once, and kept in the library's file source by source, for each set of collections by itself."""

    def __init__(self, store: Store, identity: str) -> None:
        """`identity`: of the set of collections."""
        self._store = store
        self._prefix = f"shared {identity} "
        kept = store.metas(self._prefix)
        self._revisions: dict[str, tuple[str, str]] = {key: _pair(value) for key, value in kept.items()}

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._revisions

    def there(self, source_id: str) -> str:
        """The revision on the server when this machine last looked or wrote; empty where it is not known."""
        return self._revisions.get(source_id, ("", ""))[0]

    def here(self, source_id: str) -> str:
        """The revision of this library's that it stands for; empty where the source is gone, or not known."""
        return self._revisions.get(source_id, ("", ""))[1]

    def held(self) -> Iterator[str]:
        """The ids of those that were on the server and here."""
        return iter([source_id for source_id, (_, here) in self._revisions.items() if here])

    def remember(self, source_id: str, there: str, here: str) -> None:
        self._revisions[source_id] = there, here
        self._store.set_meta(f"{self._prefix}{source_id}", json.dumps([there, here]))


def _pair(value: str) -> tuple[str, str]:
    there, here = json.loads(value)
    return there, here
