"""What our catalogue must hold, and how a folder is laid over it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from pyxl.catalogue.loader import load_catalogue, read_catalogue
from pyxl.catalogue.model import Catalogue, Column, ColumnType, PeriodRule, Severity, TotalKind
from pyxl.core.checks import verify
from pyxl.errors import CatalogueError, CatalogueProblem
from pyxl.text import phrases
from tests.catalogues import NEW_TYPE, OURS, overlay

# ---- ours -----------------------------------------------------------------------------------------------


def test_ours_has_no_mistake() -> None:
    assert read_catalogue()[1] == []
    assert verify(OURS) == []


def test_ours_holds_every_sheet_of_the_brief_in_its_order() -> None:
    expected = (
        "党员名册 集中学习 党员大会 支委会 党小组会 党课 主题党日 组织生活会 民主评议党员 谈心谈话 意识形态与党风廉政 "
        "党建业务融合 队伍建设 发展党员 问题整改 下步打算"
    )
    assert {activity.label for activity in OURS.activities} == set(expected.split())
    assert OURS.activities[0].key == "roster"


def test_common_columns_have_their_fixed_labels() -> None:
    columns = {column.key: column.label for column in OURS.activity("theme_day").columns}
    expected = {
        "date": "日期", "start_time": "开始时间", "end_time": "结束时间", "place": "地点", "topic": "主题",
        "host": "主持人", "recorder": "记录人", "due": "应到", "present": "实到", "leave": "请假", "absent": "缺席",
        "absentees": "未到人员及原因", "observers": "列席", "content": "主要内容", "link": "关联编号", "state": "状态",
        "evidence": "佐证", "remarks": "备注",
    }  # fmt: skip
    assert expected.items() <= columns.items()
    order = list(columns)
    assert order.index("observers") < order.index("steps") < order.index("content") < order.index("state")


def test_every_activity_is_complete() -> None:
    for activity in OURS.activities:
        assert activity.has("state"), activity.key
        assert activity.purpose
        count = next(total for total in activity.totals if total.label == "次数")
        assert count.kind is TotalKind.COUNT
        assert not count.where
        if activity.period_rule in (PeriodRule.WITHIN, PeriodRule.UNTIL):
            dating = activity.column(activity.date)
            assert dating.type is ColumnType.DATE
            assert dating.required, f"{activity.key}: a row without a date would count in every period"


def test_every_rule_has_a_basis_and_off_means_off() -> None:
    for activity in OURS.activities:
        for spec in activity.checks:
            assert spec.basis.strip(), (activity.key, spec.id)
    assert all(spec.severity is not Severity.OFF for _, spec in OURS.rules())


def test_labels_are_identifiers_in_their_own_normal_form() -> None:
    """Jinja does not normalise names: 第１次 is not 第1次."""
    labels = [activity.label for activity in OURS.activities]
    labels += [total.label for activity in OURS.activities for total in activity.totals]
    labels += [field.label for field in OURS.cover]
    for label in labels:
        assert label.isidentifier(), label
        assert unicodedata.normalize("NFKC", label) == label
        assert len(label) <= 31


def test_no_two_headers_of_a_sheet_can_be_taken_for_each_other() -> None:
    from pyxl.excel.headers import plain

    for activity in OURS.activities:
        names = [plain(name) for column in activity.columns for name in (column.label, *column.aliases)]
        assert len(names) == len(set(names)), activity.key


def test_no_two_sheets_can_be_taken_for_each_other() -> None:
    names = [re.sub(r"\s", "", name) for a in OURS.activities for name in (a.label, *a.aliases)]
    names += phrases("words", "sheets").values()
    assert len(names) == len(set(names))


def test_private_columns_reach_no_figure() -> None:
    for activity in OURS.activities:
        for total in activity.totals:
            if total.kind is TotalKind.LIST:
                assert not any(activity.column(key).private for key in total.columns)


def test_choices_of_a_conditions_column_exist() -> None:
    """A condition on a choice that nobody can choose never holds."""
    for activity in OURS.activities:
        for total in activity.totals:
            for key, values in total.where.items():
                column: Column = activity.column(key)
                if column.choices and not column.open:
                    assert set(values) - {"*", ""} <= set(column.choices), (activity.key, total.key)


def test_our_folder_is_read_in_any_order_of_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.glob
    monkeypatch.setattr(Path, "glob", lambda self, pattern: sorted(original(self, pattern), reverse=True))
    again = load_catalogue()
    assert again == OURS


# ---- a folder laid over ours ----------------------------------------------------------------------------------


def test_an_overlay_changes_one_attribute_and_leaves_the_rest(tmp_path: Path) -> None:
    changed = load_catalogue(
        overlay(
            tmp_path,
            activities__theme_day="""
                key = "theme_day"
                [[checks]]
                id = "held_monthly"
                severity = "error"
                [[columns]]
                key = "steps"
                choices = ["集中学习", "志愿服务"]
                [[columns]]
                key = "present"
                hint = "数人头。"
                [[totals]]
                key = "discussions"
                label = "研讨场次"
            """,
        )
    )
    before, after = OURS.activity("theme_day"), changed.activity("theme_day")
    spec = next(spec for spec in after.checks if spec.id == "held_monthly")
    original = next(spec for spec in before.checks if spec.id == "held_monthly")
    assert spec.severity is Severity.ERROR
    assert (spec.check, spec.basis, spec.params) == (original.check, original.basis, original.params)
    assert [column.key for column in after.columns] == [column.key for column in before.columns]
    assert after.column("steps").choices == ("集中学习", "志愿服务")
    assert after.column("steps").label == "环节"
    assert after.column("present").hint == "数人头。"
    assert after.column("present").required
    assert {total.label for total in after.totals} ^ {total.label for total in before.totals} == {
        "研讨场次",
        "交流研讨次数",
    }
    untouched = [activity for activity in changed.activities if activity.key != "theme_day"]
    assert untouched == [activity for activity in OURS.activities if activity.key != "theme_day"]


def test_a_group_changed_by_an_overlay_changes_all_that_include_it(tmp_path: Path) -> None:
    text = '[[groups.meeting.checks]]\nid = "one_a_day"\nseverity = "off"\n'
    changed = load_catalogue(overlay(tmp_path, common=text))

    def held(catalogue: Catalogue) -> set[str]:
        return {activity.key for activity, spec in catalogue.rules() if spec.id == "one_a_day"}

    assert len(held(OURS)) > 5
    assert held(changed) == {"team_building"}, "it has a rule of its own, of the same name"


def test_an_overlay_changes_wording_cover_and_sections_by_key(tmp_path: Path) -> None:
    changed = load_catalogue(
        overlay(
            tmp_path,
            outline="""
                [[sections]]
                key = "problems"
                title = "存在的问题"
                [[clauses]]
                key = "抓建设3"
                text = "加强领导。"
            """,
            cover='[[fields]]\nkey = "department"\ndefault = "组织部"\n',
        )
    )
    clause = next(clause for clause in changed.clauses if clause.key == "抓建设3")
    original = next(clause for clause in OURS.clauses if clause.key == "抓建设3")
    assert clause.text == "加强领导。"
    assert (clause.section, clause.form, clause.order) == (original.section, original.form, original.order)
    assert [section.key for section in changed.sections] == [section.key for section in OURS.sections]
    assert next(s for s in changed.sections if s.key == "problems").title == "存在的问题"
    field = next(field for field in changed.cover if field.key == "department")
    assert (field.label, field.default) == ("指导部门", "组织部")


@pytest.mark.parametrize("place", ["volunteering", "activities__volunteering", "activities__anything"])
def test_one_file_adds_an_activity_type(tmp_path: Path, place: str) -> None:
    changed = load_catalogue(overlay(tmp_path, **{place: NEW_TYPE}))
    new = changed.by_label["志愿服务"]
    assert [column.key for column in new.columns[:2]] == ["date", "start_time"]
    assert [column.key for column in new.columns[-3:]] == ["state", "evidence", "remarks"]
    assert {"次数", "服务总时长", "出勤率"} <= {total.label for total in new.totals}
    assert [clause.activity for clause in changed.clauses if clause.key == "志愿服务1"] == ["volunteering"]
    order = [activity.label for activity in changed.activities]
    assert order.index("主题党日") < order.index("志愿服务") < order.index("组织生活会")
    assert verify(changed) == []


def test_later_overlays_lie_on_earlier_ones(tmp_path: Path) -> None:
    first = overlay(tmp_path / "a", activities__theme_day='key = "theme_day"\nmeasure = "场"\npurpose = "甲"\n')
    second = overlay(tmp_path / "b", activities__theme_day='key = "theme_day"\nmeasure = "回"\n')
    activity = load_catalogue(first, second).activity("theme_day")
    assert (activity.measure, activity.purpose) == ("回", "甲")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    folder = overlay(tmp_path, activities__volunteering=b"\xef\xbb\xbf" + NEW_TYPE.encode())
    assert "志愿服务" in load_catalogue(folder).by_label


# ---- a folder that is none ------------------------------------------------------------------------------


def said(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.code == "catalogue_folder_broken"
    assert "重新安装" not in caught.value.hint
    return caught.value.message.splitlines()


def test_a_missing_folder_is_said_to_be_missing(tmp_path) -> None:
    assert said(tmp_path / "无此") == ["活动目录有 1 处错误：", f"  {tmp_path / '无此'} · 没有这个文件夹"]


def test_a_file_is_no_folder(tmp_path) -> None:
    path = overlay(tmp_path, theme_day='key = "theme_day"') / "theme_day.toml"
    assert said(path)[1] == f"  {path} · 这是文件，不是文件夹，请写它所在的文件夹"


def test_an_empty_folder_is_said_to_be_empty(tmp_path) -> None:
    (tmp_path / "说明.txt").touch()
    (line,) = said(tmp_path)[1:]
    assert line.startswith(f"  {tmp_path} · 文件夹里没有 .toml 文件")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('key = "a"\nlabel = 乙', "第 2 行第 9 列"),
        ('key = "a"\nkey = "b"\n', "第 2 行第 10 列"),
        ('key = "a"\nkey = "b"', "读到文件末尾还读不懂"),
        ('key = ["a",', "读到文件末尾还读不懂"),
        (f"key = {'9' * 5000}", "不是合格的 TOML"),
    ],
)
def test_what_is_wrong_with_toml_is_said_in_chinese(tmp_path, text, reason) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    line = said(tmp_path)[1]
    assert reason in line
    assert re.findall(r"[a-zA-Z]{2,}", line.replace("a.toml", "").replace("TOML", "")) == []


def test_only_our_own_catalogue_is_mended_by_installing_again() -> None:
    assert "重新安装" in CatalogueError([CatalogueProblem("a.toml", "", "x")], own=True).hint
