"""Nothing is torn apart where a line or a page ends: titles, dates, numbers, totals, signatures, as LibreOffice sets them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pyxl.core.document import Block, UnitLine
from pyxl.core.slips import Slip, SlipLine
from pyxl.word.layout import broken_title
from pyxl.word.slip import slip_document
from tests.fonts import converted
from tests.word.documents import a_report, our_template, rendered
from tests.word.test_prepared import UNIT_NAMES, UPPER_TEMPLATE
from tests.word.test_rendering import pages

pytestmark = pytest.mark.live

LONG = "云溪市自然资源和规划局不动产登记中心离退休干部及流动党员临时联合第三党支部委员会综合办公室"


@pytest.mark.parametrize(
    "unit", ["党委", "云溪市机关党委", "云溪市机关党工委", "云溪市第12党支部", LONG[:19], LONG[:29], LONG[:40]]
)
def test_title_name_and_date_leave_no_character_alone(tmp_path, unit):
    title = f"{unit}2023年上半年工作情况汇总"
    document = tmp_path / "总结.docx"
    document.write_bytes(rendered(a_report("文。", title=title, unit=unit), our_template(tmp_path)))
    (lines,) = pages(converted(document, tmp_path))
    assert lines[: lines.index("文。")] == broken_title(title, unit).split("\n")
    *name, date = lines[lines.index("文。") + 1 : -1]
    assert date == "2023年6月30日"
    assert "".join(name) == unit
    assert min(map(len, name)) >= min(len(unit), 10)


def test_numbers_stay_whole_wherever_the_line_ends(tmp_path):
    sentence = "召开党小组会72次、查找问题18项，开展主题党日活动143次。"
    blocks = tuple(Block("body", "甲" * shift + sentence) for shift in range(30))
    document = tmp_path / "总结.docx"
    document.write_bytes(rendered(a_report(blocks=blocks), our_template(tmp_path)))
    lines = [line for page in pages(converted(document, tmp_path)) for line in page if not line.startswith("—")]
    ends = [(line[-1].isdigit(), after[0].isdigit()) for line, after in pairwise(lines)]
    assert (True, True) not in ends
    assert ends.count((True, False)) + ends.count((False, True)) > 4


def table_pages(folder, count: int) -> list[list[str]]:
    """The pages with a table of so many units, and of all together."""
    counts = dict.fromkeys(UNIT_NAMES, 3)
    units = tuple(UnitLine(n, "", f"云溪市第{n:02}党支部", 1, 9, 2, "", counts) for n in range(1, count + 1))
    document = folder / f"汇总{count}.docx"
    report = a_report("文", units=units, whole=UnitLine(None, "", "", None, 9, 2, "", counts))
    document.write_bytes(rendered(report, UPPER_TEMPLATE))
    return [
        page
        for page in pages(converted(document, folder))
        if any("云溪市第" in line or "合计" in line for line in page)
    ]


def test_what_sums_a_table_up_never_stands_alone_on_a_page(tmp_path):
    first, *_ = table_pages(tmp_path, 40)
    full = sum("云溪市第" in line for line in first)
    assert 10 < full < 40
    before, last = table_pages(tmp_path, full)  # so many units fill the page to its end
    assert f"云溪市第{full:02}党支" not in "".join(before)
    assert f"云溪市第{full:02}党支" in "".join(last)
    assert [line for line in last if line.startswith("合计")] == ["合计33333329"]


@pytest.mark.parametrize("count", [6, 7, 8])
def test_the_signature_of_a_slip_never_stands_on_a_page_without_text(tmp_path, count):
    lines = (SlipLine("must", "主题党日", "9", "实到", "“实到”没有填写。", "请填写第9行“实到”。"),) * count
    slip = Slip("returned", "甲支部", "B1", "2023年上半年", "甲.xlsx", "有 1 处错误", "请改台账。", lines)
    document = tmp_path / "退回单.docx"
    document.write_bytes(slip_document(slip, "云溪市机关党委"))
    last = pages(converted(document, tmp_path))[-1]
    assert last.index("云溪市机关党委") > 0
    assert last[last.index("云溪市机关党委") - 1] == "请于年月日前报来。"
