"""Only a workbook that we have written is ever replaced."""

from __future__ import annotations

import io
import zipfile

import pytest

from pyxl.errors import OutputError
from pyxl.excel.consolidating.own import is_consolidated, sound

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


@pytest.mark.parametrize("at", range(0, len(OURS), 3))
def test_a_damaged_one_surprises_nobody(tmp_path, at):
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(OURS[:at] + b"\xff\xff\xff" + OURS[at + 3 :])
    assert is_consolidated(path) in (True, False)


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
