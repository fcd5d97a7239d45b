"""Our own template, filled from its prepared form: the same document as docxtpl's, without docxtpl."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pyxl import building
from pyxl.assets import template_path, upper_template_path
from pyxl.catalogue.loader import load_catalogue
from pyxl.core import fields
from pyxl.core.document import LEVELS, Block, DetailLine, Report, SourceLine, UnitLine
from pyxl.core.travelling import travelling
from pyxl.errors import OutputError, TemplateError
from pyxl.text import phrases
from pyxl.word import prepared
from pyxl.word.filling import filled
from pyxl.word.prepared import PREPARED, PREPARED_UPPER, fill, from_prepared
from pyxl.word.preparing import form_of
from pyxl.word.report import verify
from tests.word.documents import FIELDS, LEGAL, SOURCES, a_report, a_template, edited, parts_of, rendered, written

ROOT = Path(__file__).parent.parent.parent
TEMPLATE, UPPER_TEMPLATE = template_path(), upper_template_path()

NASTY = st.sampled_from(
    ["{{ 标题 }}", "</w:t>", "<w:p>", "{_{", "&#13;", "👍🏽", "\x85\u2028", *"\n\t\r{}%#&<>\"'“”_ —。年月日"]
)
TEXT = st.lists(st.one_of(NASTY, LEGAL, st.just("党支部")), max_size=40).map("".join)
LONG = st.one_of(TEXT, st.integers(0, 120).map("示例公司机关".__mul__))
REPORTS = st.builds(
    Report,
    title=LONG,
    unit=LONG,
    date_text=LONG,
    blocks=st.lists(st.builds(Block, st.sampled_from(LEVELS), TEXT), max_size=6).map(tuple),
    draft=st.booleans(),
    draft_notes=st.lists(TEXT, max_size=3).map(tuple),
    sources=st.lists(st.builds(SourceLine, TEXT, TEXT, LONG, LONG), max_size=3).map(tuple),
    details=st.lists(st.builds(DetailLine, st.integers(1, 99), TEXT, TEXT, LONG, TEXT, TEXT), max_size=3).map(tuple),
    fields=st.sampled_from([{}, FIELDS, {"SignedBy": "x", "core_title": "y", "段": {"文字": 1}, "说明": ("甲",)}]),
)


@settings(max_examples=150, deadline=None)
@given(report=REPORTS)
@example(a_report())
@example(a_report("文", title="示例公司机关党支部2023年上半年工作总结暨下半年计划", sources=SOURCES))
@example(a_report("\n", title="\r", unit="\r\n\t", draft=True, draft_notes=("",)))
def test_both_ways_give_the_same_bytes(report):
    fast = from_prepared(report, TEMPLATE)
    assert fast is not None
    slow = filled(report, TEMPLATE).document
    assert parts_of(fast) == parts_of(slow)
    assert fast == slow


@pytest.mark.parametrize(("characters", "whole"), [(12 * 17, True), (12 * 17 + 1, False)])
def test_a_row_of_more_than_a_third_of_a_page_may_be_split(characters, whole):
    """3,785 twips less the margins hold 17 characters of 10.5 pt."""
    line = DetailLine(1, "2023年1月20日", "主题党日", "学" * characters, "17", "16")
    report = a_report("文", details=(line, line, replace(line, about="学")))
    fast = from_prepared(report, TEMPLATE)
    assert fast == filled(report, TEMPLATE).document
    rows = parts_of(fast)["word/document.xml"].decode().split("<w:tr>")[2:]
    assert [row.startswith("<w:trPr><w:cantSplit/></w:trPr>") for row in rows] == [whole, whole, True]


UNIT_NAMES = fields.known_names(travelling(load_catalogue()))
UNITS = st.builds(
    UnitLine, st.none() | st.integers(0, 99), TEXT, TEXT, st.none() | st.integers(0, 99), st.integers(0, 99),
    st.integers(0, 99), TEXT, st.integers(0, 99).map(lambda count: dict.fromkeys(UNIT_NAMES, count)),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(report=REPORTS, units=st.lists(UNITS, min_size=1, max_size=3), whole=UNITS)
def test_both_ways_give_the_same_bytes_for_a_report_on_many_units(report, units, whole):
    report = replace(report, units=tuple(units), whole=whole)
    fast = from_prepared(report, UPPER_TEMPLATE)
    assert fast is not None
    assert fast == filled(report, UPPER_TEMPLATE, UNIT_NAMES).document


def test_a_report_that_lacks_what_the_template_prints_is_docxtpls_which_says_what():
    line = UnitLine(1, "", "甲", 1, 1, 0, "", {})
    report = a_report("文", units=(line,), whole=line)
    assert from_prepared(report, UPPER_TEMPLATE) is None
    with pytest.raises(TemplateError) as caught:
        rendered(report, UPPER_TEMPLATE)
    assert "行.党员大会" in caught.value.message + str(caught.value.params)


def test_the_law_can_fail():
    """Each thing that a form says shows in the document."""
    form = json.loads(PREPARED.read_text(encoding="utf-8"))
    report = a_report("甲\t乙", sources=SOURCES)
    right = fill(form, TEMPLATE.read_bytes(), report)
    changes = {
        "run": "<w:rPr/>",
        "signature": {"SignedBy": [8845, 314], "SignedOn": [8844, 314]},
        "signed": "<w:p><w:pPr><w:x/>",
        "note": "<w:x/>",
        "rows": [],
    }
    for key, value in changes.items():
        assert fill(form | {key: value}, TEMPLATE.read_bytes(), report) not in (right, None)


@pytest.mark.parametrize("place", ["title", "unit", "date_text", "blocks", "draft_notes", "sources"])
@pytest.mark.parametrize("illegal", ["\x00", "\x0b", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_refused_by_both(place, illegal):
    text = f"甲{illegal}"
    values = {"blocks": (Block("body", text),), "draft_notes": (text,), "sources": (SourceLine("甲", text, "", ""),)}
    report = a_report("文", **({"draft": True} | {place: values.get(place, text)}))
    for way in (from_prepared, filled):
        with pytest.raises(ValueError, match=f"U\\+{ord(illegal):04X}"):
            way(report, TEMPLATE)


# ------------------------------------------------------------------------------ which templates


def test_the_committed_forms_are_those_of_the_committed_templates():
    assert json.loads(PREPARED.read_text(encoding="utf-8")) == form_of(TEMPLATE)
    assert json.loads(PREPARED_UPPER.read_text(encoding="utf-8")) == form_of(UPPER_TEMPLATE, UNIT_NAMES)


def test_the_form_is_a_product_that_goes_stale_with_the_template(tmp_path):
    (product,) = (each for each in building.products() if each.path == PREPARED.relative_to(ROOT).as_posix())
    product.write(tmp_path / "same.json", ROOT / product.path)
    assert (tmp_path / "same.json").read_bytes() == PREPARED.read_bytes().replace(b"\r\n", b"\n")
    root = tmp_path / "root"
    (root / "templates").mkdir(parents=True)
    template = root / "templates" / phrases("assets", "files")["template"]
    template.write_bytes(TEMPLATE.read_bytes())
    edited(template, lambda text: text.replace("附件：{{", "附表：{{"))
    product.write(tmp_path / "other.json", root / product.path)
    assert (tmp_path / "other.json").read_bytes() != (tmp_path / "same.json").read_bytes()
    template.unlink()
    product.write(tmp_path / "new.json", root / product.path)
    assert json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["parts"].keys() > {"word/document.xml"}


def a_changed_byte(folder):
    """The same parts and the same size: only the archive's comment length or a date differs."""
    package = bytearray(TEMPLATE.read_bytes())
    package[10] ^= 1  # the first part's time of day
    path = folder / "改.docx"
    path.write_bytes(bytes(package))
    assert parts_of(bytes(package)) == parts_of(TEMPLATE.read_bytes())
    return path


