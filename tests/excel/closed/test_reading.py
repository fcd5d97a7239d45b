"""A closed workbook is read in a child process that can do no harm."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time as clock
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pyxl import actions, children
from pyxl.errors import WorkbookError
from pyxl.excel.closed import reading as closed
from pyxl.excel.closed.reading import read_book, start_reading
from pyxl.excel.grid import RawBook, RawSheet
from tests.archives import pack, parts, sheet, workbook
from tests.reading import written

ROOT = Path(__file__).parents[3]
SHEET = "xl/worksheets/sheet1.xml"


def test_sheets_names_and_notes_arrive_in_the_book(tmp_path):
    made = parts(
        {"基本信息": sheet(""), "表": sheet("")},
        inside='|<definedNames><definedName name="年度">基本信息!$C$3</definedName></definedNames>',
    )
    path = tmp_path / "台账.xlsm"
    path.write_bytes(pack(made | {"xl/vbaProject.bin": "x"}))
    assert read_book(path) == RawBook(
        "台账.xlsm", (RawSheet("基本信息", ()), RawSheet("表", ())), {"年度": ("基本信息", 3, 3)}, ("has_macros",)
    )


@pytest.mark.parametrize("lock", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_read_and_told(tmp_path, lock):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert read_book(path).notes == ()
    (tmp_path / lock).write_bytes(b"")
    assert read_book(path).notes == ("open_elsewhere",)


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(written([["日期", "主题"], [date(2023, 3, 5), "学习"]]))
    return path


@pytest.fixture
def ledger_for_calamine(tmp_path):
    """Its texts stand in the cells themselves: not the usual way, but calamine may be trusted with it."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(written([["日期", "主题"], [date(2023, 3, 5), "学习"]], in_memory=False, constant_memory=True))
    return path


def test_the_file_is_never_changed(ledger):
    before, digest = ledger.stat(), hashlib.sha256(ledger.read_bytes()).digest()
    read_book(ledger)
    after = ledger.stat()
    assert hashlib.sha256(ledger.read_bytes()).digest() == digest
    assert (after.st_mtime_ns, after.st_ino, after.st_size) == (before.st_mtime_ns, before.st_ino, before.st_size)
    assert [path.name for path in ledger.parent.iterdir()] == ["台账.xlsx"]


def test_the_result_is_the_same_however_often_it_is_asked_for(ledger):
    with start_reading(ledger) as reading:
        assert reading.result() is reading.result()
        reading.cancel()
        assert reading.result().sheets[0].rows == (("日期", "主题"), (date(2023, 3, 5), "学习"))


def child(monkeypatch, code: str) -> None:
    monkeypatch.setattr(closed, "_CHILD", code)


NORMAL = closed._CHILD


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import os; os._exit(3)",
        "raise SystemExit",
        "raise RuntimeError('x')",
        "print('noise')",
        "print(1)",
        "print('{}')",
        'print(\'{"refused": ["no such code", {}]}\')',
        'print(\'{"sheets": [[]], "names": {}, "notes": []}\')',
        "import sys; sys.stdout.buffer.write(b'\\xff\\xfe')",
        "x = bytearray(1 << 60)",
    ],
)
def test_a_reader_that_dies_or_talks_nonsense_is_told(ledger, monkeypatch, code):
    child(monkeypatch, code)
    with pytest.raises(WorkbookError) as excinfo:
        read_book(ledger)
    assert excinfo.value.code == "reading_failed"
    assert "台账.xlsx" in excinfo.value.message
    assert "detail" not in excinfo.value.message


def test_a_panic_in_calamine_is_survived(ledger_for_calamine, monkeypatch):
    """PanicException derives from BaseException: `except Exception` would let it through."""
    panic = (
        "import pyxl.excel.closed.calamine as c\n"
        "def sheet(self, name): raise BaseException('panicked')\n"
        "c.Calamine.sheet = sheet\n"
    )
    child(
        monkeypatch, NORMAL.replace("from pyxl.excel.closed.child", f"\nexec({panic!r})\nfrom pyxl.excel.closed.child")
    )
    assert read_book(ledger_for_calamine).sheets[0].rows == (("日期", "主题"), (date(2023, 3, 5), "学习"))


def test_a_reader_that_takes_too_long_is_ended(ledger, monkeypatch):
    child(monkeypatch, "import time; time.sleep(60)")
    began = clock.perf_counter()
    reading = start_reading(ledger, seconds=0.3)
    assert reading._process.poll() is None  # we go on while it is at work
    with pytest.raises(WorkbookError) as excinfo:
        reading.result()
    assert excinfo.value.code == "reading_too_slow"
    assert clock.perf_counter() - began < 5
    assert reading._process.returncode == -9


def test_a_reading_that_nobody_waits_for_leaves_no_process(ledger, monkeypatch):
    child(monkeypatch, "import time; time.sleep(60)")
    reading = start_reading(ledger)
    process = reading._process
    del reading
    assert process.returncode == -9


