"""What does a worksheet hold, cell by cell, when nothing may be missed?

The reader for every sheet that pyxl.excel.closed.facts does not hand to calamine, and the yardstick for
those that it does: both must see the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from math import isfinite
from typing import NamedTuple

from pyxl.excel.closed.addresses import row_and_column
from pyxl.excel.closed.facts import MAX_COLUMN, MAX_ROW
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.serials import moment
from pyxl.excel.closed.strings import TRIMMED, decoded
from pyxl.excel.closed.wire import ERROR, UNCACHED, Wire, packed_moment, packed_number
from pyxl.excel.closed.xmlpart import parser, run

__all__ = ["SheetContent", "read_sheet", "without_blank_stretches"]

_MAX_LISTED = 100  # far cells that are listed; one is enough to tell, all of them could be millions
_TRUE = ("1", "true")
_STRETCH = 1 << 20  # bytes of rows without a value that are worth skipping


class SheetContent(NamedTuple):
    """One sheet: values as they travel (see pyxl.excel.closed.wire), row by row, blank ends left out."""

    rows: list[list[Wire]]
    hidden_rows: list[int]  # 1-based, as everything here
    hidden_columns: list[int]
    merges: list[tuple[int, int, int, int]]
    far: list[tuple[int, int]]


def read_sheet(
    data: bytes, part: str, strings: Sequence[str], styles: Mapping[str, str], *, date1904: bool
) -> SheetContent:
    """Read one sheet part; `styles` as in Styles.kinds. Refusal when the part makes no sense."""
    reader = _Reader(part, strings, styles, date1904=date1904)
    reader.read(without_blank_stretches(data))
    return reader.content()


def without_blank_stretches(data: bytes) -> bytes:
    """The part without long runs of formatted but blank rows, of which there may be a million.

    Only where every row bears its number, so that the others keep theirs.
    """
    end = data.rfind(b"</sheetData>")
    if end < _STRETCH or b"<!" in data or data.count(b"<row ") != data.count(b'<row r="'):
        return data
    kept: list[bytes] = []
    done = 0
    for start in range(0, end, _STRETCH):
        stop = min(start + _STRETCH, end)
        if any(data.find(sign, max(start - 3, 0), stop) >= 0 for sign in (b"<v", b"<is", b"<f")):
            continue
        first, last = data.find(b"<row ", start, stop), data.rfind(b"<row ", start, stop)
        if first < last:  # whole rows stand between them
            kept.append(data[done:first])
            done = last
    return b"".join([*kept, data[done:]])


class _Reader:
    """Collects one sheet. A cell is complete when the next one begins, or at the end.

    Handlers for ends and texts are set only while they are wanted: a sheet of a million blank cells
    must cost one call a cell.
    """

    def __init__(self, part: str, strings: Sequence[str], styles: Mapping[str, str], *, date1904: bool) -> None:
        self._strings, self._styles, self._date1904 = strings, styles, date1904
        self._grid: dict[int, dict[int, Wire]] = {}
        self._hidden_rows: list[int] = []
        self._hidden_columns: set[int] = set()
        self._merges: list[tuple[int, int, int, int]] = []
        self._far: list[tuple[int, int]] = []
        self._row = 0  # the row that the <row> elements have come to
        self._place = (0, 0)  # row and column of the cell at hand
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] | None = None
        self._text: list[str] = []
        self._phonetic = self._keep = False
        self._ends: dict[str, Callable[[], None]] = {}
        self._part = part
        self._parser = parser(part)
        self._parser.StartElementHandler = self._start_root

    def read(self, data: bytes) -> None:
        """Parse the whole part."""
        try:
            run(self._parser, data, self._part)
            self._store()
        except (ValueError, LookupError):  # an address, a number or a shared text that is none
            raise Refusal("damaged_part", part=self._part) from None

    def content(self) -> SheetContent:
        """What was found."""
        rows: list[list[Wire]] = []
        for number in range(1, max(self._grid, default=0) + 1):
            cells = self._grid.get(number)
            rows.append([cells.get(column) for column in range(1, max(cells) + 1)] if cells else [])
        return SheetContent(rows, self._hidden_rows, sorted(self._hidden_columns), self._merges, self._far)

    def _start_root(self, root: str, _: dict[str, str]) -> None:
        """From here on, only elements with the root's own prefix count."""
        prefix = root[: root.rfind(":") + 1]
        starts = {"row": self._start_row, "c": self._start_cell, "v": self._start_value, "f": self._start_value}
        starts |= {"is": self._start_inline, "rPh": self._start_phonetic, "t": self._start_run}
        starts |= {"col": self._start_columns, "mergeCell": self._start_merge}
        handlers = {prefix + name: handler for name, handler in starts.items()}
        ends = {"v": self._end_value, "f": self._end_formula, "is": self._end_inline}
        ends |= {"rPh": self._end_phonetic, "t": self._end_run}
        self._ends = {prefix + name: handler for name, handler in ends.items()}

        def start(name: str, attributes: dict[str, str]) -> None:
            handler = handlers.get(name)
            if handler:
                handler(attributes)

        self._parser.StartElementHandler = start

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._store()
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._place = (self._row, 0)
        if attributes.get("hidden") in _TRUE and self._row <= MAX_ROW:
            self._hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._store()
        address = attributes.get("r")
        self._place = row_and_column(address) if address else (self._row, self._place[1] + 1)
        self._attributes = attributes

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMN)
            self._hidden_columns.update(range(first, last + 1))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes["ref"].replace("$", "").partition(":")
        self._merges.append((*row_and_column(first), *row_and_column(last or first)))

    def _start_value(self, _: dict[str, str]) -> None:
        self._text.clear()
        self._parser.CharacterDataHandler = self._text.append
        self._parser.EndElementHandler = self._end

    def _start_inline(self, _: dict[str, str]) -> None:
        self._inline = []
        self._parser.EndElementHandler = self._end

    def _start_run(self, attributes: dict[str, str]) -> None:
        self._keep = attributes.get("xml:space") == "preserve"
        self._text.clear()
        self._parser.CharacterDataHandler = self._text.append

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _end(self, name: str) -> None:
        handler = self._ends.get(name)
        if handler:
            handler()

    def _end_value(self) -> None:
        self._value = "".join(self._text)
        self._stop_listening()

    def _end_formula(self) -> None:
        self._formula = "".join(self._text)
        self._stop_listening()

    def _end_run(self) -> None:
        self._parser.CharacterDataHandler = None
        if self._inline is not None and not self._phonetic:
            text = "".join(self._text)
            self._inline.append(decoded(text if self._keep else text.strip(TRIMMED)))

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _end_inline(self) -> None:
        self._stop_listening()

    def _stop_listening(self) -> None:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None

    def _store(self) -> None:
        """Put away the cell at hand, if there is anything in it."""
        if self._value is None and self._formula is None and self._inline is None:
            return
        value = self._converted()
        self._value = self._formula = self._inline = None
        if value is None or value == "":
            return
        row, column = self._place
        if row <= MAX_ROW and column <= MAX_COLUMN:
            self._grid.setdefault(row, {})[column] = value
        elif len(self._far) < _MAX_LISTED:
            self._far.append((row, column))

    def _converted(self) -> Wire:
        kind, value = self._attributes.get("t", "n"), self._value
        if self._inline is not None:
            return "".join(self._inline)
        if value is None or (value == "" and kind != "str"):
            return None if self._formula is None else [UNCACHED, self._formula]
        if kind == "s":
            return self._strings[int(value)]
        if kind == "n":
            return self._number(value)
        if kind == "b":
            return value.strip().lower() not in ("0", "false")
        if kind == "e":
            return [ERROR, value]
        return _day(value) if kind == "d" else decoded(value)

    def _number(self, text: str) -> Wire:
        try:
            number = float(text)
        except ValueError:
            return text
        if not isfinite(number) or "_" in text:
            return text
        kind = self._styles.get(self._attributes.get("s", "").lstrip("0") or "0")
        found = moment(number, kind, date1904=self._date1904) if kind else None
        return packed_number(number) if found is None else packed_moment(found)


def _day(text: str) -> Wire:
    """A day or instant written in ISO 8601; the text itself when it is none."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return packed_moment(found if found.time() != time.min else found.date())
