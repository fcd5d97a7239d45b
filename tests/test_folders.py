"""Where a user's own, the records and what can be made anew are kept, on each system."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyxl.folders import cache_folder, data_folder, state_folder

HOME = Path("/家")
NAMED = {
    "APPDATA": "/名/漫游",
    "LOCALAPPDATA": "/名/本机",
    "XDG_CACHE_HOME": "/名/缓存",
    "XDG_DATA_HOME": "/名/数据",
    "XDG_STATE_HOME": "/名/状态",
}
PLACES = {
    ("win32", False): ("/家/AppData/Roaming/pyxl", "/家/AppData/Local/pyxl", "/家/AppData/Local/pyxl/cache"),
    ("win32", True): ("/名/漫游/pyxl", "/名/本机/pyxl", "/名/本机/pyxl/cache"),
    ("darwin", False): ("/家/.local/share/pyxl", "/家/Library/Logs/pyxl", "/家/Library/Logs/pyxl/cache"),
    ("darwin", True): ("/名/数据/pyxl", "/家/Library/Logs/pyxl", "/家/Library/Logs/pyxl/cache"),
    ("linux", False): ("/家/.local/share/pyxl", "/家/.local/state/pyxl", "/家/.cache/pyxl"),
    ("linux", True): ("/名/数据/pyxl", "/名/状态/pyxl", "/名/缓存/pyxl"),
}


@pytest.mark.parametrize(("system", "named"), PLACES)
def test_every_system_has_its_folders_and_the_variables_count(monkeypatch, system, named):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(Path, "home", lambda: HOME)
    for name, place in NAMED.items():
        if named:
            monkeypatch.setenv(name, place)
        else:
            monkeypatch.delenv(name, raising=False)
    assert tuple(map(str, (data_folder(), state_folder(), cache_folder()))) == PLACES[system, named]
