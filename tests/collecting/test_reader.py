"""A foreign file can kill, block or fill the child that looks at it; the others are looked at all the same."""

from __future__ import annotations

import os
import time
import zipfile
from dataclasses import replace

import pytest

from pyxl.collecting import reader
from pyxl.collecting.cache import Cache
from pyxl.collecting.looking import look_at_all
from pyxl.collecting.reader import Reader, Terms, looked_at
from pyxl.excel.consolidating.formats import entry_formats
from tests.archives import pack, parts, sheet, workbook

TERMS = Terms("", entry_formats())
NORMAL = reader._CHILD
STARTED = "import sys; sys.path += sys.argv[1:]; "
# The child as it is, but for one thing that it does when a file's name says so.
WHEN_NAMED = STARTED + (
    "import os, time; import pyxl.collecting.child as c; real = c.receive\n"
    "def receive(path, name, receiver):\n"
    "    if '杀' in name: os.abort()\n"
    "    if '走' in name: os._exit(0)\n"
    "    if '错' in name: raise RuntimeError(name)\n"
    "    if '慢' in name: time.sleep(600)\n"
    "    return real(path, name, receiver)\n"
    "c.receive = receive; c.main()"
)


def child(monkeypatch, code: str) -> None:
    monkeypatch.setattr(reader, "_CHILD", code)


@pytest.fixture
def paths(tmp_path, good):
    """Files by name, each a sound submission."""

    def lay(*names: str) -> list:
        for name in names:
            (tmp_path / name).write_bytes(good)
        return [tmp_path / name for name in names]

    return lay


def test_whoever_dies_of_a_file_loses_that_file_and_no_other(monkeypatch, paths, tmp_path):
    child(monkeypatch, WHEN_NAMED)
    files = paths("1.xlsx", "2杀.xlsx", "3.xlsx", "4走.xlsx", "5错.xlsx", "6.xlsx", "7杀.xlsx")
    with Cache(tmp_path / "cache.sqlite", "x") as cache:
        found = look_at_all(files, cache, TERMS)
    assert {each.file: each.reason for each in found} == {
        "1.xlsx": "", "2杀.xlsx": "reading_failed", "3.xlsx": "", "4走.xlsx": "reading_failed",
        "5错.xlsx": "reading_failed", "6.xlsx": "", "7杀.xlsx": "reading_failed",
    }  # fmt: skip
    assert [each.file for each in found] == [path.name for path in files]


def test_the_files_of_one_chunk_are_all_answered_also_elsewhere(monkeypatch, paths):
    child(monkeypatch, WHEN_NAMED)
    answers = looked_at(TERMS, [(str(path), path.name) for path in paths("1.xlsx", "2杀.xlsx", "3.xlsx")])
    assert [(each.received.reason, bool(each.pieces)) for each in answers] == [
        ("", True), ("reading_failed", False), ("", True),
    ]  # fmt: skip
    assert answers[1].received.params == {"file": "2杀.xlsx", "status": -6, "detail": ""}


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(monkeypatch, paths):
    child(monkeypatch, WHEN_NAMED)
    slow, sound = paths("慢.xlsx", "好.xlsx")
    began = time.perf_counter()
    with Reader(replace(TERMS, seconds=5.0)) as reading:
        lost, read = reading.look_at(str(slow), "慢.xlsx"), reading.look_at(str(sound), "好.xlsx")
    assert time.perf_counter() - began < 60
    assert (lost.received.reason, lost.received.params) == ("reading_too_slow", {"file": "慢.xlsx", "seconds": 5})
    assert read.received.is_sound


def test_a_file_that_wants_too_much_memory_is_told_and_the_next_one_is_read(monkeypatch, tmp_path, paths):
    """A real one, with a cap that a machine of today can try out."""
    child(monkeypatch, NORMAL.replace("from pyxl.collecting", "import pyxl.excel.closed.child as c; c.MEMORY = 160 << 20; from pyxl.collecting"))  # fmt: skip
    big = tmp_path / "大.xlsx"
    rows = "".join(f'<row r="{row}">{"<c><v>1.5</v></c>" * 190}</row>' for row in range(1, 9000))
    big.write_bytes(pack(parts({"表": sheet(rows)}), zipfile.ZIP_STORED))
    [sound] = paths("好.xlsx")
    with Reader(TERMS) as reading:
        lost, read = reading.look_at(str(big), "大.xlsx"), reading.look_at(str(sound), "好.xlsx")
    assert lost.received.reason in ("needs_memory", "reading_failed")
    assert read.received.is_sound


