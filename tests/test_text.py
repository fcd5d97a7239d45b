from __future__ import annotations

import ast
import itertools
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from pyxl import text

FOLDER = Path(text.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the text files that is read instead of ours."""
    copy = tmp_path / "text"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(text, "_FOLDER", copy)
    yield from fresh(copy)


def fresh(copy: Path):
    for cached in (text.table, text._recorded):
        cached.cache_clear()
    yield copy
    for cached in (text.table, text._recorded):
        cached.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_what_its_toml_file_says(folder, name):
    assert text.table(name) == tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_no_toml_is_parsed_while_the_snapshot_is_fresh(folder, monkeypatch, name):
    monkeypatch.setattr(text, "_parsed", None)
    assert text.table(name)


def test_the_snapshot_that_is_committed_is_fresh():
    assert (FOLDER / "snapshot.json").read_text(encoding="utf-8") == text.snapshot() + "\n"


def test_a_file_that_was_changed_counts(folder):
    path = folder / "words.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[added]\nword = "新"\n', encoding="utf-8")
    assert text.phrase("words", "added", "word") == "新"


def test_line_ends_are_of_no_account(folder, monkeypatch):
    path = folder / "words.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(text, "_parsed", None)
    assert text.phrase("words", "yesno", "yes") == "是"


@pytest.mark.parametrize("content", [None, "", "{"])
def test_without_a_sound_snapshot_the_toml_counts(folder, content):
    path = folder / "snapshot.json"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    assert text.phrase("words", "yesno", "yes") == "是"


# ------------------------------------------------------------------------------ every sentence is said


def codes_said() -> set[str]:
    """The codes that pyxl may ask dialogs.toml for: words in its modules, what f-strings join of them, document.toml."""
    plain, joined = set(), set()
    for path in FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr) and re.fullmatch("[a-z]+_", prefix(node)) and len(node.values) == 2:
                joined.add(prefix(node))
    problems = text.table("document")["problems"].values()
    built = {first + rest for first, rest in itertools.product(joined, plain)}
    return plain | built | {each["code"] for each in problems}


def prefix(node: ast.JoinedStr) -> str:
    first = node.values[0] if node.values else None
    return first.value if isinstance(first, ast.Constant) else ""


def test_every_reason_why_a_command_could_not_run_is_given_somewhere():
    assert text.table("dialogs").keys() - codes_said() == set()


def test_a_reason_that_nobody_gives_is_found():
    assert {"internal", "template_unheard_of"} & codes_said() == set()
