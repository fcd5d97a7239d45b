"""What doctor sees of an installation, whole or damaged."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pyxl.folders import state_folder
from pyxl.installing.diagnosis import examination
from pyxl.installing.diagnosis.examination import examined, examined_installation
from pyxl.installing.diagnosis.finding import Finding
from pyxl.installing.diagnosis.page import page
from pyxl.installing.windows import addin_path, install, send_to_paths
from pyxl.sealing.keys import unit_key
from tests.installing.unpacked import PARTS, a_bundle, a_user


@pytest.fixture
def places(installed_places):
    return installed_places


def by_key(findings) -> dict[str, Finding]:
    return {found.key: found for found in findings}


def test_a_whole_installation_gives_no_trouble(places):
    found = by_key(examined_installation(places))
    assert list(found) == ["home", "files", "addin", "send_to"]
    assert not any(each.trouble for each in found.values())
    kept = len(PARTS) - 4
    assert found["files"].value == f"共 {kept} 个，缺少 0 个，被改动 0 个"


def test_files_that_are_gone_or_changed_are_counted_and_named(places):
    (places.home / "python/python.exe").unlink()
    (places.home / "app/pyxl/__init__.py").write_text("x")
    files = by_key(examined_installation(places))["files"]
    assert "缺少 1 个，被改动 1 个" in files.value
    assert "app/pyxl/__init__.py、python/python.exe" in files.trouble
    assert "杀毒软件" in files.trouble


def test_of_very_many_files_some_are_named(places):
    for name in PARTS:
        (places.home / name).unlink(missing_ok=True)
    assert "等 9 个" in by_key(examined_installation(places))["files"].trouble


def test_an_add_in_that_vanished_points_to_the_virus_scanner(places):
    addin_path(places).unlink()
    addin = by_key(examined_installation(places))["addin"]
    assert addin.value.startswith("不在：")
    assert "杀毒软件隔离" in addin.trouble


def test_an_add_in_that_was_exchanged_is_told_apart(places):
    addin_path(places).write_bytes(b"x")
    addin = by_key(examined_installation(places))["addin"]
    assert addin.value.startswith("在，但与安装时不同：")
    assert addin.trouble


def test_an_entry_that_is_gone_from_send_to_is_noticed(places):
    send_to_paths(places)["report"].unlink()
    found = by_key(examined_installation(places))["send_to"]
    assert "不在：" in found.value
    assert "安装.cmd" in found.trouble


def test_where_nothing_is_installed_it_says_what_to_do(tmp_path):
    (only,) = examined_installation(a_user(tmp_path))
    assert (only.key, only.value) == ("home", "没有安装记录")
    assert "安装.cmd" in only.trouble


def test_a_library_that_cannot_be_loaded_is_told_without_its_own_words(monkeypatch):
    monkeypatch.setitem(examination._LIBRARIES, "python-calamine", "没有这个模块")
    found = by_key(examined())["python-calamine"]
    assert found.value == "用不了（ModuleNotFoundError）"
    assert found.trouble == "读台账会慢一些，不影响结果。"


def test_a_folder_that_takes_no_record_is_noticed(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(examination, "state_folder", lambda: tmp_path / "file" / "pyxl")
    state = by_key(examined())["state"]
    assert state.value.startswith("不能写入")
    assert state.trouble


def test_the_folder_of_keys_is_named_for_who_moves_to_another_computer(monkeypatch, tmp_path):
    monkeypatch.setattr("pyxl.installing.diagnosis.examination.keys_folder", lambda: tmp_path / "keys")
    assert by_key(examined())["keys"].value == f"还没有，第一次上报时生成：{tmp_path / 'keys'}"
    unit_key("ZB-01", tmp_path / "keys")
    found = by_key(examined())["keys"]
    assert (found.value, found.trouble) == (f"1 把：{tmp_path / 'keys'}", "")


def test_of_records_the_names_are_given_and_not_what_they_say():
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(10):
        (folder / f"pyxl-2023010{number}-000000-1.log").write_text("表格里的内容", encoding="utf-8")
    text = page(examined())
    names = re.findall(r"pyxl-\d{8}-\d{6}-\d+\.log", text)
    assert names == sorted(names, reverse=True)
    assert len(names) == 8
    assert "表格里的内容" not in text


def test_the_text_begins_with_how_much_is_wrong(places):
    fine = page(examined_installation(places))
    assert fine.splitlines()[2] == "没有发现问题。"
    addin_path(places).unlink()
    lines = page(examined_installation(places)).splitlines()
    assert lines[2] == "有 1 处需要注意。"
    assert sum(line.startswith("    注意：") for line in lines) == 1
    assert "【安装】" in lines


@pytest.mark.usefixtures("_on_a_drive")
def test_an_add_in_in_another_start_up_folder_is_looked_for_there(tmp_path):
    places = replace(a_user(tmp_path / "users"), startup=tmp_path / "别的启动文件夹")
    install(a_bundle(tmp_path / "bundle"), places)
    usual = a_user(tmp_path / "users")
    assert by_key(examined_installation(usual))["addin"] == ("installed", "addin", f"在：{addin_path(places)}", "")
    addin_path(places).unlink()
    assert by_key(examined_installation(usual))["addin"].value == f"不在：{addin_path(places)}"
