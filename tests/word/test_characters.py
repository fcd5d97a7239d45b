"""Odd characters from a cell to the page: what python-docx and Writer read back is what was written."""

from __future__ import annotations

import io

import pytest
from docx import Document

from pyxl.core.summary import summarise
from tests.reports import CATALOGUE, ROWS, written
from tests.word.documents import a_report, a_template, our_template, rendered, texts
from tests.word.writer import saved_by_writer

LOOP = ("{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")
TEXTS = {
    "markup": "甲 & 乙 < 丙 > \"丁\" '戊' &amp; &lt;",
    "emoji": "先锋👍🏽岗🎉",
    "rare": "䶮𠮷㗊玥镕喆堃昇",
    "braces": "{{ 标题 }} {% if x %} {_{",
    "spaces": "  前后各两个空格  ",
    "ideographic space": "\u3000\u3000全角",
    "private": "\ue000与e\u0301与葛\U000e0100",
    "long": "长" * 39_998 + "终。",
    "newline": "第一行\n第二行",
    "quotes": "“甲”“乙‘丙’”",
    "underscore": "_x000D_与_x0041_",
}


@pytest.mark.parametrize("own", [True, False], ids=["our template", "a template of one's own"])
@pytest.mark.parametrize("name", TEXTS)
def test_what_python_docx_reads_is_what_was_written(tmp_path, name, own):
    template = our_template(tmp_path) if own else a_template(tmp_path, *LOOP)
    assert TEXTS[name] in texts(rendered(a_report(TEXTS[name]), template))


@pytest.mark.live
@pytest.mark.parametrize("own", [True, False], ids=["our template", "a template of one's own"])
def test_what_writer_reads_is_what_was_written(tmp_path, own):
    template = our_template(tmp_path) if own else a_template(tmp_path, *LOOP)
    document = tmp_path / "文.docx"
    document.write_bytes(rendered(a_report(*TEXTS.values()), template))
    folder = tmp_path / "writer"
    folder.mkdir()
    [plain] = saved_by_writer([document], folder, "txt")
    read = plain.read_text(encoding="utf-8-sig")
    assert [name for name, text in TEXTS.items() if text not in read] == []
    [again] = saved_by_writer([document], folder, "docx")
    kept = [paragraph.text for paragraph in Document(str(again)).paragraphs]
    # Writer has read _x000D_ as it is, see above, but spoils it in what it saves
    assert [name for name, text in TEXTS.items() if text not in kept] == ["underscore"]


CONTROLS = "甲\x0b乙\x01丙\ufffe丁"


def test_control_characters_are_taken_out_and_told_with_their_cell():
    rows = {key: [dict(row) for row in sheet] for key, sheet in ROWS.items()}
    rows["next_steps"][0]["measure"] = f"{CONTROLS}{rows['next_steps'][0]['measure']}"
    found = written(rows)
    [told] = [issue for issue in found.issues if issue.code == "control_characters"]
    assert told.where.sheet == "下步打算"
    assert told.where.cell == "C4"
    report = summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative,
        issues=found.issues, draft=False, sources=True,
    )  # fmt: skip
    from pyxl.assets import template_path

    document = Document(io.BytesIO(rendered(report, template_path())))
    whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "甲乙丙丁" in whole
    assert not set("\x0b\x01\ufffe") & set(whole)
