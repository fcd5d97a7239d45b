"""What lies in a folder: what is looked at, what is passed over with a word, and what without one."""

from __future__ import annotations

import os
import socket

import pytest

from pyxl.collecting.folder import listed, shown_name
from pyxl.core.consolidation import Status
from pyxl.errors import UsageError


def lay(folder, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"x")


def seen(folder, own=()):
    found = listed(folder, own)
    assert all(each.status is Status.IGNORED for each in found.ignored)
    return [path.name for path in found.files], {each.file: each.reason for each in found.ignored}


def test_files_are_looked_at_by_name_whatever_their_ending(tmp_path):
    lay(tmp_path, "b.xlsx", "a.XLSX", "c.xls", "d.et", "e.zip", "无后缀", "f.csv")
    assert seen(tmp_path) == (["a.XLSX", "b.xlsx", "c.xls", "d.et", "e.zip", "f.csv", "无后缀"], {})


def test_what_people_keep_beside_them_is_not_worth_a_word(tmp_path):
    lay(tmp_path, "总结.docx", "说明.PDF", "Thumbs.db", "desktop.ini", ".DS_Store", "._a.xlsx", ".pyxl-1f.part")
    assert seen(tmp_path) == ([], {})


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#", ".~a.xlsx"])
def test_lock_files_are_passed_over(tmp_path, name):
    lay(tmp_path, name)
    assert seen(tmp_path) == ([], {name: "lock_file"})


def test_nobody_goes_into_folders_or_follows_links(tmp_path):
    inside, outside = tmp_path / "收", tmp_path / "外"
    for folder in (inside, outside, inside / "子"):
        folder.mkdir()
        lay(folder, "a.xlsx")
    (inside / "文件链接.xlsx").symlink_to(outside / "a.xlsx")
    (inside / "文件夹链接").symlink_to(outside)
    (inside / "断了.xlsx").symlink_to(outside / "没有")
    (inside / "自己.xlsx").symlink_to("自己.xlsx")
    lay(inside, "快捷方式.LNK", "网址.url")
    links = ("文件链接.xlsx", "文件夹链接", "断了.xlsx", "自己.xlsx", "快捷方式.LNK", "网址.url")
    assert seen(inside) == (["a.xlsx"], {"子": "folder", **dict.fromkeys(links, "link")})


def test_what_is_no_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "管道.xlsx")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.xlsx"))
        assert seen(tmp_path) == ([], {"管道.xlsx": "other_file", "s.xlsx": "other_file"})


@pytest.mark.parametrize("spelt", ["名册.xlsx", "./名册.xlsx", "../收/名册.xlsx", "链接/名册.xlsx"])
def test_our_own_files_are_left_out_however_their_place_is_written(tmp_path, spelt, monkeypatch):
    folder = tmp_path / "收"
    folder.mkdir()
    lay(folder, "a.xlsx", "名册.xlsx")
    (folder / "链接").symlink_to(folder)
    monkeypatch.chdir(folder)
    assert [path.name for path in listed(folder, [folder / spelt]).files] == ["a.xlsx"]
    assert [path.name for path in listed(folder, [type(folder)(spelt)]).files] == ["a.xlsx"]


def test_a_file_of_the_same_name_elsewhere_is_not_ours(tmp_path):
    lay(tmp_path, "名册.xlsx")
    assert seen(tmp_path, [tmp_path / "别处" / "名册.xlsx"]) == (["名册.xlsx"], {})


def test_names_that_are_no_text_can_be_told(tmp_path):
    (tmp_path / os.fsdecode(b"\xff")).mkdir()
    assert seen(tmp_path) == ([], {"?": "folder"})
    assert shown_name(os.fsdecode("好\udcff".encode("utf-8", "surrogateescape"))) == "好?"


def test_a_file_that_goes_away_while_we_list_is_looked_for_later(tmp_path, monkeypatch):
    lay(tmp_path, "a.xlsx")
    real = os.scandir

    class Gone:
        def __init__(self, entry):
            self.name, self.is_dir = entry.name, entry.is_dir

        def stat(self, **_):
            raise FileNotFoundError

    class Entries(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(os, "scandir", lambda folder: Entries(map(Gone, real(folder))))
    assert seen(tmp_path) == (["a.xlsx"], {})


def test_a_folder_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UsageError) as caught:
        listed(tmp_path / "没有")
    assert caught.value.code == "folder_unreadable"
    assert "没有" in caught.value.message
