"""The whole life of the bundle on a machine without Python: wine stands in for Windows.

What no wine can show — Excel itself, COM, the virus scanner, Explorer — is in workbook/README.md.
"""

from __future__ import annotations

import ast
import os
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from pyxl.ribbon.request import requested
from tests.bundling.built import ROOT, built_bundle, unpack
from tests.bundling.clicking import HANDLE, RECORDER, clicking_script
from tests.bundling.wine import USER, Machine

pytestmark = pytest.mark.wine

BOOKS = ["台账 a=b & 中文%TEMP%^!(1).xlsx", "第一党支部2023年活动台账.xlsx", "'x'+~#@.xlsx", ""]
SENT = "台账 a&b^!100%TEMP% (1).xlsx"  # to a shortcut
INJECTION = "甲^&echo.injected&.xlsx"
DROPPED = "台账 a & b ^ (1) = c.xlsx"  # on a script, in quotes: wine knows no CMDCMDLINE, and loses a %


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    machine.start()
    yield machine
    machine.stop()


@pytest.fixture
def folder(tmp_path):
    """The bundle, unpacked where no script likes it."""
    folder = tmp_path / "党支部 工具&1"
    unpack(built_bundle(tmp_path), folder)
    return folder


def test_a_user_without_python_installs_clicks_checks_reports_and_uninstalls(machine, folder):
    a_script_that_was_taken_elsewhere_takes_nothing_away(machine, folder)
    everything_is_put_in_its_place(machine, folder)
    doctor_finds_everything_but_what_wine_lacks(machine)
    a_click_carries_the_name_of_the_book(machine)
    a_click_starts_the_program_itself(machine)
    a_click_that_finds_no_program_ends_with_what_the_launcher_tells(machine)
    the_script_writes_the_diagnosis_even_when_the_installed_interpreter_is_broken(machine, folder)
    ledger = a_ledger_is_checked_and_reported(machine)
    a_ledger_sent_to_the_shortcut_leaves_its_results(machine, ledger)
    a_ledger_dropped_on_the_script_leaves_its_report(machine, ledger, folder)
    what_cannot_be_sealed_is_told_and_nothing_is_left(machine, ledger, folder)
    nothing_in_the_name_of_a_dropped_ledger_is_run(machine, ledger, folder)
    nothing_but_the_users_own_is_left(machine, folder)
    the_installed_script_takes_itself_away(machine, folder)


def a_script_that_was_taken_elsewhere_takes_nothing_away(machine: Machine, folder: Path) -> None:
    """Out of the zip file's window, say, or onto a desktop where somebody keeps a folder called python."""
    desktop = machine.drive / "桌面"
    (desktop / "python").mkdir(parents=True)
    (desktop / "python" / "我的.py").touch()
    shutil.copy(folder / "卸载.cmd", desktop)
    machine.run("cmd", "/c", desktop / "卸载.cmd", fails=2)
    assert sorted(path.name for path in desktop.rglob("*")) == ["python", "卸载.cmd", "我的.py"]


def everything_is_put_in_its_place(machine: Machine, folder: Path) -> None:
    said = machine.run("cmd", "/c", "安装.cmd", cwd=folder)
    assert "安装完成" in said
    assert {"python", "app", "addin", "licences", "卸载.cmd", "installed.json"} <= set(os.listdir(machine.home))
    assert os.listdir(machine.startup) == ["党支部工作.xlam"]
    assert sorted(os.listdir(machine.send_to)) == sorted(
        f"党支部工作-{name}.lnk" for name in ("校验", "生成总结", "上报", "收集")
    )
    assert (machine.home / "app/pyxl/__pycache__/buttons.cpython-313.pyc").is_file()
    again = machine.python("-m", "pyxl", "install", fails=2)
    assert "这里是已经装好的程序" in again


