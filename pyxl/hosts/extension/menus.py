"""How do our commands stand in LibreOffice's menu bar and on a toolbar of their own?

The answers are files of LibreOffice's registry. They are made from the table of commands: its order,
its labels, and a line between its groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from pyxl.buttons import groups
from pyxl.text import phrase

__all__ = ["IDENTIFIER", "addons", "protocol", "toolbar_state", "url"]

IDENTIFIER = "org.pyxl.ribbon"  # of the extension; also the protocol of its commands

_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_TOOLBAR = f"{IDENTIFIER}.toolbar"
_SEPARATOR = "private:separator"

_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 oor:name="{name}" oor:package="{package}">
{content}
</oor:component-data>
"""


def url(key: str) -> str:
    """What LibreOffice dispatches for the command `key`."""
    return f"{IDENTIFIER}:{key}"


def addons() -> str:
    """Addons.xcu: the menu and the toolbar, in windows of Calc only."""
    title = phrase("ribbon", "tab", "label")
    menu = [_text("Title", title), _text("Target", "_self"), _text("Context", _CALC)]
    bars = _node(
        "AddonUI",
        [
            _node("OfficeMenuBar", [_new(f"{IDENTIFIER}.menu", [*menu, _node("Submenu", _items(""))])]),
            _node("OfficeToolBar", [_new(_TOOLBAR, _items(_CALC))]),
        ],
    )
    return _REGISTRY.format(name="Addons", package="org.openoffice.Office", content=bars)


def protocol(handler: str) -> str:
    """ProtocolHandler.xcu: which implementation gets our URLs."""
    protocols = _property("Protocols", "oor:string-list", url("*"))
    handlers = _node("HandlerSet", [_new(handler, [protocols])])
    return _REGISTRY.format(name="ProtocolHandler", package="org.openoffice.Office", content=handlers)


def toolbar_state() -> str:
    """CalcWindowState.xcu: the toolbar bears our name, shows words, and stands below the others at first."""
    state = [
        _text("UIName", phrase("ribbon", "tab", "label")),
        _property("Docked", "xs:boolean", "true"),
        _property("DockingArea", "xs:int", "0"),
        _text("DockPos", "0,3"),
        _property("Visible", "xs:boolean", "true"),
        _property("Style", "xs:int", "1"),
    ]
    toolbar = _new(f"private:resource/toolbar/addon_{_TOOLBAR}", state)
    states = _node("UIElements", [_node("States", [toolbar])])
    return _REGISTRY.format(name="CalcWindowState", package="org.openoffice.Office.UI", content=states)


def _items(context: str) -> Iterator[str]:
    """Every command, and a line between groups.

    LibreOffice sorts the entries by their names: shorter ones first, hence numbers of one length.
    """
    entries: list[dict[str, str]] = []
    for group in groups():
        entries += [{"URL": _SEPARATOR}] if entries else []
        entries += [{"URL": url(each.key), "Title": each.label, "Target": "_self"} for each in group.buttons]
    for number, entry in enumerate(entries, 1):
        given = {**entry, "Context": context} if context else entry
        yield _new(f"n{number:02}", [_text(name, value) for name, value in given.items()])


def _node(name: str, content: Iterable[str], operation: str = "") -> str:
    lines = "\n".join(content)
    return f'<node oor:name="{name}"{operation}>\n{lines}\n</node>'


def _new(name: str, content: Iterable[str]) -> str:
    return _node(name, content, ' oor:op="replace"')


def _text(name: str, value: str) -> str:
    return _property(name, "xs:string", value)


def _property(name: str, kind: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:type="{kind}"><value>{escape(value)}</value></prop>'
