"""The document says what it said before; beside that it knows where its numbers come from."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pyxl.assets import template_path
from pyxl.core.document import Block
from pyxl.core.fields import known_names
from pyxl.core.language import examine
from pyxl.core.marks import Span
from pyxl.core.summary import printed
from pyxl.errors import TemplateError
from pyxl.sample import sample
from pyxl.word.sourcereading import read_sources
from tests.narratives import SAMPLE
from tests.reports import CATALOGUE
from tests.sourced import body, report
from tests.word.documents import a_report, a_template, edited, parts_of, rendered

TEMPLATE = template_path()
KNOWN = known_names(CATALOGUE)
REPORT = report(SAMPLE, sources=True)
PACKAGE = rendered(REPORT, TEMPLATE)
OWN = (
    "{{ 标题 }}", "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}", "支委会开了{{ 支委会.次数 }}次，出勤率{{ 支委会.出勤率 }}。",
    "{% for 项 in 党课.专题党课题目 %}《{{ 项 }}》{% endfor %}", "{{ 署名 }}", "{{ 成文日期 }}",
)  # fmt: skip


def saved(folder: Path, package: bytes) -> Path:
    path = folder / "总结.docx"
    path.write_bytes(package)
    return path


def read(folder: Path, package: bytes):
    return read_sources(saved(folder, package))


def own_template(folder: Path, *paragraphs: str) -> Path:
    return a_template(folder, *(paragraphs or OWN), header="共{{ 党课.次数 }}次")


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return read(tmp_path_factory.mktemp("own"), PACKAGE)


def test_every_bookmark_holds_what_its_figure_printed(sources):
    figures = {figure.path: figure for figure in SAMPLE.totals}
    numbers = 0
    for mark in sources.marks:
        assert sources.present[mark.name] == mark.text
        value = printed(figures[mark.figure])
        assert sources.provenance.numbers[mark.figure].value == value
        if re.fullmatch(r"\d+", mark.text):
            assert value == f"{mark.text}{figures[mark.figure].unit}"
            numbers += 1
    assert numbers == 6  # in the text; the appendix has units behind its numbers
    in_appendix = [mark.text for mark in sources.marks if mark.text == printed(figures[mark.figure])]
    assert len(in_appendix) >= len(figures)


def test_the_numbers_of_the_text_come_first_in_its_order(sources):
    names = list(sources.provenance.numbers)
    assert names[:4] == ["集中学习.次数", "党员大会.次数", "支委会.次数", "党课.次数"]
    spans = [span.name for block in REPORT.blocks for span in block.spans]
    assert names[: len(set(spans))] == list(dict.fromkeys(spans))


def test_each_number_has_the_rows_of_its_figure(sources):
    told = sources.provenance
    for figure in SAMPLE.totals:
        assert told.numbers[figure.path].rows == figure.rows
    row = told.rows["支委会!4"]
    assert row.told == {"日期": "2023-01-05", "主题": "研究2023年支部工作要点和发展对象人选"}
    assert set(told.rows) == {ref for number in told.numbers.values() for ref in number.rows}


def test_nobodys_name_travels_with_the_document(sources):
    people = {str(row["name"]) for row in sample()[1]["roster"]}
    assert len(people) > 15
    (part,) = [content.decode() for name, content in parts_of(PACKAGE).items() if b"urn:pyxl:provenance" in content
               and "itemProps" not in name]  # fmt: skip
    assert [name for name in people if name in part] == []
    assert "支委会" in part


@pytest.mark.parametrize("sources_too", [True, False])
def test_the_text_and_everything_else_is_what_it_is_without(sources_too):
    plain = rendered(report(SAMPLE, sources=sources_too, told=False), TEMPLATE)
    package = rendered(report(SAMPLE, sources=sources_too), TEMPLATE)
    assert body(package) == body(plain)
    bare = re.sub(r"<w:bookmark(?:Start|End) [^>]*/>", "", parts_of(package)["word/document.xml"].decode())
    seam = re.compile(r'</w:t></w:r><w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">')
    whole = parts_of(plain)["word/document.xml"].decode()
    assert seam.sub("", bare) == seam.sub("", whole)
    assert "bookmark" not in whole
    others = set(parts_of(plain)) - {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert all(parts_of(package)[name] == parts_of(plain)[name] for name in others)


def test_two_runs_give_the_same_bytes():
    assert rendered(report(SAMPLE, sources=True), TEMPLATE) == PACKAGE


def test_docxtpl_gives_the_same_bookmarks_and_sources(tmp_path):
    from pyxl.word.filling import filled

    other = filled(REPORT, TEMPLATE, KNOWN).document
    assert parts_of(other) == parts_of(PACKAGE)


def audited(path: Path) -> list[str]:
    return [error.description for error in OpenXmlValidator().validate(str(path)).errors]


def test_microsofts_schemas_find_nothing(tmp_path):
    template = own_template(tmp_path)
    own = rendered(REPORT, template, KNOWN)
    for package in (PACKAGE, own):
        assert Document(io.BytesIO(package)).paragraphs
        assert audited(saved(tmp_path, package)) == ([] if package is PACKAGE else audited(template))


def test_a_template_of_ones_own_gets_them_too_and_where_it_prints_a_figure_itself(tmp_path):
    template = own_template(tmp_path)
    package = rendered(REPORT, template, KNOWN)
    assert body(package) == body(rendered(report(SAMPLE, sources=True, told=False), template, KNOWN))
    found = read(tmp_path, package)
    told = [(mark.figure, mark.text, found.present[mark.name]) for mark in found.marks]
    assert told.count(("支委会.次数", "7", "7")) == 2
    assert ("支委会.出勤率", "94.29%", "94.29%") in told
    assert [text for name, text, _ in told if name == "党课.专题党课题目"][-2:] == [
        "牢记初心使命，勇于担当作为", "以学铸魂强党性，实干担当促发展",
    ]  # fmt: skip
    header = [mark.name for mark in found.marks if mark.figure == "党课.次数"]
    assert header == ["党课_次数", "党课_次数_2"]  # the second in the header, behind the text
    assert "\ufdd0" not in "".join(part.decode("utf-8", "ignore") for part in parts_of(package).values())


def test_a_condition_of_a_template_sees_the_text_without_marks(tmp_path):
    text = '{% if 段.文字 == "共7次" %}对{{ 段.文字 }}{% else %}错{% endif %}'
    template = a_template(tmp_path, "{%p for 段 in 正文 %}", text, "{%p endfor %}")
    block = Block("body", "共7次", spans=(Span(1, 2, "支委会.次数"),))
    package = rendered(a_report(blocks=(block,), provenance=REPORT.provenance), template, KNOWN)
    assert "对共7次" in body(package)


def test_a_document_used_again_as_a_template_has_one_part_and_no_name_twice(tmp_path):
    template = own_template(tmp_path)
    first = saved(tmp_path, rendered(REPORT, template, KNOWN))
    again = edited(first, lambda text: text.replace("支委会开了", "另有{{ 党课.次数 }}次，支委会开了", 1))
    package = rendered(REPORT, again, KNOWN)
    names = re.findall(r'bookmarkStart w:id="\d+" w:name="([^"]*)"', parts_of(package)["word/document.xml"].decode())
    assert len(set(names)) == len(names) > 10
    assert sum(b"<provenance" in part for part in parts_of(package).values()) == 1
    found = read(tmp_path, package)
    assert [(mark.figure, mark.text) for mark in found.marks] == [("党课.次数", "4")]


def test_a_template_that_prints_no_figure_gets_no_part(tmp_path):
    package = rendered(REPORT, a_template(tmp_path, "{{ 标题 }}"), KNOWN)
    assert not [name for name, part in parts_of(package).items() if b"urn:pyxl" in part]


def test_signs_of_markup_and_rare_characters_stay_within_their_bookmark(tmp_path):
    text = "a<b>&\"'䶮𠮷\t\n😀"
    block = Block("body", f"前{text}后", spans=(Span(1, 1 + len(text), "支委会.次数"),))
    for template in (TEMPLATE, a_template(tmp_path, "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")):
        package = rendered(a_report(blocks=(block,), provenance=REPORT.provenance), template, KNOWN)
        assert f"前{text}后" in body(package)
        found = read(tmp_path, package)
        assert found.present == {"支委会_次数": text}
        assert found.marks[0].text == text


def test_marks_that_somebody_has_typed_are_taken_out(tmp_path):
    block = Block("body", "前\ufdd0\ufdd6\ufdd17\ufdd2后")
    for template in (TEMPLATE, a_template(tmp_path, "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")):
        package = rendered(a_report(blocks=(block,), provenance=REPORT.provenance), template, KNOWN)
        assert "前7后" in body(package)
        assert b"bookmark" not in parts_of(package)["word/document.xml"]


@pytest.mark.parametrize("name", ["台\x01账\udc80.xlsx", 'a"<&>\n\t.xlsx', "😀䶮.xlsx"])
def test_a_ledger_may_be_called_anything(name, tmp_path):
    told = replace(REPORT.provenance, ledger=name)
    found = read(tmp_path, rendered(replace(REPORT, provenance=told), TEMPLATE))
    assert found.provenance.ledger == re.sub("[\x01\udc80]", "\ufffd", name)


def test_nobody_can_write_the_filter_that_marks_numbers(tmp_path):
    template = a_template(tmp_path, "{{ 支委会.次数 | noted('党课.次数') }}")
    with pytest.raises(TemplateError, match="noted"):
        rendered(REPORT, template, KNOWN)
    assert [fault.code for fault in examine("{{ 支委会.次数 | noted('党课.次数') }}", KNOWN)] == ["unknown_filter"]


# ------------------------------------------------------------------------------ in LibreOffice


def resaved(path: Path, folder: Path, kind: str = "docx:MS Word 2007 XML") -> Path:
    profile = (folder / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, timeout=180, capture_output=True)
    return folder / path.with_suffix(f".{kind.partition(':')[0]}").name


@pytest.mark.live
def test_writer_keeps_bookmarks_and_sources(tmp_path, sources):
    (tmp_path / "out").mkdir()
    found = read_sources(resaved(saved(tmp_path, PACKAGE), tmp_path / "out"))
    assert (found.provenance, found.marks) == (sources.provenance, sources.marks)
    assert found.present == {mark.name: mark.text for mark in found.marks}


@pytest.mark.live
def test_a_template_that_writer_has_saved_gives_the_same_bookmarks(tmp_path):
    (tmp_path / "out").mkdir()
    template = own_template(tmp_path)
    before = read(tmp_path, rendered(REPORT, template, KNOWN))
    after = read(tmp_path, rendered(REPORT, resaved(template, tmp_path / "out"), KNOWN))
    assert [(m.figure, m.name, m.text) for m in after.marks] == [(m.figure, m.name, m.text) for m in before.marks]
    assert after.present == before.present


@pytest.mark.live
def test_the_page_is_the_same_with_and_without(tmp_path):
    """Nothing visible is added: Writer prints the same words in the same places."""
    shown = []
    for told in (True, False):
        folder = tmp_path / str(told)
        folder.mkdir()
        path = saved(folder, rendered(report(SAMPLE, told=told), TEMPLATE))
        pdf = resaved(path, folder, "pdf")
        made = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True)
        shown.append(re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', made.stdout))
    told, plain = ([word for *_, word in words] for words in shown)
    assert told == plain != []
    for (left, top, _), (other_left, other_top, _) in zip(*shown, strict=True):
        assert abs(float(left) - float(other_left)) < 0.5  # Writer rounds to twentieths of a point, run by run
        assert top == other_top
