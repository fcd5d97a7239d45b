from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from pyxl import actions
from pyxl.actions.reporting import REPORT
from pyxl.actions.templates import ANNOTATED, annotated_path, own_templates_folder
from pyxl.assets import record_template_path, template_path, templates_folder
from pyxl.catalogue.loader import load_catalogue
from pyxl.core.sorts import Sort
from pyxl.errors import OutputError, TemplateError, UsageError
from pyxl.stamp import is_untouched, with_stamp
from pyxl.word.filling import filled
from pyxl.word.names import Listing, Plain
from pyxl.word.trial import template_names
from tests.catalogues import NEW_TYPE, overlay
from tests.word.documents import a_report, a_template, our_template

LOOP = ("{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")


def test_our_templates_are_listed_with_what_each_is_for(monkeypatch, tmp_path):
    monkeypatch.setenv("PYXL_TEMPLATES", str(tmp_path))
    outcome = actions.list_templates()
    assert {path for path, _ in outcome.shipped} == {*templates_folder().glob("*.docx")}
    purposes = {path.name: purpose for path, purpose in outcome.shipped}
    assert "支部" in purposes["半年工作总结.docx"]
    assert "上级" in purposes["汇总情况报告.docx"]
    assert (outcome.own, outcome.folder) == ((), tmp_path)


def test_templates_in_the_users_own_folder_are_listed_without_those_that_are_open(monkeypatch, tmp_path):
    monkeypatch.setenv("PYXL_TEMPLATES", str(tmp_path))
    for name in ("乙.docx", "甲.docx", "~$甲.docx", "甲.doc"):
        (tmp_path / name).touch()
    assert actions.list_templates().own == (tmp_path / "乙.docx", tmp_path / "甲.docx")


