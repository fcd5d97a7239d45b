"""A ledger and its summary, for whoever explains documents, and what happens to the ledger afterwards."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pyxl import actions

__all__ = ["TODAY", "both", "change", "copied", "documented", "made"]

TODAY = date(2024, 1, 1)


def documented(folder: Path) -> tuple[Path, Path]:
    """The sample's ledger and its summary, as they were when it was written."""
    ledger = actions.demo(folder, today=TODAY).ledger
    return ledger, actions.summarise(ledger, today=TODAY).written


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    """Both, made once."""
    return documented(tmp_path_factory.mktemp("made"))


@pytest.fixture
def both(made, tmp_path) -> tuple[Path, ...]:
    """Copies of the ledger and its summary, for one test."""
    return copied(made, tmp_path)


def copied(made: tuple[Path, Path], folder: Path) -> tuple[Path, ...]:
    """Copies of them, to be changed."""
    return tuple(Path(shutil.copy(path, folder)) for path in made)


def change(ledger: Path, sheet: str, *cells: tuple[int, str, object], drop: int = 0) -> None:
    """Changes cells of a sheet, named by row and heading, or deletes a row."""
    book = openpyxl.load_workbook(ledger)
    page = book[sheet]
    heads = {cell.value: cell.column for cell in page[3]}
    for row, head, value in cells:
        page.cell(row, heads[head]).value = value
    if drop:
        page.delete_rows(drop)
    book.save(ledger)
