"""Only a workbook that we have written is ever replaced."""

from __future__ import annotations

import io
import subprocess
import zipfile

import openpyxl
import pytest

from pyxl import actions
from pyxl.errors import OutputError
from pyxl.excel.consolidating.mark import is_as_written
from pyxl.excel.consolidating.own import is_consolidated, sound
from pyxl.package import unpacked
from tests.archives import pack
from tests.submissions import TODAY, submission

PROPERTY = '<property name="pyxl" fmtid="x" pid="2"><vt:lpwstr>{}</vt:lpwstr></property>'


def package(content: str | None, **more: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"docProps/custom.xml": content, **more}.items():
            if text is not None:
                archive.writestr(name, text)
    return buffer.getvalue()


OURS = package(PROPERTY.format("consolidated"))


@pytest.mark.parametrize(
    ("content", "ours"),
    [
        (OURS, True),
        (package(PROPERTY.format("submission")), False),
        (package(None), False),
        (b"", False),
        (b"PK\x03\x04", False),
        (OURS[:-10], False),
        (OURS.replace(b"docProps/custom.xml", b"docProps/custom.xmx"), False),
        (b"x" * 5000, False),
    ],
)
def test_ours_is_what_says_so_and_can_be_read(tmp_path, content, ours):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(content)
    assert is_consolidated(path) is ours


SPELT = [
    '<o:P xmlns:o="a"><o:property pid="2" name="pyxl"><v:lpwstr xmlns:v="b">consolidated</v:lpwstr></o:property></o:P>',
    "<Properties>\n<property\n name='pyxl'>\n<lpwstr>consolid&#97;ted</lpwstr>\n</property></Properties>",
    f"<Properties>{PROPERTY.format('consolidated').replace('pyxl', 'other')}{PROPERTY.format('consolidated')}</Properties>",
]
STRANGE = [
    f"<Properties>{PROPERTY.format('consolidated').replace('pyxl', 'other')}</Properties>",
    f"<!-- {PROPERTY.format('consolidated')} --><Properties/>",
    f'<!DOCTYPE p [<!ENTITY e "consolidated">]><p>{PROPERTY.format("&e;")}</p>',
    f"<!DOCTYPE p><p>{PROPERTY.format('consolidated')}</p>",
    PROPERTY.format("consolidated").removesuffix("</property>"),
    f"<p>{PROPERTY.format('consolidated')}{' ' * (1 << 20)}</p>",
]


@pytest.mark.parametrize(("text", "ours"), [*((text, True) for text in SPELT), *((text, False) for text in STRANGE)])
def test_however_a_program_spells_its_xml_it_says_the_same(tmp_path, text, ours):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(package(text))
    assert is_consolidated(path) is ours


@pytest.fixture(scope="module")
def consolidated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("汇")
    (folder / "in").mkdir()
    submission(folder / "in", 1)
    return actions.collect(actions.Collecting(folder / "in", unit="总支"), today=TODAY).written


def test_what_openpyxl_has_saved_is_still_ours(consolidated, tmp_path):
    path = tmp_path / "汇总.xlsx"
    openpyxl.load_workbook(consolidated).save(path)
    assert is_consolidated(path)


@pytest.mark.live
def test_what_libreoffice_has_saved_is_still_ours(consolidated, tmp_path):
    profile = tmp_path / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to",
               "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path, consolidated]  # fmt: skip
    subprocess.run(command, check=True, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    assert (tmp_path / consolidated.name).read_bytes() != consolidated.read_bytes()
    assert is_consolidated(tmp_path / consolidated.name)


PACKED = {
    "deflate": OURS,
    "bz2": pack(unpacked(OURS), zipfile.ZIP_BZIP2),
    "lzma": pack(unpacked(OURS), zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("method", PACKED)
def test_a_damaged_one_surprises_nobody(tmp_path, method):
    path, content = tmp_path / "汇总.xlsx", PACKED[method]
    for at in range(0, len(content), 3):
        path.write_bytes(content[:at] + b"\xff\xff\xff" + content[at + 3 :])
        assert is_consolidated(path) in (True, False)
        assert not is_as_written(path)


def test_one_that_is_packed_as_no_spreadsheet_program_packs_is_not_ours(tmp_path):
    path = tmp_path / "汇总.xlsx"
    for method, ours in (("deflate", True), ("bz2", False), ("lzma", False)):
        path.write_bytes(PACKED[method])
        assert is_consolidated(path) is ours


def test_what_is_not_there_or_a_folder_is_not_ours(tmp_path):
    assert not is_consolidated(tmp_path)
    assert not is_consolidated(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("place", [6, 7, 9])
def test_one_that_was_not_written_whole_is_refused(tmp_path, place):
    path = tmp_path / "汇总.xlsx"
    good = package(PROPERTY.format("consolidated"), rows="1" * 50)
    path.write_bytes(good)
    sound(path)
    at = good.index(b"rows") + place
    path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
    with pytest.raises(OutputError) as caught:
        sound(path)
    assert caught.value.code == "consolidated_unsound"


def test_one_of_somebody_else_is_refused(tmp_path):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(package(PROPERTY.format("submission")))
    with pytest.raises(OutputError) as caught:
        sound(path)
    assert caught.value.code == "consolidated_unsound"
