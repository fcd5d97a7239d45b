"""A document becomes a PDF by whatever program is there, or it is said that there is none; never a part of one."""

from __future__ import annotations

import os
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pyxl import actions
from pyxl.cli.boundary import main
from pyxl.errors import OutputError
from pyxl.printing import libreoffice
from pyxl.printing import printer as printing
from pyxl.printing.printer import Printer, is_ours, print_pdf
from tests.processes import ended

TODAY = date(2024, 1, 1)
WHOLE = b"%PDF-1.7\n...\n%%EOF\n"


def by(content: bytes) -> Printer:
    return Printer("Some Office", lambda _, pdf: pdf.write_bytes(content) and None)


def broken(document: Path, pdf: Path) -> None:
    raise OSError(1, "no")


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "总结 一.docx"
    path.write_bytes(b"document")
    return path


def test_the_pdf_stands_beside_the_document_under_its_name(document):
    made = print_pdf(document, document.with_suffix(".pdf"), by(WHOLE), anew=True)
    assert made == document.with_suffix(".pdf")
    assert made.read_bytes().startswith(WHOLE)
    assert is_ours(made)


def test_a_pdf_that_is_there_is_not_overwritten_by_chance(document):
    first = print_pdf(document, document.with_suffix(".pdf"), by(WHOLE), anew=True)
    second = print_pdf(document, document.with_suffix(".pdf"), by(WHOLE), anew=True)
    assert first != second
    assert second.name == "总结 一（2）.pdf"


def test_only_a_pdf_that_we_made_and_nobody_touched_is_made_again(document):
    pdf = document.with_suffix(".pdf")
    assert print_pdf(document, pdf, by(WHOLE), anew=False) == pdf
    assert print_pdf(document, pdf, by(WHOLE + b"%%EOF\n"), anew=False) == pdf  # as it was left: the newer takes it
    pdf.write_bytes(pdf.read_bytes() + b"signed\n%%EOF\n")
    signed = pdf.read_bytes()
    assert print_pdf(document, pdf, by(WHOLE), anew=False).name == "总结 一（2）.pdf"
    assert pdf.read_bytes() == signed


def test_a_foreign_pdf_beside_the_document_survives_a_report_of_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "_printers", lambda: iter([by(WHOLE)]))
    ledger = actions.demo(tmp_path, today=TODAY).ledger
    foreign = tmp_path / "扫描件.pdf"
    foreign.write_bytes(WHOLE)
    command = ["report", str(ledger), "--pdf", "-o", str(tmp_path / "扫描件.docx")]
    for _ in range(2):
        assert main(command) == 0
        assert foreign.read_bytes() == WHOLE
    assert main(["report", str(ledger), "--pdf", "-o", str(tmp_path / "总结.docx")]) == 0
    assert main(["report", str(ledger), "--pdf", "-o", str(tmp_path / "总结.docx")]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "总结.pdf",
        "扫描件.pdf",
        "扫描件（2）.pdf",
    ]


def test_forms_become_a_pdf_too(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(printing, "_printers", lambda: iter([by(WHOLE)]))
    ledger = actions.demo(tmp_path, today=TODAY).ledger
    assert main(["record", str(ledger), "--activity", "党课", "--pdf", "-o", str(tmp_path / "党课.docx")]) == 0
    assert f"PDF：{tmp_path / '党课.pdf'}" in capsys.readouterr().out
    assert is_ours(tmp_path / "党课.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut", b"<html>%%EOF"])
def test_half_a_pdf_is_none(document, content):
    with pytest.raises(OutputError) as caught:
        print_pdf(document, document.with_suffix(".pdf"), by(content), anew=True)
    assert caught.value.code == "pdf_unsound"
    assert os.listdir(document.parent) == [document.name]
    assert str(document) in caught.value.hint


def test_a_program_that_fails_is_named_and_where_the_document_is(document):
    with pytest.raises(OutputError) as caught:
        print_pdf(document, document.with_suffix(".pdf"), Printer("Some Office", broken), anew=False)
    assert (caught.value.code, caught.value.message) == ("pdf_failed", "Some Office 没有生成 PDF（no）")
    assert os.listdir(document.parent) == [document.name]


def test_where_no_program_is_there_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(printing, "_printers", lambda: iter(()))
    ledger = actions.demo(tmp_path, today=TODAY).ledger
    before = sorted(os.listdir(tmp_path))
    assert main(["report", str(ledger), "--pdf"]) == 2
    said = capsys.readouterr().err
    assert "没有找到 Word、WPS 或 LibreOffice" in said
    assert "去掉 --pdf" in said
    assert sorted(os.listdir(tmp_path)) == before


def test_a_program_that_never_ends_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "_PATIENCE", 3)  # long enough for a busy machine to start the script
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 600 & echo $! > '{tmp_path}/child'\nwait\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(TimeoutError):
        libreoffice.converted(script, tmp_path / "a.docx", tmp_path / "a.pdf")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    assert ended(child)  # what it has started ends with it


@pytest.mark.live
def test_libreoffice_prints_the_summary(tmp_path):
    folder = tmp_path / "党支部 资料"
    folder.mkdir()
    by = actions.find_printer()
    assert by.name == "LibreOffice"
    written = actions.summarise(actions.demo(folder, today=TODAY).ledger, today=TODAY)
    outcome = actions.with_pdf(written, by, anew=True)
    assert outcome.pdf == outcome.written.with_suffix(".pdf")
    told = subprocess.run(["pdftotext", outcome.pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "一、" in told.replace(" ", "")
    assert "工作总结" in told.replace("\n", "").replace(" ", "")
    assert b"/Outlines" in outcome.pdf.read_bytes()  # the headings, beside the pages
