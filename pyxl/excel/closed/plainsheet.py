"""What does a sheet hold, when it is written as spreadsheet programs write nearly all of theirs?

One expression takes the cells from the bytes. Unless it accounts for every byte of every row that holds a
value, the sheet is not plain, and others read it. What is found is what pyxl.excel.closed.sheetxml finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import isfinite
from typing import Any

from pyxl.core.place import column_number
from pyxl.excel.closed.facts import MAX_COLUMN, MAX_ROW, is_utf8
from pyxl.excel.closed.serials import moment
from pyxl.excel.closed.sheetxml import SheetContent, without_blank_stretches
from pyxl.excel.closed.strings import NotPlainError, decoded, unescaped
from pyxl.excel.closed.wire import Wire, packed_moment, packed_number
from pyxl.excel.closed.xmlpart import has_markup

__all__ = ["PlainReader"]

_SIGNS = (b"\r", b"hidden")  # a line end that XML changes, hidden rows and columns
_START, _END = b"<sheetData>", b"</sheetData>"
_OUTSIDE = re.compile(rb"<(?:c |row|sheetData)")  # what stands nowhere but between the two marks
# *+ gives nothing back: there may be a million of them, and each way back would be kept in memory
_BLANK_ROWS = rb'(?:<row r="\d{1,7}"[^<>]*+(?<=/)>)*+'
_NO_ROWS = re.compile(_BLANK_ROWS)
_ROW_END = b"</row>"
_ROW = re.compile(rb"(?:</row>)?" + _BLANK_ROWS + rb'<row r="([1-9]\d{0,6})"[^<>]*+(?<!/)>')
_CELL = re.compile(  # its column, row, style, type and value
    rb'<c r="([A-Z]{1,2}+)(\d{1,7}+)"(?: s="(0|[1-9]\d{0,5}+)")?+(?: t="(s|n|b|str)")?+'
    rb"(?:/>|></c>|>(?:<f[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>))?+<v>([^<]++)</v></c>)"
)
_EACH = 1 + _CELL.groups  # what splitting gives for each cell: what stands before it, and its groups
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})"/>')
_NUMBER = re.compile(rb"-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?")
_ALPHABET = bytes(range(ord("A"), ord("Z") + 1))
_LETTERS = [bytes(letters) for length in (1, 2) for letters in product(_ALPHABET, repeat=length)][:MAX_COLUMN]
_COLUMNS = {letters: place for place, letters in enumerate(_LETTERS)}
_AT_ONCE = 1 << 18  # bytes of rows
_EXACT = 15  # so many digits a cell keeps


class PlainReader:
    """Reads the plain sheets of one workbook whose days count from 1900; `styles` as in Styles.kinds."""

    def __init__(self, strings: Sequence[str], styles: Mapping[str, str]) -> None:
        self._strings = {b"%d" % number: text or None for number, text in enumerate(strings)}
        self._kinds: dict[bytes | None, str] = {style.encode(): kind for style, kind in styles.items()}
        self._kinds[None] = styles.get("0", "")  # a cell without a style has the first one

    def sheet(self, data: bytes) -> SheetContent | None:
        """The sheet, or None when it is not plain."""
        if not is_utf8(data) or has_markup(data) or any(sign in data for sign in _SIGNS):
            return None
        data = without_blank_stretches(data)
        start = data.find(_START)
        end = data.find(_END, start)
        head, body, tail = data[:start], data[start + len(_START) : end], data[end + len(_END) :]
        if start < 0 or end < 0 or _OUTSIDE.search(head) or _OUTSIDE.search(tail):
            return None
        try:
            return SheetContent(self._rows(body), [], [], _merges(head, tail), [])
        except (NotPlainError, UnicodeDecodeError, KeyError):  # KeyError: no such shared text, or no such column
            return None

    def _rows(self, body: bytes) -> list[list[Wire]]:
        rows: list[list[Wire]] = []
        for chunks in _chunks(body):
            heads, letters, digits, values = self._cells(_ROW_END.join(chunks))
            starts = [at for at, head in enumerate(heads) if head]
            if len(starts) != len(chunks):  # cells that are in no row
                raise NotPlainError
            for start, end in pairwise([*starts, len(heads)]):
                row = _ROW.fullmatch(heads[start])
                if row is None or not len(rows) < int(row[1]) <= MAX_ROW:
                    raise NotPlainError
                rows += [[]] * (int(row[1]) - 1 - len(rows))
                rows.append(_row(row[1], letters[start:end], digits[start:end], values[start:end]))
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def _cells(self, chunk: bytes) -> tuple[list[bytes], list[bytes], list[bytes], list[Wire]]:
        """Of each cell of several rows: what stands before it, the letters and the digits of its place, its value."""
        pieces: list[Any] = _CELL.split(chunk)
        heads, letters, digits, styles, kinds, texts = [pieces[place::_EACH] for place in range(_EACH)]
        if heads.pop():
            raise NotPlainError
        strings, shapes = self._strings, self._kinds
        values = [
            None
            if text is None
            else strings[text]
            if kind == b"s"
            else _number(text, shapes.get(style, ""))
            if kind is None or kind == b"n"
            else _other(text, kind)
            for style, kind, text in zip(styles, kinds, texts, strict=True)
        ]
        return heads, letters, digits, values


def _chunks(body: bytes) -> Iterator[list[bytes]]:
    """The rows that hold a value, up to their ends; some at a time, because their parts take memory."""
    *chunks, rest = body.split(_ROW_END)
    if not _NO_ROWS.fullmatch(rest):
        raise NotPlainError
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        if b"<v" not in chunk and b"<f" not in chunk and b"<is" not in chunk:  # most of a table is blank
            continue
        kept.append(chunk)
        size += len(chunk)
        if size > _AT_ONCE:
            yield kept
            kept, size = [], 0
    if kept:
        yield kept


def _row(number: bytes, letters: list[bytes], digits: list[bytes], values: list[Wire]) -> list[Wire]:
    """One row's values, each at its place, up to the last."""
    if digits.count(number) < len(digits):
        raise NotPlainError
    row = values if letters == _LETTERS[: len(letters)] else _spread(values, letters)
    while row and row[-1] is None:
        row.pop()
    return row


