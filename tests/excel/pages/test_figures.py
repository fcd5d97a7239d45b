from __future__ import annotations

from pyxl.catalogue.model import TotalKind
from pyxl.core.place import CellRef
from pyxl.core.totals import Figure
from pyxl.excel.pages.figures import FIGURE_COLUMNS, figures, status
from pyxl.excel.pages.layout import FiguresLayout
from pyxl.text import phrases
from tests.excel.pages.findings import changed
from tests.reports import CATALOGUE, ROWS, written


def line_of(**values):
    figure = Figure(
        **({"activity": "主题党日", "name": "次数", "value": 6, "rows": ("主题党日!4",), "unit": "次"} | values)
    )
    (line,) = figures([figure])
    return line


def test_a_count_is_a_number_with_its_unit_and_its_rows():
    rows = ("主题党日!5", "主题党日!4", "主题党日!6", "主题党日!9")
    line = line_of(rows=rows)
    assert line.cells == ("主题党日", "次数", 6, "次", "第4–6、9行", "查看")
    assert line.link == CellRef("主题党日", 4, 1)
    assert line.number_format == ""
    assert len(line.cells) == len(FIGURE_COLUMNS)
    assert set(FIGURE_COLUMNS) <= set(phrases("sheets", "figures"))


def test_a_rate_is_a_number_that_prints_as_in_the_document():
    formats = {
        value: line_of(value=value, unit="", kind=TotalKind.RATIO).number_format for value in (0.9559, 0.955, 0.95, 1.0)
    }
    assert formats == {0.9559: "0.00%", 0.955: "0.0%", 0.95: "0%", 1.0: "0%"}
    assert line_of(value=0.955, unit="", kind=TotalKind.RATIO).cells[2:4] == (0.955, None)


def test_what_is_no_number_stands_as_it_is_printed():
    def shown(value, kind):
        return line_of(value=value, kind=kind, unit="").cells[2]

    assert shown(("甲", "乙"), TotalKind.LIST) == "甲；乙"
    assert shown((3, 5), TotalKind.MONTHS_WITHOUT) == "3月、5月"
    assert shown((), TotalKind.MONTHS_WITHOUT) == "无"
    assert shown(None, TotalKind.MONTHS_WITHOUT) == "不适用"
    assert shown(None, TotalKind.RATIO) == "无法计算"


def test_a_figure_without_rows_leads_nowhere():
    line = line_of(value=0, rows=())
    assert line.cells[2:] == (0, "次", "无", None)
    assert line.link is None


def test_the_first_row_named_is_the_one_that_the_link_leads_to_whatever_the_order():
    assert line_of(rows=("党课!9", "党课!7", "主题党日!4")).link == CellRef("党课", 7, 1)


def test_there_is_a_line_for_every_figure_of_the_catalogue_and_room_for_each():
    lines = figures(written().totals)
    layout = FiguresLayout(CATALOGUE)
    assert len(lines) == layout.last - layout.first + 1 > 100
    assert [line.cells[:2] for line in lines] == [(a.label, t.label) for a in CATALOGUE.activities for t in a.totals]
    assert sum(isinstance(line.cells[2], int | float) for line in lines) > 90


def test_the_status_says_which_period_and_what_became_of_the_rows():
    assert status(None).startswith("点“汇总”后")
    assert status(written().verdict) == "2023年上半年，截至 2023-06-30：计入 102 行，未计入 4 行。"
    wrong = status(written(changed("theme_day", 2, present=40)).verdict)
    assert wrong.startswith("2023年上半年，截至 2023-06-30：计入 101 行，未计入 4 行；有错误的 1 行没有计入")


def test_the_status_says_which_rows_the_live_formulas_did_not_see():
    """They take no text for a date; Python does, where it can be read."""
    texts = changed("theme_day", 2, date="2023.3.17")
    texts["rectification"] = [
        {**row, "raised": row["raised"].strftime("%Y年%m月%d日")} for row in ROWS["rectification"]
    ]
    rows, texts["heart_to_heart_talk"] = len(texts["rectification"]), [{**ROWS["heart_to_heart_talk"][0], "date": ""}]
    verdict = written(texts).verdict
    assert len(verdict.text_dated) == rows + 1
    assert status(verdict).endswith(
        f"上面的表里没有算进日期写成文字的 {rows + 1} 行，改成 2023-5-10 的样子后就一致了。"
    )
    assert "写成文字" not in status(verdict, live=False)


def test_a_text_date_of_a_row_that_does_not_count_or_of_another_column_is_not_told():
    texts = changed("theme_day", 2, date="2023.3.17", state="草稿")
    texts["rectification"] = [{**row, "deadline": "2023.12.20"} for row in ROWS["rectification"]]
    verdict = written(texts).verdict
    assert verdict.text_dated == ()
    assert "写成文字" not in status(verdict)


def test_a_list_is_no_longer_than_a_cell_takes():
    (line,) = figures(
        [Figure("集中学习", "主题清单", ("长" * 20_000, "短" * 20_000), ("集中学习!4",), kind=TotalKind.LIST)]
    )
    value = line.cells[2]
    assert isinstance(value, str)
    assert len(value) == 32_767
    assert value.endswith("短…")
