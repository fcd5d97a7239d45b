"""What must not stand in a finished document is told at the cell that it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.model import Catalogue, ClauseForm
from pyxl.text import phrases
from tests.books import FIRST_ROW, address
from tests.narratives import SAMPLE, change, rows
from tests.reports import CATALOGUE, ROWS, sheet_wording, wording_cell, written

# ---- what comes from cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fragments"),
    [("{{ 党课.次数 }}", {"{{", "}}"}), ("{% for a in b %}", {"{%", "%}"}), ("学习*精神", {"*"}), ("学习××精神", {"××"}), ("主题待定", {"待定"}), ("{{ cycler.__init__ }}", {"{{", "}}", "__"})],
)  # fmt: skip
def test_malicious_or_unfinished_text_of_a_cell_stays_as_it_is_and_is_told_there(
    text: str, fragments: set[str]
) -> None:
    lectures = [dict(row) for row in ROWS["party_lecture"]]
    place = next(
        number for number, row in enumerate(lectures) if row["type"] == "专题党课" and row["date"] < date(2023, 7, 1)
    )  # type: ignore[operator]
    lectures[place]["title"] = text
    catalogue = without_rule("party_lecture", "topic_finished")
    found = written(rows(party_lecture=lectures), catalogue=catalogue)
    assert f"“{text}”" in found.text
    cell = f"党课!{address(CATALOGUE, 'party_lecture', place, 'title')}"
    residue = [f for f in found.narrative.issues if f.code == "text_residue"]
    assert {f.where.address for f in residue} == {cell}
    assert {f.found for f in residue} == fragments


def without_rule(activity: str, rule: str) -> Catalogue:
    changed = tuple(
        replace(each, checks=tuple(spec for spec in each.checks if spec.id != rule)) if each.key == activity else each
        for each in CATALOGUE.activities
    )
    return replace(CATALOGUE, activities=changed)


def test_an_unfinished_text_elsewhere_in_the_row_is_not_blamed() -> None:
    """Only the cell that is quoted; a star in the remarks is nobody's business here."""
    lectures = [{**row, "remarks": "见*号文件"} for row in ROWS["party_lecture"]]
    studies = [{**row, "remarks": "*"} for row in ROWS["group_study"]]
    assert written(rows(party_lecture=lectures, group_study=studies)).told() == []


@pytest.mark.parametrize("column", ["plan", "measure"])
def test_residue_in_a_row_written_out_is_told_at_its_cell(column: str) -> None:
    plans = [dict(row) for row in ROWS["next_steps"]]
    plans[1][column] = f"{plans[1][column]}*"
    catalogue = without_rule(
        "next_steps",
        next(spec.id for spec in CATALOGUE.activity("next_steps").checks if spec.check == "no_blanks_left"),
    )
    found = written(rows(next_steps=plans), catalogue=catalogue)
    assert found.told() == [("text_residue", f"下步打算!{address(CATALOGUE, 'next_steps', 1, column)}")]


def test_a_sign_too_many_in_a_cell_is_told_at_the_cell() -> None:
    """The wording ends a sentence before the measure; the measure begins with a sign."""
    plans = [dict(row) for row in ROWS["next_steps"]]
    plans[0]["measure"] = f"，{plans[0]['measure']}"
    found = written(rows(next_steps=plans))
    assert found.told() == [("text_residue", f"下步打算!{address(CATALOGUE, 'next_steps', 0, 'measure')}")]


@pytest.mark.parametrize("signs", ["。", "，", "；", "、", "。 ", " "])
def test_a_sign_that_ends_a_cell_is_not_said_twice(signs: str) -> None:
    """People end what they write; the wording goes on with signs of its own."""
    quoted = {"rectification": ("problem", "summary"), "next_steps": ("plan",), "party_lecture": ("title",)}
    ended = {
        activity: [{**row, **{key: f"{row[key]}{signs}" for key in keys if row.get(key)}} for row in ROWS[activity]]
        for activity, keys in quoted.items()
    }
    found = written(rows(**ended))
    assert found.told() == []
    assert found.text == SAMPLE.text
    assert found.ledger.rows("rectification")[0].text("problem").endswith(signs.strip())


def test_a_verb_that_stands_in_wording_and_cell_is_said_once() -> None:
    days = [{**row, "studied": ("党章", "学习《中国共产党纪律处分条例》")} for row in ROWS["theme_day"]]
    found = written(rows(theme_day=days))
    assert "学习党章，学习《中国共产党纪律处分条例》，" in found.text
    assert found.told() == []


def test_what_two_rows_say_in_two_ways_is_said_once() -> None:
    days = [dict(row) for row in ROWS["theme_day"]]
    days[0]["studied"], days[1]["studied"] = ("学习《党章》",), ("《党章》",)
    found = written(rows(theme_day=days))
    assert found.text.count("学习《党章》") == 1
    assert found.told() == []


def test_titles_that_stand_in_two_rows_are_named_once() -> None:
    studies = [dict(row) for row in ROWS["group_study"]]
    studies[0]["readings"], studies[1]["readings"] = "《甲》、《乙》", "《乙》"
    found = written(rows(group_study=studies))
    assert found.text.count("《乙》") == 1
    assert "集中学习了《甲》《乙》、" in found.text
    assert found.told() == []


