"""Whatever has damaged a package, and however it was packed: one sentence, exit code 2, and the file stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.cli import main
from pyxl.package import unpacked
from pyxl.text import dialog
from tests.archives import pack
from tests.documented import copied, documented
from tests.submissions import TODAY, submission
from tests.word.documents import our_template

METHODS = {"deflate": zipfile.ZIP_DEFLATED, "bz2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}
LOCAL = 30  # bytes of a local header before its name


def damaged(path: Path, method: int) -> bytes:
    """The package packed anew, with a byte in the midst of every part flipped."""
    content = bytearray(pack(unpacked(path.read_bytes()), method))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            name = int.from_bytes(content[entry.header_offset + 26 : entry.header_offset + 28], "little")
            start = entry.header_offset + LOCAL + name
            content[start + entry.compress_size // 2] ^= 0x5A
    path.write_bytes(content)
    return bytes(content)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return documented(tmp_path_factory.mktemp("made"))


@pytest.fixture
def both(made, tmp_path):
    return copied(made, tmp_path)


@pytest.fixture(params=METHODS)
def method(request):
    return METHODS[request.param]


def refusal(capsys, *words: object) -> str:
    assert main([*map(str, words)]) == 2
    return capsys.readouterr().err


def test_explain_says_that_the_document_is_damaged(both, method, capsys):
    _, document = both
    before = damaged(document, method)
    assert dialog("document_damaged", file=document.name).message in refusal(capsys, "explain", document)
    assert document.read_bytes() == before


def test_checking_a_template_says_that_it_is_damaged(tmp_path, method, capsys):
    template = our_template(tmp_path)
    before = damaged(template, method)
    assert dialog("template_damaged", file=template.name).message in refusal(capsys, "template", "check", template)
    assert template.read_bytes() == before


def test_a_report_blames_the_template_and_not_the_file_that_it_would_write(both, tmp_path, method, capsys):
    ledger, _ = both
    template = our_template(tmp_path)
    damaged(template, method)
    said = refusal(capsys, "report", ledger, "--template", template, "-o", tmp_path / "结果.docx")
    assert dialog("template_damaged", file=template.name).message in said
    assert "结果.docx" not in said
    assert not (tmp_path / "结果.docx").exists()


def test_a_report_goes_beside_a_document_that_cannot_be_read(both, method):
    ledger, document = both
    before, there = damaged(document, method), set(ledger.parent.iterdir())
    assert main(["report", str(ledger), "-o", str(document)]) == 0
    assert document.read_bytes() == before
    assert {path.name for path in set(ledger.parent.iterdir()) - there} == {f"{document.stem}（2）.docx"}


def test_collecting_does_not_replace_a_workbook_that_cannot_be_read(tmp_path, method, capsys):
    folder, target = tmp_path / "报来的", tmp_path / "汇总.xlsx"
    folder.mkdir()
    submission(folder, 1)
    actions.collect(Collecting(folder, out=target), today=TODAY)
    before = damaged(target, method)
    assert dialog("consolidated_not_ours", file=target.name).message in refusal(capsys, "collect", folder, "-o", target)
    assert target.read_bytes() == before


def test_checking_does_not_replace_results_that_cannot_be_read(both, tmp_path, method, capsys):
    target = tmp_path / "校验.xlsx"
    actions.check(both[0], today=TODAY, out=target)
    before = damaged(target, method)
    assert dialog("results_not_ours", file=target.name).message in refusal(capsys, "check", both[0], "-o", target)
    assert target.read_bytes() == before
