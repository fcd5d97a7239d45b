"""What does the sheet 总结预览 say: the summary as it will read, and the rows behind each paragraph?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyxl.core.document import Block, Report
from pyxl.core.summary import rows_in_words
from pyxl.excel.pages.line import Line, first_row, led, shortened
from pyxl.text import phrase

__all__ = ["PREVIEW_COLUMNS", "emphasised", "preview", "status"]

PREVIEW_COLUMNS = ("text", "rows", "link", "kind")  # keys of sheets.toml [preview]; the last is hidden

_SPACE = "\u3000"  # as wide as a character
_INDENT = 2 * _SPACE  # of a paragraph's first line
_SIGNED = 42  # characters between the left edge and the middle of the signature


def preview(report: Report) -> tuple[Line, ...]:
    """Title, headings, paragraphs, signature and date, in the order of the document."""
    return (
        _plain("title", report.title),
        *map(_block, report.blocks),
        *(_plain(kind, text) for kind, text in _signature(report)),
    )


def _plain(kind: str, text: str) -> Line:
    return Line((shortened(text), None, None, kind), kind=kind)


def _block(block: Block) -> Line:
    text = shortened(_INDENT + block.text)
    spans = emphasised(text) if block.level == "body" else ()
    rows = shortened(rows_in_words(block.sources)) or None
    link = first_row(block.sources)
    return Line((text, rows, led(link), block.level), link, kind=block.level, emphasis=spans)


def _signature(report: Report) -> Iterator[tuple[str, str]]:
    """Unit and date on the right, the shorter above or below the middle of the other.

    Spaces and not an alignment put them there, so that the same cells serve whatever is written next.
    """
    for kind, text in (("unit", report.unit), ("date", report.date_text)):
        width = sum(0.5 if sign.isascii() else 1.0 for sign in text)
        yield kind, _SPACE * max(2, round(_SIGNED - width / 2)) + text


def emphasised(text: str) -> tuple[tuple[int, int], ...]:
    """Start and length of each number that counts something: no date, no time, nothing in a title or quotation."""
    pattern = phrase("sheets", "preview", "numbers")
    return tuple((found.start(), len(found[0])) for found in re.finditer(pattern, text) if found.lastgroup == "number")


def status(report: Report | None, errors: int = 0) -> str:
    """The line above the text: how long it is, what is still wrong, or (None) how to fill the sheet."""
    if report is None:
        return phrase("sheets", "preview", "not_yet")
    count = sum(block.level == "body" for block in report.blocks)
    return phrase("sheets", "preview", "pending" if errors else "counts", count=count, errors=errors)
