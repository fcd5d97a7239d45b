"""Reading in this process what the child would read, and writing what is to be read."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter

from pyxl.excel.closed import reading as closed
from pyxl.excel.closed.child import read_bytes
from pyxl.excel.grid import RawBook
from tests.archives import workbook

__all__ = ["book_of", "cell", "cells", "trimmed", "written"]


def book_of(data: bytes, name: str = "台账.xlsx") -> RawBook:
    """What the parent makes of the child's answer, both in this process."""
    return closed._book(Path(name), read_bytes(data, name))


def cells(rows: str, strings=(), formats=()) -> tuple[tuple[object, ...], ...]:
    return book_of(workbook(rows, strings, formats)).sheets[0].rows


def cell(inner: str, attributes: str = "", strings=(), formats=()) -> object:
    """The value of one cell A1."""
    rows = cells(f'<row r="1"><c r="A1"{attributes}>{inner}</c></row>', strings, formats)
    return rows[0][0] if rows else None


def written(rows, **options) -> bytes:
    """A workbook by XlsxWriter: one sheet, each value as its kind."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        formats = {
            date: "yyyy-mm-dd",
            datetime: "yyyy-mm-dd hh:mm:ss.000",
            time: "hh:mm:ss.000",
            timedelta: "[h]:mm:ss.000",
        }
        made = {kind: book.add_format({"num_format": code}) for kind, code in formats.items()}
        target = book.add_worksheet("表")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, bool):
                    target.write_boolean(row, column, value)
                elif isinstance(value, str):
                    target.write_string(row, column, value)
                elif isinstance(value, int | float):
                    target.write_number(row, column, value)
                elif value is not None:
                    target.write_datetime(row, column, value, made[type(value)])
    return buffer.getvalue()


def trimmed(rows):
    """Rows without the blanks at their ends, and without the blank rows at the end."""
    made = [list(row) for row in rows]
    for row in made:
        while row and row[-1] is None:
            row.pop()
    while made and not made[-1]:
        made.pop()
    return tuple(tuple(row) for row in made)