def test_a_workbook_that_needs_more_memory_than_allowed_is_told(tmp_path, monkeypatch):
    path = tmp_path / "大.xlsx"
    rows = "".join(f'<row r="{row}">{"<c><v>1.5</v></c>" * 190}</row>' for row in range(1, 9000))
    path.write_bytes(pack(parts({"表": sheet(rows)}), zipfile.ZIP_STORED))
    child(monkeypatch, NORMAL.replace("; main(", "; import pyxl.excel.closed.child as c; c.MEMORY = 150 << 20; main("))
    with pytest.raises(WorkbookError) as excinfo:
        read_book(path)
    assert excinfo.value.code == "needs_memory"


def test_the_child_has_a_memory_cap(ledger, monkeypatch):
    child(monkeypatch, "import sys; sys.path += sys.argv[2:]; from pyxl.excel.closed.child import main\n"
          "main(sys.argv[1] + 'x')\nimport resource; sys.stdout.flush(); sys.exit(resource.getrlimit(resource.RLIMIT_AS)[0] >> 30)")  # fmt: skip
    reading = start_reading(ledger)
    with pytest.raises(WorkbookError) as excinfo:
        reading.result()
    assert excinfo.value.code == "file_missing"
    assert reading._process.returncode == 2


def test_nothing_beside_the_ledger_or_in_the_environment_gets_into_the_child(ledger, tmp_path, monkeypatch):
    canary = tmp_path / "ran"
    hostile = f"open({str(canary)!r}, 'w').close()\n"
    for name in ("json", "re", "python_calamine", "sitecustomize", "usercustomize", "pyexpat"):
        (tmp_path / f"{name}.py").write_text(hostile)
    (tmp_path / "pyxl").mkdir()
    (tmp_path / "pyxl/__init__.py").write_text(hostile)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert read_book(Path("台账.xlsx")).sheets[0].rows[0] == ("日期", "主题")
    assert not canary.exists()
    probe = [sys.executable, "-c", "import json"]  # the trap works: a plain interpreter falls into it
    subprocess.run(probe, check=False, capture_output=True)
    assert canary.exists()


def test_an_installed_package_is_found_as_well_as_a_checkout(ledger, tmp_path):
    """As pip would lay it down: a copy in a folder of its own that only PYTHONPATH leads to."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "pyxl", site / "pyxl", ignore=shutil.ignore_patterns("__pycache__"))
    code = "import sys; from pathlib import Path\nfrom pyxl.excel.closed.reading import read_book; import pyxl\nprint(pyxl.__file__); print(read_book(Path(sys.argv[1])).sheets[0].name)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(ledger)],
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == [str(site / "pyxl/__init__.py"), "表"]


def loaded_for(ledger):
    code = NORMAL.replace("import main; main(sys.argv[1])", "import read; read(sys.argv[1]); print(*sys.modules)")
    command = [sys.executable, "-I", "-S", "-c", code, str(ledger), *children.roots("python_calamine")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_calamine_is_loaded_for_the_sheets_that_are_not_read_at_a_glance(ledger_for_calamine):
    assert "python_calamine" in loaded_for(ledger_for_calamine)


def test_the_child_loads_only_what_it_needs(ledger):
    loaded = loaded_for(ledger)
    assert "pyxl.excel.closed.plainsheet" in loaded
    unneeded = {
        "python_calamine",
        "pathlib",
        "dataclasses",
        "zipfile",
        "tomllib",
        "importlib.resources",
        "subprocess",
        "logging",
        "xml.etree",
        "pyxl.errors",
        "pyxl.text",
        "pyxl.excel.grid",
        "openpyxl",
        "site",
    }
    assert loaded & unneeded == set()


@pytest.mark.parametrize("state", ["absent", "blocked"])
def test_where_calamine_cannot_be_loaded_our_own_reader_reads_the_same(tmp_path, monkeypatch, state):
    """Its machine code needs a DLL that some machines block; a ledger is read there too, only more slowly."""
    path = actions.demo(tmp_path / "demo", today=date(2023, 7, 1)).ledger
    as_always = read_book(path)
    if state == "blocked":
        (tmp_path / "python_calamine").mkdir()
        (tmp_path / "python_calamine/__init__.py").write_text("raise ImportError('DLL load failed')\n")
    monkeypatch.setattr(children, "roots", lambda *_: [str(ROOT), str(tmp_path)])
    code = NORMAL.replace("main(sys.argv[1])", "main(sys.argv[1]); sys.exit('python_calamine' in sys.modules)")
    child(monkeypatch, code)
    reading = start_reading(path)
    assert reading.result() == as_always
    assert reading._process.returncode == 0  # it did without


def test_a_name_that_cannot_be_shown_is_still_told(tmp_path):
    path = Path(os.fsdecode(bytes(tmp_path) + b"/\xff.xlsx"))
    with pytest.raises(WorkbookError) as excinfo:
        read_book(path)
    assert excinfo.value.code == "file_missing"
    excinfo.value.message.encode()


@pytest.mark.parametrize("name", ["a=b & c.xlsx", "-x.xlsx", "台账 (1)'\".xlsx", "{0}.xlsx"])
def test_any_file_name_will_do(tmp_path, monkeypatch, name):
    (tmp_path / name).write_bytes(workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))
    monkeypatch.chdir(tmp_path)
    assert read_book(Path(name)).sheets[0].rows == ((1,),)
