from __future__ import annotations

import json
import re

import pytest

from pyxl.cli import main
from tests.word.documents import a_template, our_template


def said(capsys, *words):
    code = main(["template", *map(str, words)])
    return code, capsys.readouterr().out


def test_the_templates_are_listed_with_what_comes_next(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("PYXL_TEMPLATES", str(tmp_path))
    (tmp_path / "甲.docx").touch()
    code, told = said(capsys, "list")
    assert code == 0
    assert "半年工作总结.docx：一个支部的工作总结" in told
    assert f"您自己的模板（{tmp_path}）：\n  {tmp_path / '甲.docx'}\n" in told


def test_a_template_in_order_is_ready_for_use(capsys, tmp_path):
    path = our_template(tmp_path)
    code, told = said(capsys, "check", path)
    assert (code, told) == (0, f"“模板.docx”没有发现问题，可以用：pyxl report 台账.xlsx --template {path}\n")


def test_every_mistake_is_a_line_and_the_exit_code_says_so(capsys, tmp_path):
    code, told = said(capsys, "check", a_template(tmp_path, "{{ 标提 }}", "{% if 草稿 %}甲", header="｛｛ 署名 ｝｝"))
    assert code == 1
    assert told.splitlines() == [
        "“自备模板.docx”有 3 处要改：",
        "1. 正文第1段「{{ 标提 }}」：没有“标提”这个名称。应为“标题”吗？",
        "2. 正文第2段「{% if 草稿 %}甲」：“{% if 草稿 %}”开了头，后面没有对应的结束标记。",
        "3. 页眉「｛｛ 署名 ｝｝」：“｛｛ 署名 ｝｝”用了全角符号，会原样印出来或无法识别。应为“{{ 署名 }}”吗？",
        "这个模板没有印出：标题、正文、成文日期。",
        "请在 Word 或 WPS 里改好，保存后再检查一次。能用的写法：pyxl template fields",
    ]


def test_advice_does_not_keep_a_template_from_being_used(capsys, tmp_path):
    code, told = said(capsys, "check", a_template(tmp_path, "{{ 标题 }}{{ 标题 }}"))
    assert code == 0
    assert (
        "请再看看（不影响生成）：\n1. 正文第1段「{{ 标题 }}{{ 标题 }}」：“{{ 标题 }}”连着写了两次，会印两遍。" in told
    )
    assert "可以用：pyxl report" in told


def test_the_same_as_json(capsys, tmp_path):
    path = a_template(tmp_path, "{{ 标提 }}")
    code, told = said(capsys, "check", path, "--json", "--annotate")
    assert code == 1
    assert json.loads(told) == {
        "template": str(path),
        "problems": [
            {
                "code": "unknown_name",
                "where": "正文第1段",
                "paragraph": "{{ 标提 }}",
                "found": "标提",
                "message": "没有“标提”这个名称。应为“标题”吗？",
                "proposal": "标题",
            }
        ],
        "advice": [],
        "missing": ["标题", "正文", "署名", "成文日期"],
        "levels": [],
        "annotated": str(tmp_path / "自备模板_批注.docx"),
    }


@pytest.mark.parametrize("words", [["--annotate"], ["--annotate", "{folder}/甲.docx"]])
def test_a_copy_with_comments_is_named(capsys, tmp_path, words):
    named = [word.format(folder=tmp_path) for word in words]
    code, told = said(capsys, "check", a_template(tmp_path, "{{ 标提 }}"), *named)
    target = tmp_path / ("甲.docx" if len(words) > 1 else "自备模板_批注.docx")
    assert code == 1
    assert told.endswith(f"带批注的副本：{target}\n")
    assert target.is_file()


def test_a_file_of_somebody_else_stays_and_that_is_said(capsys, tmp_path):
    precious = tmp_path / "precious.docx"
    precious.write_bytes(b"x")
    code, told = said(capsys, "check", a_template(tmp_path, "{{ 标提 }}"), "--annotate", precious)
    assert (code, precious.read_bytes()) == (1, b"x")
    assert told.splitlines()[-2:] == [
        f"带批注的副本：{tmp_path / 'precious（2）.docx'}",
        "“precious.docx”不是本程序写的，或者写好后有人改过，没有动它，这次另取了名。",
    ]


def test_the_fields_are_those_of_the_list_for_reading(capsys):
    code, told = said(capsys, "fields")
    assert code == 0
    assert "  {{ 标题 }}　总结的标题\n" in told
    assert "  {{ 主题党日.次数 }}　主题党日：次数\n" in told
    assert '例如 {{ 集中学习.学习篇目 | 逐项("学习") }}' in told
    assert "`" not in told


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["check", "--help"], ["fields", "--help"]])
def test_the_help_pages_are_chinese(capsys, words):
    code, page = said(capsys, *words)
    assert code == 0
    assert page.startswith(("用法：pyxl template", "自己的 Word 模板"))
    assert (
        re.findall(
            r"[A-Za-z]{3,}",
            re.sub(
                r"--?[a-z-]+|pyxl [a-z ]+|PYXL_\w+|JSON|Word|docx|xlsx|list|check|fields|build|report|templates",
                "",
                page,
            ),
        )
        == []
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chek"], "没有“chek”这个命令。\n您要的是不是“check”？"),
        (["check"], "少写了“模板.docx”。"),
        (["check", "没有.docx"], "找不到模板“没有.docx”"),
    ],
)
def test_a_command_that_cannot_run_says_why(capsys, words, sentence):
    assert main(["template", *words]) == 2
    assert capsys.readouterr().err.startswith(sentence)
