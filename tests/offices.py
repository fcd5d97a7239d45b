"""A running LibreOffice for tests, and clicks in it as its menu makes them.

One office serves all tests of a process; each test opens books of its own and closes them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

__all__ = ["Clicked", "Office", "ended", "fingerprint", "follow", "office", "opened", "running_office", "shown"]

ROOT = Path(__file__).parent.parent
SECONDS = 60


class Clicked(NamedTuple):
    """How a click ended: its exit code, and what it said on standard error."""

    code: int
    said: str


class Office:
    """A headless LibreOffice of our own, and what a user does in it."""

    def __init__(self, app: Any) -> None:
        self.app = app

    @property
    def pipe(self) -> str:
        return self.app.impl.office.pipe

    def open(self, path: Path, **options: Any) -> Any:
        return self.app.books.open(str(path), **options)

    def environment(self, book: Any, **more: str) -> dict[str, str]:
        uid = "" if book is None else book.impl.document.model.RuntimeUID
        told = {"PYXL_LIBREOFFICE": self.pipe, "PYXL_DOCUMENT": uid, "PYXL_OFFICE_PID": str(self.app.pid)}
        home = os.environ["XDG_STATE_HOME"]  # of the tests' own: a diagnosis is put where its user sees it
        return {**os.environ, "PYTHONPATH": str(ROOT), "HOME": home, **told, **more}

    def start(self, key: str, book: Any, *words: str, before=None, **more: str) -> subprocess.Popen[str]:
        """The process that the menu would start; `before` is called in it first."""
        name = "" if book is None else book.name.replace("%", "%25")
        command = [sys.executable, "-X", "utf8", "-B", "-m", "pyxl.ribbon", key, f"--wb={name}", "--from_xl=1", *words]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        environment = self.environment(book, **more)
        return subprocess.Popen(command, env=environment, text=True, cwd="/", preexec_fn=before, **quiet)  # noqa: PLW1509 - no threads here

    def click(self, key: str, book: Any, *words: str, before=None, **more: str) -> Clicked:
        """One click, to its end."""
        return ended(self.start(key, book, *words, before=before, **more))


LOOKS = (
    "CellBackColor", "CellStyle", "CharColor", "CharFontName", "CharHeight", "CharUnderline", "CharWeight",
    "HoriJustify", "IsTextWrapped", "NumberFormat", "ParaIndent", "VertJustify",
)  # fmt: skip


def fingerprint(book: Any, own: tuple[str, ...] = ("半年汇总", "总结预览", "校验结果")) -> dict[str, str]:
    """Sheet → digest of all that a user could have put there: formulas, values, formats, sizes, what is hidden."""
    sheets = book.impl.document.model.Sheets
    return {name: digest(sheets.getByName(name)) for name in sheets.ElementNames if name not in own}


def digest(sheet: Any) -> str:
    used = sheet.createCursor()
    used.gotoEndOfUsedArea(False)
    last = used.RangeAddress
    cells = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
    groups = sheet.getUniqueCellFormatRanges()
    told: list[Any] = [cells.getFormulaArray(), cells.getDataArray(), cells.queryVisibleCells().RangeAddressesAsString]
    each = map(groups.getByIndex, range(groups.Count))
    told += [(group.RangeAddressesAsString, str(group.getPropertyValues(LOOKS))) for group in each]
    told += [str(cells.Size), str(sheet.getCellByPosition(8, 8).Position)]
    rules = sheet.ConditionalFormats.ConditionalFormats
    told.append([(rule.Range.RangeAddressesAsString, rule.Count) for rule in rules])
    told.append([note.String for note in map(sheet.Annotations.getByIndex, range(sheet.Annotations.Count))])
    told.append((sheet.IsVisible, sheet.isProtected(), sheet.TabColor))
    return sha256(repr(told).encode()).hexdigest()


def ended(process: subprocess.Popen[str]) -> Clicked:
    """How the click ended; nothing is ever said on standard output."""
    out, said = process.communicate(timeout=SECONDS)
    assert out == ""
    return Clicked(process.returncode, said.strip())


def shown(book: Any, sheet: str, area: str) -> list[list[str]]:
    """What cells show."""
    cells = book.sheets[sheet].api.getCellRangeByName(area)
    size = range(cells.Rows.Count), range(cells.Columns.Count)
    return [[cells.getCellByPosition(column, row).String for column in size[1]] for row in size[0]]


def follow(book: Any, sheet: str, cell: str) -> tuple[str, str]:
    """Where one comes to by clicking on a link: LibreOffice is asked what it asks itself then."""
    from com.sun.star.beans import PropertyValue

    formula = book.sheets[sheet].api.getCellRangeByName(cell).Formula
    target = re.search(r'HYPERLINK\("((?:[^"]|"")+)"', formula)[1].replace('""', '"')
    model = book.impl.document.model
    helper = book.impl.document.connection.service("com.sun.star.frame.DispatchHelper")
    words = {"URL": target, "FrameName": "_self", "Referer": model.URL}
    values = tuple(PropertyValue(name, 0, value, 0) for name, value in words.items())
    helper.executeDispatch(model.CurrentController.Frame, ".uno:Open", "", 0, values)
    return book.sheets.active.name, book.selection.address


@contextmanager
def running_office() -> Iterator[Office]:
    """LibreOffice without a window; it ends with the block."""
    from pyxl.hosts import libreoffice

    app = libreoffice.start()
    try:
        yield Office(app)
    finally:
        app.kill()


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One for all tests of a process."""
    with running_office() as office:
        yield office


@pytest.fixture
def opened(office: Office) -> Iterator[Callable[..., Any]]:
    """Opens files; whatever is open in the end is closed."""
    yield office.open
    for book in office.app.books:
        book.close()