def test_one_changed_byte_makes_it_a_template_like_any_other(tmp_path):
    path = a_changed_byte(tmp_path)
    assert path.stat().st_size == TEMPLATE.stat().st_size
    assert from_prepared(a_report("文"), path) is None
    assert rendered(a_report("文"), path) == rendered(a_report("文"), TEMPLATE)


def test_any_other_template_is_docxtpls(tmp_path):
    assert from_prepared(a_report("文"), a_template(tmp_path, "{{ 标题 }}")) is None
    assert from_prepared(a_report("文"), tmp_path / "没有.docx") is None
    with pytest.raises(TemplateError) as caught:
        rendered(a_report("文"), tmp_path / "没有.docx")
    assert caught.value.code == "template_missing"


def test_a_checkout_that_was_never_built_takes_the_long_way(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "PREPARED", tmp_path / "prepared.json")
    prepared._form.cache_clear()
    try:
        assert from_prepared(a_report("文"), TEMPLATE) is None
    finally:
        prepared._form.cache_clear()


def test_a_report_beyond_all_bounds_is_docxtpls():
    assert from_prepared(a_report("文" * 3_100_000), TEMPLATE) is None


@pytest.mark.parametrize(
    "body",
    [
        "{% for x in 正文 %}{{ x.文字|百分比 }}{% endfor %}",
        "{% if not 草稿 %}甲{% endif %}",
        "{% if 标题 != '甲' %}甲{% endif %}",
        "{% for x in 正文 %}{% else %}甲{% endfor %}",
        "{{ '甲' }}",
    ],
)
def test_what_a_form_cannot_say_is_refused_when_it_is_built(tmp_path, body):
    template = tmp_path / "模板.docx"
    template.write_bytes(TEMPLATE.read_bytes())
    edited(template, lambda text: text.replace("{{ 署名 }}", body))
    with pytest.raises(ValueError, match="not in a prepared form"):
        form_of(template)


