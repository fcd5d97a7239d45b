"""Which offices do we work with, and what can be asked of one as a whole?"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from pyxl.hosts.libreoffice.books import Book, Books
from pyxl.hosts.libreoffice.bridge import enumerated
from pyxl.hosts.libreoffice.connection import Connection, connect
from pyxl.hosts.libreoffice.gone import HostGone
from pyxl.hosts.libreoffice.guard import Guarded
from pyxl.hosts.libreoffice.office import Office, launch

__all__ = ["App", "Apps"]

_PATIENCE = 10.0  # seconds, for an office that is running already
_VERSION = "16.0"  # Excel's: xlwings takes anything below 15 for an old Mac and spoils the names of books
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}


class Apps(Guarded, base_classes.Apps):
    """The offices that this process works with, the active one first."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self._apps: list[App] = []
        self._strangers = 0
        atexit.register(self.end_all)

    def keys(self) -> list[int]:
        """The process ids."""
        return [app.pid for app in self]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: bool | None = None) -> App:
        """Start an office of our own; where no display is, it has no window, whatever is asked for."""
        if spec is not None or xl is not None:
            raise NotImplementedError("An office is attached to by pyxl.hosts.libreoffice.attach")
        app = self.start(visible=visible is not False and _has_display(), profile=None)
        if add_book:
            app.books.add()
        return app

    def start(self, *, visible: bool, profile: Path | None) -> App:
        """Start an office of our own."""
        office = launch(profile, visible=visible)
        return self._taken(App(self, office.connected(), office.pid, office))

    def attach(self, address: str, pid: int) -> App:
        """An office that is running already; without its process id it gets a number of ours."""
        if not pid:
            self._strangers += 1
        return self._taken(App(self, connect(address, _PATIENCE), pid or -self._strangers, None))

    def first(self, app: App) -> None:
        """Make it the active one."""
        self._apps = [app, *(other for other in self._apps if other is not app)]

    def remove(self, app: App) -> None:
        """Forget it: it has ended."""
        self._apps = [other for other in self._apps if other is not app]

    def end_all(self) -> None:
        """End what we have started; nobody could see it any more."""
        for app in list(self._apps):
            self._drop(app)

    def _drop(self, app: App) -> None:
        """Forget it; of an office of our own, nothing stays behind, even if it has ended by itself."""
        self.remove(app)
        if app.office is not None:
            app.office.end(patience=0)

    def _taken(self, app: App) -> App:
        self.first(app)
        return app

    def __iter__(self) -> Iterator[App]:
        for app in list(self._apps):
            if app.connection.lost() is not None:
                self._drop(app)
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, pid: int) -> App:
        for app in self:
            if app.pid == pid:
                return app
        raise KeyError(pid)


class App(Guarded, base_classes.App):
    """One office: ours when `office` is given, otherwise somebody else's that we were let into."""

    # What Excel needs to be told and LibreOffice does not; scripts set it and read it back.
    display_alerts = True
    enable_events = True
    interactive = True
    cut_copy_mode = False

    def __init__(self, apps: Apps, connection: Connection, pid: int, office: Office | None) -> None:
        self.apps = apps
        self.engine = apps.engine
        self.connection = self.link = connection
        self.office = office
        self._pid = pid
        self._status: Any = None
        self._screen_updating = True

    @property
    def api(self) -> Any:
        """LibreOffice's desktop."""
        return self.connection.desktop

    @property
    def pid(self) -> int:
        """The process id; a negative number when nobody has told it."""
        return self._pid

    @property
    def screen_updating(self) -> bool:
        """What it was set to. It never stops; but cells that look otherwise for a change elsewhere wait for True."""
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._screen_updating = value
        if value:
            for book in self.books:
                book.repaint()

    @property
    def version(self) -> str:
        """The version of Excel that this engine passes for."""
        return _VERSION

    @property
    def books(self) -> Books:
        """The open spreadsheets."""
        return Books(self)

    @property
    def visible(self) -> bool:
        """Whether it has windows; only an office of our own without them is known to have none."""
        return self.office is None or self.office.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        if value != self.visible and not (value and not _has_display()):
            raise NotImplementedError("An office keeps the window, or the lack of one, that it was started with")

    @property
    def selection(self) -> Any:
        """What is selected in the active book."""
        book = self.books.current()
        return None if book is None else book.selection

    @property
    def status_bar(self) -> str | bool:
        """What we have written into the status bar; False when it is LibreOffice's own."""
        return False if self._status is None else str(self._status[1])

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        if self._status is not None and value:
            self._status[0].setText(value)
            self._status = (self._status[0], value)
        elif self._status is not None:
            self._status[0].end()
            self._status = None
        elif value:
            self._status = self._started(str(value))

    def _started(self, text: str) -> Any:
        frame = self.connection.desktop.getCurrentFrame()
        if frame is None:
            return None
        indicator = frame.createStatusIndicator()
        indicator.start(text, 0)
        return (indicator, text)

    @property
    def calculation(self) -> str:
        """Whether the open books calculate by themselves."""
        manual = [book for book in self.books if not book.document.model.isAutomaticCalculationEnabled()]
        return "manual" if manual else "automatic"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in {"automatic", "manual"}:
            raise NotImplementedError("LibreOffice calculates automatically or manually")
        for book in self.books:
            book.document.model.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        """Calculate what has changed in all open books."""
        for book in self.books:
            book.document.model.calculate()

    def activate(self, steal_focus: bool = False) -> None:
        """Make it the one that xlwings means when none is named."""
        self.apps.first(self)

    def quit(self) -> None:
        """Close its books without saving them, and end it."""
        for book in self.books:
            book.close()
        with contextlib.suppress(HostGone):
            self._terminate()
        if self.office is not None:
            self.office.end()
        self.apps.remove(self)

    def _terminate(self) -> None:
        self.connection.desktop.terminate()

    def kill(self) -> None:
        """End its process at once."""
        self.apps.remove(self)
        if self.office is not None:
            self.office.end(patience=0)
        elif self._pid > 0:
            os.kill(self._pid, signal.SIGKILL)
        else:
            raise NotImplementedError("Nobody has told the process id of this office")

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str | None:
        """Show a message and wait for the button; without a window nobody can answer: cancel."""
        frame = self.connection.desktop.getCurrentFrame()
        if frame is None or not self.visible:
            return "cancel"
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX" if buttons == "ok" else "QUERYBOX"
        box = self.connection.service("com.sun.star.awt.Toolkit").createMessageBox(
            frame.getContainerWindow(),
            enumerated("awt.MessageBoxType", kind),
            _BUTTONS[buttons],
            title or "",
            prompt,
        )
        return _ANSWERS.get(box.execute())

    def book_of(self, uid: str) -> Book:
        """The open spreadsheet whose model has this RuntimeUID."""
        for book in self.books:
            if uid == book.document.model.RuntimeUID:
                return book
        raise KeyError(uid)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
