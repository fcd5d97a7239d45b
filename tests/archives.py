"""Workbooks made part by part, so that each part can be made wrong."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

__all__ = ["MAIN", "compound", "pack", "parts", "sheet", "workbook"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part: what stands inside, before and behind <sheetData>."""
    return f'{_HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    strings: Sequence[str] = (),
    formats: Sequence[tuple[int, str | None]] = (),
    *,
    inside: str = "",
    states: Mapping[str, str] = {},
) -> dict[str, str]:
    """The parts of a workbook: sheet name → worksheet part.

    `strings` are <si> contents, `formats` the number formats of styles 1, 2 …; `inside` goes into workbook.xml.
    """
    names = list(sheets)
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId={quoteattr(str(number))} state={quoteattr(states.get(name, 'visible'))}"
        f' r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    made = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{inside.partition("|")[0]}'
        f"<sheets>{listed}</sheets>{inside.partition('|')[2]}</workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(
            [
                *(
                    (f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
                    for number in range(1, len(names) + 1)
                ),
                ("rIdS", "sharedStrings", "sharedStrings.xml"),
                ("rIdF", "styles", "styles.xml"),
            ]
        ),
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{MAIN}">'
        + "".join(f"<si>{item}</si>" for item in strings)
        + "</sst>",
        "xl/styles.xml": _styles(formats),
    }
    return made | {f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in enumerate(names, 1)}


def workbook(rows: str, strings: Sequence[str] = (), formats: Sequence[tuple[int, str | None]] = ()) -> bytes:
    """A workbook with one sheet."""
    return pack(parts({"表": sheet(rows)}, strings, formats))


def pack(made: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def compound(*streams: str) -> bytes:
    """The least compound file (.xls, .doc, an encrypted .xlsx …) with these streams in its directory."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    directory = b""
    for name in ("Root Entry", *streams):
        encoded = name.encode("utf-16-le")
        directory += encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) + bytes(62)
    return header.ljust(512, b"\0") + bytes(512) + directory


def _relationships(links: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"/>'
        for identifier, kind, target in links
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _styles(formats: Sequence[tuple[int, str | None]]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in formats if code is not None
    )
    uses = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *(number for number, _ in formats)))
    return f'{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{uses}</cellXfs></styleSheet>'
