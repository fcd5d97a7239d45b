"""LibreOffice opens what we ship for Excel: the same sheets, tables and names, and the VBA to the letter.

It shows no customUI, and runs no callback of a ribbon: that is Excel's alone.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pyxl.excel.addin.modules import modules
from pyxl.package import unpacked
from tests.excel.addin.built import KINDS, built

pytestmark = pytest.mark.live

SECONDS = 240
FILTER = "Calc MS Excel 2007 VBA XML"  # by itself LibreOffice takes an .xlam for nothing that it knows
HEADER = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Each file as LibreOffice understands it: its .ods, by kind."""
    folder = tmp_path_factory.mktemp("opened")
    paths = [folder / f"{kind.lstrip('.')}{kind}" for kind in KINDS]
    for path, kind in zip(paths, KINDS, strict=True):
        path.write_bytes(built(kind))
    soffice = shutil.which("soffice")
    command = ["timeout", str(SECONDS), soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={FILTER}", "--convert-to", "ods", "--outdir", str(folder / "out"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"soffice ended with {done.returncode}: {done.stdout} {done.stderr}"
    return {kind: zipfile.ZipFile(folder / "out" / f"{path.stem}.ods") for path, kind in zip(paths, KINDS, strict=True)}


def names(package: zipfile.ZipFile, element: str) -> list[str]:
    tree = etree.fromstring(package.read("content.xml"))
    return [node.get(f"{TABLE}name") for node in tree.iter(f"{TABLE}{element}")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheets_the_tables_and_the_names_are_all_there(opened, kind):
    parts = unpacked(built(kind))
    book = etree.fromstring(parts["xl/workbook.xml"])
    tables = [etree.fromstring(parts[part]).get("name") for part in parts if part.startswith("xl/tables/")]
    named = [node.get("name") for node in book.iter("{*}definedName")]
    package = opened[kind]
    assert [name for name in names(package, "table") if name] == [node.get("name") for node in book.iter("{*}sheet")]
    assert sorted(names(package, "database-range")) == sorted(tables)
    found = names(package, "named-range") + names(package, "named-expression")
    assert sorted(name for name in found if not name.startswith("_xlnm")) == sorted(
        name for name in named if not name.startswith("_xlnm")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_modules_are_ours_to_the_letter(opened, kind):
    found = {}
    for part in opened[kind].namelist():
        if part.startswith("Basic/VBAProject/Pyxl"):
            parser = etree.XMLParser(load_dtd=False, resolve_entities=False, no_network=True)
            found[Path(part).stem] = etree.fromstring(opened[kind].read(part), parser).text
    expected = {name: source.replace("\r\n", "\n").partition("\n")[2] for name, source in modules().items()}
    assert found == {name: f"{HEADER}{source}\n" for name, source in expected.items()}
