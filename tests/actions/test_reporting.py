"""Where does the document of a ledger go, and what if the program lacks its own template?"""

from __future__ import annotations

from datetime import date

import docx
import pytest

from pyxl import actions, assets
from pyxl.errors import OutputError, TemplateError

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


def test_a_report_of_ours_is_replaced_and_one_that_somebody_has_polished_stays(ledger, tmp_path):
    out = tmp_path / "总结.docx"
    first = actions.summarise(ledger, out=out, today=TODAY)
    assert (first.written, first.kept) == (out, None)
    content = out.read_bytes()
    again = actions.summarise(ledger, out=out, today=TODAY)
    assert (again.written, again.kept, out.read_bytes()) == (out, None, content)
    document = docx.Document(str(out))
    document.add_paragraph("领导加的一句")
    document.save(str(out))
    polished = out.read_bytes()
    beside = actions.summarise(ledger, out=out, today=TODAY)
    assert (beside.written, beside.kept) == (tmp_path / "总结（2）.docx", out)
    assert (out.read_bytes(), beside.written.read_bytes()) == (polished, content)
    third = actions.summarise(ledger, out=out, today=TODAY)  # the second is ours, and nobody has touched it
    assert third.written == tmp_path / "总结（2）.docx"
    assert sorted(path.name for path in tmp_path.glob("总结*")) == ["总结.docx", "总结（2）.docx"]


def test_nobody_elses_file_is_replaced_by_a_report(ledger, tmp_path):
    out = tmp_path / "别人的.docx"
    out.write_bytes(b"somebody's")
    link = tmp_path / "链接.docx"
    link.symlink_to(out)
    for path in (out, link):
        outcome = actions.summarise(ledger, out=path, today=TODAY)
        assert (outcome.written, outcome.kept) == (tmp_path / f"{path.stem}（2）.docx", path)
    assert out.read_bytes() == b"somebody's"
    assert link.is_symlink()


def test_a_report_that_somebody_changes_while_the_next_one_is_written_stays(ledger, tmp_path, monkeypatch):
    from pyxl.word import report

    out, render = tmp_path / "总结.docx", report.render
    actions.summarise(ledger, out=out, today=TODAY)

    def late(content, template, path, known):
        out.write_bytes(b"yours")
        return render(content, template, path, known)

    monkeypatch.setattr(report, "render", late)
    with pytest.raises(OutputError) as caught:
        actions.summarise(ledger, out=out, today=TODAY)
    assert caught.value.code == "file_exists"
    assert out.read_bytes() == b"yours"


def test_the_template_that_a_report_is_made_with_is_never_its_place(ledger, tmp_path):
    template = tmp_path / "模板.docx"
    template.write_bytes(assets.template_path().read_bytes())
    with pytest.raises(OutputError) as caught:
        actions.summarise(ledger, out=template, template=template, today=TODAY)
    assert caught.value.code == "output_is_input"


def test_what_a_template_of_ones_own_leaves_unfinished_is_noticed(ledger, tmp_path):
    template = tmp_path / "模板.docx"
    document = docx.Document(str(assets.template_path()))
    document.add_paragraph("XX党支部，时间待定")
    document.save(str(template))
    outcome = actions.summarise(ledger, out=tmp_path / "总结.docx", template=template, today=TODAY)
    assert outcome.written == tmp_path / "总结.docx"
    assert [line.rpartition("：")[2] for line in outcome.leftovers] == [
        f"“{fragment}”像是没有填完，会照样印出来。" for fragment in ("XX", "待定")
    ]
    appendices = actions.Appendices(sources=True, details=True)
    whole = actions.summarise(ledger, appendices=appendices, template=template, today=TODAY)
    assert len(whole.leftovers) == 2
    assert actions.summarise(ledger, appendices=appendices, today=TODAY).leftovers == ()
