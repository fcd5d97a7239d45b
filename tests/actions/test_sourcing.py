"""What a report on many units says of its sources is the same whether the workbook was read for it or not."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl import actions
from pyxl.actions import Collecting, sourcing
from pyxl.collecting import sources
from pyxl.collecting.sources import unpacked_sources
from pyxl.core import provenance, travelling
from pyxl.excel.closed import reading
from pyxl.package import unpacked
from pyxl.word.sourcereading import read_sources
from tests.hierarchy import passed_on
from tests.submissions import MOMENT, TODAY, rows_of, sealed, submission

pytestmark = pytest.mark.usefixtures("home_of_module")

UNIT = "云溪市机关党委"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, home_of_module):
    folder = tmp_path_factory.mktemp("上报") / "上半年"
    folder.mkdir()
    for number in (1, 2, 3):
        submission(folder, number)
    return folder


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """Collects twice: as it is done, and with the workbook read for its sources; how often the first has read it.

    The reports are the same, byte for byte.
    """

    def both(folder, *, today=TODAY, **asked):
        read: list[str] = []
        start = reading._start_child
        asked = {"unit": UNIT, "code": "JG", **asked}
        job = Collecting(folder, out=tmp_path / "汇总.xlsx", report=tmp_path / "汇总.docx", **asked)
        with monkeypatch.context() as patch:
            patch.setattr(reading, "_start_child", lambda path: (read.append(path.name), start(path))[1])
            found = actions.collect(job, today=today)
        content = found.report.read_bytes()
        found.report.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(sourcing, "_told", lambda *_: None)
            actions.collect(job, today=today)
        assert unpacked(found.report.read_bytes()) == unpacked(content)
        assert found.report.read_bytes() == content
        return found, read.count("汇总.xlsx")

    return both


def test_the_workbook_is_not_read_for_what_is_known_already(folder, reports):
    found, read = reports(folder)
    assert read == 0
    told = read_sources(found.report).provenance
    assert len(told.rows) > 100
    assert told.numbers["支委会.次数"].rows[0] == "支委会!4"
    explained = actions.explain(found.report, today=TODAY)
    assert (explained.ledger, explained.changed, explained.now.digest) == (found.written, False, told.digest)


def test_nor_when_only_one_unit_has_sent_another_thing_and_the_others_are_known(tmp_path, reports):
    folder = tmp_path / "上半年"
    folder.mkdir()
    for number in (1, 2):
        submission(folder, number)
    found, _ = reports(folder)
    before = read_sources(found.report)
    fewer = {**rows_of(1), "theme_day": rows_of(1)["theme_day"][1:]}
    submission(folder, 1, rows=fewer, moment=MOMENT.replace(hour=11))
    found, read = reports(folder)
    assert read == 0
    now = read_sources(found.report)
    count = len(before.provenance.numbers["主题党日.次数"].rows)
    assert len(now.provenance.numbers["主题党日.次数"].rows) == count - 1


def test_nor_when_nobody_has_asked_for_a_report_before(tmp_path, reports):
    folder = tmp_path / "上半年"
    folder.mkdir()
    submission(folder, 5)
    actions.collect(Collecting(folder, out=tmp_path / "汇总.xlsx", unit=UNIT, code="JG"), today=TODAY)
    _, read = reports(folder)
    assert read == 0


def test_nor_at_the_next_level(tmp_path, reports):
    """Of units that an upper unit hands on, and of one that has handed in itself."""
    up = tmp_path / "全市"
    for name, numbers in (("甲总支", (1, 2)), ("乙总支", (3,))):
        (tmp_path / name).mkdir()
        for number in numbers:
            submission(tmp_path / name, number)
        passed_on(tmp_path / name, name, f"ZZ-{numbers[0]}", up)
    for path in up.glob("*.docx"):
        path.unlink()
    submission(up, 9)
    found, read = reports(up)
    assert read == 0
    assert len(found.found.units) == 4
    units = {
        row.told["报送单位"] for row in read_sources(found.report).provenance.rows.values() if row.sheet == "支委会"
    }
    assert units == {f"云溪市第{number}党支部" for number in (1, 2, 3, 9)}


def test_without_rows_read_there_is_nothing_to_read_either(folder, reports):
    found, read = reports(folder, fast=True)
    assert read == 0
    assert {number.rows for number in read_sources(found.report).provenance.numbers.values()} == {None}


ODD = {
    "topic": "  前后有空格　", "content": "一、上午\n二、下午\r\n三、\t其他_x0041_<&>\"'", "link": "=1+1", "evidence": "合计",
}  # fmt: skip


def test_what_people_type_is_told_as_it_would_be_read(tmp_path, reports):
    folder = tmp_path / "上半年"
    folder.mkdir()
    rows = rows_of(1)
    for key, found in rows.items():
        if key != "roster":
            for place, row in enumerate(found):
                row |= {name: f"{text}{place}" for name, text in ODD.items() if isinstance(row.get(name), str)}
    submission(folder, 1, rows=rows)
    submission(folder, 2)
    _, read = reports(folder)
    assert read == 0


# ------------------------------------------------------------------------------ where it is read after all


def test_what_is_compared_with_an_earlier_period_is_read(folder, tmp_path, reports):
    earlier = tmp_path / "上年"
    earlier.mkdir()
    rows = {
        key: [{k: v.replace(year=v.year - 1) if isinstance(v, date) else v for k, v in row.items()} for row in found]
        for key, found in rows_of(1).items()
    }
    submission(earlier, 1, rows=rows, year=2022, as_of=date(2022, 6, 30), signed_on=None)
    before = actions.collect(Collecting(earlier, out=tmp_path / "上期.xlsx"), today=TODAY).written
    _, read = reports(folder, previous=before)
    assert read == 1


def test_so_is_what_a_clock_that_is_wrong_has_dated_ahead(folder, reports):
    _, read = reports(folder, today=date(2023, 6, 1))
    assert read == 1


@pytest.mark.parametrize("unit", ["  云溪市 机关党委　", "云溪市\u200b机关党委"])
def test_so_is_a_cover_that_would_be_read_as_something_else(folder, reports, unit):
    _, read = reports(folder, unit=unit)
    assert read == 1


def test_so_is_what_did_not_count_as_it_stood(tmp_path, reports, monkeypatch):
    """A row that a modified program has sent although it is a draft."""
    folder = tmp_path / "上半年"
    folder.mkdir()
    send = travelling._sent
    with monkeypatch.context() as patch:
        drafts = {"主题党日!5": {"state": "草稿"}}
        patch.setattr(travelling, "_sent", lambda row, *rest: {**send(row, *rest), **drafts.get(row.ref, {})})
        made = sealed(1)
    (folder / "1.xlsx").write_bytes(made.content)
    found, read = reports(folder)
    assert read == 1
    assert len(found.found.units) == 1


def test_so_is_what_was_not_told_or_came_damaged(folder, reports, monkeypatch):
    for change in ({"data": b"xx"}, {"crc": 1}, {"size": 3}, {"data": b""}):
        with monkeypatch.context() as patch:
            patch.setattr(sources, "unpacked_sources", lambda piece, c=change: unpacked_sources(piece._replace(**c)))
            _, read = reports(folder)
        assert read == 1


def test_of_more_rows_than_a_document_carries_none_is_told_and_none_read(folder, reports, monkeypatch):
    monkeypatch.setattr(provenance, "MOST_ROWS", 100)
    found, read = reports(folder)
    assert read == 0
    assert not read_sources(found.report).provenance.rows
