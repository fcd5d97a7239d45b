"""May calamine read this sheet, or would it miss or misread something in it?

calamine is fast, but tells nothing of hidden rows, gives blanks for error values and for formulas
that were never calculated, takes memory for the whole rectangle up to the last cell (and takes the
interpreter down when there is none), and reads some odd but legal notations differently from Excel.
A sheet in which a cheap look at the bytes finds anything of the kind is read by pyxl.excel.closed.sheetxml.
A look that errs does so on that side: it costs time, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyxl.excel.closed.preflight import Package

__all__ = ["MAX_COLUMN", "MAX_ROW", "is_plain_book", "is_plain_sheet", "is_utf8"]

MAX_ROW = 20_000  # rows and columns beyond these are «far»: reported, not read
MAX_COLUMN = 200

_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?(?:<\?xml[^>]*?\?>)?\s*<(?:worksheet|workbook|sst|styleSheet)[\s>]""")
_OTHER_ENCODING = re.compile(rb"""^[^>]{0,80}encoding\s*=\s*["'](?!utf-8)""", re.IGNORECASE)

_SIGNS = (  # what in a sheet's bytes calamine must not see
    b"hidden",  # hidden rows and columns: not told
    b"<!",  # comments and CDATA: what stands behind them in a value is lost
)
_PATTERNS = (
    # A tag within a tag is no XML; of a cell's own, none is so long. Behind these the patterns below look at each
    # byte a few times: without them, a small file of nothing but tags that never end would keep them busy for hours.
    re.compile(rb"<[^<>]*<"),
    re.compile(rb"<c\s[^<>]{200}"),
    # A cell written in any other way than usual: no address, a far one, an error value, a day in
    # ISO 8601, single quotes. «<c» also begins the names of other elements.
    re.compile(
        rb'<c(?! r="(?:[A-F]?[A-Z]|G[A-R])1?\d{1,4}"(?: s="(?:0|[1-9]\d*)"| t="(?:s|n|b|str|inlineStr)")*/?>|[A-Za-z])'
    ),
    re.compile(rb":c[ >]"),  # cells under another prefix
    re.compile(rb"<v>[-\s]"),  # numbers before the calendar, taken for times of day
    re.compile(rb"<v>[+nNiI]"),  # nan, infinity and the like, which are taken for numbers
    re.compile(rb"<v>[^<&]*&"),  # references: likewise
    re.compile(rb"</v>(?<=\s</v>)"),  # padded numbers, which become texts
    re.compile(rb"</f>(?!<v>)|<f[^>]*/>(?!<v>[^<])"),  # formulas that were never calculated
    re.compile(rb't="s"[^>]*>(?!<v>\d{1,9}</v>)'),  # what is no number becomes the first shared text
    re.compile(rb't="b"[^>]*>(?!<v>[01]</v>)'),  # «false» becomes a yes
    re.compile(rb't="inlineStr"[^>]*>(?!<is>)'),  # what stands in <v> is passed over
    re.compile(rb"_x[0-9A-Fa-f]{4}_"),  # escapes are not decoded in the results of formulas
)
_EMPTY_RESULT = re.compile(rb"<f[^>]*>[^<]*</f><v></v>")
# Escapes in shared texts that Excel decodes and calamine does not.
_WIDE_ESCAPE = re.compile(rb"_x(?!00)[0-9A-Fa-f]{4}_")


def is_plain_book(package: Package) -> bool:
    """Whether calamine would find the parts where we found them, and read the shared texts alike."""
    folder = package.workbook.rpartition("/")[0].lower()
    usual = ((package.strings, "sharedstrings.xml"), (package.styles, "styles.xml"))
    if package.date1904 or package.workbook.rpartition("/")[2].lower() != "workbook.xml":
        return False
    if any(part is not None and part.lower() != f"{folder}/{name}" for part, name in usual):
        return False
    shared = [package.contents[part] for part, _ in usual if part is not None]
    return all(map(is_utf8, shared)) and not any(map(_WIDE_ESCAPE.search, shared))


def is_plain_sheet(data: bytes, misread_styles: Iterable[str]) -> bool:
    """Whether calamine reads the sheet as it is meant; `misread_styles` as in Styles.misread."""
    if any(b' s="%s"' % style.encode() in data for style in misread_styles):
        return False
    if not is_utf8(data) or any(sign in data for sign in _SIGNS):
        return False
    if any(pattern.search(data) for pattern in _PATTERNS):
        return False
    # An empty result is one only where the cell's kind is text; elsewhere nothing was calculated.
    return all(data.endswith(b't="str">', 0, found.start()) for found in _EMPTY_RESULT.finditer(data))


def is_utf8(data: bytes) -> bool:
    """Whether the part says, or leaves it to be understood, that it is written in UTF-8."""
    return bool(_ENCODING.match(data)) and not _OTHER_ENCODING.match(data)
