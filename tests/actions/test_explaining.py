"""A reader of the document asks where a number comes from, and whether the ledger still says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pyxl import actions
from pyxl.cli.boundary import main
from pyxl.core.changes import RowState
from pyxl.errors import UsageError, WorkbookError
from pyxl.word.sourcereading import read_sources
from tests.documented import TODAY, change
from tests.word.documents import edited, parts_of, written

COUNT = "支委会.次数"


def explained(document: Path, **asked):
    return actions.explain(document, today=TODAY, **asked)


def states(outcome, name: str = COUNT) -> list[tuple[RowState, str]]:
    return [(row.state, row.row.ref) for row in outcome.changes[name].rows if row.state is not RowState.SAME]


def test_the_ledger_beside_the_document_is_found_and_unchanged(both):
    ledger, document = both
    outcome = explained(document)
    assert outcome.ledger == ledger
    assert (outcome.changed, outcome.ledger_changed, outcome.trouble) == (False, False, "")
    assert outcome.names[:3] == ("集中学习.次数", "党员大会.次数", COUNT)
    assert set(outcome.changes) == set(outcome.names)


def test_looking_at_the_ledger_changes_nothing(both):
    ledger, document = both
    before = ledger.read_bytes(), document.read_bytes(), sorted(ledger.parent.iterdir())
    explained(document)
    assert (ledger.read_bytes(), document.read_bytes(), sorted(ledger.parent.iterdir())) == before


@pytest.mark.parametrize("written_as", ["支委会.次数", "支委会．次数", "支委会。次数", " 支委会 . 次数", "支委会_次数"])
def test_a_number_is_known_however_its_name_is_typed(both, written_as):
    outcome = explained(both[1], number=written_as)
    assert (outcome.names, outcome.all) == ((COUNT,), False)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("支委会.次", COUNT),
        ("支委会次数", COUNT),
        ("专题党课次", "党课.专题党课次数"),
        ("主题党日.次", "主题党日.次数"),
    ],
)
def test_an_unknown_number_proposes_those_that_are_near(both, asked, near):
    with pytest.raises(UsageError) as caught:
        explained(both[1], number=asked)
    assert caught.value.code == "number_unknown_near"
    assert near in caught.value.hint


@pytest.mark.parametrize("asked", ["", "zzz", "\0"])
def test_a_number_like_no_other_says_how_to_see_all(both, asked):
    with pytest.raises(UsageError) as caught:
        explained(both[1], number=asked)
    assert caught.value.code == "number_unknown"


def test_a_changed_row_and_one_that_counts_no_longer_are_told_by_place(both):
    ledger, document = both
    change(ledger, "支委会", (6, "主题", "改过的议题"))
    outcome = explained(document)
    assert states(outcome) == [(RowState.CHANGED, "支委会!6")]
    assert (outcome.changed, outcome.changes[COUNT].differs) == (True, False)
    change(ledger, "支委会", (9, "状态", "草稿"))
    assert states(explained(document)) == [(RowState.CHANGED, "支委会!6"), (RowState.UNCOUNTED, "支委会!9")]
    assert explained(document).changes[COUNT].now.value == "6次"


def test_a_deleted_row_is_gone_and_those_below_have_moved(both):
    ledger, document = both
    change(ledger, "支委会", drop=5)
    outcome = explained(document)
    moved = [(RowState.MOVED, f"支委会!{row}") for row in range(6, 11)]
    assert states(outcome) == [(RowState.GONE, "支委会!5"), *moved]
    assert outcome.changes[COUNT].now.value == "6次"


def test_a_new_row_is_told_by_place(both):
    ledger, document = both
    book = openpyxl.load_workbook(ledger)
    page = book["党员大会"]
    last = max(row for row in range(4, 60) if page.cell(row, 1).value)
    for column in range(1, page.max_column + 1):
        page.cell(last + 1, column).value = page.cell(6, column).value
    page.cell(last + 1, 1).value = date(2023, 6, 27)
    book.save(ledger)
    assert states(explained(document), "党员大会.次数") == [(RowState.NEW, f"党员大会!{last + 1}")]


def test_what_changes_elsewhere_is_said_and_is_no_change_of_a_number(both):
    ledger, document = both
    change(ledger, "支委会", (6, "主题", "改过的议题"))
    one = explained(document, number="党课.次数")
    assert (one.changed, one.changes["党课.次数"].changed) == (False, False)
    assert explained(document).ledger_changed
    assert explained(document, number=COUNT).changed


def test_without_a_ledger_the_sources_are_told_all_the_same(both):
    ledger, document = both
    ledger.unlink()
    outcome = explained(document)
    assert (outcome.ledger, outcome.now, outcome.changed, outcome.trouble) == (None, None, False, "")
    assert outcome.sources.provenance.numbers[COUNT].rows == tuple(f"支委会!{row}" for row in range(4, 11))


def test_a_ledger_elsewhere_can_be_named(both, tmp_path):
    ledger, document = both
    (tmp_path / "别处").mkdir()
    moved = ledger.rename(tmp_path / "别处" / "另名.xlsx")
    assert explained(document, ledger=moved).ledger == moved
    with pytest.raises(WorkbookError):
        explained(document, ledger=ledger)


def test_a_ledger_beside_that_cannot_be_read_is_said_and_no_reason_to_stop(both):
    ledger, document = both
    ledger.write_bytes(b"no ledger")
    outcome = explained(document)
    assert outcome.ledger is None
    assert ledger.name in outcome.trouble
    with pytest.raises(WorkbookError):
        explained(document, ledger=ledger)


@pytest.mark.parametrize("name", ["../台账.xlsx", "/etc/passwd", "..\\台账.xlsx", "", ".."])
def test_a_ledgers_name_never_leads_out_of_the_documents_folder(both, name, tmp_path):
    ledger, document = both
    (tmp_path / "里").mkdir()
    ledger.rename(tmp_path / "台账.xlsx")
    own = document.rename(tmp_path / "里" / "总结.docx")
    parts = parts_of(own.read_bytes())
    item = next(part for part, content in parts.items() if b"<provenance" in content)
    parts[item] = parts[item].replace(f'ledger="{ledger.name}"'.encode(), f'ledger="{name}"'.encode())
    outcome = explained(written(own, parts))
    assert outcome.sources.provenance.ledger == name
    assert outcome.ledger is None


def test_a_number_changed_by_hand_in_the_document_is_noticed(both):
    ledger, document = both
    start = '<w:bookmarkStart w:id="3" w:name="支委会_次数"/>'
    edited(document, lambda text: text[: text.index(start)] + text[text.index(start) :].replace(">7<", ">9<", 1))
    assert read_sources(document).present["支委会_次数"] == "9"
    outcome = explained(document)
    assert [(mark.figure, mark.text) for mark in outcome.edited] == [(COUNT, "7")]
    assert (outcome.changed, outcome.ledger_changed) == (True, False)
    assert not explained(document, number="党课.次数").changed
    assert ledger.is_file()


def test_a_number_that_was_deleted_from_the_document_is_noticed(both, capsys):
    _, document = both
    start = '<w:bookmarkStart w:id="3" w:name="支委会_次数"/>'

    def without(text: str) -> str:
        begin = text.index(start)
        end = text.index('<w:bookmarkEnd w:id="3"/>', begin) + len('<w:bookmarkEnd w:id="3"/>')
        return text[:begin] + text[end:]

    edited(document, without)
    outcome = explained(document)
    assert [(mark.figure, mark.text) for mark in outcome.lost] == [(COUNT, "7")]
    assert (outcome.edited, outcome.changed, outcome.ledger_changed) == ((), True, False)
    assert not explained(document, number="党课.次数").changed
    assert main(["explain", str(document), "--number", COUNT]) == 1
    told = capsys.readouterr().out
    assert "生成时写作“7”，文中已经没有（书签 支委会_次数）" in told
    assert f"文件里的“{COUNT}”已经没有：生成时写作“7”。" in told


def test_a_period_that_was_asked_for_is_compared_with_the_same_period(both):
    ledger, _ = both
    document = actions.summarise(ledger, period="2023Q1", today=TODAY).written
    outcome = explained(document)
    assert outcome.sources.provenance.period == "2023Q1"
    assert not outcome.changed
    assert outcome.sources.provenance.numbers[COUNT].value == "3次"
