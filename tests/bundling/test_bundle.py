"""The bundle holds what a branch's machine needs, all of it, and nothing that it must not hold."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

import pytest

from pyxl import __version__, actions
from pyxl.assets import CHECKSUMS
from pyxl.bundling.archives import is_safe_name
from pyxl.bundling.bundle import MOST, make_bundle
from pyxl.bundling.interpreter import from_source_package, search_path
from pyxl.bundling.lock import lock
from pyxl.errors import InstallError, UsageError
from pyxl.text import phrase
from tests.bundling.built import ROOT, built_bundle

# Windows 10 has these itself; api-ms-win-crt-* is its C library.
OF_WINDOWS = {
    "advapi32", "bcrypt", "bcryptprimitives", "comctl32", "comdlg32", "crypt32", "gdi32", "iphlpapi", "kernel32",
    "msimg32", "ntdll", "ole32", "oleacc", "oleaut32", "propsys", "rpcrt4", "secur32", "shell32", "urlmon", "user32",
    "version", "winmm", "ws2_32",
}  # fmt: skip
SITE = "python/Lib/site-packages/"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return built_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def parts(bundle) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_called_by_its_version_and_small_enough_to_be_sent(bundle):
    assert bundle.name == f"党支部工作-{__version__}-win64.zip"
    assert bundle.stat().st_size < MOST == 40 * 1024**2


LAUNCHERS = {
    "check": "党支部工作-校验.cmd",
    "report": "党支部工作-生成总结.cmd",
    "submit": "党支部工作-上报.cmd",
    "collect": "党支部工作-收集.cmd",
}


def test_the_same_sources_give_the_same_bytes(bundle, tmp_path):
    again = built_bundle(tmp_path)
    assert sha256(again.read_bytes()).digest() == sha256(bundle.read_bytes()).digest()


def test_everything_that_was_promised_is_in_its_place(parts):
    assert {name.partition("/")[0] for name in parts} == {
        "python", "app", "addin", "台账", "模板", "licences", "安装.cmd", "卸载.cmd", "诊断.cmd", "说明.txt", CHECKSUMS,
        "党支部工作-校验.cmd", "党支部工作-生成总结.cmd", "党支部工作-上报.cmd", "党支部工作-收集.cmd",
    }  # fmt: skip
    assert parts["addin/党支部工作.xlam"] == (ROOT / "workbook/党支部工作.xlam").read_bytes()
    assert parts["台账/党支部活动台账.xlsx"] == (ROOT / "workbook/党支部活动台账.xlsx").read_bytes()
    assert parts["模板/半年工作总结.docx"] == (ROOT / "templates/半年工作总结.docx").read_bytes()
    assert parts["模板/汇总情况报告.docx"] == (ROOT / "templates/汇总情况报告.docx").read_bytes()
    assert parts["模板/活动记录.docx"] == (ROOT / "templates/活动记录.docx").read_bytes()
    assert parts["python/python313._pth"] == search_path(lock().python)
    assert {"python/python.exe", "python/pythonw.exe", "python/pythoncom313.dll"} <= set(parts)


def test_the_program_comes_as_a_wheel_would_bring_it(parts):
    own = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "pyxl").rglob("*.py")}
    assert {
        name.removeprefix("app/"): parts[name] for name in parts if name.endswith(".py") and name[:4] == "app/"
    } == own
    assert parts["app/pyxl/_assets/templates/半年工作总结.docx"] == parts["模板/半年工作总结.docx"]
    assert parts["app/pyxl/_assets/templates/汇总情况报告.docx"] == parts["模板/汇总情况报告.docx"]
    assert parts["app/pyxl/_assets/templates/活动记录.docx"] == parts["模板/活动记录.docx"]
    assert "app/pyxl/text/snapshot.json" in parts
    assert not [name for name in parts if "__pycache__" in name or name.startswith("app/tests")]


def test_what_asks_for_a_key_or_frightens_virus_scanners_is_left_out(parts):
    of_xlwings = [name for name in parts if name.startswith(f"{SITE}xlwings")]
    assert f"{SITE}xlwings/_xlwindows.py" in of_xlwings
    assert not [name for name in of_xlwings if "/pro/" in name or "PRO" in name or "xlwingslib" in name]
    assert [name for name in parts if name.endswith((".xlam", ".xlsm", ".xla"))] == [
        "addin/党支部工作.xlam",
        "app/pyxl/_assets/workbook/党支部工作.xlam",
        "app/pyxl/_assets/workbook/党支部活动台账.xlsm",
    ]
    assert not [name for name in parts if name.endswith(".pth")]
    assert [name for name in parts if name.endswith(".exe")] == ["python/python.exe", "python/pythonw.exe"]


@pytest.mark.parametrize("name", ["numpy", "pandas", "openpyxl", "pythonwin", "win32comext"])
def test_what_a_branch_does_not_need_is_left_out(parts, name):
    assert not [part for part in parts if part.startswith(f"{SITE}{name}")]


def test_every_name_is_safe_on_windows_and_short_enough_to_be_unpacked_anywhere(parts):
    assert [name for name in parts if not is_safe_name(name)] == []
    assert max(map(len, parts)) <= 130  # of 259, with the folder it is unpacked into


def test_the_checksums_are_those_of_every_file(parts):
    lines = parts[CHECKSUMS].decode().splitlines()
    expected = [f"{sha256(parts[name]).hexdigest()}  {name}" for name in sorted(parts) if name != CHECKSUMS]
    assert lines == expected


def test_every_library_brings_its_licence(parts):
    holders = {PurePosixPath(name).parts[1] for name in parts if name.startswith("licences/")}
    assert holders == {"python", "pyxl", *(wheel.name for wheel in lock().wheels)}
    assert all(parts[name].strip() for name in parts if name.startswith("licences/"))


def test_scripts_have_the_line_ends_and_the_mark_that_windows_wants(parts):
    for name in ("安装.cmd", "卸载.cmd", "诊断.cmd", *LAUNCHERS.values()):
        text = parts[name]
        assert text.startswith(b"@echo off\r\n")
        assert text.count(b"\n") == text.count(b"\r\n")
    assert parts["说明.txt"].startswith(b"\xef\xbb\xbf")
    for verb, name in LAUNCHERS.items():
        started = [line.split("dropped ")[1] for line in parts[name].decode().splitlines() if "dropped " in line]
        assert started == [verb, f"{verb} %*"]  # with what arrived only when nothing was dropped


@pytest.mark.parametrize("script", ["install", "uninstall", "diagnose", "launcher"])
def test_a_script_works_in_ascii_whatever_becomes_of_its_chinese(script):
    """Chinese stands only where it is shown: cmd.exe reads a script in the code page of the machine."""
    lines = phrase("installing", "scripts", script).splitlines()
    assert [line for line in lines if not line.isascii() and not line.lstrip().startswith("echo ")] == []


def imported_dlls(content: bytes) -> list[str]:
    """The names in the import table of a program or DLL for Windows."""
    head = struct.unpack_from("<I", content, 0x3C)[0]
    count, optional = struct.unpack_from("<H", content, head + 6)[0], struct.unpack_from("<H", content, head + 20)[0]
    assert struct.unpack_from("<H", content, head + 24)[0] == 0x20B  # 64 bits
    sections = [struct.unpack_from("<8sIIII", content, head + 24 + optional + 40 * n) for n in range(count)]

    def place(address: int) -> int:
        return next(raw + address - start for _, size, start, _, raw in sections if start <= address < start + size)

    table = struct.unpack_from("<I", content, head + 24 + 112 + 8)[0]
    names = []
    while table and (name := struct.unpack_from("<I", content, place(table) + 12)[0]):
        begin = place(name)
        names.append(content[begin : content.index(b"\0", begin)].decode())
        table += 20
    return names


def test_every_dll_that_is_asked_for_is_in_the_bundle_or_in_windows(parts):
    binaries = {name: content for name, content in parts.items() if name.endswith((".pyd", ".dll", ".exe"))}
    beside = {PurePosixPath(name).name.lower() for name in binaries if name.count("/") == 1}
    asked = {(name, dll.lower()) for name, content in binaries.items() for dll in imported_dlls(content)}
    assert len(asked) > 100
    assert [
        (name, dll)
        for name, dll in sorted(asked)
        if dll not in beside and not dll.startswith("api-ms-win-") and dll.removesuffix(".dll") not in OF_WINDOWS
    ] == []


def test_a_changed_wheel_stops_the_build(tmp_path, bundle):
    """`bundle` is asked for so that everything has been fetched."""
    cache = ROOT / ".cache" / "bundle"
    for path in cache.iterdir():
        (tmp_path / path.name).symlink_to(path)
    victim = tmp_path / lock().wheels[0].file
    victim.unlink()
    victim.write_bytes(b"exchanged")
    with pytest.raises(InstallError) as caught:
        actions.bundle(out=tmp_path, wheels=tmp_path)
    assert caught.value.code == "bundle_hash"
    assert not list(tmp_path.glob("*.zip"))


def test_a_part_that_is_not_built_yet_is_named(tmp_path, bundle):
    for name in ("pyxl", "templates", "pyproject.toml", "LICENSE"):
        (tmp_path / name).symlink_to(ROOT / name)
    with pytest.raises(InstallError) as caught:
        make_bundle(tmp_path, lock(), ROOT / ".cache" / "bundle")
    assert caught.value.code == "bundle_part_missing"
    assert caught.value.params["file"].startswith("workbook/")


def test_a_bundle_that_has_grown_too_large_is_refused(monkeypatch, parts):
    from pyxl.bundling import bundle as module

    monkeypatch.setattr(module, "MOST", 1000)
    with pytest.raises(InstallError) as caught:
        module.Bundle({CHECKSUMS: parts[CHECKSUMS]}, known=True).packed()
    assert caught.value.code == "bundle_too_large"


@pytest.mark.parametrize("changed", [False, True])
def test_another_python_is_taken_from_a_zip_and_reported_when_it_is_unknown(tmp_path, bundle, changed):
    cache = ROOT / ".cache" / "bundle"
    files = from_source_package((cache / lock().python.file).read_bytes(), lock().python)
    embeddable = tmp_path / "python-3.13.x-embed-amd64.zip"
    with zipfile.ZipFile(embeddable, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content + b" " * (changed and name == "LICENSE.txt"))
    for wheel in lock().wheels:
        (tmp_path / wheel.file).symlink_to(cache / wheel.file)
    outcome = actions.bundle(out=tmp_path, wheels=tmp_path, python=embeddable)
    assert outcome.unknown_python == (sha256(embeddable.read_bytes()).hexdigest() if changed else "")
    assert (outcome.written.read_bytes() == bundle.read_bytes()) is not changed


def test_a_name_that_is_no_zip_is_refused_before_any_work(tmp_path):
    with pytest.raises(UsageError) as caught:
        actions.bundle(out=tmp_path / "安装包.exe", wheels=tmp_path / "没有")
    assert caught.value.code == "bundle_ending"


def test_the_interpreter_of_the_lock_is_known(bundle):
    cache = ROOT / ".cache" / "bundle"
    assert make_bundle(ROOT, lock(), cache).known
    changed = replace(lock(), python=replace(lock().python, content={lock().python.version: "0" * 64}))
    with pytest.raises(InstallError) as caught:
        make_bundle(ROOT, changed, cache)
    assert caught.value.code == "bundle_hash"
