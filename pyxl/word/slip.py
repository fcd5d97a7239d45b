"""退回单 as a letter: the same as the workbook, to be printed and signed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from lxml import etree

from pyxl.core.legible import legible
from pyxl.core.slips import Slip, SlipLine
from pyxl.package import packed, unpacked
from pyxl.stamp import stamped
from pyxl.text import phrase
from pyxl.word.build_template import skeleton, table_of
from pyxl.word.markup import paragraph, run

__all__ = ["SLIP", "slip_document"]

SLIP = "slip"  # what the file says that it is
_BODY = "word/document.xml"
_WIDTHS = (520, 800, 1200, 620, 1300, 2200, 2205)  # twips; together the width of the type area
_KEYS = ("number", "grade", "sheet", "row", "column", "problem", "remedy")
_STYLES = ("UnitNumber", "UnitNumber", "UnitNumber", "UnitNumber", "UnitNumber", "UnitText", "UnitText")


def slip_document(slip: Slip, signed: str, **marks: str) -> bytes:
    """The letter; `signed` is the unit that sends it, "" to be filled in; its stamp bears the `marks`.

    The same slip gives the same bytes.
    """
    parts = dict(_skeleton())
    mark = b"<w:sectPr"
    head, _, tail = parts[_BODY].partition(mark)
    written = b"".join(_xml(each) for each in _letter(slip, signed))
    return packed(stamped({**parts, _BODY: head + written + mark + tail}, SLIP, **marks))


@cache
def _skeleton() -> dict[str, bytes]:
    """A document of our look without text; reading it once is most of the work for a letter."""
    document = skeleton("", phrase("returning", "kinds", "returned"))
    buffer = io.BytesIO()
    document.save(buffer)
    return unpacked(buffer.getvalue())


def _xml(element: Any) -> bytes:
    written: bytes = etree.tostring(element)
    return written


def _letter(slip: Slip, signed: str) -> Iterator[Any]:
    yield _paragraph("DocumentTitle", phrase("returning", "kinds", slip.kind))
    address = phrase("returning", "document", "address" if slip.unit else "nobody", unit=slip.unit, file=slip.file)
    yield _paragraph("Salutation", address)
    yield _paragraph("Body", slip.opening)
    if slip.file and slip.unit:
        yield _paragraph("Body", phrase("returning", "document", "file", file=slip.file))
    if slip.reason and slip.kind != "urged":
        yield _paragraph("Body", phrase("returning", "document", "reason", reason=slip.reason))
    if slip.remedy:
        yield _paragraph("Body", slip.remedy)
    if slip.lines:
        yield _paragraph("Body", phrase("returning", "document", "table_of_many" if slip.of_many else "table"))
        yield _table(slip.lines)
    if slip.more:
        yield _paragraph("Body", phrase("returning", "remedies", "more", count=slip.more))
    # behind the table, so that the signature never stands on a page without text
    yield paragraph("Body", run(phrase("returning", "document", "deadline")), keep=True)
    yield _paragraph("SignedBy", signed)
    yield _paragraph("SignedOn", phrase("returning", "document", "date"))


def _paragraph(style: str, text: str) -> Any:
    return paragraph(style, run(_legal(text)))


def _table(lines: Sequence[SlipLine]) -> Any:
    rows = [_cells(number, line) for number, line in enumerate(lines, 1)]
    return table_of(_WIDTHS, [phrase("returning", "table", key) for key in _KEYS], _STYLES, rows)


def _cells(number: int, line: SlipLine) -> list[str]:
    grade = phrase("returning", "grades", line.grade)
    texts = (str(number), grade, line.sheet, line.row, line.column, line.problem, line.remedy)
    return list(map(_legal, texts))


def _legal(text: str) -> str:
    """What `legible` leaves, but for the one break of lines that is none in XML."""
    return legible(text).replace("\r", "\N{REPLACEMENT CHARACTER}")
