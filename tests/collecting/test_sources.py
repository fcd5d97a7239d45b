"""What a document will tell of a unit's rows is found with them, or said to be uncertain; nobody else is kept waiting."""

from __future__ import annotations

import zlib

import pytest

from pyxl.collecting.frames import SOURCES
from pyxl.collecting.receiver import Receiver
from pyxl.collecting.sources import UNCERTAIN, are_complete, unpacked_sources
from pyxl.core import provenance
from pyxl.core.unitrows import UnitRows, decoded, encoded
from pyxl.excel.consolidating.formats import entry_formats
from pyxl.excel.consolidating.fragment import Piece
from tests.hierarchy import ledger_of
from tests.tampering import UPWARD

ASKING = Receiver(UPWARD, entry_formats(), sources=True)


def test_it_is_told_of_every_row_and_only_when_it_is_asked_for(look, good):
    received, (unasked,) = look(good)
    assert SOURCES not in unasked
    again, (pieces,) = look(good, ASKING)
    assert again == received
    assert {key: each for key, each in pieces.items() if key != SOURCES} == unasked
    told = unpacked_sources(pieces[SOURCES])
    assert told is not None
    assert {key: len(rows) for key, rows in told.rows.items()} == received.units[0].rows
    assert pieces[SOURCES].rows == sum(received.units[0].rows.values())


def test_it_is_what_provenance_says_of_the_same_rows(look, good, tmp_path):
    _, (pieces,) = look(good, ASKING)
    told = unpacked_sources(pieces[SOURCES])
    ledger = ledger_of(tmp_path / "a.xlsx")
    for key, rows in told.rows.items():
        activity = UPWARD.activity(key)
        labels = [column.label for column in provenance.told_columns(activity)]
        assert rows[0][1:] == [
            provenance.told_cell(ledger.rows(key)[0], column.key) for column in provenance.told_columns(activity)
        ], labels
        assert [row[0] for row in rows] == [provenance.row_digest(row, activity) for row in ledger.rows(key)]


def test_a_figure_says_only_which_rows_when_it_is_not_all(look, good):
    told = unpacked_sources(look(good, ASKING)[1][0][SOURCES])
    assert "theme_day.count" not in told.figures
    for name, places in told.figures.items():
        count = len(told.rows[name.partition(".")[0]])
        assert len(places) < count
        assert all(0 <= place < count for place in places)


def test_sheets_or_columns_that_are_not_there_make_it_uncertain(look, good, tmp_path):
    look(good)
    ledger = ledger_of(tmp_path / "a.xlsx")
    assert are_complete(ledger, UPWARD)
    columns = dict(ledger.columns)
    del columns["theme_day"]
    for changed in (columns, {**columns, "theme_day": {"date": 1}}):
        assert not are_complete(type(ledger)(ledger.cover, {}, ledger.entries, columns=changed), UPWARD)


TOLD = UnitRows({"theme_day": [["0" * 32, "2023-01-05", "党建"]]}, {"theme_day.list": [0]})


def packed(text: bytes, **changes) -> Piece:
    return Piece(1, len(text), zlib.crc32(text), zlib.compress(text, 1))._replace(**changes)


def test_what_was_packed_comes_out_again():
    assert decoded(encoded(TOLD)) == unpacked_sources(packed(encoded(TOLD))) == TOLD


@pytest.mark.parametrize(
    "piece",
    [
        UNCERTAIN, packed(b"[]"), packed(b"1"), packed(b"null"), packed(b"\xff"), packed(encoded(TOLD), crc=1),
        packed(encoded(TOLD), size=9), packed(encoded(TOLD), size=1 << 31), packed(encoded(TOLD), data=b"x"),
    ],
)  # fmt: skip
def test_what_is_none_is_not_taken_for_one(piece):
    assert unpacked_sources(piece) is None