def test_a_form_that_differs_from_docxtpl_is_refused_when_it_is_built(tmp_path):
    """A table just before the signature ends what is kept together; a bare paragraph has no style to go behind."""
    template = tmp_path / "模板.docx"
    template.write_bytes(TEMPLATE.read_bytes())
    mark = '<w:p><w:pPr><w:pStyle w:val="SignedBy"/>'
    bare = '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">甲</w:t></w:r></w:p>'
    edited(template, lambda text: text.replace(mark, bare + mark))
    with pytest.raises(ValueError, match="differ"):
        form_of(template)


# ------------------------------------------------------------------------------ what is loaded


HEAVY = ["docx", "docxtpl", "lxml", "lxml.etree"]


def loaded(template, folder):
    code = (
        "import sys\nfrom pathlib import Path\nfrom pyxl.core.document import Block, Report\n"
        "from pyxl.word.report import render, verify\n"
        f"out = Path({str(folder / 'out.docx')!r})\n"
        f"render(Report('t', 'u', 'd', (Block('body', 'x'),)), Path({str(template)!r}), out)\n"
        "verify(out)\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_our_own_template_loads_neither_docxtpl_nor_lxml(tmp_path):
    assert loaded(TEMPLATE, tmp_path) == "[]"


def test_a_changed_template_loads_docxtpl(tmp_path):
    assert loaded(a_changed_byte(tmp_path), tmp_path) == str(HEAVY)


# ------------------------------------------------------------------------------ reading back


def test_verify_notices_every_part_that_is_not_whole(tmp_path):
    whole = parts_of(rendered(a_report("文"), TEMPLATE))
    out = tmp_path / "out.docx"
    verify(written(out, whole))
    broken = {
        "word/document.xml": whole["word/document.xml"].replace(b"</w:body>", b""),
        "word/header1.xml": b"",
        "word/footer1.xml": whole["word/footer1.xml"].replace(b"xmlns:w=", b"xmlns:v="),
        "word/styles.xml": whole["word/styles.xml"].replace(b"<w:styles", b"<!DOCTYPE x><w:styles", 1),
        "[Content_Types].xml": whole["[Content_Types].xml"].replace(b"document.main", b"document.other"),
    }
    for name, content in broken.items():
        assert content != whole[name]
        with pytest.raises(OutputError) as caught:
            verify(written(out, whole | {name: content}))
        assert caught.value.code == "document_unreadable"
    for name in ("word/document.xml", "[Content_Types].xml"):
        with pytest.raises(OutputError):
            verify(written(out, {key: part for key, part in whole.items() if key != name}))


def test_verify_notices_a_wrong_checksum(tmp_path):
    package = bytearray(rendered(a_report("文"), TEMPLATE))
    with zipfile.ZipFile(io.BytesIO(bytes(package))) as archive:
        entry = archive.getinfo("word/fontTable.xml")
    package[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    out = tmp_path / "out.docx"
    out.write_bytes(bytes(package))
    with pytest.raises(OutputError):
        verify(out)
