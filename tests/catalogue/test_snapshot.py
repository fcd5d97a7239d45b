from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pyxl.catalogue import loader
from pyxl.catalogue.loader import OWN_FOLDER, load_catalogue, own_snapshot, read_catalogue
from pyxl.catalogue.snapshot import recalled

ASSEMBLED, PROBLEMS = read_catalogue()


def sources(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("*.toml")), *sorted((folder / "activities").glob("*.toml"))]


@pytest.fixture
def folder(tmp_path):
    """Our catalogue's files, with a fresh snapshot beside them."""
    copy = tmp_path / "catalogue"
    shutil.copytree(OWN_FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "snapshot.json"))
    (copy / "snapshot.json").write_text(own_snapshot(), encoding="utf-8")
    return copy


def test_what_is_recalled_is_what_the_toml_files_say(folder):
    assert PROBLEMS == []
    assert recalled(folder, sources(folder)) == ASSEMBLED


def test_what_is_recalled_has_the_same_types_throughout(folder):
    same, other = (
        repr(each).replace("mappingproxy({})", "{}") for each in (recalled(folder, sources(folder)), ASSEMBLED)
    )
    assert same == other


def test_the_snapshot_that_is_committed_is_fresh():
    assert (OWN_FOLDER / "snapshot.json").read_text(encoding="utf-8") == own_snapshot() + "\n"


def test_a_run_takes_it_instead_of_the_toml_files(monkeypatch):
    monkeypatch.setattr(loader, "_parse", None)
    assert load_catalogue() == ASSEMBLED


def test_with_an_overlay_the_toml_files_are_read(tmp_path):
    (tmp_path / "cover.toml").write_text('[[fields]]\nkey = "unit"\nhint = "写全称"\n', encoding="utf-8")
    hints = {field.key: field.hint for field in load_catalogue(tmp_path).cover}
    assert hints["unit"] == "写全称"


@pytest.mark.parametrize("name", ["cover.toml", "activities/theme_day.toml"])
def test_a_file_that_was_changed_counts(folder, name):
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert recalled(folder, sources(folder)) is None


def test_a_file_that_was_added_counts(folder):
    (folder / "activities" / "visit.toml").write_text('key = "visit"\n', encoding="utf-8")
    assert recalled(folder, sources(folder)) is None


def test_a_file_that_was_renamed_counts(folder):
    (folder / "activities" / "theme_day.toml").rename(folder / "activities" / "theme_days.toml")
    assert recalled(folder, sources(folder)) is None


def test_line_ends_are_of_no_account(folder):
    for path in sources(folder):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert recalled(folder, sources(folder)) == ASSEMBLED


@pytest.mark.parametrize("content", ["", "{", "[]", '{"of": 1}', "null"])
def test_a_damaged_snapshot_is_none(folder, content):
    (folder / "snapshot.json").write_text(content, encoding="utf-8")
    assert recalled(folder, sources(folder)) is None


def test_a_snapshot_of_other_fields_is_none(folder):
    path = folder / "snapshot.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["Column"][0]["colour"] = "red"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert recalled(folder, sources(folder)) is None


def test_a_missing_snapshot_is_none(folder):
    (folder / "snapshot.json").unlink()
    assert recalled(folder, sources(folder)) is None