def doctor_finds_everything_but_what_wine_lacks(machine: Machine) -> None:
    """calamine and cryptography need a DLL of Windows that wine does not have; pywin32 loads, beside python.exe."""
    machine.python("-m", "pyxl", "doctor", "-o", machine.drive / "诊断.txt")
    content = (machine.drive / "诊断.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "缺少 0 个，被改动 0 个" in text
    assert "与 Excel 的连接：正常" in text
    troubled = [line.partition("：")[0] for line, after in pairwise(text.splitlines()) if "注意：" in after]
    assert troubled == ["cryptography", "python-calamine"]
    assert USER not in text
    assert machine.python("-c", "import xlwings; print([engine.name for engine in xlwings.engines])") == "['excel']\n"


def a_click_carries_the_name_of_the_book(machine: Machine) -> None:
    """The VBA's own text makes the command line; WScript.Shell.Run starts it, as in Excel."""
    entrance = machine.home / "app/pyxl/ribbon/__main__.py"
    own = entrance.read_bytes()
    entrance.write_text(RECORDER, encoding="utf-8")
    said = click(machine, *BOOKS)
    entrance.write_bytes(own)
    assert said.split() == ["0"] * len(BOOKS)
    arrived = [ast.literal_eval(line) for line in (machine.drive / "arrived.txt").read_text().splitlines()]
    requests = [requested(words, {}, ["doctor"]) for words in arrived]
    assert [request.book for request in requests] == BOOKS
    assert {request.window for request in requests} == {HANDLE}


def a_click_starts_the_program_itself(machine: Machine) -> None:
    """With no book open, because there is no Excel to ask for one; the text lands on the desktop."""
    assert click(machine, "").split() == ["0"]
    text = (machine.profile / "Desktop" / "党支部工作-诊断.txt").read_text(encoding="utf-8-sig")
    assert r"%LOCALAPPDATA%\pyxl\python\pythonw.exe" in text
    assert not list(machine.home.glob("*.log"))


def a_click_that_finds_no_program_ends_with_what_the_launcher_tells(machine: Machine) -> None:
    """1, which our own program never ends with: see PyxlLaunch.bas."""
    package = machine.home / "app/pyxl"
    aside = package.rename(package.with_name("aside"))
    assert click(machine, "台账.xlsx").split() == ["1"]
    aside.rename(package)


def the_script_writes_the_diagnosis_even_when_the_installed_interpreter_is_broken(
    machine: Machine, folder: Path
) -> None:
    text = machine.profile / "Desktop" / "党支部工作-诊断.txt"
    text.unlink()
    said = machine.run("cmd", "/c", "诊断.cmd", cwd=folder)
    assert said.count("诊断文件：") == 1
    assert "缺少 0 个" in text.read_text(encoding="utf-8-sig")
    library = machine.home / "python/python313.zip"
    aside = library.rename(library.with_name("aside.zip"))
    assert "诊断文件：" in machine.run("cmd", "/c", "诊断.cmd", cwd=folder)
    assert "缺少 1 个" in text.read_text(encoding="utf-8-sig")
    aside.rename(library)


def click(machine: Machine, *books: str) -> str:
    script = machine.drive / "click.vbs"
    script.write_bytes(clicking_script(ROOT / "workbook/vba/PyxlLaunch.bas", "doctor").encode("ascii"))
    return machine.run("cscript", "//nologo", script, *books)


def a_ledger_is_checked_and_reported(machine: Machine) -> Path:
    said = machine.python("-m", "pyxl", "demo", machine.drive / "台账")
    assert "错误 0 · 提醒 0 · 建议 0" in said
    (ledger,) = (machine.drive / "台账").glob("*.xlsx")
    machine.python("-m", "pyxl", "report", ledger)
    (document,) = (machine.drive / "台账").glob("*2023年上半年工作总结.docx")
    assert document.stat().st_size > 5000
    return ledger


def a_ledger_sent_to_the_shortcut_leaves_its_results(machine: Machine, ledger: Path) -> None:
    sent = Path(shutil.copy(ledger, machine.drive / SENT))
    machine.run("start", "/wait", machine.send_to / "党支部工作-校验.lnk", sent)
    assert (machine.drive / SENT.replace(".xlsx", "_校验结果.xlsx")).is_file()


def a_ledger_dropped_on_the_script_leaves_its_report(machine: Machine, ledger: Path, folder: Path) -> None:
    (machine.drive / "拖放").mkdir()
    dropped = Path(shutil.copy(ledger, machine.drive / "拖放" / DROPPED))
    said = machine.run("cmd", "/c", "党支部工作-生成总结.cmd", dropped, cwd=folder, fails=None)
    assert f"{DROPPED}：已生成总结。" in said
    assert len(list((machine.drive / "拖放").glob("*.docx"))) == 1


def what_cannot_be_sealed_is_told_and_nothing_is_left(machine: Machine, ledger: Path, folder: Path) -> None:
    """Sealing needs a DLL that wine does not have; on Windows it is missing where something has been blocked."""
    handed_in = machine.drive / "上报 件"
    handed_in.mkdir()
    kept = Path(shutil.copy(ledger, handed_in / "台账 1.xlsx"))
    said = machine.run("cmd", "/c", "党支部工作-上报.cmd", kept, cwd=folder, fails=None)
    assert "台账 1.xlsx：签名用的部件用不了，不能上报和收集。" in said
    assert os.listdir(handed_in) == [kept.name]
    said = machine.run("cmd", "/c", "党支部工作-收集.cmd", handed_in, cwd=folder, fails=None)
    assert "上报 件：收到 0，退回 1；没有可以计入的上报件，没有生成汇总表。" in said


def nothing_in_the_name_of_a_dropped_ledger_is_run(machine: Machine, ledger: Path, folder: Path) -> None:
    """Behind ^ an & reaches a script. Its interpreter's own words, which wine does not keep, are told by us."""
    dropped = Path(shutil.copy(ledger, machine.drive / "拖放" / INJECTION))
    script, name = machine.path(folder / "党支部工作-校验.cmd"), machine.path(dropped)
    words = rf'C:\windows\system32\cmd.exe /c ""{script}" {name}"'
    said = machine.run("cmd", "/c", "党支部工作-校验.cmd", name, cwd=folder, fails=None, CMDCMDLINE=words)
    assert "injected" not in said.splitlines()
    assert dropped.with_name(INJECTION.replace(".xlsx", "_校验结果.xlsx")).is_file()


def nothing_but_the_users_own_is_left(machine: Machine, folder: Path) -> None:
    record = machine.home / "pyxl-20230101-000000-1.log"
    record.write_text("记录", encoding="utf-8")
    said = machine.run("cmd", "/c", "卸载.cmd", cwd=folder)
    assert "卸载完成" in said
    assert [path for path in machine.home.rglob("*") if path.is_file()] == [record]
    assert os.listdir(machine.startup) == []
    assert os.listdir(machine.send_to) == []
    assert (machine.drive / "台账").is_dir()
    record.unlink()


def the_installed_script_takes_itself_away(machine: Machine, folder: Path) -> None:
    machine.run("cmd", "/c", "安装.cmd", cwd=folder)
    said = machine.run("cmd", "/c", machine.home / "卸载.cmd", fails=None)
    assert "卸载完成" in said
    assert list(machine.home.rglob("*")) == []  # the folder itself stays here: wine's cmd keeps its script open
    assert (folder / "python" / "python.exe").is_file()  # the unpacked bundle is the user's
