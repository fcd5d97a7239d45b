"""What the gate lets through and what it stops: good official Chinese that looks like a blank, and blanks."""

from __future__ import annotations

import pytest

from pyxl.core import grammar
from tests.narratives import change, each, rows
from tests.reports import CATALOGUE, ROWS, sheet_wording, wording_cell, written

GOOD = """\
接待定点单位管理不够规范
等待定级的档案较多
招待定额执行不严
看待定点帮扶工作的态度不够积极
对待定期谈心谈话制度不够重视
期待定向培养的干部尽快成长
优待定补对象的政策宣传不够
新录用人员尚待定岗
专业技术职务有待定级
档案价值有待定性
成品油待定价机制研究
X光机设备管理不到位
每年X光检查的组织还不及时
全体党员参加X射线防护培训
一名X光技师调离后岗位空缺
联系3个X光室开展走访
型号为X5的扫描仪已经启用
基因X染色体科普讲座
采用ISO9001和X.509标准
完成X-2023项目的归档
学习强国App、Excel、Linux操作培训
落实Xi’an论坛精神
“5×24小时”服务机制不断健全
“7×24小时”值班制度落实到位
参加4×100米接力赛
库房新增密集架10×8列
推行“党建×业务”工作法
打造“党建×科技”“党建×人才”品牌
实施“党建×项目”“党建×场景”行动
探索“党建×名师”培养模式
对不合格的一律画“×”
群众需求还没有做到了了如指掌
大家受了了不起的先进事迹鼓舞
整改不能不了了之
对业务规定不甚了了
为了了解群众需求，深入一线调研
除了了解情况，还现场解决问题
一次性了了却群众心愿
有目的的学习还不够
标的的价格核定不够及时
有的的士司机反映停车难
形势的的确确发生了变化
填补了制度空白
消除党员教育空白点
党史、国史、改革开放史等等
印发若干措施、若干意见
某些党员学习不够主动
对某一问题开展专题研讨
（一）学习党章；（二）交流研讨
党的二十大报告指出：“全面从严治党永远在路上。”
谈体会、找差距……形成了浓厚氛围
落实“三会一课”制度——坚持每月一次
学时达到0.5学时
完成投资0.5万元
共10人参加
参加20人次
共100名党员参加
列席300人
合计1000件
覆盖1,000人
于2020年建成
满意率100%，其中优秀率20.5%
完成20次培训，提出30条建议、40项措施
报送50篇信息、60份材料
提供零距离服务
实现安全生产零事故
从0起步建设数字档案馆
打造0门槛服务窗口
实现0人员伤亡
完成2.0版系统升级
实施“十四五”规划第10个项目
本月10日召开支委会
14:30开始，16:00结束
选举产生书记1名、委员4名
按照〔2023〕10号文件要求
党员A、B角互补
""".splitlines()

