"""LibreOffice is found in PATH through whatever links, or where it usually stands; our Python's settings stay ours."""

from __future__ import annotations

from pathlib import Path

from pyxl import soffice


def test_it_is_found_through_the_links_that_lead_to_it(tmp_path, monkeypatch):
    real = tmp_path / "program" / "soffice"
    real.parent.mkdir()
    real.write_text("#!/bin/sh\n", encoding="utf-8")
    real.chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "libreoffice").symlink_to(real)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert soffice.program() == real


def test_where_path_does_not_know_it_the_newest_of_the_usual_places_is_taken(tmp_path, monkeypatch):
    for version in ("7.4", "24.8", "25.2"):
        path = tmp_path / f"libreoffice{version}" / "program" / "soffice"
        path.parent.mkdir(parents=True)
        path.touch()
    place = tmp_path.relative_to(Path(tmp_path.anchor))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "_ELSEWHERE", (f"{place}/none*/soffice", f"{place}/libreoffice2*/program/soffice"))
    assert soffice.program() == tmp_path / "libreoffice25.2" / "program" / "soffice"
    monkeypatch.setattr(soffice, "_ELSEWHERE", ())
    assert soffice.program() is None


def test_where_windows_starts_it_from_counts_before_the_usual_places(tmp_path, monkeypatch):
    (tmp_path / "soffice.exe").touch()
    known = {"soffice.exe": str(tmp_path / "gone" / "soffice.exe"), "scalc.exe": str(tmp_path / "scalc.exe")}
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice, "registered", known.get)
    assert soffice.program() == tmp_path / "soffice.exe"


def test_what_is_meant_for_our_python_does_not_reach_it(tmp_path, monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "LD_LIBRARY_PATH", "URE_BOOTSTRAP"):
        monkeypatch.setenv(name, "/x")
    monkeypatch.setenv("PYXL_KEPT", "1")
    (tmp_path / "python3").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin:/nothing")
    found = soffice.environment()
    assert [name for name in found if name.startswith(("PYTHON", "VIRTUAL_ENV", "LD_", "URE"))] == []
    assert found["PYXL_KEPT"] == "1"
    assert found["PATH"] == "/usr/bin:/bin:/nothing"
