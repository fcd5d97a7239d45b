"""An unpacked bundle becomes an installed program, whole or not at all."""

from __future__ import annotations

import marshal
import os
from pathlib import Path

import pytest

from pyxl import __version__
from pyxl.errors import InstallError
from pyxl.installing import placing, windows
from pyxl.installing.listing import differences, installed
from pyxl.installing.places import bundle_folder, user_places
from pyxl.installing.windows import addin_path, install, send_to_paths
from pyxl.text import phrase
from tests.installing.unpacked import PARTS, a_bundle, a_user, contents

# What of the bundle belongs into the program's folder.
KEPT = [name for name in PARTS if name.partition("/")[0] not in {"台账", "模板", "安装.cmd", "说明.txt"}]


@pytest.fixture
def bundle(tmp_path):
    return a_bundle(tmp_path / "党支部 工具&1 (2)")


@pytest.fixture
def places(tmp_path, _on_a_drive):
    return a_user(tmp_path / "users")


def test_every_file_is_in_its_place_and_listed(bundle, places):
    install(bundle, places)
    put = contents(places.home)
    assert {name: put[name] for name in KEPT} == {name: PARTS[name].encode() for name in KEPT}
    compiled = {name for name in put if name.endswith(".pyc")}
    assert set(put) - compiled == {*KEPT, "installed.json"}
    listed = installed(places.home)
    assert listed.version == __version__
    assert sorted(listed.files) == sorted(KEPT)
    assert sorted(listed.outside) == sorted(map(str, [addin_path(places), *send_to_paths(places).values()]))


def test_the_add_in_stands_where_excel_opens_it(bundle, places, tmp_path):
    install(bundle, places)
    roaming = tmp_path / "users/党员甲/AppData/Roaming/Microsoft"
    assert (roaming / "Excel/XLSTART/党支部工作.xlam").read_text(encoding="utf-8") == "加载项"
    assert os.listdir(roaming / "Excel/XLSTART") == ["党支部工作.xlam"]  # a file left over would be opened too


def test_send_to_starts_the_interpreter_without_a_window(bundle, places):
    install(bundle, places)
    assert sorted(os.listdir(places.send_to)) == sorted(
        f"党支部工作-{name}.lnk" for name in ("校验", "生成总结", "上报", "收集")
    )
    for verb, path in send_to_paths(places).items():
        words = f"-X utf8 -B -m pyxl.cli.dropped {verb}".encode("utf-16-le")
        assert words in path.read_bytes()
        assert r"%LOCALAPPDATA%\pyxl\python\pythonw.exe".encode("utf-16-le") in path.read_bytes()


def test_modules_are_compiled_for_a_click_that_writes_nothing(bundle, places):
    install(bundle, places)
    compiled = sorted(path.parent.parent.name for path in places.home.rglob("*.pyc"))
    assert compiled == ["pyxl", "site-packages"]
    code = marshal.loads(next((places.home / "app").rglob("*.pyc")).read_bytes()[16:])
    assert code.co_filename == str(places.home / "app/pyxl/__init__.py")


def test_it_says_what_it_did_and_where(bundle, places):
    lines = install(bundle, places)
    assert lines[0] == phrase("installing", "steps", "program", folder=places.home, count=len(KEPT))
    assert lines[1] == phrase("installing", "steps", "addin", path=addin_path(places))
    assert "党支部工作-校验、党支部工作-生成总结、党支部工作-上报、党支部工作-收集" in lines[2]
    assert lines[-1] == phrase("installing", "steps", "done")


