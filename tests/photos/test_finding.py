"""A name in a cell leads to a file beside the ledger, and nowhere else."""

from __future__ import annotations

import os
import unicodedata

import pytest

from pyxl.photos import finding
from pyxl.photos.finding import NoPhotoError, content_of, folders_of


@pytest.fixture
def ledger(tmp_path):
    folder = tmp_path / "台账夹"
    folder.mkdir()
    (tmp_path / "外面.jpg").write_bytes(b"outside")
    return folder / "台账.xlsx"


def reason(name, folders):
    with pytest.raises(NoPhotoError) as caught:
        content_of(name, folders)
    return caught.value.reason


@pytest.mark.parametrize("below", ["", "台账", "照片"])
def test_it_is_looked_for_beside_the_ledger_in_a_folder_of_its_name_and_in_photos(ledger, below):
    folder = ledger.parent / below
    folder.mkdir(exist_ok=True)
    (folder / "a.jpg").write_bytes(b"a")
    assert content_of("a.jpg", folders_of(ledger)) == b"a"


def test_the_folder_that_the_user_names_comes_first(ledger, tmp_path):
    other = tmp_path / "相册"
    other.mkdir()
    (other / "a.jpg").write_bytes(b"named")
    (ledger.parent / "a.jpg").write_bytes(b"beside")
    assert content_of("a.jpg", folders_of(ledger, other)) == b"named"
    assert content_of("a.jpg", folders_of(ledger)) == b"beside"
    assert reason("../外面.jpg", folders_of(ledger, other)) == "outside"


@pytest.mark.parametrize("name", ["照片/a.jpg", "照片\\a.jpg", "./照片/a.jpg"])
def test_a_folder_below_may_be_named_with_either_slash(ledger, name):
    (ledger.parent / "照片").mkdir()
    (ledger.parent / "照片" / "a.jpg").write_bytes(b"a")
    assert content_of(name, folders_of(ledger)) == b"a"


def test_names_of_other_systems_are_found(ledger):
    (ledger.parent / unicodedata.normalize("NFD", "é.jpg")).write_bytes(b"a")
    assert content_of(unicodedata.normalize("NFC", "é.jpg"), folders_of(ledger)) == b"a"


@pytest.mark.parametrize(
    "name",
    ["../外面.jpg", "..\\外面.jpg", "照片/../../外面.jpg", "/etc/x.jpg", "\\\\server\\x.jpg", "C:\\x.jpg", "C:x.jpg",
     "a.jpg:x.jpg", "a\0.jpg", "a\n.jpg", "//x.jpg", "a//b.jpg", ""],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_looked_at(ledger, name, monkeypatch):
    monkeypatch.setattr(finding.os, "open", None)
    monkeypatch.setattr(finding.Path, "lstat", None)
    assert reason(name, folders_of(ledger)) == "outside"


@pytest.mark.parametrize("target", ["外面.jpg", "没有.jpg"])
def test_a_link_is_not_followed_wherever_it_leads(ledger, tmp_path, target):
    (ledger.parent / "a.jpg").symlink_to(tmp_path / target)
    assert reason("a.jpg", folders_of(ledger)) == "link"


def test_a_folder_that_is_a_link_is_not_followed_either(ledger, tmp_path):
    (ledger.parent / "照片").symlink_to(tmp_path)
    assert reason("外面.jpg", folders_of(ledger)) == "link"
    assert reason("照片/外面.jpg", folders_of(ledger)) == "link"


def test_what_is_no_file_is_not_read(ledger):
    (ledger.parent / "a.jpg").mkdir()
    assert reason("a.jpg", folders_of(ledger)) == "not_a_file"
    os.mkfifo(ledger.parent / "b.jpg")  # whoever opened it plainly would wait for ever
    assert reason("b.jpg", folders_of(ledger)) == "not_a_file"


def test_what_is_not_there_or_too_large_or_locked_is_told_apart(ledger, monkeypatch):
    assert reason("没有.jpg", folders_of(ledger)) == "missing"
    assert reason("长" * 300 + ".jpg", folders_of(ledger)) == "missing"
    monkeypatch.setattr(finding, "MOST_BYTES", 10)
    (ledger.parent / "a.jpg").write_bytes(bytes(11))
    assert reason("a.jpg", folders_of(ledger)) == "too_large"

    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(finding.os, "open", refused)
    assert reason("a.jpg", folders_of(ledger)) == "unreadable"
