"""Which fonts stand in for those of the standard, and how does LibreOffice come to use them?

The fonts that GB/T 9704—2012 names are not free. The Fandol family has their four kinds of face; tests/run fetches
it into .venv/fonts. FangSong, Kai, Hei and Song keep their looks, so that a font that was lost on the way shows.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

__all__ = ["FACES", "STAND_INS", "converted", "fonts_of"]

FANDOL = Path(__file__).parent.parent / ".venv" / "fonts"
_TITLE = "Title Song"  # 小标宋: Song, bold by itself
STAND_INS = {
    "仿宋_GB2312": "FandolFang R", "仿宋": "FandolFang R", "楷体_GB2312": "FandolKai", "楷体": "FandolKai",
    "黑体": "FandolHei", "宋体": "FandolSong", "方正小标宋简体": _TITLE,
}  # fmt: skip
# what a PDF calls them: style of a paragraph → face
FACES = {
    "title": "FandolSong-Bold", "heading1": "FandolHei-Regular", "heading2": "FandolKai-Regular",
    "body": "FandolFang-Regular", "page": "FandolSong-Regular",
}  # fmt: skip
_NAMES = {1: _TITLE, 2: "Regular", 4: _TITLE, 6: "TitleSong", 16: _TITLE, 17: "Regular"}  # OpenType, name table


def converted(document: Path, folder: Path) -> Path:
    """The document as PDF beside it, set in these fonts; `folder` is for what LibreOffice and fontconfig need."""
    environment = os.environ | {"FONTCONFIG_FILE": str(_configured(folder))}
    profile = (folder / "profile").as_uri()
    command = ["timeout", "180", "soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", document.parent, document],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    result = document.with_suffix(".pdf")
    assert result.is_file(), f"soffice ended with {done.returncode}: {done.stdout} {done.stderr}"
    return result


def fonts_of(pdf: Path) -> set[str]:
    """The faces that a PDF is set in, without the mark of the subset."""
    told = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout
    return {line.split()[0].partition("+")[2] or line.split()[0] for line in told.splitlines()[2:]}


def _configured(folder: Path) -> Path:
    path = folder / "fonts.conf"
    if path.exists():
        return path
    if not (FANDOL / "FandolFang-Regular.otf").is_file():
        pytest.fail("the Fandol fonts are not in .venv/fonts; tests/run puts them there")
    own = folder / "fonts"
    own.mkdir(parents=True)
    _title_font(own / "TitleSong.otf")
    matches = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{other}</string></edit></match>'
        for name, other in STAND_INS.items()
    )
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{FANDOL}</dir><dir>{own}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>{matches}</fontconfig>",
        encoding="utf-8",
    )
    return path


def _title_font(path: Path) -> None:
    """The bold Song as the regular face of a family of its own: as a family's bold face it would not be asked for."""
    font = TTFont(FANDOL / "FandolSong-Bold.otf")
    for record in list(font["name"].names):
        if record.nameID in _NAMES:
            font["name"].setName(
                _NAMES[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x20 | 0x40
    font["head"].macStyle = 0
    font.save(path)