# Where files have no streams, a stream's name is that of a file of its own.
def test_marks_of_the_web_are_taken_off(bundle, places):
    for name in ("台账/党支部活动台账.xlsx", "addin/党支部工作.xlam"):
        Path(f"{bundle / name}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    lines = install(bundle, places)
    assert phrase("installing", "steps", "marks", count=2) in lines
    assert not list(bundle.rglob("*:Zone.Identifier"))


def test_installing_again_replaces_what_was_there_and_keeps_what_is_not_its_own(tmp_path, bundle, places):
    install(bundle, places)
    (places.home / "pyxl-20230101.log").write_text("记录", encoding="utf-8")
    newer = a_bundle(
        tmp_path / "新", **{"app/pyxl/__init__.py": "NAME = 2\n", "党支部工作-校验.cmd": None, "新.cmd": ""}
    )
    lines = install(newer, places)
    assert lines[0] == phrase("installing", "steps", "updated", folder=places.home, count=len(KEPT))
    put = contents(places.home)
    assert put["app/pyxl/__init__.py"] == b"NAME = 2\n"
    assert put["pyxl-20230101.log"].decode() == "记录"
    assert "新.cmd" in put
    assert "党支部工作-校验.cmd" not in put  # of the older version, and no longer part of it
    assert not {".new", ".old"} & set(os.listdir(places.home))


def test_an_add_in_that_stood_elsewhere_is_taken_away(bundle, places, tmp_path):
    elsewhere = user_places(
        {"LOCALAPPDATA": str(places.home.parent), "APPDATA": str(places.send_to.parents[2])}, tmp_path / "XL 启动"
    )
    install(bundle, elsewhere)
    assert (tmp_path / "XL 启动/党支部工作.xlam").exists()
    lines = install(bundle, places)
    assert phrase("installing", "steps", "former", path=tmp_path / "XL 启动/党支部工作.xlam") in lines
    assert not (tmp_path / "XL 启动/党支部工作.xlam").exists()


@pytest.mark.parametrize("name", ["addin/党支部工作.xlam", "python/python.exe", "台账/党支部活动台账.xlsx"])
@pytest.mark.parametrize("happened", ["gone", "changed"])
def test_a_bundle_that_is_not_whole_is_refused_before_anything_is_done(bundle, places, name, happened):
    if happened == "gone":
        (bundle / name).unlink()
    else:
        (bundle / name).write_bytes(b"x")
    with pytest.raises(InstallError) as caught:
        install(bundle, places)
    assert caught.value.code == "bundle_incomplete"
    assert caught.value.params == {"count": 1, "listing": f"  {name}"}
    assert not places.home.exists()


def before_and_after(bundle, places, tmp_path, breaking) -> InstallError:
    """An update during which something fails: afterwards every file is as it was."""
    install(bundle, places)
    (places.home / "pyxl-1.log").write_text("记录", encoding="utf-8")
    before = contents(tmp_path / "users")
    newer = a_bundle(tmp_path / "新", **{"app/pyxl/__init__.py": "NAME = 2\n", "addin/党支部工作.xlam": "新"})
    breaking()
    with pytest.raises(InstallError) as caught:
        install(newer, places)
    assert contents(tmp_path / "users") == before
    assert not {".new", ".old"} & set(os.listdir(places.home))
    return caught.value


@pytest.mark.parametrize("held", ["python", "app", "addin", "卸载.cmd", "党支部工作.xlam", "党支部工作-生成总结.lnk"])
def test_a_file_that_a_program_holds_leaves_everything_as_it_was(bundle, places, tmp_path, monkeypatch, held):
    """On Windows neither a file in use nor a folder that holds one can be moved; here that is made believe."""
    moved = Path.rename
    replaced = Path.replace

    def rename(path, target):
        if path == places.home / held:
            raise PermissionError(13, "in use")
        return moved(path, target)

    def replace(path, target):
        if target in {places.startup / held, places.send_to / held}:
            raise PermissionError(13, "in use")
        return replaced(path, target)

    def breaking():
        monkeypatch.setattr(placing, "_PATIENCE", ())
        monkeypatch.setattr(Path, "rename", rename)
        monkeypatch.setattr(Path, "replace", replace)

    assert before_and_after(bundle, places, tmp_path, breaking).code == "close_excel"


def test_a_file_that_is_held_for_a_moment_is_waited_for(bundle, places, monkeypatch):
    attempts: list[Path] = []
    moved = Path.rename

    def rename(path, target):
        attempts.append(path)
        if len(attempts) < 3:
            raise PermissionError(13, "being scanned")
        return moved(path, target)

    monkeypatch.setattr(placing, "_PATIENCE", (0.0, 0.0))
    monkeypatch.setattr(Path, "rename", rename)
    install(bundle, places)
    assert attempts[0] == attempts[1] == attempts[2]
    assert addin_path(places).exists()


def test_an_add_in_that_excel_has_open_is_noticed_before_anything_is_copied(bundle, places):
    addin_path(places).mkdir(parents=True)  # what cannot be opened for writing, whoever asks
    with pytest.raises(InstallError) as caught:
        install(bundle, places)
    assert caught.value.code == "close_excel"
    assert not places.home.exists()


def test_of_two_windows_that_install_at_once_one_is_told_to_wait(bundle, places, monkeypatch):
    """An impatient double click: the second would take the first one's half-copied files away."""
    seen: list[InstallError] = []
    copied = windows.copy_listed

    def copy_listed(*words):
        copied(*words)
        with pytest.raises(InstallError) as caught:
            install(bundle, places)
        seen.append(caught.value)

    monkeypatch.setattr(windows, "copy_listed", copy_listed)
    install(bundle, places)
    assert [refused.code for refused in seen] == ["install_at_work"]
    assert differences(places.home, installed(places.home).files) == []


def test_a_full_disk_leaves_everything_as_it_was(bundle, places, tmp_path, monkeypatch):
    def breaking():
        def copyfile(source, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("shutil.copyfile", copyfile)

    refused = before_and_after(bundle, places, tmp_path, breaking)
    assert refused.code == "install_failed"
    assert refused.params == {"reason": "No space left on device"}


def test_a_copy_that_is_not_what_was_copied_is_refused(bundle, places, tmp_path, monkeypatch):
    def breaking():
        monkeypatch.setattr("shutil.copyfile", lambda _, target: Path(target).write_bytes(b"blocked"))

    assert before_and_after(bundle, places, tmp_path, breaking).code == "install_copy_differs"


def test_what_a_power_cut_left_moved_away_comes_back(bundle, places):
    install(bundle, places)
    (places.home / ".old").mkdir()
    (places.home / "licences").rename(places.home / ".old/licences")
    (places.home / "app/pyxl/__init__.py").unlink()
    broken = a_bundle(places.home.parent / "坏")
    (broken / "addin/党支部工作.xlam").unlink()
    with pytest.raises(InstallError):
        install(broken, places)
    install(bundle, places)
    assert (places.home / "licences/pyxl/LICENSE").read_text() == "MIT"
    assert (places.home / "app/pyxl/__init__.py").exists()


def test_a_first_installation_that_fails_leaves_no_folder(bundle, places, monkeypatch):
    def copyfile(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", copyfile)
    with pytest.raises(InstallError):
        install(bundle, places)
    assert not places.home.exists()


def test_a_user_whose_folders_are_on_a_server_is_told_so(bundle, places, monkeypatch):
    def refuse(*_):
        raise ValueError

    monkeypatch.setattr(windows, "shortcut", refuse)
    with pytest.raises(InstallError) as caught:
        install(bundle, places)
    assert caught.value.code == "home_not_on_drive"
    assert not places.home.exists()


def test_the_bundle_is_found_by_its_interpreter(bundle, places):
    assert bundle_folder(str(bundle / "python" / "python.exe")) == bundle
    with pytest.raises(InstallError) as caught:
        bundle_folder(str(places.home / "python" / "python.exe"))
    assert caught.value.code == "no_bundle"
    install(bundle, places)
    with pytest.raises(InstallError) as caught:
        bundle_folder(str(places.home / "python" / "python.exe"))
    assert caught.value.code == "install_from_home"


@pytest.mark.parametrize("lacking", ["LOCALAPPDATA", "APPDATA"])
def test_a_system_without_folders_of_a_user_is_refused(lacking):
    given = {"LOCALAPPDATA": "/l", "APPDATA": "/r"}
    with pytest.raises(InstallError) as caught:
        user_places({**given, lacking: ""})
    assert caught.value.code == "no_user_folders"
