"""An error that somebody types into a ledger, and what is found of it."""

from __future__ import annotations

from typing import NamedTuple

from tests.live.click.desk import Desk

__all__ = ["FIGURES", "RESULTS", "TEXT", "Slip", "issues", "slip"]

SHEET, PRESENT, TEXT = "党员大会", "实到", "决议"
RESULTS, FIGURES = "校验结果", "半年汇总"
TOO_MANY = 99  # more than were to come


class Slip(NamedTuple):
    """A cell, what rightly stands in it, and what will be typed instead."""

    sheet: str
    address: str
    right: str
    wrong: str


def slip(desk: Desk, book: str, label: str = PRESENT) -> Slip:
    """The first row of a sheet, where more people will have come than were invited; or another cell of it."""
    texts = desk.ask("texts", book=book, sheet=SHEET, address="A1:AD6")
    [(header, column)] = [(number, line.index(label)) for number, line in enumerate(texts) if label in line]
    address = f"{chr(ord('A') + column)}{header + 2}"
    return Slip(SHEET, address, texts[header + 1][column], str(TOO_MANY))


def issues(desk: Desk, book: str) -> list[tuple[str, str, str]]:
    """Sheet, cell and what stands in it, of each issue that 校验结果 lists."""
    head, *lines = [line for line in desk.ask("texts", book=book, sheet=RESULTS) if line[0]][2:]
    sheet, cell, value = (head.index(name) for name in ("表", "单元格", "填的是"))
    return [(line[sheet], line[cell], line[value]) for line in lines]
