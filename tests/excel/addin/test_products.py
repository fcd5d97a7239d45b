from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from pyopenvba import check_file

from pyxl import assets, building
from pyxl.actions import check, demo
from pyxl.excel.addin.gate import faults
from pyxl.excel.addin.modules import modules
from pyxl.excel.addin.packing import RIBBON_PART
from pyxl.excel.addin.ribbon import ribbon_xml
from pyxl.package import unpacked
from tests.excel.addin.built import KINDS, addin, built, ledger, macro_ledger
from tests.excel.addin.checks import audit, modules_by_olevba, modules_by_pyopenvba

ROOT = Path(__file__).parents[3]

HASHES = (
    "from hashlib import sha256; from pyxl.catalogue.loader import load_catalogue;"
    "from pyxl.excel.addin.products import addin_bytes, macro_ledger_bytes;"
    "print(sha256(addin_bytes() + macro_ledger_bytes(load_catalogue())).hexdigest())"
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """Everything that a user may get from us, by name."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "台账.xlsm").write_bytes(macro_ledger())
    (folder / "台账.xlsx").write_bytes(ledger())
    (folder / "加载项.xlam").write_bytes(addin())
    (folder / "模板.docx").write_bytes(assets.template_path().read_bytes())
    made = demo(folder, today=date(2024, 1, 1))
    check(made.ledger, out=folder / "结果.xlsx", today=date(2024, 1, 1))
    made.ledger.rename(folder / "示例.xlsx")
    made.report.written.rename(folder / "示例总结.docx")
    return folder


@pytest.mark.parametrize(
    "name", ["台账.xlsm", "台账.xlsx", "加载项.xlam", "模板.docx", "示例.xlsx", "示例总结.docx", "结果.xlsx"]
)
def test_what_we_ship_has_no_finding_against_microsofts_schemas(shipped, name):
    assert audit(shipped / name) == []
    assert check_file(shipped / name).ok


@pytest.mark.parametrize("name", ["台账.xlsm", "台账.xlsx", "加载项.xlam", "示例.xlsx", "结果.xlsx"])
def test_every_workbook_that_we_ship_passes_the_gate(shipped, name):
    assert faults((shipped / name).read_bytes(), Path(name).suffix) == ()


def test_the_committed_files_are_what_the_sources_build(tmp_path):
    ours = [each for each in building.products() if re.search(r"\.(?:xlsm|xlam|bas)$|ribbon\.xml$", each.path)]
    assert [product.path for product in ours] == [
        "workbook/ribbon.xml",
        "workbook/vba/PyxlRibbon.bas",
        "workbook/vba/PyxlSentences.bas",
        "workbook/党支部活动台账.xlsm",
        "workbook/党支部工作.xlam",
    ]
    assert [product.path for product in ours if not is_fresh(product, tmp_path)] == []


def is_fresh(product, folder):
    fresh = folder / Path(product.path).name
    product.write(fresh, ROOT / product.path)
    return building._content(fresh) == building._content(ROOT / product.path)


def test_the_same_sources_give_the_same_bytes_in_any_process():
    found = set()
    for seed, zone in (("0", "Asia/Shanghai"), ("1", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", HASHES], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_two_readers_find_the_vba_of_our_sources(kind, tmp_path):
    path = tmp_path / f"shipped{kind}"
    path.write_bytes(built(kind))
    expected = {name: source.replace("\r\n", "\n") for name, source in modules().items()}
    one, other = modules_by_pyopenvba(path), modules_by_olevba(path)
    assert one == other
    assert {name: source for name, source in one.items() if name in expected} == expected
    rest = {name: source for name, source in one.items() if name not in expected}
    assert all(line.startswith("Attribute ") for source in rest.values() for line in source.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_the_ribbon_inside_is_the_committed_one(kind):
    assert unpacked(built(kind))[RIBBON_PART].decode() == ribbon_xml()


def test_the_macro_ledger_is_the_ledger_with_code_names():
    plain, macro = unpacked(ledger()), unpacked(macro_ledger())
    assert macro.keys() - plain.keys() == {RIBBON_PART, "xl/vbaProject.bin"}
    differing = {name for name in plain if plain[name] != macro[name]}
    sheets = {name for name in plain if name.startswith("xl/worksheets/sheet")}
    assert differing - sheets == {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    for name in sheets:
        without = re.sub(rb' ?codeName="Sheet\d+"', b"", macro[name])
        assert without.replace(b"<sheetPr/>", b"") == re.sub(rb"<sheetPr/>", b"", plain[name]), name


@pytest.mark.parametrize("kind", KINDS)
def test_no_person_and_no_path_is_named_in_the_file(kind):
    parts = unpacked(built(kind))
    core = parts["docProps/core.xml"].decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert set(re.findall(r"(\d{4}-\d\d-\d\dT[\d:]+Z)<", core)) == {"2023-01-01T00:00:00Z"}
    for name, content in parts.items():
        assert not re.search(rb"C:\\Users|/home/|/tmp/|/root|William", content), name


def test_the_list_of_add_ins_says_what_ours_does():
    core = unpacked(addin())["docProps/core.xml"].decode()
    assert "<dc:title>党支部工作</dc:title>" in core
    assert "<dc:description>“党支部工作”选项卡：校验台账、汇总数字、预览和生成总结。</dc:description>" in core


def test_a_wheel_takes_the_files_along():
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = included["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    names = ("党支部工作.xlam", "党支部活动台账.xlsm", "党支部活动台账.xlsx")
    for path in (*(ROOT / "workbook" / name for name in names), assets.template_path()):
        below = path.relative_to(ROOT).as_posix()
        assert included[below] == f"pyxl/_assets/{below}"
        assert path.is_file()