def test_a_users_own_folder_stands_beside_the_keys(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/数据")
    monkeypatch.delenv("PYXL_TEMPLATES", raising=False)
    assert own_templates_folder() == Path("/数据/pyxl/templates")


@pytest.mark.parametrize("template", sorted(templates_folder().glob("*.docx")), ids=lambda path: path.stem)
def test_no_template_of_ours_raises_a_false_alarm(template):
    outcome = actions.check_template(template)
    assert ([each.line for each in outcome.problems], [each.line for each in outcome.advice]) == ([], [])


def test_mistakes_come_with_their_place_and_what_was_meant(tmp_path):
    outcome = actions.check_template(a_template(tmp_path, "甲", "{{ 标提 }}", cells=("{{ 主题党日.次教 }}",)))
    told = [(each.reason, each.where, each.paragraph, each.found, each.proposal) for each in outcome.problems]
    assert told == [
        ("unknown_name", "正文第2段", "{{ 标提 }}", "标提", "标题"),
        ("unknown_name", "表1第1行第1格", "{{ 主题党日.次教 }}", "主题党日.次教", "主题党日.次数"),
    ]
    assert outcome.levels == ()


def test_a_list_is_known_as_a_list_without_any_report(tmp_path):
    names = template_names(load_catalogue())
    loop = ("{% for 题 in 主题党日.主题清单 %}{{ 题 }}{% endfor %}",)
    outcome = actions.check_template(a_template(tmp_path, *loop))
    assert outcome.problems == ()
    assert names.members["主题党日"].members["主题清单"] == Listing(Plain(sort=Sort.TEXT), "行", Sort.TEXTS)


def test_what_a_template_does_not_print_is_told(tmp_path):
    outcome = actions.check_template(a_template(tmp_path, "{{ 标题 }}"))
    assert (outcome.problems, outcome.missing, outcome.levels) == ((), ("正文", "署名", "成文日期"), ())


def test_levels_without_a_place_are_told_before_a_report_is_refused(tmp_path):
    only = ("{%p for 段 in 正文 %}", '{%p if 段.层次 == "正文" %}', "{{ 段.文字 }}", "{%p endif %}", "{%p endfor %}")
    assert actions.check_template(a_template(tmp_path, *only)).levels == ("标题", "一级标题", "二级标题", "称谓")
    assert actions.check_template(a_template(tmp_path, *LOOP)).levels == ()


def test_a_copy_with_comments_stands_beside_the_template_and_never_on_another_file(tmp_path):
    path = a_template(tmp_path, "{{ 标提 }}")
    before = path.read_bytes()
    first = actions.check_template(path, annotate=True).annotated
    second = actions.check_template(path, annotate=True).annotated
    assert first == annotated_path(path) == tmp_path / "自备模板_批注.docx"
    assert second == tmp_path / "自备模板_批注（2）.docx"
    assert path.read_bytes() == before


def test_a_copy_may_have_a_name_or_a_folder_but_not_the_templates_own(tmp_path):
    path = a_template(tmp_path, "{{ 标提 }}")
    folder = tmp_path / "查"
    folder.mkdir()
    assert actions.check_template(path, out=folder).annotated == folder / "自备模板_批注.docx"
    assert actions.check_template(path, out=tmp_path / "甲.docx").annotated == tmp_path / "甲.docx"
    with pytest.raises(OutputError) as caught:
        actions.check_template(path, out=path)
    assert caught.value.code == "output_is_input"
    with pytest.raises(UsageError) as caught:
        actions.check_template(path, out=tmp_path / "甲.doc")
    assert caught.value.code == "annotated_ending"


def test_a_copy_replaces_only_such_a_copy_that_nobody_has_touched(tmp_path):
    path, out = a_template(tmp_path, "{{ 标提 }}"), tmp_path / "甲.docx"
    out.write_bytes(b"precious")
    outcome = actions.check_template(path, out=out)
    assert (outcome.annotated, outcome.kept, out.read_bytes()) == (tmp_path / "甲（2）.docx", out, b"precious")
    out.unlink()
    for _ in range(2):  # the second replaces the first
        outcome = actions.check_template(path, out=out)
        assert (outcome.annotated, outcome.kept) == (out, None)
    document = Document(str(out))
    document.add_paragraph("有人写的")
    document.save(str(out))
    touched = out.read_bytes()
    outcome = actions.check_template(path, out=out)
    assert (outcome.annotated, outcome.kept, out.read_bytes()) == (tmp_path / "甲（2）.docx", out, touched)


def test_what_is_made_from_a_mended_copy_is_a_report_of_ours(tmp_path):
    """Its stamp says that it is a copy with comments, and must not come along."""
    copy = actions.check_template(a_template(tmp_path, "{{ 标题 }}{{ 标题 }}"), out=tmp_path / "甲.docx").annotated
    package = with_stamp(filled(a_report("文"), copy).document, REPORT)
    made = tmp_path / "总结.docx"
    made.write_bytes(package)
    assert is_untouched(made, REPORT)
    assert not is_untouched(made, ANNOTATED)


def test_a_catalogue_of_ones_own_brings_its_names(tmp_path):
    folder = overlay(tmp_path / "目录", activities__volunteering=NEW_TYPE)
    path = a_template(tmp_path, "{{ 志愿服务.服务总时长 }}")
    assert [each.found for each in actions.check_template(path).problems] == ["志愿服务.服务总时长"]
    assert actions.check_template(path, catalogue_folder=folder).problems == ()


def test_what_is_no_template_is_refused(tmp_path):
    (tmp_path / "甲.docx").write_bytes(b"PK")
    with pytest.raises(TemplateError):
        actions.check_template(tmp_path / "甲.docx")


def test_every_field_that_is_listed_may_be_written(tmp_path):
    found = actions.template_fields()
    plain = [name for name, _ in (*found.fields, *found.upper)]
    assert len(plain) > 150
    examples = [example for *_, example in found.filters]
    assert actions.check_template(a_template(tmp_path, *plain, *examples)).problems == ()
    assert len({name for name, *_ in found.filters}) == len(examples) >= 11


def test_a_template_of_ours_may_be_copied_and_named_in_any_way(tmp_path):
    path = shutil.copy(our_template(tmp_path), tmp_path / "甲 & 乙.docx")
    assert actions.check_template(Path(path)).problems == ()


def test_without_anything_to_say_no_copy_is_written_and_forms_are_told_from_reports():
    for path in (template_path(), record_template_path()):
        outcome = actions.check_template(path, annotate=True)
        assert (outcome.problems, outcome.advice, outcome.missing, outcome.annotated) == ((), (), (), None)
        assert outcome.of_forms is (path == record_template_path())


def test_every_template_that_comes_along_says_what_it_is_for():
    purposes = {path.name: purpose for path, purpose in actions.list_templates().shipped}
    assert len(purposes) >= 3
    assert "见文件里的标题。" not in purposes.values()
