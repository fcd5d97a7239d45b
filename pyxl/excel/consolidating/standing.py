"""报送情况: what became of every file, and who has not handed in anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.received import Remark
from pyxl.core.submission import fingerprint
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW
from pyxl.excel.submitting.page import Page
from pyxl.text import dialog, phrase, phrases, table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["COLUMNS", "Told", "build_standings", "counts", "remark_text", "told"]

COLUMNS = {
    "status": 10.0, "code": 14.0, "unit": 30.0, "file": 40.0, "reason": 40.0, "hint": 50.0, "remarks": 50.0,
    "made": 22.0, "key": 24.0,
}  # fmt: skip
_FILLS = {
    Status.REJECTED: "#F4B6AE", Status.MISSING: "#FFDC73", Status.OUTSIDE: "#FFDC73", Status.REPLACED: "#E3EEF9",
}  # fmt: skip


class Told(NamedTuple):
    """One line as it is read."""

    status: str
    code: str
    unit: str
    file: str
    reason: str
    hint: str
    remarks: str
    made: str
    key: str


def told(each: Standing) -> Told:
    """A line in words."""
    reason, hint = _reason(each.reason, each.params or {})
    found = each.received
    return Told(
        status=phrase("collecting", "statuses", each.status),
        code=each.identity if each.identity != each.unit else "",
        unit=each.unit,
        file=each.file,
        reason=reason,
        hint=hint,
        remarks=phrase("words", "grammar", "semicolon").join(map(remark_text, each.remarks)),
        made=found.made if found else "",
        key=_compared(found.key) if found else "",
    )


def _compared(key: str) -> str:
    """A public key in hexadecimal as people compare it; nothing for none."""
    return fingerprint(bytes.fromhex(key)) if key else ""


def _reason(reason: str, params: Mapping[str, Any]) -> tuple[str, str]:
    if not reason:
        return "", ""
    params = {name: _compared(value) if name in ("now", "before") else value for name, value in params.items()}
    own = table("collecting")["reasons"]
    if reason in own:
        return own[reason]["message"].format(**params), own[reason]["hint"].format(**params)
    sentence = dialog(reason, **params)
    return sentence.message, sentence.hint


def remark_text(remark: Remark) -> str:
    """A remark in words."""
    params = {name: _compared(value) if name == "now" else value for name, value in remark.params.items()}
    return phrases("collecting", "remarks")[remark.code].format(**params)


def counts(found: Consolidation, expected: int) -> str:
    """收到 18/20，退回 1，未报 1: what there is first, then what is not as it should be."""  # noqa: RUF002
    there = len(found.of(Status.ACCEPTED))
    first = phrase("collecting", "counts", "of" if expected else "there", there=there, expected=expected)
    return phrase("collecting", "counts", "separator").join([first, *_others(found)])


def _others(found: Consolidation) -> Iterator[str]:
    for status in (Status.REJECTED, Status.MISSING, Status.OUTSIDE, Status.REPLACED):
        if number := len(found.of(status)):
            yield phrase("collecting", "counts", status, count=number)


def build_standings(page: Page, sheet: Worksheet, found: Consolidation, sentence: str) -> None:
    """The table: what counts first, then what does not, and why."""
    page.begin(sheet, phrase("collecting", "sheets", "standing"), sentence, list(COLUMNS.values()))
    for place, key in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW - 1, place, phrase("collecting", "standing", key), page.styles.header)
    text = page.styles.cell(text_wrap=True, align="left", indent=1)
    for row, each in enumerate(found.standings, FIRST_ROW - 1):
        line = told(each)
        fill = {"bg_color": _FILLS[each.status]} if each.status in _FILLS else {}
        for place, words in enumerate(line):
            sheet.write_string(
                row, place, words, page.styles.cell(bold=True, align="center", **fill) if place == 0 else text
            )
        needed = max(lines_needed(words, width) for words, width in zip(line, COLUMNS.values(), strict=True))
        sheet.set_row(row, row_height(needed, 22.0))
    sheet.autofilter(HEADER_ROW - 1, 0, max(FIRST_ROW, HEADER_ROW + len(found.standings)) - 1, len(COLUMNS) - 1)
