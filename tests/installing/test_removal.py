"""What was installed is taken away: that, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pyxl.errors import InstallError
from pyxl.installing import placing, removal, turn
from pyxl.installing.removal import uninstall
from pyxl.installing.turn import alone
from pyxl.installing.windows import addin_path, install
from pyxl.text import phrase
from tests.installing.unpacked import a_bundle, a_user, contents

ELSEWHERE = os.path.join(os.sep, "elsewhere", "python.exe")


@pytest.fixture
def places(installed_places):
    return installed_places


def test_nothing_is_left_of_what_was_installed(places, tmp_path):
    uninstall(places, ELSEWHERE)
    assert contents(tmp_path / "users") == {}
    assert not places.home.exists()


def test_what_is_not_ours_stays(places, tmp_path):
    own = {
        places.home / "pyxl-20230101-000000-1.log": "记录",
        places.home / "app" / "pyxl" / "我的.txt": "我的",
        places.startup / "别的.xlam": "别的",
        places.send_to / "别的.lnk": "别的",
    }
    for path, text in own.items():
        path.write_text(text, encoding="utf-8")
    (places.home / "click-0a1b2c3d.lock").touch()
    lines = uninstall(places, ELSEWHERE)
    left = {path for path in (tmp_path / "users").rglob("*") if path.is_file()}
    assert left == set(own)
    assert phrase("installing", "steps", "records_left", count=1, folder=places.home) in lines
    assert lines[-1] == phrase("installing", "steps", "ledgers_left")


@pytest.mark.usefixtures("_on_a_drive")
def test_an_add_in_in_a_start_up_folder_that_was_named_shortly_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = a_user(tmp_path / "users", startup=Path("XL 启动"))
    install(a_bundle(tmp_path / "bundle"), places)
    assert (tmp_path / "XL 启动" / "党支部工作.xlam").exists()
    monkeypatch.chdir(tmp_path / "bundle")
    uninstall(a_user(tmp_path / "users"), ELSEWHERE)
    assert not (tmp_path / "XL 启动" / "党支部工作.xlam").exists()


def test_it_says_what_it_took_away(places):
    lines = uninstall(places, ELSEWHERE)
    assert lines[0] == phrase("installing", "steps", "removed", path=addin_path(places))
    assert phrase("installing", "steps", "program_removed", folder=places.home) in lines


def test_the_interpreter_that_runs_leaves_its_own_folder_to_the_script(places):
    uninstall(places, str(places.home / "python" / "python.exe"))
    assert os.listdir(places.home) == ["python"]
    assert (places.home / "python" / "pythonw.exe").exists()


def test_where_nothing_is_installed_nothing_is_taken_away(tmp_path):
    places = a_user(tmp_path)
    places.home.mkdir(parents=True)
    (places.home / "pyxl-1.log").touch()
    with pytest.raises(InstallError) as caught:
        uninstall(places, ELSEWHERE)
    assert caught.value.code == "not_installed"
    assert (places.home / "pyxl-1.log").exists()


def test_while_excel_has_the_add_in_open_nothing_is_taken_away(places, tmp_path, monkeypatch):
    before = contents(tmp_path / "users")
    monkeypatch.setattr(removal, "is_held", lambda path: path == addin_path(places))
    with pytest.raises(InstallError) as caught:
        uninstall(places, ELSEWHERE)
    assert caught.value.code == "close_excel"
    assert contents(tmp_path / "users") == before


def test_while_a_click_is_at_work_nothing_is_taken_away(places, tmp_path, monkeypatch):
    before = contents(tmp_path / "users")

    def rename(path, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(InstallError) as caught:
        uninstall(places, ELSEWHERE)
    assert caught.value.code == "close_excel"
    assert contents(tmp_path / "users") == before


def test_what_an_installation_that_was_cut_off_has_left_goes_too(places, tmp_path):
    for name in (".new", ".old"):
        (places.home / name / "python").mkdir(parents=True)
        (places.home / name / "python" / "python.exe").touch()
    uninstall(places, ELSEWHERE)
    assert contents(tmp_path / "users") == {}
    assert not places.home.exists()


def test_a_virus_scanner_that_looks_into_the_program_meanwhile_is_waited_for(places, monkeypatch):
    rename, refusals = Path.rename, [PermissionError(13, "being scanned")]

    def scanned(path, target):
        if path.name == ".in-use" and refusals:
            raise refusals.pop()
        return rename(path, target)

    monkeypatch.setattr(placing, "_PATIENCE", (0.0,))
    monkeypatch.setattr(Path, "rename", scanned)
    uninstall(places, ELSEWHERE)
    assert refusals == []
    assert not places.home.exists()


def test_while_another_window_installs_nothing_is_taken_away(places, tmp_path, monkeypatch):
    monkeypatch.setattr(turn, "gettempdir", lambda: str(tmp_path))
    before = contents(tmp_path / "users")
    with alone(places.home):
        for _ in range(2):  # who is turned away does not take the other's lock along
            with pytest.raises(InstallError) as caught:
                uninstall(places, ELSEWHERE)
            assert caught.value.code == "install_at_work"
    assert contents(tmp_path / "users") == before
    uninstall(places, ELSEWHERE)
    assert not list(tmp_path.glob("*.lock"))


def test_a_file_that_will_not_go_is_named_and_a_second_run_ends_it(places, monkeypatch):
    stubborn = places.home / "app" / "pyxl" / "__init__.py"
    unlink = Path.unlink

    def refuse(path, **options):
        if path == stubborn:
            raise PermissionError(13, "in use")
        unlink(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(InstallError) as caught:
            uninstall(places, ELSEWHERE)
    assert caught.value.code == "file_not_removed"
    assert caught.value.params == {"path": str(stubborn)}
    uninstall(places, ELSEWHERE)
    assert not places.home.exists()
