"""Formulas in Excel's words and in LibreOffice's."""

from __future__ import annotations

import pytest

from pyxl.hosts.libreoffice.formulas import from_office, to_office

BOTH_WAYS = [
    ("=SUM(A1,B2)", "=SUM(A1;B2)"),
    ("=SUM(A:A)", "=SUM(A:A)"),
    ("=INDEX(A1:B2,,1)", "=INDEX(A1:B2;;1)"),
    ("=主题党日!$D$7", "=$主题党日.$D$7"),
    ("=SUM(主题党日!A1:B2)", "=SUM($主题党日.A1:B2)"),
    ("=SUM(主题党日!1:2)", "=SUM($主题党日.1:2)"),
    ("='My Sheet'!A1", "=$'My Sheet'.A1"),
    ("='It''s'!A1&\"'\"", "=$'It''s'.A1&\"'\""),
    ("=COUNTIF('2024年'!A:A,\">1\")", "=COUNTIF($'2024年'.A:A;\">1\")"),
    ('=IF(A1>1,"a,b;c!",TRUE)', '=IF(A1>1;"a,b;c!";TRUE())'),
    ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
    ("={TRUE,FALSE}", "={TRUE;FALSE}"),
    ("=SUM((A1,B2),C3)", "=SUM((A1~B2);C3)"),
    ("=#N/A+#REF!+#DIV/0!", "=#N/A+#REF!+#DIV/0!"),
    ("=SUM(明细表[金额])", "=SUM(明细表[金额])"),
    ("=SUM(明细表[#All])", "=SUM(明细表[[#All]])"),
    ("=明细表[@金额]*2", "=明细表[[#This Row];[金额]]*2"),
    ("=明细表[@[实到 人数]]", "=明细表[[#This Row];[实到 人数]]"),
    ("=SUM(明细表[[#Headers],[#Data],[金额]])", "=SUM(明细表[[#Headers];[#Data];[金额]])"),
    ("=SUM(明细表[[甲]:[乙]])", "=SUM(明细表[[甲]:[乙]])"),
    ('=HYPERLINK("#\'主题党日\'!D7","D7")', '=HYPERLINK("#\'主题党日\'!D7";"D7")'),
    ("=T.TEST(A1,B1)", "=T.TEST(A1;B1)"),
    ("=1.5*A1", "=1.5*A1"),
    ("=CEILING(A1,2)", "=CEILING.XCL(A1;2)"),
    ("=PDURATION(1,2,3)", "=DURATION(1;2;3)"),
    ("=DURATION(1,2,3,4)", "=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETDURATION(1;2;3;4)"),
    ("=FORMULATEXT(A1)", "=FORMULA(A1)"),
]


@pytest.mark.parametrize(("excel", "office"), BOTH_WAYS)
def test_a_formula_says_the_same_in_both_words(excel, office):
    assert (to_office(excel), from_office(office)) == (office, excel)


@pytest.mark.parametrize(
    ("excel", "office"),
    [
        ("=_xlfn.IFS(A1,1)", "=IFS(A1;1)"),
        ("=_xlfn._xlws.SORT(A1)", "=SORT(A1)"),
        ("=if(true,1)", "=if(TRUE();1)"),
        ("=TRUE()", "=TRUE()"),
        ("='主题党日'!A1", "=$'主题党日'.A1"),
        ("=明细表[@]", "=明细表[[#This Row]]"),
        ("Sheet1!$A$1:$B$2,Sheet2!A1", "$Sheet1.$A$1:$B$2~$Sheet2.A1"),
    ],
)
def test_what_may_be_written_in_more_than_one_way(excel, office):
    assert to_office(excel) == office


@pytest.mark.parametrize(
    ("office", "excel"),
    [
        ("=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETEDATE(A1;1)", "=EDATE(A1,1)"),
        ("=xlookup(1;A:A)", "=XLOOKUP(1,A:A)"),
        ("=$A1.A1", "='A1'!A1"),
        ("=$2024年.A1", "='2024年'!A1"),
        ("=Sheet2.A1", "=Sheet2!A1"),
        ("=A1:C3!B2:D4", "=A1:C3 B2:D4"),
        ("=明细表[[#This Row]]", "=明细表[@]"),
    ],
)
def test_what_libreoffice_alone_writes_this_way(office, excel):
    assert from_office(office) == excel


@pytest.mark.parametrize("text", ['"="', '"A1,B1;{TRUE}"', '"He said ""yes, $a.A1"""', '"工作!A1"'])
def test_a_text_within_a_formula_stays_as_it_is(text):
    assert to_office(f"=A1&{text}") == from_office(f"=A1&{text}") == f"=A1&{text}"
