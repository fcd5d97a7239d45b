"""The rows of a consolidated workbook: as high as their texts need, since no program sees to that when it opens the file."""

from __future__ import annotations

import re
import zlib

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.travelling import travelling
from pyxl.excel.building.band import column_width
from pyxl.excel.building.fitting import lines_about, lines_needed, room_in
from pyxl.excel.consolidating.formats import entry_formats
from pyxl.excel.consolidating.fragment import piece

CATALOGUE, STYLES = travelling(load_catalogue()), entry_formats()


def heights(key, *rows):
    made = piece(rows, CATALOGUE.activity(key), STYLES)
    text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(made.data).decode()
    assert text.count("<row") == len(rows)
    assert "customHeight" not in text
    return [float(height) for height in re.findall('<row ht="([0-9.]+)">', text)]


def test_a_row_is_as_high_as_its_longest_text_needs():
    """主要内容 is 36 digits wide: 19 Chinese characters."""
    rows = [{"content": "字" * count} for count in (0, 19, 20, 39, 59, 2000)]
    assert heights("group_study", *rows) == [34, 34, 38, 55, 72, 409]


def test_every_kind_of_text_counts_and_nothing_else():
    assert heights("group_study", {"readings": ("甲" * 20, "乙" * 20)})[0] > 38
    assert heights("group_study", {"reporting_unit": "云溪市自然资源和规划局不动产登记中心离退休干部第三党支部"}) == [
        55
    ]
    assert heights("theme_day", {"steps": ("集中学习", "志愿服务", "参观见学", "重温誓词")})[0] > 38
    assert heights("group_study", {"content": "一\n二\n三\n四"}) == [72]
    assert heights("group_study", {"content": "\ud800" * 50}) == [55]  # what no file can hold, but a reader may find
    assert heights("group_study", {"date": None, "attending": 17, "hours": 1.5}) == [34]


TEXTS = [
    "", "字", "a", "传达学习贯彻习近平总书记重要讲话精神" * 9, "abc def " * 40, "2023年6月5日，“两学一做”——" * 7, "一\n\n二" * 5,
    "甲\n" + "乙" * 90, "《关于新形势下党内政治生活的若干准则》" * 4,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [8.0, 12.0, 22.0, 36.0, 60.0])
def test_the_quick_count_of_lines_is_the_exact_one(text, width):
    quick, exact = lines_about(text, room_in(width)), lines_needed(text, width)
    assert abs(max(quick, 1) - exact) <= int(text.isascii())  # letters that just fill their lines may differ by one


def test_columns_are_measured_as_wide_as_they_are():
    for activity in CATALOGUE.activities:
        for column in activity.columns:
            if column.type == "longtext":
                room = int((column_width(column) - 1) / 1.8)
                assert heights(activity.key, {column.key: "字" * room}, {column.key: "字" * (2 * room + 2)}) == [34, 55]
