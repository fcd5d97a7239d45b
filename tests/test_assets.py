from __future__ import annotations

from pathlib import Path

from pyxl import assets

ROOT = Path(__file__).parent.parent


def test_a_checkout_has_the_files_at_its_root():
    assert assets.checkout_root() == ROOT
    assert assets.template_path() == ROOT / "templates" / "半年工作总结.docx"
    assert assets.upper_template_path() == ROOT / "templates" / "汇总情况报告.docx"
    assert assets.launcher_path() == ROOT / "workbook" / "vba" / "PyxlLaunch.bas"


def test_the_files_are_there():
    assert assets.template_path().is_file()
    assert assets.upper_template_path().is_file()
    assert assets.launcher_path().is_file()


def test_a_wheel_carries_them_inside_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "_PACKED", tmp_path)
    assert assets.checkout_root() is None
    assert assets.template_path() == tmp_path / "templates" / "半年工作总结.docx"
    assert assets.upper_template_path() == tmp_path / "templates" / "汇总情况报告.docx"