def _spread(values: Iterable[Wire], letters: Iterable[bytes]) -> list[Wire]:
    """The values of a row in which not every column has a cell, each at its place."""
    row: list[Wire] = []
    for value, column in zip(values, letters, strict=True):
        if value is None:
            continue
        blanks = _COLUMNS[column] - len(row)
        if blanks < 0:
            raise NotPlainError
        row += [None] * blanks
        row.append(value)
    return row


@lru_cache(maxsize=4096)  # numbers, days and times of day recur; the expression bounds their length
def _number(text: bytes, shape: str) -> Wire:
    """A number, or what it means under a format of that kind."""
    if text.isdigit() and len(text) <= _EXACT and not shape:
        return int(text)
    if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
        raise NotPlainError
    found = moment(float(text), shape, date1904=False) if shape else None
    return packed_number(float(text)) if found is None else packed_moment(found)


def _other(text: bytes, kind: bytes) -> Wire:
    """A text that stands in the cell itself, or a yes or no."""
    if kind == b"str":
        return decoded(unescaped(text.decode()))
    if text not in (b"0", b"1"):
        raise NotPlainError
    return text == b"1"


def _merges(head: bytes, tail: bytes) -> list[tuple[int, int, int, int]]:
    found = _MERGE.findall(tail)
    if (head + tail).count(b"mergeCell ") != len(found):
        raise NotPlainError
    return [
        (int(top), column_number(left.decode()), int(low), column_number(right.decode()))
        for left, top, right, low in found
    ]
