"""Which photographs rows name: file names in running text, in the order of the days."""

from __future__ import annotations

import time

import pytest

from pyxl.core.evidence import caption, photos_of
from tests.reports import CATALOGUE, ROWS, written

FIRST, SECOND = ROWS["theme_day"][:2]


def named(*evidence: str, rows: dict | None = None):
    days = [{**row, "evidence": text} for row, text in zip((FIRST, SECOND), evidence, strict=False)]
    found = written({"roster": ROWS["roster"], "theme_day": days, **(rows or {})})
    return photos_of(found.verdict, CATALOGUE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("党日1.jpg", ["党日1.jpg"]),
        ("党日1.jpg、党日 2.PNG；签到表.pdf，c.webp", ["党日1.jpg", "党日 2.PNG", "c.webp"]),
        ("a.jpg b.jpeg", ["a.jpg", "b.jpeg"]),
        ("照片：a.jpg", ["a.jpg"]),
        ("“a.jpg”《b.gif》", ["a.jpg", "b.gif"]),
        ("照片/1.2.jpg\n..\\x.jpg", ["照片/1.2.jpg", "..\\x.jpg"]),
        ("C:\\照片\\x.heic", ["C:\\照片\\x.heic"]),
        ("现场（1）.jpg", ["现场（1）.jpg"]),
        ("主题党日记录本第4页", []),
        ("a.jpgx、b.jpg2", []),
        (".jpg", []),
    ],
)
def test_names_are_told_from_other_words_by_their_ending(text, names):
    assert [each.name for each in named(text)] == names


def test_they_are_numbered_by_day_and_say_where_they_stand_and_what_they_show():
    found = named("b.jpg", "a.jpg、c.jpg")
    assert [(each.name, each.where.sheet, each.where.row) for each in found] == [
        ("b.jpg", "主题党日", 4), ("a.jpg", "主题党日", 5), ("c.jpg", "主题党日", 5),
    ]  # fmt: skip
    assert found[0].line == f"图1　2023年1月20日　主题党日　{FIRST['topic']}"
    assert [each.line.partition("　")[0] for each in found] == ["图1", "图2", "图3"]
    assert caption(found[0], missing=False) == found[0].line
    assert caption(found[0], missing=True) == f"{found[0].line}（b.jpg）"


def test_rows_that_do_not_count_show_nothing():
    days = [{**FIRST, "evidence": "a.jpg", "state": "草稿"}, {**SECOND, "evidence": "b.jpg"}]
    found = written({"roster": ROWS["roster"], "theme_day": days})
    assert [each.name for each in photos_of(found.verdict, CATALOGUE)] == ["b.jpg"]


def test_a_cell_full_of_letters_is_looked_at_at_once():
    began = time.perf_counter()
    assert named("长" * 32_000) == ()
    assert named("长" * 400 + "。jpg") == ()
    assert time.perf_counter() - began < 5
