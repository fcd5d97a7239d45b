"""A ledger with everything in it that two readers could see differently."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter

from pyxl.catalogue.loader import load_catalogue

__all__ = ["CATALOGUE", "LONGEST", "write_nasty"]

CATALOGUE = load_catalogue()
LONGEST = 32_767  # characters; more no cell holds

FORMATS = {
    "day": "yyyy-mm-dd",
    "chinese_day": 'yyyy"年"m"月"d"日"',
    "instant": "yyyy-mm-dd hh:mm:ss.000",
    "time": "hh:mm",
    "span": "[h]:mm",
    "minutes": "[mm]:ss",
    "currency": '"¥"#,##0.00',
    "percent": "0.0%",
    "text": "@",
}


def write_nasty(path: Path) -> None:
    """Writes it, as Excel would: dates as numbers with formats, results of formulas remembered."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        formats = {name: book.add_format({"num_format": code}) for name, code in FORMATS.items()}
        _cover(book)
        _theme_days(book.add_worksheet("主题党日"), formats)
        _lectures(book.add_worksheet("党课"), formats)
        _values(book.add_worksheet("杂项"), formats)
        _far(book.add_worksheet("远处"))
        book.add_worksheet("空表")
        hidden = book.add_worksheet("党员大会")
        _head(hidden, "member_assembly")
        hidden.write_datetime(3, 0, datetime(2023, 3, 1), formats["day"])
        hidden.hide()
        book.add_worksheet("更隐蔽").very_hidden()
        book.define_name("主题党日!局部", "='主题党日'!$C$4")


def _cover(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("基本信息")
    for row, (name, value) in enumerate((("单位名称", "第一党支部"), ("年度", 2023), ("报告期", "上半年"))):
        sheet.write(row, 0, name)
        sheet.write(row, 1, value)
        book.define_name(name, f"='基本信息'!$B${row + 1}")
    book.define_name("一片", "='杂项'!$B$2:$C$5")
    book.define_name("常数", "=3.5")


def _head(sheet, key: str) -> list[str]:
    columns = CATALOGUE.activity(key).columns
    sheet.write(0, 0, "标题")
    sheet.merge_range(0, 1, 0, 4, "说明")
    for place, column in enumerate(columns):
        sheet.write(2, place, column.label)
    return [column.key for column in columns]


def _theme_days(sheet, formats) -> None:
    """Dates, times and numbers typed in every way; a hidden row and a hidden column; merged cells among entries."""
    keys = _head(sheet, "theme_day")
    typed = [
        (datetime(2023, 1, 5), "day", time(9, 0), "time", "主题一", 17),
        (datetime(2023, 2, 28), "chinese_day", time(23, 59, 59), "time", "主题二", "17"),
        (datetime(2023, 3, 5, 14, 30), "instant", timedelta(hours=9), "span", "主题三", 17.0),
        ("2023.4.5", "text", "9点", "text", " 带空格 ", "十七"),
        (date(2023, 5, 31), "day", time(0, 0), "time", "两行\n的字", 16.5),
    ]
    for row, (day, day_format, clock, clock_format, topic, due) in enumerate(typed, 3):
        _put(sheet, row, keys.index("date"), day, formats[day_format])
        _put(sheet, row, keys.index("start_time"), clock, formats[clock_format])
        sheet.write(row, keys.index("topic"), topic)
        sheet.write(row, keys.index("due"), due)
    sheet.merge_range(8, keys.index("place"), 10, keys.index("place"), "三楼会议室")
    for row in (8, 9, 10):
        _put(sheet, row, keys.index("date"), datetime(2023, 6, row), formats["day"])
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_row(30, None, None, {"hidden": True})
    sheet.set_column(keys.index("due"), keys.index("due"), 8, None, {"hidden": True})


def _put(sheet, row, column, value, style) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_datetime(row, column, value, style)


def _lectures(sheet, formats) -> None:
    """Formulas: a date, errors of every kind, a number, a truth."""
    keys = _head(sheet, "party_lecture")
    rows = [
        ("=DATE(2023,3,1)", 44986, "day"),
        ("=1/0", "#DIV/0!", "day"),
        ("=NA()", "#N/A", "day"),
        ('="x"*1', "#VALUE!", "day"),
        ("=EXP(1000)", "#NUM!", "day"),
        ("=NOSUCHFUNCTION(1)", "#NAME?", "day"),
    ]
    for row, (formula, value, style) in enumerate(rows, 3):
        sheet.write_formula(row, 0, formula, formats[style], value)
        sheet.write_string(row, keys.index("topic"), f"题目{row}")
    sheet.write_formula(3, keys.index("present"), "=10+7", None, 17)
    sheet.write_formula(5, keys.index("present"), "=1=1", None, True)


def _values(sheet, formats) -> None:
    """Everything that is no entry: numbers of all sizes, moments of all kinds, texts of all lengths."""
    numbers = [0, -1, 1.5, 1e15, 1e16, 123456789012, 0.1 + 0.2, -0.0, 1e-7, 1e300]
    for column, number in enumerate(numbers):
        sheet.write_number(0, column, number)
    sheet.write_number(1, 0, 1234.56789, formats["currency"])
    sheet.write_number(1, 1, 0.875, formats["percent"])
    sheet.write_boolean(1, 2, True)
    sheet.write_boolean(1, 3, False)
    for row, style in enumerate(("day", "time", "span", "minutes", "instant"), 2):
        for column, serial in enumerate((0, 0.25, 0.999988426, 1, 1.5, 59, 60, 61, 61.25, 366, 45000, 45000.75)):
            sheet.write_number(row, column, serial, formats[style])
    texts = ["007", "2023-5-1", "=1+1", "'撇号", "TRUE", " ", "\n", "\t制表", "#N/A", "ｆｕｌｌ", "𠮷田", "a" * LONGEST]
    for column, text in enumerate(texts):
        sheet.write_string(8, column, text)
    sheet.write_string(9, 3, "")
    sheet.write_blank(10, 2, None, formats["day"])
    sheet.merge_range(11, 1, 13, 2, "合并")
    sheet.merge_range(11, 4, 11, 6, 5)
    sheet.write_string(12, 40, "右边")


def _far(sheet) -> None:
    """Cells beyond what is read, and only a few: a sheet must not be read as wide and deep as its last cell."""
    sheet.write_string(0, 0, "近处")
    sheet.write_string(3, 250, "远列")
    sheet.write_number(20_500, 1, 7)
    sheet.write_string(20_500, 3, "远行")
    sheet.write_string(1_000_000, 300, "又远又深")
