"""The same file through both readers: the closed one, and the one that asks a running LibreOffice."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from pyxl.actions import examine
from pyxl.excel.closed.reading import read_book as read_closed
from pyxl.excel.grid import CellError, RawBook, RawSheet, Uncached
from pyxl.excel.live import read_book as read_live
from pyxl.excel.live.own import unread_sheets
from pyxl.text import phrase
from tests.excel.live.nasty import CATALOGUE, LONGEST, write_nasty

TODAY = date(2023, 7, 31)

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    path = tmp_path_factory.mktemp("nasty") / "难 a=b&c 50%.xlsx"
    write_nasty(path)
    return path


def differences(live: RawBook, closed: RawBook) -> dict[tuple[str, object], tuple[object, object]]:
    """(sheet, what) → what the live reader says and what the closed one; for cells, what is the address."""
    assert [sheet.name for sheet in live.sheets] == [sheet.name for sheet in closed.sheets]
    found: dict[tuple[str, object], tuple[object, object]] = {}
    for one, other in zip(live.sheets, closed.sheets, strict=True):
        for field in fields(RawSheet):
            mine, its = getattr(one, field.name), getattr(other, field.name)
            if field.name == "rows":
                found |= {(one.name, place): pair for place, pair in cells_that_differ(one, other)}
            elif field.name == "merges":  # a file lists them as they were made
                if sorted(mine) != sorted(its):
                    found[one.name, "merges"] = (mine, its)
            elif mine != its:
                found[one.name, field.name] = (mine, its)
    return found


def cells_that_differ(one: RawSheet, other: RawSheet):
    """(row, column) → both values, types included: 1 is not 1.0, and no day is an instant."""
    depth = max(len(one.rows), len(other.rows))
    width = max((len(row) for row in (*one.rows, *other.rows)), default=0)
    for row in range(1, depth + 1):
        for column in range(1, width + 1):
            mine, its = one.cell(row, column), other.cell(row, column)
            if (type(mine), mine) != (type(its), its):
                yield (row, column), (mine, its)


def judged(book: RawBook):
    """Everything that the rules make of it, the file's name and its remarks aside."""
    found = examine(replace(book, notes=()), CATALOGUE, TODAY)
    return found.ledger, found.issues, found.totals, found.narrative


def test_the_sample_is_the_same_in_every_cell_that_anybody_types_into(opened, sample):
    live, closed = read_live(opened(sample)), read_closed(sample)
    unread = unread_sheets()
    differing = {key: pair for key, pair in differences(live, closed).items() if key[0] not in unread}
    assert differing == {}
    assert live.names == closed.names
    assert live.name == closed.name
    assert live.notes == closed.notes == ()


def test_on_sheets_of_our_own_only_what_nobody_reads_differs(opened, sample):
    """Merged cells there are not asked for; LibreOffice has calculated what the file holds no value for, and
    knows no sheet that is more than hidden."""
    found = differences(read_live(opened(sample)), read_closed(sample))
    lists = phrase("sheets", "names", "lists")
    for (sheet, what), (live, closed) in found.items():
        assert sheet in unread_sheets()
        if what == "state":
            assert (sheet, live, closed) == (lists, "hidden", "veryHidden")
        elif what == "merges":
            assert live == ()
        elif what in ("hidden_rows", "hidden_columns"):
            assert live == frozenset()
        else:
            assert isinstance(closed, Uncached)
            assert live is None


def test_the_sample_gives_the_same_ledger_issues_figures_and_text(opened, sample):
    assert judged(read_live(opened(sample))) == judged(read_closed(sample))


def test_a_ledger_full_of_odd_cells_is_the_same_but_for_four(opened, nasty):
    """LibreOffice hands over a span of more than thirty years as a day, and knows no sheet that is more than hidden."""
    live, closed = read_live(opened(nasty)), read_closed(nasty)
    assert differences(live, closed) == {
        ("杂项", (5, 11)): (date(2023, 3, 15), timedelta(days=45000)),
        ("杂项", (5, 12)): (datetime(2023, 3, 15, 18), timedelta(days=45000, hours=18)),
        ("杂项", (6, 11)): (date(2023, 3, 15), timedelta(days=45000)),
        ("杂项", (6, 12)): (datetime(2023, 3, 15, 18), timedelta(days=45000, hours=18)),
        ("更隐蔽", "state"): ("hidden", "veryHidden"),
    }
    assert live.names == closed.names
    assert live.names["局部"] == ("主题党日", 4, 3)
    assert live.notes == closed.notes == ()


