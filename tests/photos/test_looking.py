"""Names become pictures in child processes; whatever happens in one is one picture that is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pyxl.photos import looking
from pyxl.photos.looking import look_for
from pyxl.text import phrases
from tests.photos.pictures import HEIC, bomb, exif, image


@pytest.fixture
def ledger(tmp_path):
    for name, content in {
        "a.jpg": image(exif=exif(6)), "假.jpg": b"x", "h.heic": HEIC, "bomb.png": bomb(60_000, 60_000),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    return tmp_path / "台账.xlsx"


def test_each_name_gets_its_picture_or_a_reason_in_their_order(ledger):
    found = look_for(["没有.jpg", "a.jpg", "假.jpg", "h.heic", "bomb.png", "../x.jpg", "a.jpg"], ledger)
    assert [each.reason for each in found] == ["missing", "", "no_image", "newer", "too_many_pixels", "outside", ""]
    assert (found[1].width, found[1].height) == (300, 400)
    assert found[1] == found[6]
    assert {each.reason for each in found} - {""} <= set(phrases("photos", "reasons"))


def test_this_process_never_imports_pillow():
    code = (
        "import sys; from pathlib import Path; from pyxl.photos.looking import look_for;"
        "look_for(['a.jpg'], Path('x.xlsx')); print('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        ("import os; os.abort()", "damaged"),
        ("print('nonsense')", "damaged"),
        ("print('[]')", "damaged"),
        ('print(\'{"width": 1, "height": 1}\')', "damaged"),
        ("import time; time.sleep(60)", "too_slow"),
    ],
)
def test_a_child_that_dies_or_hangs_or_lies_costs_one_picture(ledger, monkeypatch, child, reason):
    monkeypatch.setattr(looking, "_CHILD", child)
    monkeypatch.setattr(looking, "SECONDS", 1.0)
    assert [each.reason for each in look_for(["a.jpg"], ledger)] == [reason]


def test_beyond_a_hundred_nothing_more_is_read(ledger, monkeypatch):
    monkeypatch.setattr(looking, "MOST_PHOTOS", 2)
    found = look_for(["a.jpg", "没有.jpg", "a.jpg"], ledger)
    assert [each.reason for each in found] == ["", "missing", "too_many"]


def test_no_name_no_child(ledger, monkeypatch):
    monkeypatch.setattr(looking.children, "started", None)
    assert look_for([], ledger) == []


def test_the_child_cannot_take_more_memory_than_it_needs(ledger, monkeypatch):
    eats = (
        "import sys; sys.path += sys.argv[1:]; from pyxl.children import limit; from pyxl.photos.child import MEMORY; "
        "limit(MEMORY, 60); bytearray(2 * 1024**3)"
    )
    monkeypatch.setattr(looking, "_CHILD", eats)
    assert look_for(["a.jpg"], ledger)[0].reason == "damaged"
