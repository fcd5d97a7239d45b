"""检查模板: what a click says of the file that was chosen; the dialog itself needs a window."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pyxl.errors import HostError
from pyxl.ribbon import templates
from pyxl.ribbon.click import Click
from tests.word.documents import a_template, our_template


@pytest.fixture
def clicked(monkeypatch):
    """A click in a program without a book, in whose dialog this file is chosen."""

    def click(chosen, app=None):
        asked = []
        monkeypatch.setattr("pyxl.excel.live.choosing.choose_file", lambda *words: asked.append(words[1:]) or chosen)
        answer = templates.check_chosen(Click(app or SimpleNamespace(), None, None, None))
        assert asked == [("请选择要检查的 Word 模板", None, ("Word 模板", "*.docx"))]
        return answer

    return click


def test_a_template_in_order_is_said_to_be_so_and_nothing_is_written(clicked, tmp_path):
    answer = clicked(our_template(tmp_path))
    assert (answer.code, answer.sentence, answer.following) == (0, "“模板.docx”可以用来生成总结。", "")
    assert answer.aloud
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def test_mistakes_are_read_out_and_stand_in_a_copy(clicked, tmp_path):
    answer = clicked(a_template(tmp_path, *["{{ 标提 }}", "甲"] * 9))
    lines = answer.following.splitlines()
    assert (answer.code, answer.sentence) == (1, "“自备模板.docx”有 9 处要改。")
    assert lines[0] == "1. 正文第1段「{{ 标提 }}」：没有“标提”这个名称。应为“标题”吗？"
    assert lines[5].startswith("6. ")
    assert lines[6:] == [
        "……另有 3 处，改好以上各处再检查一次。",
        "这个模板没有印出：标题、正文、署名、成文日期。",
        f"带批注的副本：{tmp_path / '自备模板_批注.docx'}",
    ]


def test_whoever_chooses_nothing_is_told_so(clicked):
    answer = clicked(None)
    assert (answer.code, answer.sentence, answer.aloud) == (0, "没有选择模板，没有检查。", False)


def test_without_a_running_program_there_is_no_dialog():
    with pytest.raises(HostError):
        templates.check_chosen(Click(None, None, None, None))


@pytest.mark.live
def test_a_click_in_libreoffice_asks_and_is_cancelled_without_a_window(office):
    assert office.click("template", None) == (0, "没有选择模板，没有检查。")
