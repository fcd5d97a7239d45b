"""Files that are broken on purpose, one fault each, and the check that has to find it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyxl.excel.addin.modules import modules
from pyxl.excel.addin.packing import MAIN_TYPES, RIBBON_PART, RIBBON_RELATION, with_macros
from pyxl.excel.addin.ribbon import ribbon_xml
from pyxl.package import CONTENT_TYPES
from tests.excel.addin.built import ADDIN, MACRO_WORKBOOK, addin, edited, ledger, macro_ledger, with_modules

__all__ = ["VARIANTS", "Variant"]

Parts = dict[str, bytes]


@dataclass(frozen=True)
class Variant:
    """`finding` is what the check says of it: a code of the gate, a button, or part of a finding."""

    name: str
    kind: str
    made: Callable[[], bytes]
    check: str
    finding: str


def _changed(part: str, old: str, new: str, times: int = -1) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        content = parts[part].decode("utf-8")
        assert old in content, f"{part} holds no {old}"
        parts[part] = content.replace(old, new, times).encode("utf-8")

    return edit


def _matched(part: str, pattern: str, new: str) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        content, times = re.subn(pattern, new, parts[part].decode("utf-8"), count=1, flags=re.DOTALL)
        assert times == 1, f"{part} holds no {pattern}"
        parts[part] = content.encode("utf-8")

    return edit


def _without(part: str) -> Callable[[Parts], None]:
    return lambda parts: parts.pop(part) and None


def _replaced(part: str, content: bytes) -> Callable[[Parts], None]:
    return lambda parts: parts.update({part: content})


def _ribbon(name: str, finding: str, old: str, new: str, times: int = 1) -> Variant:
    edit = _changed(RIBBON_PART, old, new, times)
    return Variant(f"ribbon: {name}", ADDIN, lambda: edited(addin(), edit), "gate", finding)


def _addin(name: str, finding: str, edit: Callable[[Parts], None], check: str = "gate") -> Variant:
    return Variant(f"add-in: {name}", ADDIN, lambda: edited(addin(), edit), check, finding)


def _book(name: str, finding: str, edit: Callable[[Parts], None], check: str = "gate") -> Variant:
    return Variant(f"workbook: {name}", MACRO_WORKBOOK, lambda: edited(macro_ledger(), edit), check, finding)


def _vba(name: str, finding: str, module: str, old: str, new: str, check: str = "gate") -> Variant:
    def change(source: str) -> str:
        assert old in source, f"{module} holds no {old}"
        return source.replace(old, new, 1)

    return Variant(f"VBA: {name}", MACRO_WORKBOOK, lambda: with_modules({module: change}), check, finding)


def _without_module(name: str) -> bytes:
    sources = {other: source for other, source in modules().items() if other != name}
    return with_macros(ledger(), MACRO_WORKBOOK, sources, ribbon_xml())


def _callback_of_another_module(sources: dict[str, str]) -> bytes:
    sub = re.search(r"Public Sub OnCheck.*?End Sub\r\n", sources["PyxlRibbon"], re.DOTALL)[0]
    sources |= {
        "PyxlRibbon": sources["PyxlRibbon"].replace(sub, ""),
        "PyxlSentences": sources["PyxlSentences"] + sub,
    }
    return with_macros(ledger(), MACRO_WORKBOOK, sources, ribbon_xml())


def _damaged() -> bytes:
    """One byte of a compressed part is another."""
    package = bytearray(addin())
    package[package.index(b"xl/styles.xml") + 60] ^= 0xFF
    return bytes(package)


_SHEET, _TABLE = "xl/worksheets/sheet4.xml", "xl/tables/table2.xml"
_SUB = "Public Sub OnCheck(control As IRibbonControl)\r\n"
_LONG_LINE = "' " + "x" * 1100 + "\r\n"
_CONTINUED = " & _\r\n".join(['    book = ""', *['        ""'] * 30]) + "\r\n"

VARIANTS = (
    _ribbon("an attribute in another case", "ribbon_attribute", "onAction=", "onaction="),
    _ribbon("an attribute too many", "ribbon_attribute", 'size="large"', 'size="large" enabled="maybe"'),
    _ribbon("a button without an icon", "ribbon_attribute", 'imageMso="DataValidation" ', ""),
    _ribbon("an element that is none", "ribbon_element", '<button id="pyxl_check"', '<buton id="pyxl_check"'),
    _ribbon("a group in the wrong place", "ribbon_element", "<tabs>", "<tabs><group id='g' label='g'/>"),
    _ribbon("an id twice", "ribbon_duplicate_id", 'id="pyxl_totals"', 'id="pyxl_check"'),
    _ribbon("a key tip too long", "ribbon_keytip", 'keytip="DZ"', 'keytip="DANG"'),
    _ribbon("a key tip twice", "ribbon_duplicate_keytip", 'keytip="T"', 'keytip="C"'),
    _ribbon("a key tip that begins another", "ribbon_duplicate_keytip", 'keytip="T"', 'keytip="C2"'),
    _ribbon("an unknown size", "ribbon_size", 'size="large"', 'size="huge"'),
    _ribbon("an icon that is Word's", "ribbon_image", '"FileSaveAs"', '"FileSaveAsWordDocx"'),
    _ribbon("an icon that nobody has", "ribbon_image", '"AutoSum"', '"AutoSumme"'),
    _ribbon("a tab after one that is not there", "ribbon_place", '"TabHome"', '"TabHomeAccess"'),
    _ribbon("a tip that is too long", "ribbon_text", 'supertip="', 'supertip="' + "长" * 1024),
    _ribbon("an empty label", "ribbon_text", 'label="校验"', 'label=""'),
    _ribbon("the old namespace", "ribbon_namespace", "2009/07/customui", "2006/01/customui"),
    _ribbon("XML that breaks off", "not_well_formed", "</customUI>", ""),
    _ribbon("a macro that is not there", "callback_missing", "PyxlRibbon.OnCheck", "PyxlRibbon.OnChek"),
    _ribbon("a macro without its module", "callback_missing", "PyxlRibbon.OnCheck", "OnCheck"),
    _ribbon("a label that the table has not", "ribbon_differs_from_table", 'label="校验"', 'label="核对"'),
    _addin(
        "a button is missing",
        "ribbon_differs_from_table",
        _matched(RIBBON_PART, r'<button id="pyxl_guide".*?/>', ""),
    ),
    _addin("the ribbon is not there", "relation_without_target", _without(RIBBON_PART)),
    _addin(
        "nothing leads to the ribbon", "ribbon_not_related", _matched("_rels/.rels", r"<[^<]*customUI14.xml\"/>", "")
    ),
    _addin(
        "the ribbon is related as another thing", "ribbon_not_related", _changed("_rels/.rels", RIBBON_RELATION, "x")
    ),
    _addin(
        "the type of a workbook",
        "wrong_main_type",
        _changed(CONTENT_TYPES, MAIN_TYPES[ADDIN], MAIN_TYPES[MACRO_WORKBOOK]),
    ),
    _addin("the macros are not there", "relation_without_target", _without("xl/vbaProject.bin")),
    _addin(
        "the macros are rubbish", "macros_unreadable", _replaced("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"x" * 3000)
    ),
    _addin(
        "nothing leads to the macros",
        "macros_missing",
        _matched("xl/_rels/workbook.xml.rels", r"<[^<]*vbaProject.bin\"/>", ""),
    ),
    _addin("macros of no type", "part_without_type", _matched(CONTENT_TYPES, r"<Default Extension=\"bin\"[^>]*>", "")),
    _addin("a type for a part that is not there", "type_without_part", _changed(CONTENT_TYPES, "theme1", "theme2")),
    _addin("a file of no part", "relation_without_target", _without("xl/styles.xml"), "gate"),
    Variant("add-in: a damaged byte", ADDIN, _damaged, "integrity", "decompress"),
    Variant("add-in: a damaged byte, for the build", ADDIN, _damaged, "gate", "no_package"),
    Variant("plain workbook: it has macros", ".xlsx", macro_ledger, "gate", "macros_in_plain_workbook"),
    _vba("a callback under another name", "callback_missing", "PyxlRibbon", "Sub OnCheck", "Sub OnChecks"),
    _vba("a callback under another name, run", "check", "PyxlRibbon", "Sub OnCheck", "Sub OnChecks", "headless"),
    _vba(
        "a callback that takes nothing",
        "callback_signature",
        "PyxlRibbon",
        "OnCheck(control As IRibbonControl)",
        "OnCheck()",
    ),
    _vba(
        "a callback that takes a text",
        "callback_signature",
        "PyxlRibbon",
        "OnCheck(control As IRibbonControl)",
        "OnCheck(control As String)",
    ),
    _vba(
        "a callback that takes nothing, run",
        "check",
        "PyxlRibbon",
        "OnCheck(control As IRibbonControl)",
        "OnCheck()",
        "headless",
    ),
    _vba("a private callback", "callback_missing", "PyxlRibbon", "Public Sub OnCheck", "Private Sub OnCheck"),
    _vba("a Sub without its end", "procedure_not_closed", "PyxlRibbon", "End Sub\r\n", ""),
    _vba("a Sub without its end, run", "check", "PyxlRibbon", "End Sub\r\n", "", "headless"),
    _vba("an If without its end", "check", "PyxlLaunch", "    End If\r\n", "", "headless"),
    _vba("a member that is none", "check", "PyxlLaunch", "wsh.Run(", "wsh.Rum(", "headless"),
    _vba(
        "a function that is none",
        "check",
        "PyxlLaunch",
        "PyxlQuoted(PYXL_PROGRAM)",
        "PyxlQuote(PYXL_PROGRAM)",
        "headless",
    ),
    _vba("the button of another", "check", "PyxlRibbon", 'PyxlRun "check"', 'PyxlRun "totals"', "headless"),
    _vba("a line of drift", "module_differs", "PyxlLaunch", "' No Windows API", "' No API"),
    _vba("characters of Western Europe", "not_ascii", "PyxlLaunch", "' No Windows API", "' Pas d'API déclarée"),
    _vba("Chinese, which becomes question marks", "module_differs", "PyxlLaunch", "' No Windows API", "' 不用"),
    _vba(
        "a line too long for the editor",
        "line_too_long",
        "PyxlLaunch",
        "Option Explicit\r\n",
        "Option Explicit\r\n" + _LONG_LINE,
    ),
    _vba(
        "a line continued too often",
        "line_too_long",
        "PyxlLaunch",
        "    On Error GoTo",
        _CONTINUED + "    On Error GoTo",
    ),
    _vba("no Option Explicit", "not_explicit", "PyxlRibbon", "Option Explicit\r\n", ""),
    _vba(
        "a call into Windows", "declares_api", "PyxlRibbon", _SUB, 'Private Declare Sub S Lib "kernel32" ()\r\n' + _SUB
    ),
    Variant(
        "VBA: a module is missing",
        MACRO_WORKBOOK,
        lambda: _without_module("PyxlSentences"),
        "gate",
        "module_missing",
    ),
    Variant(
        "VBA: a callback in another module",
        MACRO_WORKBOOK,
        lambda: _callback_of_another_module(modules()),
        "gate",
        "callback_missing",
    ),
    _book(
        "another code name",
        "code_names",
        _changed("xl/worksheets/sheet1.xml", 'codeName="Sheet1"', 'codeName="SheetX"'),
    ),
    _book(
        "a code name twice",
        "code_names",
        _changed("xl/worksheets/sheet1.xml", 'codeName="Sheet1"', 'codeName="Sheet2"'),
    ),
    _book("no code name", "code_names", _changed("xl/workbook.xml", ' codeName="ThisWorkbook"', "")),
    _book(
        "a sheet's name twice",
        "duplicate_sheet",
        _changed("xl/workbook.xml", '<sheet name="党员名册"', '<sheet name="集中学习"'),
    ),
    _book("a sheet that is not there", "relation_without_target", _without(_SHEET)),
    _book("a name that leads nowhere", "dangling_name", _changed("xl/workbook.xml", "'选项'!$F$7", "'选择'!$F$7")),
    _book("a name whose cell is gone", "dangling_name", _changed("xl/workbook.xml", "'选项'!$F$7", "#REF!")),
    _book(
        "a name twice",
        "duplicate_name",
        _changed("xl/workbook.xml", 'definedName name="书记"', 'definedName name="年度"'),
    ),
    _book("a table's name twice", "duplicate_table_name", _changed(_TABLE, "集中学习", "党员大会")),
    _book("a table named as a name", "table_named_as_a_name", _changed(_TABLE, "集中学习", "书记")),
    _book("a table's id twice", "duplicate_table_id", _changed(_TABLE, ' id="2"', ' id="1"', 1)),
    _book("a header that differs from its column", "header_differs", _changed(_TABLE, 'name="地点"', 'name="地址"')),
    _book("a table a column too wide", "header_differs", _changed(_TABLE, 'ref="A3:Y203"', 'ref="A3:Z203"')),
    _book("two columns of one name", "table_column_twice", _changed(_TABLE, 'name="地点"', 'name="主题"')),
    _book("a column more than is counted", "table_column_count", _changed(_TABLE, 'count="25"', 'count="24"')),
    _book("a format that is not there", "style_out_of_range", _matched(_SHEET, r'(<c r="A3") s="\d+"', r'\1 s="9999"')),
    _book(
        "a text that is not there",
        "text_out_of_range",
        _matched(_SHEET, r"(<c r=\"[A-Z]1\"[^>]*t=\"s\"><v>)\d+", r"\g<1>99999"),
    ),
    _book(
        "a conditional format that is not there",
        "conditional_format_out_of_range",
        _matched("xl/worksheets/sheet5.xml", r'dxfId="\d+"', 'dxfId="999"'),
    ),
    _book("a chart that is not there", "relation_without_target", _without("xl/charts/chart1.xml")),
    _book(
        "elements in another order",
        "'pageMargins'",
        _matched(_SHEET, r"(<pageMargins[^>]*/>)(<pageSetup[^>]*/>)", r"\2\1"),
        "audit",
    ),
    _book("a validation of no kind", "type", _changed(_SHEET, 'type="whole"', 'type="entire"', 1), "audit"),
)
