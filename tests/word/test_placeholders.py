"""What a committee may write in its own template: the list in templates/占位符.md, and how a rate prints."""

from __future__ import annotations

import json
import re
from itertools import takewhile
from pathlib import Path

import pytest

from pyxl.assets import template_path
from pyxl.core.document import Report
from pyxl.core.summary import summarise
from pyxl.text import phrases
from pyxl.word.prepared import PREPARED, fill
from tests.reports import CATALOGUE, written
from tests.word.documents import a_report, a_template, rendered, texts

PAGE = (Path(__file__).parent.parent.parent / "templates" / phrases("assets", "files")["placeholders"]).read_text(
    encoding="utf-8"
)
ONLY_IN_WORD = PAGE.partition("## 只在 Word 模板里用")[2].partition("## 过滤器")[0]
RATE = ["集中学习", "出勤率"]


def report() -> Report:
    found = written()
    return summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative,
        issues=found.issues, draft=False, sources=True,
    )  # fmt: skip


def listed() -> list[str]:
    """What the page lists, in its order."""
    return re.findall(r"^\| `\{[{%] (.+?) [}%]\}` \|", ONLY_IN_WORD, re.MULTILINE)


def within(loop: str) -> list[str]:
    """The names that the page lists below a loop, up to the next one or what belongs to none."""
    names = listed()
    below = names[names.index(f"for {loop}") + 1 :]
    return list(takewhile(lambda name: name.startswith(f"{loop.partition(' ')[0]}."), below))


def test_every_name_of_a_report_is_listed():
    assert listed() == [
        "标题", "署名", "成文日期",
        "for 段 in 正文", "段.文字", "段.层次", "段.依据",
        "草稿", "for 说明 in 草稿说明",
        "for 行 in 附录", "行.活动", "行.指标", "行.数值", "行.依据",
        "for 行 in 单位情况", "行.序号", "行.编码", "行.名称", "行.名次", "行.合计", "行.其他", "行.缺漏", "单位合计",
        "for 行 in 明细", "行.序号", "行.日期", "行.活动", "行.内容", "行.应到", "行.实到",
        "for 张 in 照片", "张.图", "张.说明", "附件",
    ]  # fmt: skip


@pytest.mark.parametrize("loop", ["段 in 正文", "行 in 附录", "说明 in 草稿说明", "行 in 单位情况"])
def test_what_is_listed_may_be_written(tmp_path, loop):
    inside = [f"{{{{ {found} }}}}" for found in within(loop) or [loop.split()[0]]]
    template = a_template(tmp_path, f"{{%p for {loop} %}}", " ".join(inside), "{%p endfor %}")
    whole = report()
    assert len(texts(rendered(whole, template))) == {
        "段 in 正文": len(whole.blocks), "行 in 附录": len(whole.sources), "说明 in 草稿说明": 0, "行 in 单位情况": 0,
    }[loop]  # fmt: skip


def test_the_example_of_the_loop_prints_every_paragraph(tmp_path):
    example = re.search(r"```\n(.+?)\n```", ONLY_IN_WORD, re.DOTALL)[1].splitlines()
    assert texts(rendered(a_report("甲", "乙"), a_template(tmp_path, *example))) == ["甲", "乙"]


def test_a_rate_prints_as_in_the_appendix_whoever_fills_the_template(tmp_path):
    whole = report()
    expected = next(line.value for line in whole.sources if [line.activity, line.name] == RATE)
    assert re.fullmatch(r"[0-9]{2}\.[0-9]{1,2}%", expected)
    template = a_template(tmp_path, "{{ 集中学习.出勤率 }}")
    assert texts(rendered(whole, template)) == [expected]
    signed, rate = json.dumps({"print": ["署名"]}), json.dumps({"print": RATE})
    form = json.dumps(json.loads(PREPARED.read_text(encoding="utf-8")))
    assert signed in form
    package = fill(json.loads(form.replace(signed, rate)), template_path().read_bytes(), whole)
    assert package
    assert expected in texts(package)


def test_the_examples_of_the_filters_can_be_copied_out_of_the_raw_file(tmp_path):
    listed_ = re.findall(r"^- `(\w+)`：.*例：`(\{\{ .+ \}\})`$", PAGE, re.MULTILINE)
    assert [name for name, _ in listed_] == list(phrases("words", "filters").values())
    assert [example for _, example in listed_] == list(phrases("template", "examples").values())
    made = texts(rendered(report(), a_template(tmp_path, *(example for _, example in listed_))))
    assert len(made) == len(listed_)
    assert "\\" not in PAGE
