"""Chinese text in a narrow column: nothing lost, nothing too wide, no sign where it may not stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pyxl.cli.lines import broken, fitted

texts = st.text(alphabet="请核对这一格的人数，。；“”（）AB12!% ", max_size=60)


@given(texts, st.integers(8, 40))
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    lines = broken(text, width, cell_len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_a_line_does_not_begin_with_what_closes_nor_end_with_what_opens():
    lines = broken("基本信息里的“是否设支委会”没有填写。请填写 B14；还不能确定的，先在“状态”列填“草稿”。", 20, cell_len)
    assert len(lines) > 2
    assert all(line[0] not in "，。；”" and line[-1] not in "“（" for line in lines)
    assert any("B14" in line for line in lines), "a cell's name stays whole"


@given(st.lists(st.integers(1, 80), min_size=1, max_size=6), st.integers(20, 120))
def test_columns_share_the_room_and_the_widest_give_way(widths, room):
    fitting = fitted(widths, room)
    assert all(new <= old for new, old in zip(fitting, widths, strict=True))
    assert sum(fitting) <= max(room, 6 * len(widths))
    assert sum(widths) > room or fitting == widths
