"""Where does the document of a ledger go, and what if the program lacks its own template?"""

from __future__ import annotations

from datetime import date

import pytest

from pyxl import actions, assets
from pyxl.errors import TemplateError

TODAY = date(2024, 1, 1)


@pytest.fixture
def ledger(tmp_path):
    return actions.demo(tmp_path, today=TODAY).ledger


def test_every_report_takes_a_name_of_its_own_beside_the_ledger(ledger, tmp_path):
    written = [actions.summarise(ledger, today=TODAY).written for _ in range(3)]
    title = "云溪市档案馆第一党支部2023年上半年工作总结"
    assert [path.name for path in written] == [f"{title}{number}.docx" for number in ("", "（2）", "（3）")]
    assert {path.parent for path in written} == {tmp_path}


def test_a_report_never_takes_a_name_that_somebody_took_while_it_was_written(ledger, monkeypatch):
    from pyxl.word import report

    render = report.render

    def late(content, template, path, known):
        path.with_name("云溪市档案馆第一党支部2023年上半年工作总结.docx").write_bytes(b"yours")
        return render(content, template, path, known)

    monkeypatch.setattr(report, "render", late)
    written = actions.summarise(ledger, today=TODAY).written
    assert written.name.endswith("（2）.docx")
    assert written.with_name(written.name.replace("（2）", "")).read_bytes() == b"yours"


def test_a_program_without_its_template_says_that_it_has_to_be_mended(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "template_path", lambda: tmp_path / "没有.docx")
    with pytest.raises(TemplateError) as caught:
        actions.summarise(ledger, today=TODAY)
    assert caught.value.code == "own_template_missing"
    assert "--template" not in caught.value.hint
