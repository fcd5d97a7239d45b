"""Installing and examining as the skins ask for it."""

from __future__ import annotations

import os

import pytest

from pyxl import actions
from pyxl.errors import OutputError, UsageError
from pyxl.folders import state_folder
from pyxl.installing import libreoffice

NAME = "党支部工作-诊断.txt"


@pytest.fixture
def _no_extension(monkeypatch):
    """LibreOffice as it is on a fresh machine, whatever this one has."""
    monkeypatch.setattr(libreoffice, "extension_status", lambda **_: None)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's home with nothing in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


@pytest.mark.usefixtures("_no_extension")
def test_doctor_writes_a_text_that_notepad_can_read(tmp_path):
    outcome = actions.doctor(tmp_path)
    assert outcome.path == tmp_path / NAME
    content = outcome.path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "党支部工作 诊断"
    assert {"【程序】", "【表格软件】", "【部件】", "【写入和记录】"} <= set(lines)
    assert outcome.troubles == sum(line.startswith("    注意：") for line in lines)


@pytest.mark.usefixtures("_no_extension")
def test_without_a_folder_it_goes_to_the_desktop_or_home(home):
    assert actions.doctor().path == home / NAME
    (home / "Desktop").mkdir()
    assert actions.doctor().path == home / "Desktop" / NAME
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('# 注\nXDG_DESKTOP_DIR="$HOME/桌面"\n', encoding="utf-8")
    assert actions.doctor().path == home / NAME, "the desktop that is named is not there"
    (home / "桌面").mkdir()
    assert actions.doctor().path == home / "桌面" / NAME


@pytest.mark.usefixtures("_no_extension")
def test_an_earlier_one_is_replaced(tmp_path):
    (tmp_path / NAME).write_text("旧的", encoding="utf-8")
    actions.doctor(tmp_path)
    assert "旧的" not in (tmp_path / NAME).read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("_no_extension")
def test_a_file_or_a_folder_can_be_named(tmp_path):
    assert actions.doctor(out=tmp_path / "给张三.txt").path == tmp_path / "给张三.txt"
    assert actions.doctor(out=tmp_path).path == tmp_path / NAME


@pytest.mark.usefixtures("_no_extension")
def test_a_named_text_of_somebody_elses_stays_and_one_of_ours_is_replaced(tmp_path):
    (tmp_path / "笔记.txt").write_text("我的", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        actions.doctor(out=tmp_path / "笔记.txt")
    assert caught.value.code == "file_exists"
    assert (tmp_path / "笔记.txt").read_text(encoding="utf-8") == "我的"
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(OutputError):
        actions.doctor(out=tmp_path / "管道.txt")
    written = actions.doctor(out=tmp_path / "诊断.txt").path
    written.write_bytes(written.read_bytes() + "旧的".encode())
    assert actions.doctor(out=written).path == written
    assert "旧的" not in written.read_text(encoding="utf-8-sig")


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UsageError) as caught:
        actions.doctor(out=tmp_path / "诊断.xlsx")
    assert caught.value.code == "doctor_ending"


@pytest.mark.usefixtures("_no_extension")
def test_a_folder_that_takes_no_file_is_no_obstacle(home, monkeypatch):
    """Whoever asks for a diagnosis has enough troubles: it goes home, and at last where our records are."""
    assert actions.doctor(home / "没有").path == home / NAME
    monkeypatch.setenv("HOME", str(home / "没有"))
    assert actions.doctor(home / "没有").path == state_folder() / NAME


@pytest.mark.usefixtures("_no_extension")
def test_a_named_file_whose_folder_is_not_there_is_told(tmp_path):
    with pytest.raises(OutputError) as caught:
        actions.doctor(out=tmp_path / "没有" / "诊断.txt")
    assert caught.value.code == "output_folder_missing"


@pytest.mark.usefixtures("_no_extension")
def test_the_name_of_the_user_is_not_in_the_text(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "党员甲"))
    monkeypatch.setenv("USER", "党员甲")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "党员甲" / "state"))
    assert "党员甲" not in actions.doctor(tmp_path).path.read_text(encoding="utf-8-sig")


def test_elsewhere_than_on_windows_install_means_the_extension(monkeypatch, tmp_path):
    asked: list[bool] = []

    def install_extension(*, shared):
        asked.append(shared)
        return tmp_path

    monkeypatch.setattr(libreoffice, "install_extension", install_extension)
    steps = actions.install(shared=True).steps
    assert asked == [True]
    assert str(tmp_path) in steps[0]
    monkeypatch.setattr(libreoffice, "remove_extension", lambda *, shared: shared)
    assert actions.uninstall(shared=True).steps[0].startswith("已取走 LibreOffice")
    assert actions.uninstall().steps == ("LibreOffice 里没有本程序的菜单，不用取走。",)
