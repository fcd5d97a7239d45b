"""全年总结 and 季度小结 read as such: their own outline, their own names of time, nothing that no row says."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl.core.summary import report_name
from tests.narratives import headings, section
from tests.reports import ROWS, Written, written
from tests.whole_year import YEAR_COVER, year_rows

YEAR = written(year_rows(), cover=YEAR_COVER)
SIGNED = {"as_of": None, "signed_on": None}


def quarter(name: str) -> Written:
    return written(year_rows(), cover=YEAR_COVER, period=name, **SIGNED)


def test_the_year_is_called_a_year_from_the_title_to_the_plans():
    assert report_name(YEAR.ledger, YEAR.verdict) == "云溪市档案馆第一党支部2023年工作总结"
    assert YEAR.text.startswith("2023年，第一党支部在党委的坚强领导下，")
    assert headings(YEAR) == [
        "一、全年党建工作开展情况",
        "（一）强思想，党员理论水平和政治素养持续提高",
        "（二）强支部，党组织的规范性和战斗力持续提高",
        "（三）严活动，党组织的吸引力和凝聚力持续增强",
        "（四）抓建设，阵地意识和党员意识持续增强",
        "二、存在问题",
        "三、明年工作打算",
    ]
    assert section(YEAR, "严活动")[0].startswith("一年来，严格组织主题党日活动，共开展13次，")
    assert section(YEAR, "存在问题")[0].startswith("回顾一年来的工作，")
    assert section(YEAR, "明年工作打算")[0].startswith(
        "新的一年，支部要认真学习贯彻党中央、市委和上级党委部署要求，巩固深化"
    )
    assert not [word for word in ("上半年", "下半年", "半年来", "季度") if word in YEAR.text]


def test_the_duties_of_a_year_are_named_with_their_figures():
    text = section(YEAR, "强支部")[0]
    talks = len(year_rows()["heart_to_heart_talk"])
    assert f"全年共开展谈心谈话{talks}次，覆盖19人。" in text
    assert "三是重评议。开展民主评议党员1次，参评党员17名，其中评定为优秀等次5名。" in text
    assert "四是抓整改。全年列入整改的问题5项，完成整改2项，其余3项正在持续推进。" in text
    assert "六是优结构。全年接收预备党员1名，办理预备党员转正1名。" in text
    figures = {(f.activity, f.name) for p in YEAR.narrative.paragraphs if text == p.text for f in p.figures}
    assert {("谈心谈话", "谈话对象数"), ("民主评议党员", "参评人次"), ("问题整改", "未完成数")} <= figures


@pytest.mark.parametrize("left_out", ["heart_to_heart_talk", "democratic_appraisal", "rectification", "development"])
def test_a_duty_without_a_row_is_not_claimed(left_out):
    found = written({**year_rows(), left_out: []}, cover=YEAR_COVER)
    word = {"heart_to_heart_talk": "开展谈心谈话", "democratic_appraisal": "评议", "rectification": "抓整改",
            "development": "优结构"}[left_out]  # fmt: skip
    assert word in YEAR.text
    assert word not in found.text
    assert "是。" not in found.text


def test_two_appraisals_count_heads_twice_and_say_so():
    first = ROWS["democratic_appraisal"][0]
    rows = {
        **year_rows(),
        "democratic_appraisal": [first, {**first, "date": date(2023, 12, 15), "topic": "2023年度评议"}],
    }
    text = written(rows, cover=YEAR_COVER).text
    assert "重评议。开展民主评议党员2次，共参评34人次。" in text


def test_the_year_is_held_to_the_duties_of_a_year():
    codes = {found.code for found in written({**year_rows(), "organisational_life": []}, cover=YEAR_COVER).issues}
    assert "not_held_this_year" in codes
    assert "not_held_this_year" not in {found.code for found in YEAR.issues}
    half = written({**ROWS, "organisational_life": []})
    assert "not_held_this_year" not in {found.code for found in half.issues}
    months = [each.where.sheet for each in YEAR.issues if each.code == "month_without_meeting"]
    assert "支委会" not in months


@pytest.mark.parametrize(
    ("name", "until", "following"),
    [
        ("第一季度", 3, "第二季度"),
        ("第二季度", 6, "第三季度"),
        ("第三季度", 9, "第四季度"),
        ("第四季度", 12, "明年第一季度"),
    ],
)
def test_a_quarter_is_short_what_was_done_and_what_is_next(name, until, following):
    rows = year_rows()
    rows["next_steps"] = [{**row, "for_period": None, "deadline": None} for row in ROWS["next_steps"]]
    found = written(rows, cover=YEAR_COVER, period=name, **SIGNED)
    assert report_name(found.ledger, found.verdict) == f"云溪市档案馆第一党支部2023年{name}工作小结"
    assert headings(found) == [f"一、{name}工作开展情况", "二、下一步工作打算"]
    assert found.text.startswith(f"2023年{name}，第一党支部在党委的坚强领导下，")
    plans = section(found, "下一步")
    assert plans[0] == f"{following}，支部要认真落实上级党组织部署要求，重点做好以下工作："
    assert plans[1] == "一是坚持推进政治理论学习走深走实。"
    assert len(plans) == 5
    assert len(found.text) < 700
    held = found.totals.get("支委会", "次数")
    assert all(int(ref.partition("!")[2]) for ref in held.rows)
    assert f"支委会{held.value}次" in found.text
    assert found.verdict.as_of.month == until
    assert not [word for word in ("半年", "全年", "一年") if word in found.text]


def test_a_quarter_says_one_thing_after_the_other():
    (found,) = section(quarter("第二季度"), "工作开展情况")
    assert found == (
        "一是抓学习。组织集中学习6次，学习了习近平新时代中国特色社会主义思想主题教育第一、第二、第三专题学习材料，"
        "讲党课3次。二是抓组织生活。召开党员大会2次、支委会4次、党小组会6次、组织生活会1次，开展主题党日活动3次、"
        "谈心谈话11次。三是抓队伍。开展队伍建设活动2次，接收预备党员1名，办理预备党员转正1名。四是抓作风。开展意识形态和"
        "党风廉政建设工作2次。五是抓融合。推进党建业务融合项目2个。六是抓整改。第二季度列入整改的问题5项，已完成整改2项，"
        "尚未完成3项。"
    )


def test_a_quarter_in_which_nobody_learned_for_it_does_not_claim_the_campaign():
    assert "主题教育" not in quarter("第一季度").text
    assert (
        "深入开展学习贯彻习近平新时代中国特色社会主义思想主题教育，扎实做好支部各项工作。" in quarter("第二季度").text
    )


def test_a_quarter_without_anything_says_nothing_of_it():
    found = written({"roster": ROWS["roster"]}, cover=YEAR_COVER, period="第三季度", **SIGNED)
    assert headings(found) == []
