"""How do we reach an office that listens on a pipe, and is it still there?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from pyxl.hosts.libreoffice.bridge import UnoException, uno
from pyxl.hosts.libreoffice.gone import BookGone, HostGone

__all__ = ["Connection", "Document", "connect"]

_PAUSE = 0.02


class Connection:
    """One office process at the other end of a pipe."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """A new service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def lost(self) -> HostGone | None:
        """The exception to raise when the office has gone away; None while it answers."""
        try:
            self.desktop.getCurrentComponent()
        except UnoException as error:
            return HostGone(f"LibreOffice has gone away: {error.Message}")
        return None


class Document:
    """One spreadsheet document of an office."""

    def __init__(self, connection: Connection, model: Any) -> None:
        self.connection = connection
        self.model = model
        self.formats: dict[int, int] = {}  # number format → its kind, as far as it was asked for

    def lost(self) -> HostGone | None:
        """The exception to raise when the office, or this document, has gone away."""
        gone = self.connection.lost()
        if gone is None:
            try:
                self.model.getURL()
            except UnoException as error:
                return BookGone(f"The book was closed: {error.Message}")
        return gone


def connect(address: str, patience: float, running: Callable[[], bool] = lambda: True) -> Connection:
    """The office that listens at `address`, once it does; HostGone after `patience` seconds or when it ended."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + patience
    while True:
        try:
            return Connection(resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext"))
        except UnoException as error:
            refused = str(error.Message)
        if not running() or time.monotonic() > deadline:
            raise HostGone(f"No LibreOffice answers at {address}: {refused}")
        time.sleep(_PAUSE)
