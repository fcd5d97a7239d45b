"""What was written: blanks left standing, quotation marks, lengths, claims, and what has to be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("学习*讲话", "*"),
        ("XX同志先进事迹", "XX"),
        ("xx支部", "xx"),
        ("某月×日", "×"),
        ("××同志", "××"),
        ("时间待定", "待定"),
        ("学习{{主题}}", "{{"),
        ("学习【题目】", "【题目】"),
        ("学习【题目", "【题目"),
    ],
)
def test_blanks_left_standing_are_quoted(lab, text, fragment):
    lab.add(topic=text)
    (issue,) = lab.issues("no_blanks_left", ("topic",))
    assert (issue.code, issue.where.address, issue.params["fragment"]) == ("blank_left", "会议!D4", fragment)
    assert issue.found == text


@pytest.mark.parametrize("text", ["学习党章", "学习XML技术", "使用Excel台账", "学习《党章》（2022年修订）", "第一议题"])
def test_ordinary_text_is_no_blank(lab, text):
    lab.add(topic=text)
    assert lab.found("no_blanks_left", "topic") == []


@given(st.text(st.characters(codec="utf-8")))
def test_no_text_upsets_the_checks_of_texts(new_lab, text):
    lab = new_lab().add(topic=text, content=text, readings=(text,))
    for check in ("no_blanks_left", "no_own_quotes"):
        assert all(issue.where.row == 4 for issue in lab.issues(check, ("topic", "readings")))
    lab.issues("no_figure_without_value", ("content", "amount"))


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("“学习党章”", True),
        ("《党章》", True),
        ('"党章"', True),
        ("‘党章’", True),
        ("「党章」", True),
        ("“学习“党章”总纲”", True),
        ("“甲”和“乙”", False),
        ("《甲》《乙》", False),
        ('"甲"和"乙"', False),
        ("学习《党章》", False),
        ("《党章》总纲", False),
        ("“", False),
        ('"', False),
        ('""', True),
        ("“”甲”", False),
        ("“甲””", False),
        ("”党章“", False),
    ],
)
def test_only_marks_around_the_whole_text_are_too_many(lab, text, wrapped):
    lab.add(topic=text)
    assert (lab.found("no_own_quotes", "topic") == [("own_quotes", "error", "会议!D4")]) is wrapped


@given(st.text(min_size=1, max_size=80), st.integers(1, 60))
def test_short_and_long_meet_at_the_limit(new_lab, text, limit):
    lab = new_lab().add(content=text)
    length = len(text.strip())
    assert bool(lab.found("min_length", "content", length=limit)) is (0 < length < limit)
    assert bool(lab.found("max_length", "content", length=limit)) is (length > limit)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("办结率提升15%。", "提升15%"),
        ("差错率下降了百分之三", "下降了百分之三"),
        ("服务效率提高近 2.5 个百分点", "提高近 2.5 个百分点"),
        ("实现20%的增长", "20%的增长"),
        ("效率提升３０％", "提升３０％"),
        ("业务量增长2倍", "增长2倍"),
    ],
)
def test_a_claim_of_growth_needs_its_value(lab, text, fragment):
    lab.add(content=text).add(content=text, amount=15)
    (issue,) = lab.issues("no_figure_without_value", ("content", "amount"))
    assert (issue.where.address, issue.params["fragment"]) == ("会议!T4", fragment)
    assert "Q4" in issue.hint


@pytest.mark.parametrize("text", ["效率提升。全年出勤率95%", "覆盖率达到100%", "明显提高"])
def test_a_percentage_alone_is_no_claim_of_growth(lab, text):
    lab.add(content=text)
    assert lab.found("no_figure_without_value", "content", "amount") == []


def test_what_is_required_names_its_reason(lab):
    lab.add(leave=0, absent=2)
    (issue,) = lab.issues("required_when", ("absentees", "leave", "absent"))
    assert issue.message == "“缺席”填了“2”，“未到人员及原因”没有填写。"
    assert issue.hint == "请填写 K4，或者核对 J4。"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"form": "参观"}, "required_here"),
        ({"form": "座谈"}, None),
        ({"form": "参观", "group_name": "一组"}, None),
    ],
)
def test_a_target_alone_is_required_when_the_condition_holds(lab, values, code):
    lab.add(**values)
    found = lab.found("required_when", "group_name", when={"form": ["参观"]}, severity="warning")
    assert found == ([(code, "warning", "会议!P4")] if code else [])


def test_a_no_is_reason_enough_in_a_condition_but_not_as_a_column(lab):
    lab.add(fixed=False)
    (issue,) = lab.issues("required_when", ("group_name",), when={"fixed": ["否"]})
    assert issue.message == "“是否固定日”填了“否”，“党小组”没有填写。"
    assert lab.found("required_when", "group_name", "fixed") == []


def test_a_target_without_any_reason_is_simply_missing(lab):
    lab.add()
    found = lab.found("required_when", "group_name", unless={"form": ["参观"]}, severity="hint", code="required_here")
    assert found == [("required_missing", "hint", "会议!P4")]


def test_people_overlap_when_one_of_them_is_the_other(lab):
    lab.add(people=("甲", "乙"), host="乙").add(people=("甲",), host="乙")
    assert lab.found("differs", "people", "host") == [("same_as", "error", "会议!L4")]


def test_the_same_people_in_another_order_are_equal(lab):
    lab.add(people=("甲", "乙"), readings=("乙", "甲"))
    assert lab.found("equals", "people", "readings") == []


def test_what_is_discouraged_offers_the_other_choices(lab):
    lab.add(form="参观")
    (issue,) = lab.issues("discouraged", ("form",), values=["参观"])
    assert issue.hint.endswith("可以改为：座谈、讲授。")


def test_each_column_is_told_by_itself(lab):
    lab.add(topic="XX", content="待定", readings=("{{",))
    addresses = [address for _, _, address in lab.found("no_blanks_left", "topic", "content", "readings")]
    assert addresses == ["会议!D4", "会议!T4", "会议!M4"]


def test_what_was_typed_is_what_is_found(lab):
    from dataclasses import replace

    lab.add(present=25, due=20)
    (entry,) = lab.rows["meeting"]
    lab.rows["meeting"] = [replace(entry, typed={"present": "２５"})]
    (issue,) = lab.issues("not_greater", ("present", "due"))
    assert (issue.found, issue.params["value"]) == ("２５", "25")


def test_a_column_the_sheet_lacks_is_called_by_its_name(lab):
    from dataclasses import replace

    lab.add(leave=1, due=5, present=3)
    (entry,) = lab.rows["meeting"]
    lab.rows["meeting"] = [replace(entry, places={"due": 7, "present": 8})]
    (issue,) = lab.issues("required_when", ("absentees", "leave"))
    assert (issue.where.address, issue.found) == ("会议!4", "")
    assert issue.hint == "请填写 第 4 行的“未到人员及原因”，或者核对 第 4 行的“请假”。"
    (issue,) = lab.issues("sum_equals", ("due", "present", "leave", "absent"))
    assert issue.hint == "请核对 G4 与 H4、第 4 行的“请假”、第 4 行的“缺席”，合计应等于 G4。"
