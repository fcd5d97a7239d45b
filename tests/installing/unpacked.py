"""A bundle in small, as it stands on the disk once it is unpacked, and the folders of a user."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pyxl.assets import CHECKSUMS
from pyxl.installing.places import Places, user_places

__all__ = ["PARTS", "a_bundle", "a_user", "contents"]

PARTS = {
    "python/python.exe": "MZ",
    "python/pythonw.exe": "MZw",
    "python/Lib/site-packages/库.py": "VALUE = 1\n",
    "app/pyxl/__init__.py": "NAME = 'pyxl'\n",
    "app/pyxl/text/words.toml": "",
    "addin/党支部工作.xlam": "加载项",
    "licences/pyxl/LICENSE": "MIT",
    "台账/党支部活动台账.xlsx": "空白台账",
    "模板/半年工作总结.docx": "模板",
    "安装.cmd": "@echo off\r\n",
    "卸载.cmd": "@echo off\r\n",
    "党支部工作-校验.cmd": "@echo off\r\n",
    "说明.txt": "说明",
}


def a_bundle(folder: Path, **changed: str | None) -> Path:
    """The parts above with their list; `changed` maps a part's name to other contents, or None to leave it out."""
    parts = {name: text for name, text in {**PARTS, **changed}.items() if text is not None}
    for name, text in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    lines = [f"{sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(parts.items())]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
    return folder


def a_user(folder: Path, startup: Path | None = None) -> Places:
    """The folders of a user with a Chinese name, none of them there yet."""
    profile = folder / "党员甲" / "AppData"
    return user_places({"LOCALAPPDATA": str(profile / "Local"), "APPDATA": str(profile / "Roaming")}, startup)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
