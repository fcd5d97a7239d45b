"""What a test asks of a running LibreOffice, as the user whose office it is.

A script of its own, for the Python that LibreOffice's uno module belongs to: a line of JSON comes in
({"do": …, …}), a line goes out ({"answer": …} or {"error": …}). It is no part of what is tested: it has
a pipe of its own, and looks at the office from outside.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.frame import XStatusListener
from com.sun.star.lang import DisposedException
from com.sun.star.util import URL

PATIENCE = 60.0  # seconds
GLANCES = 20
UnoException = uno.getClass("com.sun.star.uno.Exception")
BUTTON, MENU, SPREADSHEET, TABLE, *BOXES = (
    uno.getConstantByName(f"com.sun.star.accessibility.AccessibleRole.{name}")
    for name in ("PUSH_BUTTON", "MENU", "DOCUMENT_SPREADSHEET", "TABLE", "ALERT", "DIALOG")
)
NOT_ENTERED = (SPREADSHEET, TABLE)
SHOWING = uno.getConstantByName("com.sun.star.accessibility.AccessibleStateType.SHOWING")


def looking(method: Callable[..., Any]) -> Callable[..., Any]:
    """Look again when a window or what is in it goes away under our eyes, as tips and menus do."""

    def patient(*words: Any, **details: Any) -> Any:
        for _ in range(GLANCES):
            with suppress(UnoException):
                return method(*words, **details)
            time.sleep(0.05)
        return method(*words, **details)

    return patient


class Listener(unohelper.Base, XStatusListener):
    def __init__(self):
        self.states: list[bool] = []

    def statusChanged(self, event):  # noqa: N802 - UNO calls it so
        self.states.append(event.IsEnabled)

    def disposing(self, source):
        pass


class Office:
    """The office behind a pipe; each public method is something that can be asked."""

    def __init__(self, pipe: str) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        self.desktop = self.make("com.sun.star.frame.Desktop")
        self.toolkit = self.make("com.sun.star.awt.Toolkit")

    def make(self, service: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    # ---- books

    def open(self, path: str | None = None, kind: str = "scalc") -> str:
        """A document, or a new one of a kind; its RuntimeUID."""
        url = Path(path).as_uri() if path else f"private:factory/{kind}"
        model = self.desktop.loadComponentFromURL(url, "_blank", 0, (PropertyValue("MacroExecutionMode", 0, 0, 0),))
        assert model, f"not opened: {path}"
        return model.RuntimeUID

    def books(self) -> list[str]:
        found = []
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            model = components.nextElement()
            if model.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(model.RuntimeUID)
        return found

    def rename(self, book: str, title: str) -> None:
        self._model(book).setTitle(title)

    def close(self, book: str) -> None:
        self._model(book).close(True)

    def quit(self) -> bool:
        for book in self.books():
            self._model(book).setModified(False)
        try:
            return self.desktop.terminate()
        except DisposedException:  # it has gone before it could answer
            return True

    def is_modified(self, book: str) -> bool:
        return self._model(book).isModified()

    # ---- cells

    def sheets(self, book: str) -> list[str]:
        return list(self._model(book).Sheets.ElementNames)

    def texts(self, book: str, sheet: str, address: str = "") -> list[list[str]]:
        """What cells show; without an address, all that is used."""
        cells = self._model(book).Sheets.getByName(sheet)
        if address:
            area = cells.getCellRangeByName(address)
        else:
            area = cells.createCursor()
            area.gotoEndOfUsedArea(False)
            last = area.RangeAddress
            area = cells.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
        return [
            [area.getCellByPosition(column, row).String for column in range(area.Columns.Count)]
            for row in range(area.Rows.Count)
        ]

    def formulas(self, book: str, sheet: str, address: str) -> list[list[str]]:
        return [list(row) for row in self._cells(book, sheet, address).getFormulaArray()]

    def put(self, book: str, sheet: str, address: str, value: str | float) -> None:
        cell = self._cells(book, sheet, address)
        if isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value

    def select(self, book: str, sheet: str, address: str) -> None:
        controller = self._model(book).CurrentController
        controller.setActiveSheet(self._model(book).Sheets.getByName(sheet))
        controller.select(self._cells(book, sheet, address))

    def active_sheet(self, book: str) -> str:
        return self._model(book).CurrentController.ActiveSheet.Name

    # ---- commands and windows

    def dispatch(self, book: str, url: str) -> None:
        """What a menu does; comes back when the office has taken the command."""
        frame = self._model(book).CurrentController.Frame
        self.make("com.sun.star.frame.DispatchHelper").executeDispatch(frame, url, "", 0, ())

    def states(self, book: str, url: str) -> list[bool] | None:
        """Whether a command says that it is enabled; None when nobody takes it."""
        parsed = URL()
        parsed.Complete = url
        _, parsed = self.make("com.sun.star.util.URLTransformer").parseStrict(parsed)
        target = self._model(book).CurrentController.Frame.queryDispatch(parsed, "", 0)
        if target is None:
            return None
        listener = Listener()
        target.addStatusListener(listener, parsed)
        target.removeStatusListener(listener, parsed)
        return listener.states

    @looking
    def places(self, role: str) -> dict[str, list[int]]:
        """What is shown of a kind, and where on the screen: name → x, y, width, height.

        LibreOffice adds a letter to an entry of a menu, for the keyboard: «name(A)».
        """
        kind = uno.getConstantByName(f"com.sun.star.accessibility.AccessibleRole.{role}")
        found = [each for each in self._everything() if each.getAccessibleRole() == kind and _is_shown(each)]
        return {each.getAccessibleName().partition("(")[0]: _place(each) for each in found}

    @looking
    def entries(self, menu: str) -> list[str]:
        """What an open menu offers, and "" for a line between two entries."""
        for each in self._everything():
            if (each.getAccessibleRole(), each.getAccessibleName()) == (MENU, menu):
                _, *below = _descendants(each)
                return [entry.getAccessibleName().partition("(")[0] for entry in below]
        return []

    @looking
    def rows_place(self) -> list[int]:
        """Where the first column of the sheet in front is on the screen, below the rows that stay in place."""
        return next(
            _place(each) for each in self._everything() if each.getAccessibleRole() == SPREADSHEET and _is_shown(each)
        )

    def resize(self, book: str, width: int, height: int) -> None:
        self._model(book).CurrentController.Frame.getContainerWindow().setPosSize(0, 0, width, height, 15)

    @looking
    def dialog(self) -> list[str]:
        """The words of a box that waits for an answer; none when there is no box."""
        return [each.getAccessibleName() for each in self._box()]

    def press(self, name: str) -> None:
        """Press a button of that box."""
        [button] = [
            each for each in self._box() if (each.getAccessibleName(), each.getAccessibleRole()) == (name, BUTTON)
        ]
        button.doAccessibleAction(0)

    # ----

    def _model(self, book: str) -> Any:
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            model = components.nextElement()
            if getattr(model, "RuntimeUID", None) == book:
                return model
        message = f"no book {book}"
        raise LookupError(message)

    def _everything(self) -> Iterator[Any]:
        for number in range(self.toolkit.getTopWindowCount()):
            window = self.toolkit.getTopWindow(number)
            yield from _descendants(window and window.getAccessibleContext())

    def _box(self) -> list[Any]:
        for number in range(self.toolkit.getTopWindowCount()):
            window = self.toolkit.getTopWindow(number)
            context = window and window.getAccessibleContext()
            if context and context.getAccessibleRole() in BOXES and _is_shown(context):
                return list(_descendants(context))
        return []

    def _cells(self, book: str, sheet: str, address: str) -> Any:
        return self._model(book).Sheets.getByName(sheet).getCellRangeByName(address)


def _descendants(context: Any) -> Iterator[Any]:
    """An accessible thing and all below it, but not the cells of a sheet."""
    if context is None:
        return
    yield context
    if context.getAccessibleRole() in NOT_ENTERED:
        return
    for number in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(number)
        yield from _descendants(child and child.getAccessibleContext())


def _place(context: Any) -> list[int]:
    corner, size = context.getLocationOnScreen(), context.getSize()
    return [corner.X, corner.Y, size.Width, size.Height]


def _is_shown(context: Any) -> bool:
    return context.getAccessibleStateSet().contains(SHOWING) and context.getSize().Width > 0


def main() -> None:
    office = Office(sys.argv[1])
    print(json.dumps({"answer": "ready"}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": getattr(office, asked.pop("do"))(**asked)}
        except Exception as error:  # noqa: BLE001 - what an office raises is no exception that Python could show
            answer = {"error": f"{type(error).__name__}: {getattr(error, 'Message', error)}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
