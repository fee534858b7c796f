"""What can be done at this moment: all that has a key, from the focused part up to the app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen

_OURS = __name__.partition(".")[0]
"""The keys by which Textual's own widgets are moved about in are no deeds."""
_NAMES = {"enter": "Enter", "delete": "Delete", "backspace": "Backspace"}
"""Of keys for which Textual has a sign or a short form."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action with its keys."""

    node: DOMNode
    """The part that does it."""
    action: str
    description: str
    name: str
    """In full, where there is room for it."""
    keys: tuple[str, ...]
    """Spelled as texts spell them: Ctrl+R, Esc, →."""


def deeds(screen: Screen[object]) -> tuple[Deed, ...]:
    """The nearest part's first; of parts that do the same by the same name, only the nearest."""
    found: dict[str, Deed] = {}
    for node in _parts(screen):
        for deed in deeds_of(node):
            found.setdefault(deed.description, deed)
    return tuple(found.values())


def not_now(screen: Screen[object], key: str) -> str | None:
    """What a key would do that cannot be done now; None where it does something, or never does anything here."""
    if key in screen.active_bindings:
        return None
    idle = (
        binding
        for node in _parts(screen)
        for alike in bindings_of(type(node)).values()
        for binding in alike
        if binding.key == key
    )
    first = next(idle, None)
    return name_of(first) if first else None


def spelled(key: str) -> str:
    """The name of a key as texts spell it."""
    *held, last = key.split("+")
    name = _NAMES.get(last) or format_key(last)
    if len(name) > 1 or held:
        name = f"{name[:1].upper()}{name[1:]}"
    return "+".join([*(key.capitalize() for key in held), name])


def _parts(screen: Screen[object]) -> Iterator[DOMNode]:
    """The focused part and all that it lies in; a modal screen is the last."""
    for node in (screen.focused or screen).ancestors_with_self:
        yield node
        if node.is_modal:
            return


def bindings_of(part: type[DOMNode]) -> dict[str, list[Binding]]:
    """The keys that our classes give a part, by what they do."""
    bindings: dict[str, list[Binding]] = {}
    for kind in part.__mro__:
        if kind.__module__.partition(".")[0] == _OURS:
            for binding in Binding.make_bindings(vars(kind).get("BINDINGS", ())):
                bindings.setdefault(binding.action, []).append(binding)
    return bindings


def name_of(binding: Binding) -> str:
    """What a key does, in full; the footer has room for less."""
    return binding.tooltip or binding.description


def deeds_of(node: DOMNode) -> Iterator[Deed]:
    """What one part can do now."""
    for action, alike in bindings_of(type(node)).items():
        description = alike[0].description
        if description and possible(node, action):
            keys = tuple(dict.fromkeys(spelled(binding.key) for binding in alike))
            yield Deed(node, action, description, name_of(alike[0]), keys)


def possible(node: DOMNode, action: str) -> bool:
    """Whether a part can do something now."""
    _, name, parameters = parse(action)
    return bool(node.check_action(name, parameters))
