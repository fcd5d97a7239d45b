"""The verbs that put the program in its place: words in, actions called, words out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyxl import actions, outcomes
from pyxl.cli import main


@pytest.fixture
def called(monkeypatch):
    """What each action was called with."""
    calls: dict[str, object] = {}

    def spy(name: str, outcome: object):
        def action(*args: object, **options: object) -> object:
            calls[name] = (args, options)
            return outcome

        monkeypatch.setattr(actions, name, action)

    spy("install", outcomes.InstallOutcome(("已安装程序", "安装完成")))
    spy("uninstall", outcomes.InstallOutcome(("卸载完成",)))
    spy("doctor", outcomes.DoctorOutcome(Path("诊断.txt"), (("a", "b", "c", "加载项不见了"), ("a", "d", "e", ""))))
    spy("bundle", outcomes.BundleOutcome(Path("包.zip"), 1300, 19 * 1024**2, "ab12"))
    return calls


def test_install_says_line_by_line_what_was_done(called, capsys):
    assert main(["install"]) == 0
    assert called["install"] == ((), {"startup": None, "shared": False})
    assert capsys.readouterr().out == "已安装程序\n安装完成\n"


def test_install_takes_another_start_up_folder(called):
    assert main(["install", "--xlstart", "启动", "--shared"]) == 0
    assert called["install"] == ((), {"startup": Path("启动"), "shared": True})


def test_uninstall_says_what_was_taken_away(called, capsys):
    assert main(["uninstall"]) == 0
    assert called["uninstall"] == ((), {"shared": False})
    assert capsys.readouterr().out == "卸载完成\n"


def test_doctor_says_what_is_wrong_and_where_the_file_is(called, capsys):
    assert main(["doctor", "-o", "诊断.txt"]) == 0
    assert called["doctor"] == ((Path(),), {"out": Path("诊断.txt")})
    assert capsys.readouterr().out == "有 1 处需要注意。\n加载项不见了\n诊断文件：诊断.txt\n"


def test_bundle_says_where_the_file_is_and_what_has_to_be_compared(called, capsys):
    assert main(["bundle", "-o", "d", "--wheels", "w", "--python", "p.zip"]) == 0
    assert called["bundle"] == ((), {"out": Path("d"), "wheels": Path("w"), "python": Path("p.zip")})
    said = capsys.readouterr()
    assert said.out == "安装包：包.zip（1300 个文件，19.0 MB）\n"
    assert "SHA256：ab12" in said.err


@pytest.mark.parametrize("verb", ["install", "uninstall", "doctor", "bundle"])
def test_every_verb_has_a_page_of_help(verb, capsys):
    assert main([verb, "--help"]) == 0
    assert f"pyxl {verb}" in capsys.readouterr().out