BAD = [
    ("主题待定", ["待定"]), ("待定", ["待定"]), ("时间、地点等待定", ["待定"]), ("针对待定问题研究", ["待定"]), ("待定人选", ["待定"]), ("地点：待定；时间：3月", ["待定"]), ("（待定）", ["待定"]),
    ("共*次", ["*"]), ("学习*精神", ["*"]), ("共＊次", ["＊"]), ("***", ["*", "*", "*"]), ("共__次", ["__"]),
    ("XX同志", ["XX"]), ("学习××精神", ["××"]), ("XXX支部", ["XXX"]), ("20XX年", ["XX"]), ("xx党支部", ["xx"]), ("X×支部", ["X×"]), ("ＸＸ支部", ["ＸＸ"]),
    ("共X次", ["X"]), ("x次", ["x"]), ("第X期", ["X"]), ("X月X日", ["X", "X"]), ("202X年", ["X"]), ("20X3年", ["20X3年"]), ("某×单位", ["×"]), ("×党支部", ["×"]), ("X名党员", ["X"]),
    ("参加X人", ["X"]), ("约X个", ["X"]), ("×同志", ["×"]), ("X市委", ["X"]), ("完成率X%", ["X"]), ("×年×月", ["×", "×"]), ("共 X 人", ["X"]), ("X", ["X"]), ("×", ["×"]), ("主题：X，", ["X", "，"]), ("学习×", ["×"]),
    ("{{ 党课 }}", ["{{", "}}"]), ("{党课.次数}", ["{", "}"]), ("【建议补充】", ["【建议补充】"]), ("【", ["【"]),
    ("甲，。", ["，。"]), ("甲、，乙", ["、，"]), ("甲，", ["，"]), ("甲；", ["；"]),
    ("工作的的部署", ["的的"]), ("做了了", ["了了"]), ("开展了了活动", ["了了"]), ("做了了不少工作", ["了了"]), ("作了了如下安排", ["了了"]), ("取得了了成效", ["了了"]),
    ("接收发展对象0名、列席0人", ["0名", "0人"]), ("学习0学时", ["0学时"]), ("提出0件", ["0件"]), ("共0人次", ["0人次"]), ("开展0次", ["0次"]), ("0个", ["0个"]), ("0条意见", ["0条"]), ("办理0 项", ["0 项"]),
    ("０次", ["０次"]), ("共10次、0场", ["0场"]), ("0期0批0起0户0份", ["0期", "0批", "0起", "0户", "0份"]),
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_good_official_chinese_passes(text: str) -> None:
    assert grammar.residue(text) == []


@pytest.mark.parametrize(("text", "fragments"), BAD)
def test_what_was_left_unfinished_is_found(text: str, fragments: list[str]) -> None:
    assert sorted(fragment for _, fragment in grammar.residue(text)) == sorted(fragments)


def test_the_good_sentences_are_many_and_none_of_them_stands_twice() -> None:
    assert len(GOOD) == len(set(GOOD)) >= 60


@pytest.mark.parametrize(
    "measure", sorted({total.unit for each in CATALOGUE.activities for total in each.totals if total.unit})
)
def test_none_of_what_the_catalogue_counts_is_never_said(measure: str) -> None:
    """domain: grammar 7: what has not happened is left out."""
    assert [found for _, found in grammar.residue(f"共0{measure}，其中10{measure}")] == [f"0{measure}"]


@pytest.mark.parametrize("text", GOOD)
def test_no_rule_of_the_catalogue_calls_it_unfinished(text: str) -> None:
    found = written(each("rectification", problem=text))
    assert [issue for issue in found.verdict.issues if issue.code == "blank_left"] == []


# ---- what is told ----------------------------------------------------------------------------------------------


def test_a_count_of_none_is_told_at_the_wording_with_its_paragraph() -> None:
    wording = change("抓建设3", text="接收发展对象{{ 支委会.列席人次 }}名、列席{{ 集中学习.列席人次 }}人。")
    found = written(rows(group_study=[{**row, "observers": None} for row in ROWS["group_study"]]), wording=wording)
    assert "接收发展对象0名、列席0人" in found.text
    place = wording_cell(wording, "抓建设3", "text")
    assert found.told() == [("text_residue", place), ("text_residue", place)]
    assert [issue.message for issue in found.narrative.issues] == [
        f"“抓建设”里以「支部认真贯彻落实党中央和……」开头的一段，会留下“{fragment}”。" for fragment in ("0名", "0人")
    ]


def test_a_number_that_ends_alike_is_not_blamed_for_a_count_of_none() -> None:
    """10人 of one cell holds no 0人."""
    plans = [{**row, "measure": "组织10人参加培训"} for row in ROWS["next_steps"]]
    wording = change("下步打算1", text="{{ 期间.下期 }}，{{ 支委会.列席人次 }}人，")
    found = written(rows(next_steps=plans), wording=wording)
    assert found.told() == [("text_residue", wording_cell(wording, "下步打算1", "text"))]


def test_the_paragraph_of_a_short_text_is_told_whole() -> None:
    wording = sheet_wording()
    for row in wording:
        if row["section"] == "抓建设":
            row["used"] = row["key"] == "抓建设1"
    next(row for row in wording if row["key"] == "抓建设1")["text"] = "学习××精神"
    (found,) = written(wording=wording).narrative.issues
    assert found.message == "“抓建设”里以「学习××精神。」开头的一段，会留下“××”。"
