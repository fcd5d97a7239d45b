"""How is a formula written in Excel, and how in LibreOffice's interface for programs?

    Excel        =SUM('My Sheet'!A1,Totals[@Sum],{1,2;3,4},TRUE)
    LibreOffice  =SUM($'My Sheet'.A1;Totals[[#This Row];[Sum]];{1;2|3;4};TRUE())

Nearly all functions have the same names. Not translated, and so an error in the cell: references through several
sheets (One:Three!A1), the intersection by a space, and whatever only newer Excels know (A1#, LAMBDA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyxl.hosts.libreoffice.addresses import quoted, unquoted

__all__ = ["from_office", "to_office"]

_TEXT = r'(?P<text>"(?:[^"]|"")*")'
_BRACKETS = r"(?P<brackets>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"
_ERROR = r"(?P<error>\#(?:N/A|DIV/0!|NAME\?|NULL!|NUM!|REF!|VALUE!))"
_NAME = r"(?P<name>[^\W\d][\w.]*)"
_OTHER = r"(?P<other>.)"
_QUOTED = r"'(?:[^']|'')+'"

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*(?![\w(.])"
_LINES = r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w(.])|\$?[1-9]\d*:\$?[1-9]"

_EXCEL = re.compile(
    "|".join([_TEXT, rf"(?P<sheet>(?:{_QUOTED}|[^\W\d][\w.]*)!)", _ERROR, _BRACKETS, _NAME, _OTHER]), re.DOTALL
)
_OFFICE = re.compile(
    "|".join(
        [
            _TEXT,
            rf"(?P<sheet>\$?{_QUOTED}\.|\$\w+\.|\w*[^\W\d]\w*\.(?={_CELL}|{_LINES}|\#REF!))",
            _ERROR,
            _BRACKETS,
            r"(?P<truth>(?:TRUE|FALSE)\(\))",
            _NAME,
            _OTHER,
        ]
    ),
    re.DOTALL,
)

# What a separator means depends on what it stands in: a call, an array, or a group in parentheses.
_TO_OFFICE = {("call", ","): ";", ("group", ","): "~", ("array", ","): ";", ("array", ";"): "|"}
_FROM_OFFICE = {
    ("call", ";"): ",",
    ("array", ";"): ",",
    ("array", "|"): ";",
    ("call", "~"): ",",
    ("group", "~"): ",",
    ("call", "!"): " ",
    ("group", "!"): " ",
}
_FUNCTIONS = {  # Excel's name → LibreOffice's; DURATION and CEILING mean something else there
    "BINOM.DIST.RANGE": "B",
    "CEILING": "CEILING.XCL",
    "CONVERT": "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETCONVERT",
    "DURATION": "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETDURATION",
    "EFFECT": "EFFECTIVE",
    "FLOOR": "FLOOR.XCL",
    "FORECAST.ETS": "FORECAST.ETS.ADD",
    "FORECAST.ETS.CONFINT": "FORECAST.ETS.PI.ADD",
    "FORECAST.ETS.STAT": "FORECAST.ETS.STAT.ADD",
    "FORMULATEXT": "FORMULA",
    "PDURATION": "DURATION",
    "RRI": "ZGZ",
    "SKEW.P": "SKEWP",
}
_EXCEL_FUNCTIONS = {office: excel for excel, office in _FUNCTIONS.items()}
_ADDIN = "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET"  # stands before the names of functions that came later
_NEWER = re.compile(r"^(?:_xl(?:fn|ws)\.)+")  # stands before newer functions in Excel's files
_SIMPLE_COLUMN = re.compile(r"\w+")


def to_office(formula: str) -> str:
    """An Excel formula, with or without its equals sign, in LibreOffice's words."""
    return "".join(_word_for_office(*piece) for piece in _pieces(_EXCEL, formula))


def from_office(formula: str) -> str:
    """A formula as LibreOffice gives it, in Excel's words."""
    return "".join(_word_for_excel(*piece) for piece in _pieces(_OFFICE, formula))


def _pieces(pattern: re.Pattern[str], formula: str) -> Iterator[tuple[str, str, str, bool]]:
    """Kind and text of each piece, what it stands in, and whether it is called: followed by a parenthesis."""
    inside = ["group"]
    called = False
    for match in pattern.finditer(formula):
        kind, text = str(match.lastgroup), match.group()
        if text in {")", "}"} and len(inside) > 1:
            inside.pop()
        follows = formula[match.end() : match.end() + 1] == "("
        yield kind, text, inside[-1], follows
        if text == "{":
            inside.append("array")
        elif text == "(":
            inside.append("call" if called else "group")
        called = kind == "name"


def _word_for_office(kind: str, text: str, inside: str, called: bool) -> str:
    if kind == "sheet":
        return f"${text[:-1]}."
    if kind == "brackets":
        return _structured_for_office(text)
    if kind == "name":
        return _name_for_office(_NEWER.sub("", text), inside, called=called)
    return _TO_OFFICE.get((inside, text), text) if kind == "other" else text


def _word_for_excel(kind: str, text: str, inside: str, called: bool) -> str:
    if kind == "sheet":
        return f"{quoted(unquoted(text[:-1].removeprefix('$')))}!"
    if kind == "brackets":
        return _structured_for_excel(text)
    if kind == "truth":
        return text.removesuffix("()")
    if kind == "name" and called:  # an unknown function comes back in small letters
        return _EXCEL_FUNCTIONS.get(text.upper(), text.upper().removeprefix(_ADDIN))
    return _FROM_OFFICE.get((inside, text), text) if kind == "other" else text


def _name_for_office(name: str, inside: str, *, called: bool) -> str:
    if called:
        return _FUNCTIONS.get(name.upper(), name)
    return f"{name.upper()}()" if name.upper() in {"TRUE", "FALSE"} and inside != "array" else name


def _structured_for_office(text: str) -> str:
    """Which rows and which columns of a table: [@Sum] is [[#This Row];[Sum]], [#All] is [[#All]]."""
    inner = text[1:-1]
    if inner.startswith("@"):
        column = inner[1:].removeprefix("[").removesuffix("]")
        return f"[[#This Row];[{column}]]" if column else "[[#This Row]]"
    if inner.startswith("#"):
        return f"[{text}]"
    return text.replace("],[", "];[").replace("], [", "];[")


def _structured_for_excel(text: str) -> str:
    row = re.fullmatch(r"\[\[#This Row\](?:;\[([^\[\]]+)\])?\]", text)
    if row is not None:
        column = row[1] or ""
        return f"[@{column}]" if not column or _SIMPLE_COLUMN.fullmatch(column) else f"[@[{column}]]"
    if re.fullmatch(r"\[\[#[^\[\]]+\]\]", text):
        return text[1:-1]
    return text.replace("];[", "],[")
