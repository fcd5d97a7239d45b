"""Another branch's second half of 2024, from the file to the document: it reads right and knows nothing of the sample."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document

from pyxl import actions
from pyxl.excel.building.ledger import build_ledger
from tests.reports import CATALOGUE
from tests.whole_year import OTHER_COVER, other_rows

TODAY = date(2025, 1, 10)
TRACES = ("2023", "2022", "主题教育", "云溪", "档案", "机关党办", "市委", "上半年来", "第一党支部")


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("别的支部")
    ledger = folder / "台账.xlsx"
    build_ledger(CATALOGUE, ledger, year=2024, unit=OTHER_COVER["unit"], cover=OTHER_COVER, rows=other_rows())
    outcome = actions.summarise(ledger, appendices=actions.Appendices(sources=True, details=True), today=TODAY)
    assert not outcome.blocked
    assert outcome.written.name == "临江县水务局机关党支部2024年下半年工作总结.docx"
    return outcome.written.read_bytes()


@pytest.fixture(scope="module")
def text(document):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs)


def test_no_part_of_the_document_bears_a_trace_of_the_sample(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    figure = "主题教育学习次数"  # the name of a figure, whatever the campaign is called: in the appendix, as a bookmark
    assert parts["word/document.xml"].count(f"集中学习：{figure}") == 1
    parts = {name: part.replace(figure, "") for name, part in parts.items()}
    version = f'catalogue="{CATALOGUE.version}"'
    assert parts["customXml/item1.xml"].count(version) == 1
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(version, "")
    assert {(trace, name) for name, part in parts.items() for trace in TRACES if trace in part} == set()


def test_it_speaks_of_its_own_time_superiors_and_campaign(text):
    assert (
        "2024年下半年，机关党支部在县直机关工委的坚强领导下，深入学习贯彻习近平新时代中国特色社会主义思想，深入开展党纪学习教育，"
        in text
    )
    assert "一、下半年党建工作开展情况" in text
    assert "截至12月底，共组织集中学习12次，召开党员大会3次、支委会7次，讲党课4次。" in text
    assert "按照党纪学习教育安排，支部认真开展专题组织生活会" in text
    assert (
        "明年上半年，支部要认真学习贯彻党中央、县委和上级党委部署要求，巩固深化党纪学习教育成果，坚持问题导向" in text
    )
    assert text.rstrip().count("2024年12月31日") == 1
    assert "的指导下" not in text, "no department was named"


def test_without_superiors_and_campaign_the_sentences_still_hold(tmp_path):
    cover = {key: value for key, value in OTHER_COVER.items() if key not in ("superior", "local_committee", "theme")}
    ledger = tmp_path / "台账.xlsx"
    build_ledger(CATALOGUE, ledger, year=2024, unit=cover["unit"], cover=cover, rows=other_rows())
    text = "\n".join(block.text for block in actions.preview(ledger, today=TODAY).report.blocks)
    assert text.startswith("2024年下半年，机关党支部深入学习贯彻习近平新时代中国特色社会主义思想，全面推进")
    assert "支部要认真学习贯彻党中央和上级党委部署要求，坚持问题导向" in text
