"""The sample's document says what the seed says, its blanks filled, its listed slips mended, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest

from pyxl import actions
from pyxl.sample import sample
from tests.seed.corrections import CORRECTIONS

SEED = Path(__file__).parent / "seed" / "half-year-summary.txt"
BLANKS = 10


def seed_lines() -> list[str]:
    """The seed's paragraphs, counted from 1 as the corrections count them."""
    return [
        line.replace("\xa0", " ").strip()
        for line in SEED.read_text(encoding="utf-8").splitlines()
        if line.strip("\xa0 ")
    ]


def corrected_lines() -> list[str]:
    lines = seed_lines()
    for number, before, after in CORRECTIONS:
        assert lines[number - 1].count(before) == 1, (number, before)
        lines[number - 1] = lines[number - 1].replace(before, after)
    return lines


def blanks_by_hand() -> list[str]:
    """What a secretary would count from the sample's rows: the ten blanks in their order."""
    cover, rows = sample()
    end = date(2023, 6, 30)

    def held(key: str) -> list[dict[str, object]]:
        return [
            row
            for row in rows[key]
            if row.get("state") not in ("草稿", "作废") and date(2023, 1, 1) <= row["date"] <= end  # type: ignore[operator]
        ]

    lectures = sorted((row for row in held("party_lecture") if row["type"] == "专题党课"), key=lambda row: row["date"])  # type: ignore[arg-type, return-value]
    titles = list(dict.fromkeys(str(row.get("title") or row["topic"]) for row in lectures))
    assert len(titles) == 2, "the seed names two subjects"
    return [
        str(cover["short_name"]).removesuffix("党支部"),
        "6",
        str(len(held("group_study"))),
        str(len(held("member_assembly"))),
        str(len(held("committee_meeting"))),
        str(len(held("party_lecture"))),
        *titles,
        str(len(lectures)),
        str(len(held("theme_day"))),
    ]


def filled(lines: list[str]) -> list[str]:
    values = iter(blanks_by_hand())
    text = re.sub(r"\*", lambda _: next(values), "\n".join(lines))
    assert next(values, None) is None
    return text.split("\n")


def sentences(paragraphs: list[str]) -> list[str]:
    """Each sentence with its end mark, paragraph after paragraph."""
    return [part for text in paragraphs for part in re.findall(r"[^。；：]+[。；：]?", text)]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("样例 文件夹")
    ledger = actions.demo(folder, today=date(2026, 1, 1)).ledger
    outcome = actions.summarise(ledger, out=folder / "总结.docx", today=date(2026, 1, 1))
    assert outcome.written is not None
    texts = (paragraph.text.replace("\n", "").strip() for paragraph in docx.Document(str(outcome.written)).paragraphs)
    return [text for text in texts if text]


def test_the_seed_has_its_ten_blanks() -> None:
    assert "".join(seed_lines()).count("*") == BLANKS == len(blanks_by_hand())


def test_every_correction_finds_its_slip() -> None:
    """A correction that no longer applies would hide a difference."""
    assert corrected_lines() != seed_lines()
    assert len(CORRECTIONS) == len(set(CORRECTIONS))


def test_document_and_seed_agree_sentence_by_sentence(document: list[str]) -> None:
    """Either way: nothing of the seed is missing, nothing stands in the document besides it."""
    cover, _ = sample()
    unit = str(cover["unit"])
    frame = [f"{unit}2023年上半年工作总结", unit, "2023年6月30日"]
    for line in frame:
        assert document.count(line) == 1, line
    body = [line for line in document if line not in frame]
    assert sentences(body) == sentences(filled(corrected_lines()))


def test_paragraphs_break_where_the_seed_breaks(document: list[str]) -> None:
    expected = filled(corrected_lines())
    assert [line for line in document if line in expected] == expected
