"""Workbooks as the builder makes them, opened once for all tests, and how to find one's way in them."""

from __future__ import annotations

import io
from functools import cache

import openpyxl

from pyxl.catalogue.loader import load_catalogue
from pyxl.excel.building.ledger import ledger_bytes
from pyxl.sample import sample

__all__ = ["CATALOGUE", "LABELS", "blank_bytes", "filled_bytes", "header", "letters", "opened", "rule_of", "rules"]

CATALOGUE = load_catalogue()
LABELS = [activity.label for activity in CATALOGUE.activities]


def opened(content: bytes, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


@cache
def blank_bytes():
    return ledger_bytes(CATALOGUE, year=None, unit="")


@cache
def filled_bytes():
    cover, rows = sample()
    return ledger_bytes(CATALOGUE, year=2023, unit="云溪市档案馆第一党支部", cover=cover, rows=rows)


def header(sheet):
    return [cell.value for cell in sheet[3] if cell.value is not None]


def rules(sheet, address):
    """The data validations that a cell stands under."""
    return [rule for rule in sheet.data_validations.dataValidation if address in rule.cells]


def letters(activity, key):
    keys = [column.key for column in activity.columns]
    return openpyxl.utils.get_column_letter(keys.index(key) + 1)


def rule_of(sheet, activity, key):
    (rule,) = rules(sheet, f"{letters(activity, key)}4")
    return rule