def test_a_corner_cell_neither_fills_the_memory_nor_kills(monkeypatch, tmp_path):
    child(monkeypatch, NORMAL.replace("from pyxl.collecting", "import pyxl.excel.closed.child as c; c.MEMORY = 160 << 20; from pyxl.collecting"))  # fmt: skip
    path = tmp_path / "远角.xlsx"
    path.write_bytes(workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'))  # fmt: skip
    with Reader(TERMS) as reading:
        assert reading.look_at(str(path), path.name).received.reason == "not_submission"


FRAME = "import struct; sys.stdout.buffer.write(struct.pack('>LL', {}, {}) + {}); sys.stdout.flush(); sys.stdin.read()"


@pytest.mark.parametrize(
    "code",
    [
        "print('noise')",
        "print('noise' * 9)",
        "sys.exit(3)",
        "raise RuntimeError('x')",
        FRAME.format(2, 0, "b'[]'"),
        FRAME.format(1, 0, "b'1'"),
        FRAME.format(2, 0, "b'{}'"),
        FRAME.format(3, 0, "b'\\xff\\xfe\\xfd'"),
        FRAME.format(40_000, 0, "b'[' * 40_000"),
        FRAME.format(0xFFFFFFFF, 0xFFFFFFFF, "b''"),
        FRAME.format(9, 1, "b'x' * 10"),
        "x = bytearray(1 << 60)",
    ],
)
def test_a_child_that_talks_nonsense_is_not_believed(monkeypatch, paths, code):
    child(monkeypatch, f"import sys; {code}")
    [path] = paths("好.xlsx")
    with Reader(replace(TERMS, seconds=5.0)) as reading:
        for _ in range(2):  # and every time a new one is asked
            answer = reading.look_at(str(path), "好.xlsx")
            assert (answer.received.reason, answer.pieces) == ("reading_failed", b"")
            assert answer.received.file == "好.xlsx"


def test_half_an_answer_is_none(monkeypatch, paths):
    child(monkeypatch, "import sys, struct; sys.stdout.buffer.write(struct.pack('>LL', 90, 0) + b'{}')")
    [path] = paths("好.xlsx")
    with Reader(TERMS) as reading:
        assert reading.look_at(str(path), "好.xlsx").received.reason == "reading_failed"


def test_rows_that_are_none_are_not_believed_either(monkeypatch, paths):
    wrong = STARTED + "import pyxl.collecting.child as c; c.packed_pieces = lambda pieces: b'[[0]]\\n'; c.main()"
    child(monkeypatch, wrong)
    [path] = paths("好.xlsx")
    with Reader(TERMS) as reading:
        assert reading.look_at(str(path), "好.xlsx").received.reason == "reading_failed"


def test_one_child_reads_one_file_after_the_other_and_ends_with_its_reader(paths):
    files = paths("1.xlsx", "2.xlsx")
    with Reader(TERMS) as reading:
        first = reading.look_at(str(files[0]), "1.xlsx")
        process = reading._process
        second = reading.look_at(str(files[1]), "2.xlsx")
        assert reading._process is process
    assert process.returncode is not None
    assert first.received == replace(second.received, file="1.xlsx")
    assert first.pieces == second.pieces


@pytest.mark.parametrize("name", ["a=b & c.xlsx", "-x.xlsx", "换\n行.xlsx", os.fsdecode(b"\xff.xlsx"), "{0}.xlsx"])
def test_a_file_may_be_called_anything(paths, name):
    [path] = paths(name)
    with Reader(TERMS) as reading:
        assert reading.look_at(os.fspath(path), "x").received.is_sound


def test_nothing_beside_the_files_or_in_the_environment_gets_into_the_child(paths, tmp_path, monkeypatch):
    canary = tmp_path / "ran"
    for name in ("json", "re", "python_calamine", "cryptography", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    [path] = paths("好.xlsx")
    with Reader(TERMS) as reading:
        assert reading.look_at(path.name, path.name).received.is_sound
    assert not canary.exists()
