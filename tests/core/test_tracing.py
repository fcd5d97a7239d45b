"""Whatever joining and proofreading do to a text, what the figures printed is found again in it, or not at all."""

from __future__ import annotations

import re

import pytest

from pyxl.core.marks import Span, Spanned
from pyxl.core.narrative import Narrative
from pyxl.core.summary import printed
from pyxl.core.tracing import located
from tests.narratives import SAMPLE, insert
from tests.reports import sheet_wording, written


def piece(text: str) -> Spanned:
    """A text in which what stands in square brackets was printed."""
    spans, plain = [], ""
    for before, inside in re.findall(r"([^\[\]]*)(?:\[([^\]]*)\])?", text):
        plain += before
        if inside:
            spans.append(Span(len(plain), len(plain) + len(inside), "甲.次数"))
            plain += inside
    return Spanned(plain, tuple(spans))


def found(text: str, *pieces: str, verbs: tuple[str, ...] = ("召开",)) -> list[tuple[int, str]]:
    return [(span.start, text[span.start : span.end]) for span in located(text, map(piece, pieces), verbs)]


@pytest.mark.parametrize(
    ("text", "pieces", "places"),
    [
        (
            "召开甲2次、乙2次，讲丙2次。",
            ("召开甲[2]次", "召开乙[2]次，", "讲丙[2]次。"),
            [(3, "2"), (7, "2"), (12, "2")],
        ),
        ("2；2。2", ("[2]；", "[2]。", "[2]"), [(0, "2"), (2, "2"), (4, "2")]),  # each its own
        ("召开会2次、会2次、会3次。", ("召开会[2]次", "召开会[2]次", "召开会[3]次"), [(3, "2"), (7, "2"), (11, "3")]),
        ("一是学了[。二是讲了。", ("学了。", "讲了。"), []),
        ("抓好学习。", ("[抓好学习；]",), [(0, "抓好学习")]),  # the sign that joining took is not there
        ("学甲学乙 and b7次", ("学甲\n学乙 and\nb[7]次",), [(10, "7")]),
        ("共开展两个主题、7次。", ("共开展二个主题、[7]次",), [(8, "7")]),  # changed on its way
        ("共开展两个。", ("共开展[二]个",), []),  # and gone: better none than a wrong one
        ("别的", ("[7]",), []),
    ],
)
def test_places_are_those_in_the_finished_text(text, pieces, places):
    assert found(text, *pieces) == places


def told(narrative: Narrative) -> list[tuple[str, str]]:
    return [(span.name, p.text[span.start : span.end]) for p in narrative.paragraphs for span in p.spans]


NUMBERS = {
    "集中学习.次数": "12", "党员大会.次数": "3", "支委会.次数": "7", "党课.次数": "4",
    "党课.专题党课次数": "2", "主题党日.次数": "6", "集中学习.专题序号": "第一、第二、第三",
}  # fmt: skip


def test_every_number_of_the_sample_stands_in_its_place():
    assert dict(told(SAMPLE.narrative)).items() >= NUMBERS.items()
    assert ("党课.专题党课题目", "两个") in told(SAMPLE.narrative)
    for paragraph in SAMPLE.narrative.paragraphs:
        bare = list(paragraph.text)
        for span in paragraph.spans:
            bare[span.start : span.end] = "□" * (span.end - span.start)
        rest = re.sub(r"2023年|6月底", "", "".join(bare))
        assert not re.search(r"\d", rest), rest  # only days are left, which are none of the figures'


def test_every_plain_number_printed_is_the_value_of_its_figure():
    figures = {figure.path: figure for figure in SAMPLE.totals}
    numbers = [(name, text) for name, text in told(SAMPLE.narrative) if text.isdigit()]
    assert len(numbers) == 6
    for name, text in numbers:
        assert printed(figures[name]) == f"{text}{figures[name].unit}"


def test_names_of_the_unit_and_of_the_period_are_no_figures():
    known = {figure.path for figure in SAMPLE.totals}
    assert {name for name, _ in told(SAMPLE.narrative)} <= known


def test_percentages_and_lists_on_the_sheet_are_found_through_jinja_too():
    first = sheet_wording()[0]
    text = "出勤率{{ 支委会.出勤率 }}{% if 支委会.次数 > 1 %}，共{{ 支委会.次数 }}次{% endif %}。"
    own = {"section": first["section"], "form": "段首", "when": None, "text": text, "used": None}
    found = written(wording=insert(first["key"], own))
    assert ("支委会.出勤率", "94.29%") in told(found.narrative)
    assert told(found.narrative).count(("支委会.次数", "7")) == 2


def test_no_mark_is_left_in_any_text():
    for paragraph in SAMPLE.narrative.paragraphs:
        assert not re.search("[\x00-\x08\ufdd0-\ufdef]", paragraph.text)
