"""Do the links of a workbook of results lead LibreOffice to the ledger, whatever its name?"""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import unescape

import pytest

from pyxl import actions
from pyxl.excel.building.ledger import build_ledger
from tests.live.office import SECONDS
from tests.reports import CATALOGUE, COVER, ROWS

pytestmark = pytest.mark.live
NAMES = ["台账.xlsx", "云溪\u3000档案馆\xa0台账.xlsx", "第一支部 台账#1 & 50%25 {a}[b]'+;=,~!@$.xlsx"]
LINK = re.compile(r'xlink:href="([^"]*)"')


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_every_link_leads_to_the_ledger_that_was_checked(name, elsewhere, tmp_path):
    ledger = tmp_path / name
    rows = [{**row, "present": 40} if number == 2 else row for number, row in enumerate(ROWS["theme_day"])]
    build_ledger(CATALOGUE, ledger, year=2023, unit="某支部", cover=COVER, rows={**ROWS, "theme_day": rows})
    folder = tmp_path / "别处" if elsewhere else tmp_path
    folder.mkdir(exist_ok=True)
    outcome = actions.check(ledger, out=folder / "结果.xlsx", today=date(2024, 1, 1))
    assert outcome.written
    found = [href.partition("#") for href in links(outcome.written, tmp_path)]
    targets = {(outcome.written.parent / unquote(file.removeprefix("file://"))).resolve() for file, _, _ in found}
    assert targets == {ledger.resolve()}
    assert "'主题党日'!I6" in {unquote(cell) for _, _, cell in found}


def links(workbook: Path, folder: Path) -> list[str]:
    """Every link of a workbook as LibreOffice understands it."""
    command = ["timeout", str(SECONDS), "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "fods", "--outdir", str(workbook.parent), str(workbook)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    text = workbook.with_suffix(".fods").read_text(encoding="utf-8")
    return [unescape(href, {"&apos;": "'"}) for href in LINK.findall(text) if ".xlsx" in href]
