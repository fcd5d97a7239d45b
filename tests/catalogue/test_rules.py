"""Every mistake of a catalogue is told at once, with its file and its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyxl.catalogue.loader import OWN_FOLDER, load_catalogue, read_catalogue
from pyxl.errors import CatalogueError
from tests.catalogues import NEW_TYPE, mistakes, overlay, reasons, told


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = overlay(
        tmp_path,
        broken="key = \n",
        latin="label = 主题".encode("gbk"),
        activities__volunteering=NEW_TYPE + '\ncolour = "red"\n',
        outline='[[clauses]]\nkey = "新句"\nsection = "nowhere"\nform = "sentence"\ntext = "好。"\n',
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    found = {(problem.file, problem.key) for problem in caught.value.problems}
    assert found == {
        ("broken.toml", ""),
        ("latin.toml", ""),
        ("volunteering.toml", "volunteering.clauses[志愿服务1].colour"),
        ("outline.toml", "clauses[新句].section"),
    }
    assert caught.value.exit_code == 2


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    _, problems = read_catalogue(tmp_path / "没有")
    assert [(problem.file, problem.reason) for problem in problems] == [
        (str(tmp_path / "没有"), told("folder_missing"))
    ]


def new_type(**changes: str) -> str:
    """NEW_TYPE with whole lines replaced: key of the line → the new line."""
    lines = NEW_TYPE.split("\n")
    for key, line in changes.items():
        place = next(number for number, each in enumerate(lines) if each.startswith(f"{key} = "))
        lines[place] = line
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("志愿　服务", "bad_label"),
        ("志愿 服务", "bad_label"),
        ("第１次服务", "bad_label"),
        ("党课（微党课）", "bad_label"),
        ("1对1", "bad_label"),
        ("党费-收缴", "bad_label"),
        ("_服务", "bad_label"),
        ("and", "bad_label"),
        ("True", "bad_label"),
        ("true", "bad_label"),
        ("AB12", "bad_sheet_name"),
        ("R1C1", "bad_sheet_name"),
        ("服" * 32, "bad_sheet_name"),
        ("基本信息", "reserved_label"),
        ("单位", "reserved_label"),
        ("行", "reserved_label"),
        ("本期年份", "reserved_label"),
        ("汇总明细", "reserved_label"),
        ("选项", "reserved_label"),
        ("选项_12", "reserved_label"),
        ("Print_Area", "reserved_label"),
    ],
)
def test_a_bad_label_is_told(tmp_path: Path, label: str, reason: str) -> None:
    text = new_type(label=f'label = "{label}"').replace("志愿服务.次数", "主题党日.次数")
    folder = overlay(tmp_path, activities__volunteering=text)
    assert reasons(folder, "volunteering.toml", "volunteering.label") == [told(reason, value=label)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (new_type(key='key = "Volunteering"'), "Volunteering.key"),
        (new_type(purpose="purpose = 3"), "volunteering.purpose"),
        (new_type(order='order = "后面"'), "volunteering.order"),
        (new_type(include='include = "meeting"'), "volunteering.include"),
        (new_type(include='include = ["meeting", "record", "feast"]'), "volunteering.include"),
        (new_type(include='include = ["meeting"]'), "volunteering.include"),
        (NEW_TYPE.replace("order = 65", 'order = 65\nkind = "feast"'), "volunteering.kind"),
        (NEW_TYPE.replace("order = 65", 'order = 65\nin_matrix = "yes"'), "volunteering.in_matrix"),
        (NEW_TYPE.replace("order = 65", 'order = 65\nperiod_rule = "sometimes"'), "volunteering.period_rule"),
        (NEW_TYPE.replace("order = 65", 'order = 65\nperiod_rule = "named"'), "volunteering.period_rule"),
        (NEW_TYPE.replace("order = 65", 'order = 65\ndate = "day"'), "volunteering.date"),
        (NEW_TYPE.replace("order = 65", 'order = 65\ndate = "topic"'), "volunteering.date"),
        (NEW_TYPE.replace("[[totals]]", '[[columns]]\nkey = "date"\nrequired = false\n[[totals]]'), "volunteering.date"),
        (NEW_TYPE.replace("order = 65", 'order = 65\ncolour = "red"'), "volunteering.colour"),
        (new_type(type='type = "number"'), "volunteering.columns[hours_served].type"),
        (new_type(type='type = "choice"'), "volunteering.columns[hours_served].choices"),
        (new_type(type='type = "choice"\nchoices = ["一", "一"]'), "volunteering.columns[hours_served].choices"),
        (new_type(type='type = "decimal"\nmaximum = "八"'), "volunteering.columns[hours_served].maximum"),
        (NEW_TYPE.replace('"服务时长"', '" 服务时长"'), "volunteering.columns[hours_served].label"),
        (NEW_TYPE.replace('"服务时长"', '"服务时长（小时）"'), "volunteering.columns[hours_served].label"),
        (NEW_TYPE.replace('"服务时长"', '"主题"'), "volunteering.columns"),
        (NEW_TYPE.replace('"服务时长"', '"服务时长"\naliases = ["活动主题"]'), "volunteering.columns"),
        (new_type(columns='columns = ["minutes"]'), "volunteering.totals[hours].columns"),
        (new_type(columns='columns = ["topic"]'), "volunteering.totals[hours].columns"),
        (new_type(columns='columns = ["due", "present"]'), "volunteering.totals[hours].columns"),
        (new_type(columns='columns = ["hours_served"]\nwhere = { place = "三楼", feast = ["是"] }'), "volunteering.totals[hours].where"),
        (new_type(columns='columns = ["hours_served"]\nwhere = { state = ["以核"] }'), "volunteering.totals[hours].where.state"),
        (new_type(columns='columns = ["hours_served"]\nwhere = { place = [3] }'), "volunteering.totals[hours].where.place"),
        (new_type(columns='columns = ["hours_served"]\nwhere = "是"'), "volunteering.totals[hours].where"),
        (NEW_TYPE.replace('"服务总时长"', '"服务总时长（小时）"'), "volunteering.totals[hours].label"),
        (NEW_TYPE.replace('"服务总时长"', '"出勤率"'), "volunteering.totals"),
        (NEW_TYPE.replace('kind = "sum"\ncolumns = ["hours_served"]', 'kind = "list"\ncolumns = ["host"]'), "volunteering.totals[hours].columns"),
        (new_type(form='form = "poem"'), "volunteering.clauses[志愿服务1].form"),
        (NEW_TYPE + '\n[[checks]]\nid = "x"\ncheck = "not_greater"\nseverity = "error"\ncolumns = ["present", "due"]\n', "volunteering.checks[x].basis"),
        (NEW_TYPE + '\n[[checks]]\nid = "x"\ncheck = "not_greater"\nseverity = "grave"\nbasis = "甲"\ncolumns = ["present", "due"]\n', "volunteering.checks[x].severity"),
        (NEW_TYPE + '\n[[checks]]\nid = "x"\ncheck = "not_greater"\nbasis = "甲"\ncolumns = ["present", "due"]\n', "volunteering.checks[x].severity"),
        (NEW_TYPE + '\n[[checks]]\nid = "x"\ncheck = "not_greater"\nseverity = "error"\nbasis = "甲"\ncolumns = ["present", "owed"]\n', "volunteering.checks[x].columns"),
        (NEW_TYPE + '\n[[checks]]\nid = "x"\nseverity = "error"\nbasis = "甲"\n', "volunteering.checks[x].check"),
        (NEW_TYPE.replace('[[columns]]\nkey = "hours_served"', '[[columns]]\nlabel = "空"\n[[columns]]\nkey = "hours_served"'), "volunteering.columns[1].key"),
        (NEW_TYPE.replace("[[totals]]", '[[columns]]\nkey = "hours_served"\nwidth = 9\n[[totals]]'), "columns"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    found = mistakes(overlay(tmp_path, activities__volunteering=text))
    assert ("volunteering.toml", key) in found
    assert {file for file, _ in found} <= {"volunteering.toml", "catalogue.toml"}


def test_what_only_a_repetition_shows_is_told(tmp_path: Path) -> None:
    """Two tables of one name in one file would silently be laid over each other."""
    twice = (
        '[[checks]]\nid = "x"\ncheck = "not_greater"\ncolumns = ["present", "due"]\nseverity = "error"\nbasis = "甲"\n'
    )
    folder = overlay(tmp_path, activities__theme_day=f'key = "theme_day"\n{twice}{twice}')
    assert reasons(folder, "theme_day.toml", "checks") == [told("repeated", value="x")]


def test_two_files_of_one_folder_may_not_claim_one_key(tmp_path: Path) -> None:
    folder = overlay(tmp_path, activities__a=NEW_TYPE, activities__b=NEW_TYPE)
    assert ("b.toml", "key") in mistakes(folder)


@pytest.mark.parametrize("label", ["主题党日", "党日活动", "年度主题"])
def test_a_label_that_is_taken_is_told(tmp_path: Path, label: str) -> None:
    """By another sheet, as another name of one, or by a cell of the cover: they share one space of names."""
    text = new_type(label=f'label = "{label}"').replace("志愿服务.次数", "主题党日.次数")
    found = read_catalogue(overlay(tmp_path, activities__volunteering=text))[1]
    assert told("repeated", value=label) in {problem.reason for problem in found}


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("outline", '[[section]]\nkey = "x"\n', "outline.section"),
        ("outline", '[[sections]]\nkey = "x"\nlabel = "甲"\nlevel = 3\n', "outline.sections[x].level"),
        ("outline", '[[sections]]\nkey = "x"\nlabel = "存在问题"\n', "catalogue.sections"),
        ("outline", '[[clauses]]\nkey = "x"\nsection = "work"\nform = "each"\ntext = "好。"\n', "clauses[x].form"),
        ("outline", '[[clauses]]\nkey = "x"\nsection = "work"\nform = "each"\nactivity = "feast"\ntext = "好。"\n', "clauses[x].activity"),
        ("outline", '[[clauses]]\nkey = "x"\nsection = "work"\nform = "each"\nactivity = "theme_day"\nwhere = { mood = ["好"] }\ntext = "好。"\n', "clauses[x].where"),
        ("outline", '[[clauses]]\nkey = "x"\nsection = "work"\ntext = "好。"\n', "outline.clauses[x].form"),
        ("outline", 'verbs = "讲"\n', "outline.verbs"),
        ("outline", "clauses = 3\n", "outline.clauses"),
        ("cover", '[[fields]]\nkey = "phone"\nlabel = "联系 电话"\n', "cover.fields[phone].label"),
        ("cover", '[[fields]]\nkey = "phone"\nlabel = "A1"\n', "cover.fields[phone].label"),
        ("cover", '[[fields]]\nkey = "phone"\nlabel = "联系电话"\ntype = "choice"\n', "cover.fields[phone].choices"),
        ("cover", '[[fields]]\nkey = "phone"\nlabel = "联系电话"\nmaximum = 3\n', "cover.fields[phone].maximum"),
        ("cover", '[[field]]\nkey = "phone"\n', "cover.field"),
        ("wording", '[[columns]]\nkey = "text"\nwide = 3\n', "wording.columns[text].wide"),
        ("common", "[group.meeting]\n", "common.group"),
        ("common", "groups = 3\n", "common.groups"),
        ("common", "[groups]\nmeeting = 3\n", "common.groups.meeting"),
        ("common", '[groups.feast]\ncolumn = "x"\n', "common.groups.feast.column"),
        ("common", '[[groups.meeting.columns]]\nkey = "due"\ncolour = "red"\n', "common.groups.meeting.columns[due].colour"),
        ("catalogue", "version = 2\n", "catalogue.version"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_shared_file_is_told_there(tmp_path: Path, file: str, text: str, key: str) -> None:
    found = mistakes(overlay(tmp_path, **{file: text}))
    expected = "catalogue.toml" if key.startswith("catalogue.") else f"{file}.toml"
    assert (expected, key) in found


def test_a_mistake_in_a_group_is_told_once_and_not_for_every_sheet(tmp_path: Path) -> None:
    folder = overlay(tmp_path, common='[[groups.meeting.columns]]\nkey = "absent"\ncolour = "red"\n')
    assert mistakes(folder) == {("common.toml", "common.groups.meeting.columns[absent].colour")}


@pytest.mark.parametrize("value", ['"abc"', "3", '["甲"]', "{ a = 1 }", "[]", "[[]]"])
@pytest.mark.parametrize("key", ["columns", "checks", "totals", "clauses", "include", "aliases"])
def test_nonsense_is_a_mistake_and_never_an_accident(tmp_path: Path, key: str, value: str) -> None:
    text = f'key = "volunteering"\nlabel = "志愿服务"\npurpose = "服务。"\n{key} = {value}\n'
    _, problems = read_catalogue(overlay(tmp_path, activities__volunteering=text))
    assert problems  # at least the column of states is missing
    _, problems = read_catalogue(
        overlay(tmp_path / "over", activities__theme_day=f'key = "theme_day"\n{key} = {value}\n')
    )
    assert problems or value == "[]" or (key == "aliases" and value == '["甲"]')


def test_an_overlay_may_not_be_our_own_mistake() -> None:
    """The folder beside the loader is the catalogue that the tests above are about."""
    assert (OWN_FOLDER / "activities" / "theme_day.toml").is_file()


def test_a_header_is_no_longer_than_a_tables_column_may_be_called(tmp_path: Path) -> None:
    text = NEW_TYPE.replace('label = "服务时长"', f'label = "{"长" * 256}"', 1)
    folder = overlay(tmp_path, activities__volunteering=text)
    assert told("long_label", most=255) in [problem.reason for problem in read_catalogue(folder)[1]]


def test_a_cover_field_that_would_take_a_name_of_ours_is_told(tmp_path: Path) -> None:
    text = '[[fields]]\nkey = "checked"\nlabel = "校验时间"\ntype = "text"\nhint = "何时校验。"\n'
    reasons_ = [problem.reason for problem in read_catalogue(overlay(tmp_path, cover=text))[1]]
    assert told("reserved_label", value="校验时间") in reasons_


SETTLEMENT = """
[settlement]
column = "progress"
values = ["已完成"]
date = "done"
before = "整改中"
known = ["done"]
"""


@pytest.mark.parametrize(
    ("changed", "by", "key"),
    [
        ('"progress"', '"place"', "rectification.settlement"),
        ('"done"\nbefore', '"problem"\nbefore', "rectification.settlement.date"),
        ('"done"\nbefore', '"day"\nbefore', "rectification.settlement"),
        ('["done"]', '["result"]', "rectification.settlement"),
        ('["已完成"]', '["办结"]', "rectification.settlement.progress"),
        ('"整改中"', '"在办"', "rectification.settlement.progress"),
        ('"整改中"', '"整改中"\nuntil = "后来"', "rectification.settlement.until"),
    ],
)
def test_a_row_is_settled_by_a_choice_and_a_day_that_are_there(tmp_path, changed, by, key):
    text = 'key = "rectification"\n' + SETTLEMENT.replace(changed, by, 1)
    assert mistakes(overlay(tmp_path, activities__rectification=text)) == {("rectification.toml", key)}


def test_what_takes_place_on_a_day_is_not_settled_later(tmp_path):
    text = 'key = "group_study"\n' + SETTLEMENT
    found = mistakes(overlay(tmp_path, activities__group_study=text))
    assert ("group_study.toml", "group_study.settlement") in found
