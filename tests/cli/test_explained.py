"""What `pyxl explain` says, and which code it ends with."""

from __future__ import annotations

import json

import pytest

from pyxl.cli import main
from tests.documented import change


def said(capsys, *words: object, code: int = 0) -> list[str]:
    assert main(["explain", *map(str, words)]) == code
    return capsys.readouterr().out.splitlines()


def test_every_number_stands_on_a_line_with_its_rows(both, capsys):
    lines = said(capsys, both[1])
    assert lines[1:4] == [
        "集中学习.次数：12次（文中：12），依据：第4–15行",
        "党员大会.次数：3次（文中：3），依据：第4–6行",
        "支委会.次数：7次（文中：7），依据：第4–10行",
    ]
    assert lines[-1] == f"与台账“{both[0].name}”一致，没有改过。"
    assert len(lines) == 1 + 11 + 1


def test_one_number_is_told_row_by_row(both, capsys):
    lines = said(capsys, both[1], "--number", "支委会．次数")
    assert lines[1:4] == [
        "支委会.次数：7次",
        "文中写作“7”（书签 支委会_次数）",
        "  支委会第4行：2023-01-05，研究2023年支部工作要点和发展对象人选",
    ]
    assert len(lines) == 3 + 7 + 1
    assert lines[-1] == f"与台账“{both[0].name}”一致，这个数依据的行没有改过。"


def test_a_changed_ledger_ends_with_1_and_names_the_rows(both, capsys):
    ledger, document = both
    change(ledger, "支委会", (6, "主题", "改过的议题"), (9, "状态", "草稿"))
    lines = said(capsys, document, code=1)
    assert lines[-4:] == [
        f"台账“{ledger.name}”后来改过，1 个数受影响：",
        "支委会.次数：文件生成时是 7次，现在台账里是 6次",
        "  改动：第6行",
        "  还在，但不再计入：第9行",
    ]
    lines = said(capsys, document, "--number", "支委会.次数", code=1)
    assert lines[-2:] == [
        "  改动：支委会第6行：2023-03-09，专题研究意识形态工作（现在是：2023-03-09，改过的议题）",
        "  还在，但不再计入：支委会第9行：2023-06-08，专题研究党风廉政建设工作",
    ]


def test_a_change_that_touches_no_number_ends_with_1_too(both, capsys):
    ledger, document = both
    change(ledger, "谈心谈话", (4, "地点", "别处"))
    lines = said(capsys, document, code=1)
    assert lines[-1] == f"台账“{ledger.name}”后来改过，但这里的数和它们依据的行都没有变。"
    assert said(capsys, document, "--number", "支委会.次数")[-1].startswith("与台账")


def test_without_a_ledger_it_says_that_nothing_was_compared(both, capsys):
    ledger, document = both
    ledger.unlink()
    line = said(capsys, document)[-1]
    assert line == f"没有与台账比较：总结旁边没有“{ledger.name}”。要比较，加 --ledger 台账.xlsx。"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"PK\x03\x04", "已损坏"), (b"x", "不是 Word 文档"), (None, "找不到文件")],
)
def test_what_cannot_be_explained_ends_with_2_and_a_sentence(content, sentence, tmp_path, capsys):
    path = tmp_path / "别的.docx"
    if content is not None:
        path.write_bytes(content)
    assert main(["explain", str(path)]) == 2
    assert sentence in capsys.readouterr().err


def test_json_holds_all_of_it(both, capsys):
    ledger, document = both
    change(ledger, "支委会", (6, "主题", "改过的议题"))
    told = json.loads("\n".join(said(capsys, document, "--number", "支委会.次数", "--json", code=1)))
    assert (told["unit"], told["period"], told["ledger"]) == ("云溪市档案馆第一党支部", "2023H1", ledger.name)
    assert told["compared"]["changed"] is told["changed"] is True
    (number,) = told["numbers"]
    assert (number["name"], number["value"], number["now"]) == ("支委会.次数", "7次", "7次")
    assert number["places"] == [{"bookmark": "支委会_次数", "printed": "7", "text": "7"}]
    assert [row["state"] for row in number["rows"]] == ["same", "same", "changed", *["same"] * 4]
    assert number["rows"][2]["cells"]["主题"] == "专题研究意识形态工作"
    ledger.unlink()
    told = json.loads("\n".join(said(capsys, document, "--json")))
    assert (told["compared"], told["changed"]) == (None, None)
    assert {row["state"] for number in told["numbers"] for row in number["rows"]} == {None}
