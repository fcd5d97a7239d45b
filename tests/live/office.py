"""LibreOffice as a calculator: what do a workbook's formulas give, whatever values the file brings?"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["calculated", "poisoned", "with_formula"]

SECONDS = 240
POISON = "987654"  # in place of every value that the file remembers for a formula

# Calculate everything on loading, keep no locks, ask nothing.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""

# text in quotes, one sheet, cells by value and not as they are shown
_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{number}"
_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")


def poisoned(workbook: bytes) -> bytes:
    """The workbook with a wrong remembered value in every formula cell: only calculating gives the right ones."""
    return _edited(workbook, lambda content: _VALUE.sub(rb"\1<v>" + POISON.encode() + b"</v>", content))


def with_formula(workbook: bytes, old: str, new: str) -> bytes:
    """The workbook with the formula `old`, which must be there once, replaced by `new`."""
    found: list[int] = []

    def edit(content: bytes) -> bytes:
        pieces = content.split(f"<f>{_xml(old)}</f>".encode())
        found.append(len(pieces) - 1)
        return f"<f>{_xml(new)}</f>".encode().join(pieces)

    edited = _edited(workbook, edit)
    assert sum(found) == 1, f"{sum(found)} cells hold {old}"
    return edited


def calculated(workbooks: Mapping[str, bytes], sheet: int) -> dict[str, list[list[str]]]:
    """Name → rows of cells of one sheet (counted from 1), calculated anew by one run of LibreOffice."""
    assert shutil.which("soffice"), "LibreOffice (soffice) is not installed"
    assert shutil.which("timeout")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        paths = [folder / f"{key}.xlsx" for key in workbooks]
        for path, content in zip(paths, workbooks.values(), strict=True):
            path.write_bytes(content)
        _convert(paths, profile, folder / "out", sheet)
        return {path.stem: _cells(folder / "out", path.stem) for path in paths}


def _convert(paths: list[Path], profile: Path, out: Path, sheet: int) -> None:
    command = ["timeout", str(SECONDS), "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", _FILTER.format(number=sheet), "--outdir", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"soffice ended with {done.returncode}: {done.stdout} {done.stderr}"


def _cells(out: Path, stem: str) -> list[list[str]]:
    found = list(out.glob(f"{stem}-*.csv"))
    assert len(found) == 1, f"{len(found)} results for {stem}"
    return list(csv.reader(found[0].read_text(encoding="utf-8").splitlines()))


def _edited(workbook: bytes, edit) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content) if name.startswith("xl/worksheets/sheet") else content)
    return target.getvalue()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
