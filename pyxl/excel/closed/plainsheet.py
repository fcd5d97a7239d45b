"""What does a sheet hold, when it is written as spreadsheet programs write nearly all of theirs?

One expression takes the cells from the bytes. Unless it accounts for every byte of every row that holds a
value, the sheet is not plain, and others read it. What is found is what pyxl.excel.closed.sheetxml finds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import isfinite

from pyxl.excel.closed.addresses import column_number
from pyxl.excel.closed.facts import MAX_COLUMN, MAX_ROW, is_utf8
from pyxl.excel.closed.serials import moment
from pyxl.excel.closed.sheetxml import SheetContent, without_blank_stretches
from pyxl.excel.closed.strings import NotPlainError, decoded, unescaped
from pyxl.excel.closed.wire import Wire, packed_moment, packed_number

__all__ = ["PlainReader"]

_SIGNS = (b"hidden", b"<!", b"\r")  # hidden rows and columns, comments, and a line end that XML changes
_START, _END = b"<sheetData>", b"</sheetData>"
_OUTSIDE = (b"<c ", b"<row", b"<sheetData")  # what stands nowhere but between the two marks
# *+ gives nothing back: there may be a million of them, and each way back would be kept in memory
_BLANK_ROWS = rb'(?:<row r="\d{1,7}"[^<>]*+(?<=/)>)*+'
_NO_ROWS = re.compile(_BLANK_ROWS)
_ROW = re.compile(_BLANK_ROWS + rb'<row r="([1-9]\d{0,6})"[^<>]*+(?<!/)>')
_CELL = re.compile(  # the cell as a whole, its column, row, style, type and value
    rb'(<c r="([A-Z]{1,2})(\d{1,7})"(?: s="(0|[1-9]\d{0,5})")?(?: t="(s|n|b|str)")?'
    rb"(?:/>|></c>|>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v>([^<]+)</v></c>))"
)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})"/>')
_NUMBER = re.compile(rb"-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?")
_EXACT = 15  # so many digits a cell keeps


class PlainReader:
    """Reads the plain sheets of one workbook whose days count from 1900; `styles` as in Styles.kinds."""

    def __init__(self, strings: Sequence[str], styles: Mapping[str, str]) -> None:
        self._strings = {b"%d" % number: text or None for number, text in enumerate(strings)}
        self._kinds = {style.encode(): kind for style, kind in styles.items()}
        self._kinds[b""] = styles.get("0", "")  # a cell without a style has the first one

    def sheet(self, data: bytes) -> SheetContent | None:
        """The sheet, or None when it is not plain."""
        if not is_utf8(data) or any(sign in data for sign in _SIGNS):
            return None
        data = without_blank_stretches(data)
        start = data.find(_START)
        end = data.find(_END, start)
        head, body, tail = data[:start], data[start + len(_START) : end], data[end + len(_END) :]
        if start < 0 or end < 0 or any(sign in part for sign in _OUTSIDE for part in (head, tail)):
            return None
        try:
            return SheetContent(self._rows(body), [], [], _merges(head, tail), [])
        except (NotPlainError, UnicodeDecodeError, KeyError):  # KeyError: a shared text that there is not
            return None

    def _rows(self, body: bytes) -> list[list[Wire]]:
        rows: list[list[Wire]] = []
        *chunks, rest = body.split(b"</row>")
        if not _NO_ROWS.fullmatch(rest):
            raise NotPlainError
        for chunk in chunks:
            if b"<v" not in chunk and b"<f" not in chunk and b"<is" not in chunk:  # most of a table is blank
                continue
            row = _ROW.match(chunk)
            if row is None or not len(rows) < int(row[1]) <= MAX_ROW:
                raise NotPlainError
            rows += [[] for _ in range(len(rows) + 1, int(row[1]))]
            rows.append(self._row(chunk[row.end() :], row[1]))
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def _row(self, part: bytes, number: bytes) -> list[Wire]:
        cells = _CELL.findall(part)
        if sum([len(cell[0]) for cell in cells]) != len(part):
            raise NotPlainError
        row: list[Wire] = []
        for _, letters, digits, style, kind, text in cells:
            if not text:
                continue
            blanks = _column(letters) - 1 - len(row)
            if digits != number or blanks < 0:
                raise NotPlainError
            if blanks:
                row += [None] * blanks
            row.append(self._strings[text] if kind == b"s" else self._value(text, kind, style))
        if len(row) > MAX_COLUMN:
            raise NotPlainError
        while row and row[-1] is None:
            row.pop()
        return row

    def _value(self, text: bytes, kind: bytes, style: bytes) -> Wire:
        if kind in (b"", b"n"):
            shape = self._kinds.get(style, "")
            if text.isdigit() and len(text) <= _EXACT and not shape:
                return int(text)
            return _number(text, shape)
        if kind == b"str":
            return decoded(unescaped(text.decode()))
        if text not in (b"0", b"1"):
            raise NotPlainError
        return text == b"1"


@cache  # there are 702
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


@lru_cache(maxsize=4096)  # days and times of day recur; the expression bounds their length
def _number(text: bytes, kind: str) -> Wire:
    """A number, or what it means under a format of that kind."""
    if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
        raise NotPlainError
    found = moment(float(text), kind, date1904=False) if kind else None
    return packed_number(float(text)) if found is None else packed_moment(found)


def _merges(head: bytes, tail: bytes) -> list[tuple[int, int, int, int]]:
    found = _MERGE.findall(tail)
    if (head + tail).count(b"mergeCell ") != len(found):
        raise NotPlainError
    return [
        (int(top), column_number(left.decode()), int(low), column_number(right.decode()))
        for left, top, right, low in found
    ]