@pytest.mark.parametrize(
    ("field", "value", "like"),
    [
        ("theme_short", "主题教育；", "主题教育"),
        ("theme_short", "主题教育。", "主题教育"),
        ("superior", "局党委的坚强领导下", "局党委"),
        ("superior", "局党委，", "局党委"),
        ("department", "机关党办的指导下", "机关党办"),
        ("short_name", "第一党支部。", "第一党支部"),
    ],
)
def test_what_a_cell_of_the_cover_says_beyond_a_name_is_not_said_twice(field: str, value: str, like: str) -> None:
    found = written(**{field: value})
    assert found.text == written(**{field: like}).text
    assert found.told() == []
    assert found.ledger.text(field) == value


def test_residue_of_the_cover_is_told_at_the_cover() -> None:
    found = written(short_name="*党支部")
    row = next(number for number, field in enumerate(CATALOGUE.cover, 1) if field.key == "short_name")
    assert found.told() == [("text_residue", f"基本信息!B{row}")]


def test_blank_cover_fields_leave_no_gap() -> None:
    found = written(theme=None, theme_short=None, superior=None, department=None)
    assert found.told() == []
    assert "在的" not in found.text
    assert "按照" not in found.text


# ---- whatever stands in the rows -------------------------------------------------------------------------------------------


TEXT = st.text(st.sampled_from("甲乙，。；：、“”《》{}%*×X0123次人【】\n _…！？Ab"), min_size=1, max_size=10)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, plan=TEXT, measure=TEXT, reading=TEXT, name=TEXT)
def test_any_text_in_any_cell_is_written_literally_or_told(
    title: str, plan: str, measure: str, reading: str, name: str
) -> None:
    lecture = {**ROWS["party_lecture"][0], "type": "专题党课", "title": title}
    found = written(
        {"roster": ROWS["roster"], "party_lecture": [lecture], "next_steps": [{"plan": plan, "measure": measure}],
         "group_study": [{**ROWS["group_study"][0], "readings": reading}]},
        short_name=name,
    )  # fmt: skip
    for paragraph in found.narrative.paragraphs:
        assert "\n" not in paragraph.text
    bad = re.findall(r"[*{}]|××|【", found.text)
    assert bool(bad) <= bool([f for f in found.issues if f.blocks])
    known = {row.sheet for row in found.ledger.all_rows()} | {
        "基本信息",
        "总结文字",
        *(a.label for a in CATALOGUE.activities),
    }
    assert {f.where.sheet for f in found.issues} <= known


def test_first_row_of_the_wording_is_where_the_books_put_it() -> None:
    assert wording_cell(sheet_wording(), "开头1", "key") == f"总结文字!A{FIRST_ROW}"
    assert set(phrases("words", "forms")) == set(ClauseForm)


# ---- numbers typed by hand ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("集中学习十五次。", ["十五次"]), ("召开两次会议。", ["两次"]), ("三十五名党员参加。", ["三十五名"]), ("一百零二人次参加。", ["一百零二人次"]),
        ("共8次、20余人。", ["8次", "20余人"]), ("到课率95.6％。", ["95.6％"]), ("到课率 95.6%。", ["95.6%"]), ("参加1,200人次。", ["1,200人次"]),
        ("学习第3次全会精神。", []), ("学习第 13 次会议精神。", []), ("学习第三次、第二十次全国代表大会精神。", []), ("一次次学习，进一步提高。", []),
        ("增强“四个意识”、做到“两个维护”，落实八项规定。", []), ("一名党员就是一面旗帜。", []), ("到6月15日为止。", []), ("学习二十大精神。", []),
    ],
)  # fmt: skip
def test_counts_typed_by_hand_are_told_as_they_stand(text: str, numbers: list[str]) -> None:
    found = written(wording=change("抓建设3", text=text))
    assert [f.found for f in found.narrative.issues if f.code == "number_by_hand"] == numbers


def test_no_wording_of_ours_holds_a_count_typed_by_hand() -> None:
    for clause in CATALOGUE.clauses:
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", clause.text)
        assert not re.search(phrases("words", "wording")["counted_by_hand"], plain), clause.key


def test_lines_typed_one_below_the_other_are_set_apart_in_the_text() -> None:
    plans = [{**row, "measure": "第一行\n第二行"} for row in ROWS["next_steps"][:1]]
    found = written(rows(next_steps=plans))
    assert "第一行，第二行。" in found.text
    assert found.told() == []


@pytest.mark.parametrize("text", ["*" * 20_000, "X" * 20_000, "".join(f"第{n} 次," for n in range(4000))])
def test_a_cell_full_of_leftovers_takes_no_longer_than_its_length(text: str) -> None:
    from time import perf_counter

    wording = change("抓建设3", text=f"{{{{ 单位.简称 }}}}{text}")
    start = perf_counter()
    found = written(wording=wording)
    assert perf_counter() - start < 5
    assert found.told()
