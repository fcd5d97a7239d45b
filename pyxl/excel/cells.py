"""What does one raw cell say, when read as its column's type?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from pyxl.catalogue.model import Column, ColumnType
from pyxl.core.grammar import one_line
from pyxl.core.ledger import Value
from pyxl.excel.dates import as_text_date, read_date, read_month, read_time
from pyxl.excel.grid import CellError, RawValue, Uncached
from pyxl.text import phrase
from pyxl.xmltext import NEVER

__all__ = [
    "HUGE",
    "Finding",
    "Reading",
    "answers",
    "clean",
    "half_width",
    "is_blank",
    "read_cell",
    "shown",
    "split_names",
]

# Digits and ASCII typed in full width, by a fixed map: NFKC would change people's names.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Left behind by copying; they mean nothing anywhere.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
# They hold emoji together and turn the direction of writing: kept within a text, of no account in a match.
_JOINING = dict.fromkeys([*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_LINE_ENDS = dict.fromkeys([0x000D, 0x0085, 0x2028, 0x2029], "\n")
_CLEAN = {**_INVISIBLE, **_SPACES, **_LINE_ENDS}
_ODD = re.compile(f"[\r{re.escape(''.join(map(chr, _CLEAN)))}]")
_AROUND = " \t\n\u3000" + "".join(map(chr, _JOINING))
# What half_width changes besides.
_MATCHED = {**_JOINING, **_HALF_WIDTH}
_WIDE = re.compile(f"[{re.escape(''.join(map(chr, _JOINING)))}\u3000\uff01-\uff5e]")
# What no XML file, and so no document, can hold; the control characters besides, and noncharacters, which
# mark numbers while a document is filled (pyxl.word.bookmarks).
_ILLEGAL = re.compile(f"[{NEVER}\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BETWEEN_NAMES = re.compile(r"[、，,；;\n/]+")  # noqa: RUF001
_BETWEEN_CHOICES = re.compile(r"[；;、,，/\n]+")  # noqa: RUF001
_BETWEEN_ITEMS = re.compile(r"[；;\n]+")  # noqa: RUF001
_BETWEEN_TITLES = re.compile("(?<=\u300b)[\u3001,\uff0c]? *(?=\u300a)")
_TITLE_END, _CLOSING = "\u300b", "\u3002\u3001\uff0c, "
_PASTED = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]*\u00a0[ \u3000\u00a0]*(?=[\u3400-\u9fff])")
HUGE = 1_000_000  # no number is larger where its column does not say so
_EXAMPLE = "18"  # of a number, where the cell holds none


class Finding(NamedTuple):
    """Something to say about a cell: a code of issues.toml and its parameters."""

    code: str
    params: dict[str, Any]


class Reading(NamedTuple):
    """A cell understood (`value`), or not (`unreadable`), and what is to be said about it."""

    value: Value
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False


_NOTHING = Reading(None)


def clean(text: str) -> str:
    """Text without invisible characters and without spaces around it, of one kind of space and line end."""
    if text.isprintable():  # nearly every cell: nothing of what follows is printable, but for the space
        return text.strip(" ")
    if not _ODD.search(text):
        return text.strip(_AROUND)
    return text.replace("\r\n", "\n").translate(_CLEAN).strip(_AROUND)


def half_width(text: str) -> str:
    """Text as it counts for matching: full-width digits, letters and signs as ASCII; Chinese untouched."""
    cleaned = clean(text)
    return cleaned.translate(_MATCHED).strip() if _WIDE.search(cleaned) else cleaned.strip()


def shown(raw: RawValue) -> str:
    """The cell as a person sees it, for messages."""
    if raw.__class__ is str:  # most cells
        return str(raw)
    match raw:
        case None:
            return ""
        case CellError(code):
            return code
        case Uncached(formula):
            return f"={formula}" if formula else ""
        case bool():
            return phrase("words", "yesno", "yes" if raw else "no")
        case date() | time() | timedelta():
            return _moment(raw)
        case _:
            return str(raw)


def _moment(raw: date | time | timedelta) -> str:
    if isinstance(raw, timedelta):
        minutes = int(raw.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d %H:%M")
    return raw.isoformat("minutes") if isinstance(raw, time) else raw.isoformat()


def read_cell(raw: RawValue, column: Column, year: int | None) -> Reading:
    """Reads one cell; `year` completes dates typed without one."""
    if raw is None:
        return _NOTHING
    if isinstance(raw, CellError):
        return _refused("error_cell", column)
    if isinstance(raw, Uncached):
        return _refused("formula_uncached", column)
    findings: tuple[Finding, ...] = ()
    if isinstance(raw, str) and _ILLEGAL.search(raw):
        raw = _ILLEGAL.sub("", raw)
        findings = (Finding("control_characters", {"label": column.label}),)
    if is_blank(raw):
        return Reading(None, findings)
    reading = _READERS[column.type](raw, column, year)
    if not findings:
        return reading
    return Reading(reading.value, findings + reading.findings, reading.unreadable)


def is_blank(raw: RawValue) -> bool:
    """Whether nothing is to be seen in the cell; a formula that was never calculated is not nothing."""
    if raw is None or not isinstance(raw, str):
        return raw is None
    return not raw[:1].isalnum() and not clean(raw)  # what begins with a letter or digit need not be cleaned


def _refused(code: str, column: Column, **params: object) -> Reading:
    return Reading(None, (Finding(code, {"label": column.label, **params}),), unreadable=True)


def _text(raw: RawValue, column: Column, year: int | None) -> Reading:
    return Reading(clean(_closed_up(shown(raw))))


def _line(raw: RawValue, column: Column, year: int | None) -> Reading:
    """Text that stands on one line."""
    return Reading(one_line(clean(_closed_up(shown(raw)))))


def _closed_up(text: str) -> str:
    """Running text without the hard spaces that pasting leaves between Chinese characters."""
    return _PASTED.sub("", text) if "\u00a0" in text else text


def _date(raw: RawValue, column: Column, year: int | None) -> Reading:
    day = read_date(half_width(raw) if isinstance(raw, str) else raw, year)
    if day is None:
        return _refused("bad_date", column)
    if isinstance(raw, date):
        return Reading(day)
    code = "text_date" if isinstance(raw, str) else "number_date"
    return Reading(day, (Finding(code, {"label": column.label, "value": as_text_date(day)}),))


def _month(raw: RawValue, column: Column, year: int | None) -> Reading:
    month = read_month(half_width(raw) if isinstance(raw, str) else raw)
    return Reading(month) if month else _refused("bad_date", column)


def _time(raw: RawValue, column: Column, year: int | None) -> Reading:
    moment = read_time(half_width(raw) if isinstance(raw, str) else raw)
    return Reading(moment) if moment is not None else _refused("bad_time", column)


def _number(raw: RawValue, column: Column, year: int | None) -> Reading:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _in_range(raw, column, ()) if isfinite(raw) else _refused("bad_number", column, suggestion=_EXAMPLE)
    text = half_width(raw) if isinstance(raw, str) else ""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        found = _NUMBER.findall(text)
        # of two numbers nobody can tell which is meant
        return _refused("bad_number", column, suggestion=found[0] if len(found) == 1 else _EXAMPLE)
    number = float(text)
    return _in_range(number, column, (Finding("number_as_text", {"label": column.label, "value": _plain(number)}),))


def _in_range(number: float, column: Column, findings: tuple[Finding, ...]) -> Reading:
    maximum = column.maximum if column.maximum is not None else HUGE
    if number < 0:
        return _refused("negative_number", column)
    if number > maximum:
        return _refused("number_too_large", column, maximum=_plain(maximum))
    if number == int(number):
        return Reading(int(number), findings)
    return _refused("not_whole", column) if column.type is ColumnType.INTEGER else Reading(number, findings)


def _plain(number: float) -> str:
    """A number as people write it, never with an exponent."""
    return f"{number:f}".rstrip("0").rstrip(".")


def _choice(raw: RawValue, column: Column, year: int | None) -> Reading:
    value = _matched(clean(shown(raw)), column)
    return _chosen(value, [value], column)


def _choices(raw: RawValue, column: Column, year: int | None) -> Reading:
    parts = [part for part in _BETWEEN_CHOICES.split(clean(shown(raw))) if clean(part)]
    values = tuple(dict.fromkeys(_matched(clean(part), column) for part in parts))
    return _chosen(values or None, values, column)


def _chosen(value: Value, values: Iterable[str], column: Column) -> Reading:
    """The value, with a hint where it is not listed; nothing where only what is listed may be chosen."""
    if all(each in column.choices for each in values):
        return Reading(value)
    listing = phrase("words", "grammar", "separator").join(column.choices)
    if not column.open:
        return _refused("not_a_choice", column, choices=listing)
    return Reading(value, (Finding("choice_unlisted", {"label": column.label, "choices": listing}),))


def _matched(text: str, column: Column) -> str:
    """The listed choice that differs from `text` only in width or inner spaces, else `text`."""
    if text in column.choices:
        return text
    return next((choice for choice in column.choices if _squeezed(choice) == _squeezed(text)), text)


def _squeezed(text: str) -> str:
    return "".join(half_width(text).split())


def _yesno(raw: RawValue, column: Column, year: int | None) -> Reading:
    if isinstance(raw, bool):
        return Reading(raw)
    answer = answers().get(half_width(shown(raw)))
    return _refused("bad_yesno", column) if answer is None else Reading(answer)


@cache
def answers() -> dict[str, bool]:
    """Word of a yes or no → whether it means yes."""
    words = {answer: phrase("words", "yesno_words", answer).split("|") for answer in ("yes", "no")}
    return {**dict.fromkeys(words["no"], False), **dict.fromkeys(words["yes"], True)}


def _person(raw: RawValue, column: Column, year: int | None) -> Reading:
    names = split_names(shown(raw))
    return Reading(phrase("words", "grammar", "separator").join(names) if names else None)


def _people(raw: RawValue, column: Column, year: int | None) -> Reading:
    return Reading(split_names(shown(raw)) or None)


def split_names(text: str) -> tuple[str, ...]:
    """Names separated by 、 ， ； or line ends; spaces separate names of two or more characters only."""  # noqa: RUF002
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(clean(text).translate(_JOINING)):
        words = part.replace("\u3000", " ").split()
        if len(words) > 1 and all(len(word) > 1 for word in words):
            names += words
        elif words:
            names.append("".join(words))
    return tuple(names)


def _items(raw: RawValue, column: Column, year: int | None) -> Reading:
    parts = (clean(part) for part in _BETWEEN_ITEMS.split(clean(shown(raw))))
    return Reading(tuple(title for part in parts if part for title in _titles(part)) or None)


def _titles(item: str) -> list[str]:
    """《甲》、《乙》 are two, with a sign between them or without; of 《甲》、《乙》两书 nobody can tell."""
    return _BETWEEN_TITLES.split(item) if item.rstrip(_CLOSING).endswith(_TITLE_END) else [item]


_READERS: dict[ColumnType, Callable[[RawValue, Column, int | None], Reading]] = {
    ColumnType.TEXT: _line,
    ColumnType.LONGTEXT: _text,
    ColumnType.DATE: _date,
    ColumnType.MONTH: _month,
    ColumnType.TIME: _time,
    ColumnType.INTEGER: _number,
    ColumnType.DECIMAL: _number,
    ColumnType.CHOICE: _choice,
    ColumnType.CHOICES: _choices,
    ColumnType.PERSON: _person,
    ColumnType.PEOPLE: _people,
    ColumnType.ITEMS: _items,
    ColumnType.YESNO: _yesno,
}
