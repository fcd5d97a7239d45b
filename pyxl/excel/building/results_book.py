"""How do the pages of an examined ledger become a workbook of their own, beside the ledger?"""

from __future__ import annotations

import io
import os
import re
import zipfile
from hashlib import sha256
from pathlib import Path

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.ledger import Ledger
from pyxl.core.validation import Validation
from pyxl.excel.building.draft import STAND_IN, Draft
from pyxl.excel.building.figures import build_figures
from pyxl.excel.building.formulas import name
from pyxl.excel.building.judged_values import judged
from pyxl.excel.building.layout import sheet_name
from pyxl.excel.building.package import Edit
from pyxl.excel.building.preview import build_preview
from pyxl.excel.building.results import build_results
from pyxl.excel.building.styles import Styles, tab_colour
from pyxl.excel.building.summary import build_summary
from pyxl.excel.building.workbook import describe, finished, new_workbook
from pyxl.excel.pages.findings import Findings
from pyxl.package import CUSTOM_PROPERTIES, DAMAGE, Parts
from pyxl.text import phrase
from pyxl.xmltext import escaped

__all__ = ["is_results_book", "link_target", "results_bytes"]

_PAGES = ("results", "summary", "preview")  # what was asked for comes first
_MARK = "pyxl"  # the custom property that says what a workbook of ours is
_KIND = "results"
_LEDGER = "ledger"  # the custom property that tells the results of one ledger from those of another
_LONGEST_MARK = 65536  # bytes of a part that names a few properties

# What a relationship's target cannot hold as it is; Chinese it can, and spreadsheets write it so. The
# surrogates stand for bytes of a name that is not in UTF-8.
_ESCAPED = re.compile(r"""[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff%#?:"<>\[\]\\^`{}|]""")


def results_bytes(
    ledger: Ledger, catalogue: Catalogue, validation: Validation, findings: Findings, *, source: str, target: str
) -> bytes:
    """校验结果, 半年汇总 with values and 总结预览; links lead into the ledger: `source` its name, `target` its place.

    The same ledger, checked at the same moment, gives the same bytes: no clock is read.
    """
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    values = judged(ledger, catalogue, validation)
    draft = Draft(
        book, Styles(book), catalogue, ledger.unit, values.cover, values.rows, values, findings,
        source=source.encode("utf-8", "replace").decode(), tabs=_tabs(ledger, catalogue.activities),
    )  # fmt: skip
    sheets = {key: book.add_worksheet(sheet_name(key)) for key in _PAGES}
    for sheet in sheets.values():
        sheet.set_tab_color(tab_colour(""))
    _define_period(draft, validation)
    build_results(draft, sheets["results"])
    build_summary(draft, sheets["summary"])
    build_figures(draft, sheets["summary"])
    build_preview(draft, sheets["preview"])
    properties = {"catalogue": catalogue.version, _MARK: _KIND, _LEDGER: _digest(target)}
    describe(book, phrase("sheets", "file", "results"), properties, sheets["results"])
    fitting = [number for number, key in enumerate(_PAGES, 1) if key != "summary"]
    return finished(book, buffer, fitting, _lead_to(target))


def _tabs(ledger: Ledger, activities: tuple[ActivityType, ...]) -> dict[str, str]:
    """Activity key → name of its sheet in the ledger, which may have been renamed."""
    named = {key: rows[0].sheet for key, rows in ledger.entries.items() if rows}
    return {each.key: named.get(each.key, each.label) for each in activities if each.key not in ledger.missing}


def _define_period(draft: Draft, validation: Validation) -> None:
    """The months that the highlighting asks for; in a ledger cells of the hidden sheet bear these names."""
    months = validation.period.months
    draft.define(name("first_month"), str(months[0]))
    draft.define(name("last_month"), str(months[-1]))


def link_target(ledger: Path, beside: Path) -> str:
    """How a link in the workbook `beside` names the ledger: by its name alone when both lie in one folder."""
    if _same_folder(ledger, beside):
        return _escaped(ledger.name)
    place = os.path.abspath(ledger)  # noqa: PTH100 - without the dots of a path that was typed; links stay links
    if os.name == "nt":
        return f"file:///{place[:2]}{_escaped(place[2:], keep=chr(92))}"
    return f"file://{_escaped(place)}"


def _same_folder(ledger: Path, beside: Path) -> bool:
    return os.path.normcase(ledger.absolute().parent.resolve()) == os.path.normcase(beside.absolute().parent.resolve())


def _escaped(words: str, keep: str = "") -> str:
    return _ESCAPED.sub(lambda found: found[0] if found[0] in keep else _bytes_in_hexadecimal(found[0]), words)


def _bytes_in_hexadecimal(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(sign))


def _digest(target: str) -> str:
    """What stands for the ledger in its results: a property takes 255 characters, and a place may have more."""
    return sha256(target.encode()).hexdigest()[:16]


def _lead_to(target: str) -> Edit:
    """Puts the ledger where the links have only its stand-in: XlsxWriter leaves some names unescaped."""
    old = f'Target="{STAND_IN}"'.encode()
    new = f'Target="{escaped(target)}"'.encode()  # link_target leaves no quotation mark in it

    def edit(name: str, content: bytes) -> bytes:
        return content.replace(old, new) if name.startswith("xl/worksheets/_rels/") else content

    return edit


def is_results_book(path: Path, target: str | None = None) -> bool:
    """Whether the file is a workbook of results that we wrote, and may write again.

    With `target`, see link_target, only when they are the results of that ledger.
    """
    if not path.is_file():  # nor a pipe, which nobody may ever write into
        return False
    said = _properties(path)
    wanted = {_MARK: _KIND} if target is None else {_MARK: _KIND, _LEDGER: _digest(target)}
    return all(re.search(rf'name="{key}"[^>]*>\s*<vt:lpwstr>{word}<', said) for key, word in wanted.items())


def _properties(path: Path) -> str:
    """The part that holds a workbook's own properties; nothing of what is no such file, whoever made it."""
    try:
        with zipfile.ZipFile(path) as package:
            return Parts(package, _LONGEST_MARK)[CUSTOM_PROPERTIES].decode("utf-8")
    except DAMAGE:
        return ""
