"""Whose key is known is remembered, and what cannot be read is told rather than forgotten."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from pyxl.core.vouching import Pin
from pyxl.errors import OutputError
from pyxl.exclusive import hold
from pyxl.sealing import pins
from pyxl.sealing.pins import known_units, remember

A, B = Pin("a" * 64, "甲支部"), Pin("b" * 64)


def test_at_first_nobody_is_known(tmp_path):
    assert known_units(tmp_path / "keys") == {}


def test_what_was_remembered_is_known_and_the_rest_stays(tmp_path):
    remember({"ZB-1": A, "乙支部": B}, tmp_path / "keys")
    remember({"ZB-1": B}, tmp_path / "keys")
    assert known_units(tmp_path / "keys") == {"ZB-1": B, "乙支部": B}


def test_nothing_new_writes_nothing(tmp_path):
    remember({"ZB-1": A}, tmp_path)
    path = tmp_path / "known.json"
    before = path.stat().st_mtime_ns, path.stat().st_ino
    remember({"ZB-1": A}, tmp_path)
    remember({}, tmp_path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b'{"ZB-1": 1}', b'{"ZB-1": "zz"}', b'{"ZB-1": ""}', json.dumps({"ZB-1": [A.key[:-1], ""]}).encode(),
        json.dumps({"ZB-1": [A.key]}).encode(), json.dumps({"ZB-1": [A.key, 1]}).encode(), json.dumps({"ZB-1": {}}).encode(), b"\xff\xfe",
        b"[" * 200_000, b"null",
    ],
)  # fmt: skip
def test_a_damaged_list_is_told_and_stays(tmp_path, content):
    path = tmp_path / "known.json"
    path.write_bytes(content)
    for use in (lambda: known_units(tmp_path), lambda: remember({"ZB-2": A}, tmp_path)):
        with pytest.raises(OutputError) as caught:
            use()
        assert caught.value.code == "keys_unreadable"
        assert str(path) in caught.value.message
    assert path.read_bytes() == content


def test_a_list_that_is_a_folder_is_told(tmp_path):
    (tmp_path / "known.json").mkdir()
    with pytest.raises(OutputError):
        known_units(tmp_path)


def test_where_nothing_can_be_kept_that_is_told(tmp_path):
    (tmp_path / "keys").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        remember({"ZB-1": A}, tmp_path / "keys" / "deeper")
    assert caught.value.code == "key_not_kept"


@pytest.mark.parametrize("name", ["../../x", "=cmd", "甲" * 500, '"', "\ud800"])
def test_a_unit_may_be_called_anything(tmp_path, name):
    remember({name: A}, tmp_path)
    assert known_units(tmp_path) == {name: A}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known.json", "known.lock"]


def test_of_many_that_remember_at_once_none_is_forgotten(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: remember({f"ZB-{number}": A}, tmp_path), range(24)))
    assert known_units(tmp_path) == {f"ZB-{number}": A for number in range(24)}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known.json", "known.lock"]


def test_whoever_waits_too_long_for_the_list_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(pins, "_PATIENCE", 0.1)
    with (tmp_path / "known.lock").open("w") as held:
        assert hold(held.fileno())
        remember({"ZB-1": A}, tmp_path)
    assert known_units(tmp_path) == {"ZB-1": A}