def test_the_odd_cells_are_there_at_all(opened, nasty):
    """Both readers could agree by seeing nothing."""
    book = read_live(opened(nasty))
    theme, lectures, values, far = (book.sheet(name) for name in ("主题党日", "党课", "杂项", "远处"))
    assert theme.hidden_rows == {5, 31}
    assert theme.hidden_columns == {8}
    assert theme.merges == ((1, 2, 1, 5), (9, 4, 11, 4))
    assert [theme.cell(row, 2) for row in range(4, 9)] == [
        time(9), time(23, 59, 59), timedelta(hours=9), "9点", time(0),
    ]  # fmt: skip
    assert [lectures.cell(row, 1) for row in range(4, 10)] == [
        date(2023, 3, 1), *map(CellError, ("#DIV/0!", "#N/A", "#VALUE!", "#NUM!", "#NAME?")),
    ]  # fmt: skip
    assert lectures.cell(6, 9) is True
    assert values.cell(9, 12) == "a" * LONGEST
    assert values.cell(9, 5) == "TRUE"
    assert [values.cell(3, column) for column in (4, 6, 7, 8)] == [
        date(1900, 1, 1),
        date(1900, 2, 28),
        60,
        date(1900, 3, 1),
    ]
    assert far.far == ((4, 251), (20_501, 2), (20_501, 4), (1_000_001, 301))
    assert far.rows == (("近处",),)
    assert book.sheet("空表").rows == ()
    assert book.sheet("党员大会").state == "hidden"


def test_odd_cells_give_the_same_ledger_issues_figures_and_text(opened, nasty):
    live, closed = judged(read_live(opened(nasty))), judged(read_closed(nasty))
    assert live == closed
    assert len(live[1]) > 90  # that the ledger is full of mistakes is the point of it


def test_a_formula_that_nobody_has_calculated_is_calculated_in_an_open_book(opened, tmp_path):
    path = tmp_path / "未算.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("表").write_formula(0, 0, "=1+1", None, "")
    assert read_closed(path).sheets[0].rows == ((Uncached("1+1"),),)
    assert read_live(opened(path)).sheets[0].rows == ((2,),)


def test_days_and_times_of_a_book_that_counts_from_1904_are_the_same(opened, tmp_path):
    path = tmp_path / "1904.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        day, clock = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "hh:mm"))
        sheet = book.add_worksheet("表")
        for column, value in enumerate((date(2023, 5, 1), date(1905, 1, 2))):
            sheet.write_datetime(0, column, value, day)
        sheet.write_number(0, 2, 0.625, clock)
    assert read_live(opened(path)).sheets == read_closed(path).sheets
    assert read_closed(path).sheets[0].rows == ((date(2023, 5, 1), date(1905, 1, 2), time(15)),)


def test_what_was_typed_since_saving_is_read(opened, sample, tmp_path):
    """And equals what the closed reader finds once it is saved, by LibreOffice, to a copy."""
    path = tmp_path / "没存.xlsx"
    path.write_bytes(sample.read_bytes())
    book = opened(path)
    cells = book.sheets["主题党日"]
    cells["A4"].raw_value = datetime(2023, 2, 3)
    cells["B5"].raw_value = "'上午"
    cells["E12"].raw_value = "新的一行"
    cells["H4"].raw_value = "=8+9"
    cells.api.getCellRangeByName("A6:A7").getRows().IsVisible = False
    live = read_live(book)
    assert live.sheet("主题党日").cell(4, 1) == date(2023, 2, 3)
    assert live.sheet("主题党日").cell(5, 2) == "上午"
    assert live.sheet("主题党日").cell(12, 5) == "新的一行"
    assert live.sheet("主题党日").cell(4, 8) == 17
    assert live.sheet("主题党日").hidden_rows == {6, 7}
    copy = tmp_path / "存了.xlsx"
    book.impl.document.model.storeToURL(copy.as_uri(), filter_of("Calc MS Excel 2007 XML"))
    closed = replace(read_closed(copy), name=live.name)
    assert read_closed(path).sheet("主题党日").cell(5, 2) != "上午"
    assert {key for key in differences(live, closed) if key[0] not in unread_sheets()} == set()
    assert judged(live) == judged(closed)


def filter_of(name: str):
    from com.sun.star.beans import PropertyValue

    return (PropertyValue("FilterName", 0, name, 0),)


def test_nothing_is_changed_selected_or_marked_as_changed_by_reading(opened, sample):
    book = opened(sample)
    book.sheets["党课"].activate()
    book.sheets["党课"]["C5"].select()
    model = book.impl.document.model
    assert not model.isModified()
    read_live(book)
    assert not model.isModified()
    assert book.sheets.active.name == "党课"
    assert book.selection.address == "$C$5"


def test_a_book_open_for_reading_only_and_one_that_does_not_calculate_say_so(opened, sample):
    assert read_live(opened(sample, read_only=True)).notes == ("read_only",)
    book = opened(sample)
    for each in book.app.books:
        each.impl.document.model.enableAutomaticCalculation(False)
    assert read_live(book).notes[-1] == "not_calculated"


def test_each_sheet_is_told_before_it_is_read(opened, nasty):
    told = []
    book = read_live(opened(nasty), told.append)
    assert told == [sheet.name for sheet in book.sheets]
