"""The sentences of issues.toml: complete, used, short, and polite."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

import pyxl
from pyxl.core.checks import CHECKS
from pyxl.core.issue import issue
from pyxl.core.place import CellRef
from pyxl.text import phrases, table

ROOT = Path(pyxl.__file__).parent
ISSUES = table("issues")

# functions whose text argument is a code
MAKERS = {"issue", "at_cell", "at_sheet", "at_cover", "spec_for", "Finding", "_refused", "_broken"}


def modules():
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))]


def strings(tree):
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def codes_made(tree):
    """Codes that stand as text where an issue is made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
            given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            yield from (value for value in given if isinstance(value, str) and re.fullmatch(r"[a-z_]{4,}", value))


def codes_of_rules():
    for path in ROOT.rglob("catalogue/**/*.toml"):
        yield from re.findall(r'^code = "(\w+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_that_is_used_has_its_sentences():
    used = {code for tree in modules() for code in codes_made(tree)}
    used |= {code for kind in CHECKS.values() for code in kind.codes} | set(codes_of_rules())
    used |= set(phrases("words", "row_marks"))  # parse makes an issue of each
    columns = {"date", "deadline", "present", "due"}  # of at_cell, should a column ever be named there
    assert used - columns - set(ISSUES) == set()
    assert len(used) > 80


def test_every_code_that_has_sentences_is_used():
    known = set().union(*map(strings, modules())) | set(codes_of_rules()) | set(phrases("words", "row_marks"))
    assert set(ISSUES) <= known


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_an_entry_is_complete_and_short(code):
    entry = ISSUES[code]
    assert set(entry) == {"severity", "message", "hint"}
    assert entry["severity"] in {"error", "warning", "hint"}
    message = re.sub(r"\{\w+\}", "", entry["message"])
    assert 4 < len(message) <= 40
    assert len(entry["message"]) <= 60
    assert entry["message"].endswith("。")
    if entry["hint"] != "{hint}":  # the catalogue's own
        assert 4 < len(entry["hint"]) <= 90
        assert entry["hint"].endswith("。")


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_the_tone_is_calm_and_the_language_chinese(code):
    entry = ISSUES[code]
    plain = re.sub(r"\{\w+\}", "", entry["message"] + entry["hint"])
    words = re.sub(r"Excel|WPS|--catalogue|\{\{[^{}]*\}\}|主题党日!7", "", plain)
    assert not re.search(r"[A-Za-z!！?]", words)
    assert not re.search(r"[,;()]|:(?!\d)", words), "full-width signs among Chinese words"
    assert not re.search(r"你|必须|禁止|违规|失败|非法", words)
    assert words.count("“") == words.count("”")


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_figures_and_cells_stand_apart_from_words(code):
    """As in look.md: 实到 25 人, 请核对 H7 与 G7."""
    for text in (ISSUES[code]["message"], ISSUES[code]["hint"]):
        for name in ("cell", "other_cell", "earlier_cell", "row", "count", "limit", "length", "members", "as_of"):
            assert not re.search(rf"[\u4e00-\u9fff]\{{{name}\}}|\{{{name}\}}[\u4e00-\u9fff]", text)


def test_every_sentence_can_be_filled():
    for code, entry in ISSUES.items():
        given = dict.fromkeys(placeholders(entry["message"]) | placeholders(entry["hint"]), "某")
        given = {name: value for name, value in given.items() if name not in {"cell", "sheet", "row", "found"}}
        made = issue(code, CellRef("主题党日", 7, 4), found="某", **given)
        assert "{" not in made.message
        assert made.severity.value == entry["severity"]
        with_braces = made.hint.replace("{{ 主题党日.次数 }}", "")
        assert "{" not in with_braces


def test_no_key_stands_twice():
    text = (ROOT / "text" / "issues.toml").read_text(encoding="utf-8")
    assert len(re.findall(r"^\[\w+\]$", text, re.MULTILINE)) == len(tomllib.loads(text)) == len(ISSUES)


def test_a_code_without_sentences_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        issue("no_such_code", CellRef("主题党日"))
