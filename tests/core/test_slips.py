"""Who gets a slip, and what stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.consolidation import Consolidation
from pyxl.core.period import Period
from pyxl.core.received import Complaint, Received
from pyxl.core.slips import SlipLine, slips_of
from pyxl.core.standing import Standing, Status
from pyxl.core.submission import UnitPart
from pyxl.core.totals import Totals
from pyxl.core.travelling import travelling

CATALOGUE = travelling(load_catalogue())
FOUND = Consolidation(Period(2023, "H1"), date(2023, 6, 30), (), (), Totals(()))
GAP = "已经开展的，请在台账里补记；没有开展的，请说明原因。"


def unit(name, *gaps):
    return UnitPart({"unit": name}, {}, {}, list(gaps))


def received(*units, complaints=(), **values):
    return Received(
        "甲.xlsx", "0", identity="甲支部", unit="甲支部", units=units, complaints=tuple(complaints), **values
    )


def slips(*standings, **changes):
    found = replace(FOUND, standings=standings, **changes)
    return slips_of(found, CATALOGUE, lambda each: (f"因为{each.reason}", f"改{each.reason}"))


def accepted(each):
    return Standing(Status.ACCEPTED, each.identity, each.unit, received=each)


WARNED = Complaint("warning", "主题党日", "H4", "9", "人数不对", "请核对第9行“应到”。", "主题党日!9", "甲支部", "应到")
WRONG = WARNED._replace(severity="error", message="没有填")
HINT = WARNED._replace(severity="hint")


def test_a_file_that_counts_goes_back_only_for_warnings_and_gaps():
    assert slips(accepted(received(unit("甲支部"), complaints=[HINT]))) == ()
    (slip,) = slips(accepted(received(unit("甲支部", "支委会缺2月"), complaints=[HINT, WARNED])))
    assert (slip.kind, slip.unit, slip.file, slip.period) == ("mend", "甲支部", "甲.xlsx", "2023年上半年")
    assert slip.lines == (
        SlipLine("check", "主题党日", "9", "应到", "人数不对", "请核对第9行“应到”。"),
        SlipLine("add", "支委会", "", "", "支委会缺2月", GAP),
    )


def test_what_was_rejected_goes_back_with_errors_first():
    bad = received(unit("甲支部", "党课缺第1季度"), complaints=[WARNED, WRONG], reason="has_errors")
    (slip,) = slips(Standing(Status.REJECTED, "甲支部", "甲支部", "has_errors", {"count": 1}, bad))
    assert (slip.kind, slip.reason, slip.remedy) == ("returned", "因为has_errors", "改has_errors")
    assert [line.grade for line in slip.lines] == ["must", "check", "add"]
    assert slip.lines[2].sheet == "党课"


def test_of_what_nobody_could_read_only_the_file_is_known():
    bad = Received("乱.xlsx", "", "not_a_workbook")
    (slip,) = slips(Standing(Status.REJECTED, "", "", "not_a_workbook", {}, bad), period=None)
    assert (slip.unit, slip.identity, slip.file, slip.period, slip.lines) == ("", "", "乱.xlsx", "", ())


def test_who_has_not_handed_in_is_urged():
    (slip,) = slips(Standing(Status.MISSING, "B2", "乙支部", "missing", {}))
    assert (slip.kind, slip.unit, slip.file, slip.lines) == ("urged", "乙支部", "", ())


def test_nothing_goes_back_for_what_was_replaced_or_is_nobodys():
    old = received(unit("甲支部", "支委会缺2月"))
    assert slips(*(Standing(status, "甲支部", "甲支部", "older", {}, old) for status in (
        Status.REPLACED, Status.OUTSIDE, Status.IGNORED))) == ()  # fmt: skip


def test_a_copied_manifest_is_not_the_fault_of_the_unit_it_was_copied_from():
    stolen = replace(received(), reason="manifest_of_other")
    params = {"other": "甲支部", "unit": "乙支部"}
    (slip,) = slips(Standing(Status.REJECTED, "甲支部", "甲支部", "manifest_of_other", params, stolen))
    assert slip.unit == "乙支部"


def test_the_gaps_of_an_upper_unit_say_whose_they_are():
    (slip,) = slips(accepted(received(unit("乙支部", "支委会缺2月"), unit("丙支部"))))
    assert [line.problem for line in slip.lines] == ["乙支部：支委会缺2月"]


def test_an_upper_unit_is_told_to_give_the_lines_back_to_whose_they_are():
    (own,) = slips(accepted(received(unit("甲支部", "支委会缺2月"))))
    (many,) = slips(accepted(received(unit("甲支部", "支委会缺2月"), unit("乙支部", "支委会缺3月"))))
    assert (own.of_many, many.of_many) == (False, True)
    assert own.lines[0].remedy == many.lines[0].remedy == GAP
    assert many.lines[1].remedy.startswith("请退给该单位：")
    assert "请在台账里补记" not in many.lines[1].remedy
    assert "改了台账的，请重新上报" in own.opening
    assert "请转有关单位核对" in many.opening


def test_what_is_said_of_a_single_units_line_is_said_of_its_cover():
    about = Complaint("warning", "各单位", "G4", "9", "委员数不对", "请核对“委员数”。", "", "", "委员数")
    (slip,) = slips(accepted(received(unit("甲支部"), complaints=[about])))
    assert slip.lines == (SlipLine("check", "基本信息", "", "委员数", "委员数不对", "请核对“委员数”。"),)


def test_a_slip_that_would_be_a_book_ends_after_200_lines():
    (slip,) = slips(accepted(received(unit("甲支部"), complaints=[WARNED] * 250)))
    assert (len(slip.lines), slip.more) == (200, 50)
