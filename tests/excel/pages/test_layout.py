from __future__ import annotations

import pytest

from pyxl.core.place import CellRef
from pyxl.excel.building.layout import SummaryLayout
from pyxl.excel.pages.figures import FIGURE_COLUMNS, figures
from pyxl.excel.pages.layout import FiguresLayout, PreviewLayout, ResultsLayout
from pyxl.excel.pages.preview import PREVIEW_COLUMNS
from pyxl.excel.pages.results import RESULT_COLUMNS
from tests.excel.building.built import CATALOGUE, blank_bytes, filled_bytes, opened
from tests.reports import written

LAYOUTS = (ResultsLayout(), FiguresLayout(CATALOGUE), PreviewLayout())


def test_the_pages_stand_where_their_layouts_say():
    book = opened(blank_bytes())
    results, figures_, preview = LAYOUTS
    assert [cell.value for cell in book[results.name][results.header]] == [
        "级别", "表", "单元格", "填的是", "问题", "怎么改",
    ]  # fmt: skip
    header = [book[figures_.name].cell(figures_.header, first).value for first, _ in figures_.spans]
    assert header == ["活动", "指标", "数", "单位", "依据的行", "跳转"]
    assert [cell.value for cell in book[preview.name][preview.header]] == ["总结正文", "依据的行", "跳转", "类别"]


def test_every_page_has_as_many_columns_as_its_lines():
    results, figures_, preview = LAYOUTS
    assert results.columns == len(results.widths) == len(RESULT_COLUMNS)
    assert len(figures_.spans) == len(figures_.widths) == len(FIGURE_COLUMNS)
    assert preview.columns == len(preview.widths) == len(PREVIEW_COLUMNS)


def test_the_status_cells_bear_names():
    names = opened(blank_bytes()).defined_names
    results, figures_, preview = LAYOUTS
    expected = {
        "校验状态": results.status, "校验时间": results.time, "汇总状态": figures_.status, "预览状态": preview.status,
    }  # fmt: skip
    for name, cell in expected.items():
        ((sheet, place),) = names[name].destinations
        assert CellRef(sheet, *opened_place(place)) == cell


def opened_place(place):
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, row = coordinate_from_string(place.replace("$", ""))
    return row, column_index_from_string(letters)


def test_the_figures_take_the_whole_width_of_the_summary_below_its_chart():
    layout, summary = FiguresLayout(CATALOGUE), SummaryLayout(CATALOGUE)
    assert layout.title > summary.end + 10
    places = [place for first, last in layout.spans for place in range(first, last + 1)]
    assert places == list(range(1, summary.columns + 1))
    assert sum(layout.widths) == pytest.approx(sum(summary.widths))


def test_the_chart_ends_above_the_figures():
    sheet = opened(filled_bytes())["半年汇总"]
    (chart,) = sheet._charts
    assert chart.anchor.to.row + 1 <= SummaryLayout(CATALOGUE).chart_end


def test_room_for_results_grows_with_them():
    assert ResultsLayout().last == ResultsLayout(250).last == 303
    assert ResultsLayout(1000).last == 1053


def test_a_long_list_gets_a_line_as_high_as_it_needs():
    layout = FiguresLayout(CATALOGUE)
    heights = {line.cells[:2]: layout.height(line) for line in figures(written().totals)}
    assert heights["主题党日", "次数"] == 22
    assert heights["集中学习", "主题清单"] > 80


def test_where_nobody_writes_later_there_is_room_for_the_results_only():
    lasts = [ResultsLayout(count, spare=False).last for count in (0, 1, 25)]
    assert lasts == [4, 4, 28]
