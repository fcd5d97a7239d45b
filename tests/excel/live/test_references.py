from __future__ import annotations

import pytest

from pyxl.excel.live.references import first_cell, is_built_in


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("=基本信息!$B$4", ("基本信息", 4, 2)),  # Excel
        ("='校验结果'!$A$4:$A$2003", ("校验结果", 4, 1)),
        ("='我''的 表'!$AA$10", ("我'的 表", 10, 27)),
        ("$基本信息.$B$4", ("基本信息", 4, 2)),  # LibreOffice
        ("$校验结果.$C$4:$C$2003", ("校验结果", 4, 3)),
        ("$'我''的 表'.$B$4", ("我'的 表", 4, 2)),
        ("$党员名册.$A$4:INDEX($党员名册.$A$4:$A$2003;3)", None),
        ("=3.5", None),
        ("=#REF!$A$1", None),
        ("=[别的.xlsx]表!$A$1", None),
        ("='C:\\[别的.xlsx]表'!$A$1", None),
        ("=SUM(表!$A$1)", None),
        ("", None),
    ],
)
def test_a_reference_leads_to_its_first_cell(written, place):
    assert first_cell(written) == place


@pytest.mark.parametrize("name", ["_xlnm.Print_Area", "Print_Titles", "_FilterDatabase"])
def test_names_that_programs_make_are_no_ones(name):
    assert is_built_in(name)
    assert not is_built_in("年度")
