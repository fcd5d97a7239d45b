"""Which commands does a secretary find on the ribbon, and what is each called elsewhere?

One table (text/ribbon.toml) for the ribbon of Excel, the menu and toolbar of LibreOffice, the VBA
callbacks, the functions of pyxl.ribbon and the verbs of the command line.
"""

from __future__ import annotations

from typing import Any

from pyxl.record import record
from pyxl.text import phrases, table

__all__ = ["LAUNCHED", "Button", "Group", "buttons", "groups"]

LAUNCHED = (
    "check",
    "report",
    "submit",
    "collect",
)  # verbs for who has no ribbon: launchers, and entries that Explorer sends files to


@record
class Button:
    """One command. `key` names the function in pyxl.ribbon; `verb` is "" where the command line has none."""

    key: str
    label: str
    group: str
    callback: str  # the Sub in PyxlRibbon.bas
    verb: str
    book: bool  # whether a workbook has to be open
    image: str  # an imageMso of Excel's own
    large: bool
    keytip: str
    screentip: str
    supertip: str


@record
class Group:
    """Buttons that stand together under one label."""

    key: str
    label: str
    buttons: tuple[Button, ...]


def buttons() -> tuple[Button, ...]:
    """Every command, in the order of the work."""
    commands: dict[str, dict[str, Any]] = table("ribbon")["commands"]
    return tuple(Button(key=key, **entry) for key, entry in commands.items())


def groups() -> tuple[Group, ...]:
    """The same, as they stand together."""
    return tuple(
        Group(key, label, tuple(button for button in buttons() if button.group == key))
        for key, label in phrases("ribbon", "groups").items()
    )
