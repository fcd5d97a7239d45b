"""That nothing but our own sheets is written is a matter of the code's shape, too."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pyxl
from pyxl.excel.live.writing import _shielded

PACKAGE = Path(pyxl.__file__).parent
SOURCES = [*(PACKAGE / "excel" / "live").rglob("*.py"), *(PACKAGE / "ribbon").rglob("*.py")]
# What changes cells: xlwings' attributes when assigned to, and methods of xlwings, COM and UNO when called.
ASSIGNED = {"value", "raw_value", "formula", "formula2", "formula_array", "Value", "Value2", "Formula", "String"}
CALLED = {
    "setDataArray",
    "setFormulaArray",
    "setString",
    "setFormula",
    "setValue",
    "insertTextContent",
    "clear_contents",
}
CALLED |= {"ClearContents", "clearContents", "add_hyperlink", "add_note", "delete", "insert", "paste"}
SINGLY = {"setFormula", "setString", "setValue"}  # in a book that LibreOffice has opened for reading only
WRITERS = {"changing.py": {"raw_value", "setFormulaArray", "clearContents", "ClearContents"} | SINGLY}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_cells_are_changed_in_one_place_only(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign):
            found |= {each.attr for each in node.targets if isinstance(each, ast.Attribute) and each.attr in ASSIGNED}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLED:
            found.add(node.func.attr)
    assert found <= WRITERS.get(path.name, set())


def test_hands_are_given_out_by_the_guarded_sheet_only():
    """Whoever changes a sheet has gone through OwnSheet, which refuses all but ours."""
    users = {path.name for path in SOURCES if re.search(r"\bhand_of\b", path.read_text(encoding="utf-8"))}
    assert users == {"hand.py", "writing.py"}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'撇号", "''撇号"),
        ("007", "'007"),
        ("2023-5-1", "'2023-5-1"),
        ("", None),
        (None, None),
        (17, 17),
        (0.5, 0.5),
        ("x" * 8_000, "'" + "x" * 8_000),
        ("x" * 40_000, "'" + "x" * 8_000 + "…"),
    ],
)
def test_texts_stay_texts(given, written):
    assert _shielded(given) == written
