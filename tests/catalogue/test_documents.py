"""Which summaries wording is for is written in kinds or in parts of the year, in TOML and on the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyxl.catalogue.documents import EVERY, kind_of, meant_for, parts_named, parts_of, shown
from pyxl.catalogue.loader import load_catalogue, read_catalogue

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("names", "parts", "words"),
    [
        (["half"], ("H1", "H2"), ("半年",)),
        (["year", "half"], ("H1", "H2", "FY"), ("半年", "全年")),
        (["H2", "year"], ("H2", "FY"), ("下半年", "全年")),
        (["quarter"], ("Q1", "Q2", "Q3", "Q4"), ("季度",)),
        (["Q4"], ("Q4",), ("第四季度",)),
        (["half", "year", "quarter"], EVERY, ()),
        ([], (), ()),
    ],
)
def test_kinds_are_the_parts_of_the_year_and_are_shown_in_one_word(names, parts, words):
    assert parts_of(names) == parts
    assert shown(parts) == words
    if words:
        assert parts_named("、".join(words)) == (parts, ())


@pytest.mark.parametrize("text", ["半年，全年", "全年 半年", "半年；全年", "全年/上半年/下半年"])
def test_a_cell_may_separate_them_as_people_do(text):
    assert parts_named(text) == (("H1", "H2", "FY"), ())


def test_a_word_that_is_none_is_told():
    assert parts_named("半年、月度") == (("H1", "H2"), ("月度",))
    with pytest.raises(KeyError, match="monthly"):
        parts_of(["half", "monthly"])


def test_none_named_means_every_one():
    assert meant_for((), "Q3")
    assert not meant_for(("FY",), "Q3")
    assert [kind_of(part) for part in EVERY] == ["half", "half", "year", *["quarter"] * 4]


def test_a_clause_is_for_the_documents_of_its_section_without_those_where_another_stands_for_it():
    documents = {clause.key: clause.documents for clause in CATALOGUE.clauses}
    assert documents["强思想1"] == ("H1", "H2", "FY")
    assert documents["下步打算3"] == ("H1",)
    assert documents["下步打算3b"] == ("H2", "FY")
    assert documents["季度工作1"] == ("Q1", "Q2", "Q3", "Q4")
    assert documents["开头1"] == ()
    assert documents["开头6"] == ("H1", "H2", "FY")


def overlaid(folder: Path, text: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    (folder / "outline.toml").write_text(text, encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    return {clause.key: clause.documents for clause in catalogue.clauses}, [each.reason for each in problems]


CLAUSE = '[[clauses]]\nkey = "新"\nsection = "{section}"\nform = "sentence"\ntext = "文。"\n{more}'


def test_an_overlay_adds_to_the_year_and_to_the_quarter(tmp_path):
    documents, problems = overlaid(tmp_path, CLAUSE.format(section="branch", more='documents = ["year"]'))
    assert (documents["新"], problems) == (("FY",), [])
    documents, problems = overlaid(tmp_path, CLAUSE.format(section="quarter_work", more=""))
    assert (documents["新"], problems) == (("Q1", "Q2", "Q3", "Q4"), [])


def test_an_overlay_takes_the_place_of_a_clause_everywhere(tmp_path):
    found = CLAUSE.format(section="opening", more='instead_of = "开头4"')
    (tmp_path / "outline.toml").write_text(found, encoding="utf-8")
    clauses = {clause.key: clause for clause in load_catalogue(tmp_path).clauses}
    assert clauses["新"].used
    assert not clauses["开头4"].used


@pytest.mark.parametrize(
    ("section", "more", "reason"),
    [
        ("branch", 'documents = ["quarter"]', "“branch”这一节不在所写的那几种总结里，这一条永远不会写进去"),
        ("branch", 'documents = ["monthly"]', "“monthly”不在可选值内：half / year / quarter / H1 / H2 / FY / Q1 / Q2 / Q3 / Q4"),
        ("branch", 'instead_of = "没有"', "没有编号为“没有”的文字"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(tmp_path, section, more, reason):
    assert reason in overlaid(tmp_path, CLAUSE.format(section=section, more=more))[1]
