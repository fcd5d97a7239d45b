"""What a committee may write in its own template: the list in templates/占位符.md, and how a rate prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pyxl.assets import template_path
from pyxl.core.document import Report
from pyxl.core.summary import summarise
from pyxl.text import phrases
from pyxl.word.prepared import PREPARED, fill
from pyxl.word.report import rendered
from tests.reports import CATALOGUE, written
from tests.word.documents import a_report, a_template, texts

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


def test_every_name_of_a_report_is_listed():
    listed = set(re.findall(r"^\| `\{[{%] (.+?) [}%]\}` \|", ONLY_IN_WORD, re.MULTILINE))
    assert listed == {
        "标题", "署名", "成文日期", "草稿",
        "for 段 in 正文", "段.文字", "段.层次", "段.依据",
        "for 说明 in 草稿说明",
        "for 行 in 附录", "行.活动", "行.指标", "行.数值", "行.依据",
    }  # fmt: skip


@pytest.mark.parametrize("loop", ["段 in 正文", "行 in 附录", "说明 in 草稿说明"])
def test_what_is_listed_may_be_written(tmp_path, loop):
    name = loop.split()[0]
    inside = [f"{{{{ {found} }}}}" for found in re.findall(rf"`\{{\{{ ({name}(?:\.\w+)?) \}}\}}`", ONLY_IN_WORD)]
    assert inside
    template = a_template(tmp_path, f"{{%p for {loop} %}}", " ".join(inside), "{%p endfor %}")
    whole = report()
    assert len(texts(rendered(whole, template))) == {
        "段": len(whole.blocks), "行": len(whole.sources), "说明": 0
    }[name]  # fmt: skip


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
