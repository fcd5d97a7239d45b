"""Who has handed in what, and what of it counts: the same whatever the order, each unit once, each file told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.core.consolidation import Expected, Status, consolidate
from pyxl.core.received import Complaint, Received
from pyxl.core.submission import UnitPart
from pyxl.core.travelling import travelling
from pyxl.core.vouching import Pin
from tests.reports import CATALOGUE

UPWARD = travelling(CATALOGUE)
FIRST, SECOND, THIRD = (f"2023-07-0{day}T09:15:00Z" for day in (3, 4, 5))
OWN, OTHER = "0" * 64, "1" * 64


def part(number: int, *, made=FIRST, held=None, via=None, code=None, unit=None) -> UnitPart:
    """A unit that has held so many 主题党日, by default as many as its number."""
    facts = {"code": f"ZB-{number:04}" if code is None else code, "unit": unit or f"第{number}党支部", "made": made}
    count = number if held is None else held
    facts = {key: value for key, value in (facts | {"via": via}).items() if value}
    return UnitPart(facts=facts, rows={"theme_day": count}, shares={"theme_day.count": count}, gaps=[])


def file(number: int, *parts: UnitPart, name="", made=FIRST, period="2023H1", key=OWN, **changes) -> Received:
    """A branch's submission, or that of an upper unit with these parts."""
    units = parts or (part(number, made=made),)
    unit = units[0].name if not parts else f"第{number}党总支"
    content = f"{number}-{made}-{[each.shares for each in units]}"
    made_of = Received(
        file=name or f"{number}.xlsx",
        digest=f"{number}{made}{name}",
        identity=f"ZB-{number:04}",
        unit=unit,
        period=period,
        as_of="2023-06-30",
        made=made,
        content=content,
        key=key,
        units=units,
    )
    return replace(made_of, **changes)


def found(*files, pins=(), **options):
    known = {identity: pin if isinstance(pin, Pin) else Pin(pin) for identity, pin in dict(pins).items()}
    return consolidate(files, UPWARD, pins=known, **options)


def ends(outcome):
    """File (or unit without one) → status and reason."""
    return {each.file or each.unit: (each.status.value, each.reason) for each in outcome.standings}


def remarks(outcome, name: str) -> dict[str, dict]:
    standing = next(each for each in outcome.standings if each.file == name)
    return {each.code: dict(each.params) for each in standing.remarks}


def held(outcome) -> int:
    return outcome.totals.get("主题党日", "次数").value


ACCEPTED = ("accepted", "")


def broken(number: int, reason="has_errors", **changes) -> Received:
    return file(number, **changes, reason=reason, params={"count": 1}, units=())


# what a property test draws from: everything that can stand in each other's way
POOL = [
    *(file(number) for number in range(1, 5)),
    file(1, name="1再.xlsx"),
    file(1, made=SECOND, name="1新.xlsx"),
    file(2, made=FIRST, name="2同时.xlsx", content="z"),
    file(3, key=OTHER, made=SECOND, name="3别人.xlsx"),
    file(4, period="2023Q1", name="4季度.xlsx"),
    file(9, part(1, made=THIRD, via="9"), part(5, via="9"), name="9总支.xlsx"),
    file(9, part(2, made=FIRST, via="9"), part(5, made=SECOND, via="9"), made=SECOND, name="9总支新.xlsx"),
    broken(2, made=SECOND, name="2错.xlsx"),
    broken(3, made=FIRST, name="3错.xlsx"),
    file(6, identity="第6党支部", units=(part(6, code=""),), name="6无码.xlsx"),
    file(6, name="6有码.xlsx"),
    file(7, identity="zb-0004", name="7小写.xlsx"),
    Received("坏.xlsx", "", "truncated", {"kilobytes": 3, "file": "坏.xlsx"}),
    Received("坏2.xlsx", "", "truncated", {"kilobytes": 3, "file": "坏2.xlsx"}),
]
ROSTER = (Expected("ZB-0001", "第1党支部"), Expected("", "第2党支部"), Expected("ZB-0006", "第六党支部"),
          Expected("ZB-0009", "第9党总支"), Expected("ZB-0010", "第10党支部"))  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    chosen=st.lists(st.sampled_from(POOL), unique_by=lambda each: each.file),
    seed=st.randoms(use_true_random=False),
    roster=st.sampled_from([(), ROSTER]),
    pins=st.sampled_from([{}, {"ZB-0001": OWN, "ZB-0003": OTHER}]),
    trusted=st.sampled_from([(), ("ZB-0003",)]),
)
def test_the_order_does_not_matter_every_file_is_told_once_and_every_unit_counts_once(
    chosen, seed, roster, pins, trusted
):
    options = {"roster": roster, "pins": pins, "trusted": trusted}
    outcome = found(*chosen, **options)
    shuffled = chosen.copy()
    seed.shuffle(shuffled)
    assert found(*shuffled, **options) == outcome
    assert sorted(each.file for each in outcome.standings if each.file) == sorted(each.file for each in chosen)
    names = [each.part.name for each in outcome.units]
    assert len(names) == len(set(names))
    assert held(outcome) in (sum(each.part.shares["theme_day.count"] for each in outcome.units), None)
    counting = {each.received.file for each in outcome.units}
    assert counting <= {each.file for each in outcome.of(Status.ACCEPTED)}
    missing = {each.identity for each in outcome.of(Status.MISSING)}
    assert missing <= {each.identity for each in roster}
    assert outcome.present + len(missing) <= len(roster)


def test_a_unit_counts_by_what_it_has_sent_last():
    outcome = found(file(1, part(1, held=3)), file(1, part(1, held=5, made=SECOND), made=SECOND, name="新.xlsx"))
    assert ends(outcome) == {"新.xlsx": ACCEPTED, "1.xlsx": ("replaced", "older")}
    assert held(outcome) == 5


@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_what_is_last_is_told_by_when_it_was_made_not_by_its_name(names):
    outcome = found(file(1, name=names[0]), file(1, made=SECOND, name=names[1], content="0"))
    assert ends(outcome) == {names[1]: ACCEPTED, names[0]: ("replaced", "older")}


def test_a_code_written_in_two_ways_is_one_unit():
    again = file(1, identity="ｚｂ-0001", units=(part(1, code="ｚｂ-0001", made=SECOND),), made=SECOND, name="再.xlsx")
    outcome = found(file(1), again)
    assert ends(outcome) == {"再.xlsx": ACCEPTED, "1.xlsx": ("replaced", "older")}
    assert held(outcome) == 1


def test_the_same_file_twice_counts_once():
    outcome = found(file(1), file(1, name="0副本.xlsx", digest=file(1).digest))
    assert ends(outcome) == {"0副本.xlsx": ACCEPTED, "1.xlsx": ("replaced", "same")}
    assert held(outcome) == 1


def test_the_same_content_sent_again_is_told_as_the_same():
    again = file(1, made=SECOND, name="再报.xlsx", content=file(1).content)
    assert ends(found(file(1), again)) == {"再报.xlsx": ACCEPTED, "1.xlsx": ("replaced", "same")}


def test_figures_of_upper_units_are_those_of_all_their_units():
    outcome = found(file(1), file(9, part(2, via="9"), part(3, via="9"), name="9.xlsx"))
    assert [each.part.identity for each in outcome.units] == ["ZB-0001", "ZB-0002", "ZB-0003"]
    assert held(outcome) == 6


def test_collecting_in_two_steps_comes_to_the_same():
    direct = found(file(1), file(2), file(3))
    upper = file(9, *(replace(each.part, facts={**each.part.facts, "via": "9"}) for each in direct.units[:2]))
    assert found(upper, file(3)).totals == direct.totals
    assert found(upper, file(1), file(3)).totals == direct.totals


# ── directly and by way of an upper unit ──


def test_of_the_same_version_the_units_own_file_counts_and_the_other_says_so():
    outcome = found(file(1), file(9, part(1, via="9"), part(2, via="9"), name="9.xlsx", made=SECOND))
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "9.xlsx": ACCEPTED}
    assert remarks(outcome, "9.xlsx")["counted_elsewhere"] == {"units": ["第1党支部"], "other": ["1.xlsx"]}
    assert "counted_elsewhere" not in remarks(outcome, "1.xlsx")
    assert not outcome.has_conflicts
    assert held(outcome) == 1 + 2


def test_what_was_changed_on_its_way_up_is_told_and_the_units_own_file_counts():
    outcome = found(file(1), file(9, part(1, held=99, via="9"), part(2, via="9"), name="9.xlsx", made=SECOND))
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "9.xlsx": ACCEPTED}
    assert remarks(outcome, "9.xlsx")["unit_altered"] == {"units": ["第1党支部"], "other": ["1.xlsx"]}
    assert held(outcome) == 1 + 2
    assert outcome.has_conflicts
    whole = found(file(1), file(9, part(1, held=99, via="9"), name="9.xlsx", made=SECOND))
    assert ends(whole) == {"1.xlsx": ACCEPTED, "9.xlsx": ("replaced", "altered")}
    assert whole.has_conflicts


def test_what_an_upper_unit_hands_on_counts_where_it_is_later_and_somebody_has_to_look_at_it():
    outcome = found(file(1), file(9, part(1, held=7, made=SECOND, via="9"), part(2, via="9"), name="9.xlsx"))
    assert ends(outcome) == {"1.xlsx": ("replaced", "overruled"), "9.xlsx": ACCEPTED}
    standing = next(each for each in outcome.standings if each.file == "1.xlsx")
    assert standing.params == {"other": ["9.xlsx"]}
    assert remarks(outcome, "9.xlsx")["overrules"] == {"units": ["第1党支部"], "other": ["1.xlsx"]}
    assert held(outcome) == 7 + 2
    assert outcome.has_conflicts


def test_the_same_sent_again_by_way_of_an_upper_unit_is_nobodys_concern():
    outcome = found(file(1), file(9, part(1, made=SECOND, via="9"), part(2, via="9"), name="9.xlsx"))
    assert ends(outcome) == {"1.xlsx": ("replaced", "contained"), "9.xlsx": ACCEPTED}
    assert not outcome.has_conflicts


# ── two units under one code or name ──


def upper(number: int, *parts: UnitPart, **changes) -> Received:
    return file(number, *parts, name=f"{number}.xlsx", **changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"code": "001", "unit": "甲支部"}, {"code": "001", "unit": "乙支部"}),  # codes that are good below only
        ({"code": "", "unit": "第一党支部"}, {"code": "", "unit": "第一党支部"}),  # as every other one is called
    ],
)
@pytest.mark.parametrize("made", [FIRST, SECOND])
def test_of_two_units_that_look_like_one_neither_is_lost_in_silence(one, other, made):
    first = upper(8, part(1, via="8", **one), part(3, via="8"))
    second = upper(9, part(2, via="9", made=made, **other), part(4, via="9"))
    outcome = found(first, second)
    assert ends(outcome) == {"8.xlsx": ACCEPTED, "9.xlsx": ACCEPTED}
    assert outcome.has_conflicts
    lost, won = ("8.xlsx", "9.xlsx") if made == SECOND else ("9.xlsx", "8.xlsx")
    if "unit_clash" not in remarks(outcome, lost):  # made at one moment, either may count
        lost, won = won, lost
    names = {"8.xlsx": one["unit"], "9.xlsx": other["unit"]}
    assert remarks(outcome, lost)["unit_clash"] == {"units": [names[lost]], "other": [won]}
    assert remarks(outcome, won)["unit_clashes"] == {"units": [names[lost]], "other": [lost]}
    alone = found(upper(8, part(1, via="8", **one)), upper(9, part(2, via="9", made=SECOND, **other)))
    assert ends(alone) == {"8.xlsx": ("rejected", "unit_clash"), "9.xlsx": ACCEPTED}


def test_a_unit_of_the_roster_is_one_by_whose_hands_it_may_come():
    units = (upper(8, part(1, via="8", code="")), upper(9, part(1, held=5, via="9", code="", made=SECOND)))
    roster = [Expected("ZB-0001", "第1党支部"), Expected("ZB-0008", ""), Expected("ZB-0009", "")]
    assert ends(found(*units, roster=roster))["8.xlsx"] == ("replaced", "contained")


def test_a_copied_ledger_under_another_name_is_not_replaced_in_silence():
    other = file(1, part(1, unit="乙支部", held=8, made=SECOND), made=SECOND, name="抄.xlsx", unit="乙支部")
    outcome = found(file(1), other)
    assert ends(outcome) == {"抄.xlsx": ACCEPTED, "1.xlsx": ("replaced", "code_shared")}
    assert outcome.of(Status.REPLACED)[0].params == {"other": "抄.xlsx", "name": "乙支部"}
    assert outcome.has_conflicts


def test_of_two_made_at_one_moment_nobody_says_that_one_is_later():
    outcome = found(file(1), file(1, part(1, held=9), name="1也.xlsx", unit="第1党支部", content="z"))
    assert ends(outcome) == {"1也.xlsx": ACCEPTED, "1.xlsx": ("rejected", "tied")}


def test_a_units_own_ledger_does_not_replace_what_it_has_collected():
    collected = file(9, part(1, via="9"), part(2, via="9"), name="汇总.xlsx", unit="第9党总支")
    for made in (FIRST, SECOND):
        own = file(9, part(9, made=made), made=made, name="自己.xlsx", unit="第9党总支")
        outcome = found(replace(collected, made=FIRST if made == SECOND else SECOND), own)
        assert ends(outcome) == {"汇总.xlsx": ACCEPTED, "自己.xlsx": ACCEPTED}
        assert held(outcome) == 1 + 2 + 9
        assert "same_name" not in remarks(outcome, "自己.xlsx")


def test_units_that_fall_out_of_a_later_version_are_named():
    before = file(9, part(1, via="9"), part(2, via="9"), name="旧.xlsx")
    outcome = found(before, file(9, part(1, via="9"), made=SECOND, name="新.xlsx"))
    assert ends(outcome) == {"新.xlsx": ACCEPTED, "旧.xlsx": ("replaced", "older")}
    assert remarks(outcome, "新.xlsx")["fallen_out"] == {"units": ["第2党支部"], "other": "旧.xlsx"}
    assert outcome.has_conflicts
    handed = found(before, file(9, part(1, via="9"), made=SECOND, name="新.xlsx"), file(2))
    assert "fallen_out" not in remarks(handed, "新.xlsx")


def test_an_upper_unit_all_of_whose_units_have_sent_later_ones_is_no_longer_needed():
    outcome = found(
        file(1, made=SECOND), file(2, made=SECOND), file(9, part(1, via="9"), part(2, via="9"), name="9.xlsx"),
        roster=(Expected("ZB-0009", "第9党总支"), Expected("ZB-0001", ""), Expected("ZB-0002", "")),
    )  # fmt: skip
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "2.xlsx": ACCEPTED, "9.xlsx": ("replaced", "contained")}
    assert outcome.present == 3


def test_units_that_come_by_way_of_another_are_not_missing():
    roster = [Expected("ZB-0009", "第9党总支"), *(Expected(f"ZB-000{n}", f"第{n}党支部") for n in (1, 2, 3))]
    outcome = found(file(9, part(1, via="9"), part(2, via="9"), name="9.xlsx"), roster=roster)
    assert ends(outcome) == {"9.xlsx": ACCEPTED, "第3党支部": ("missing", "missing")}
    assert outcome.present == 3


# ── keys ──


def test_another_key_than_the_known_one_is_rejected_and_both_are_told():
    outcome = found(file(1, key=OTHER), pins={"ZB-0001": OWN})
    [standing] = outcome.of(Status.REJECTED)
    assert (standing.reason, standing.params) == (
        "key_changed", {"now": OTHER, "before": OWN, "identity": "ZB-0001"},
    )  # fmt: skip
    assert outcome.units == ()


@pytest.mark.parametrize("name", ["ZB-0001", "zb-0001", "第1党支部", "第 1 党支部"])
def test_a_unit_whose_new_key_was_checked_counts_and_its_old_file_is_just_older(name):
    outcome = found(file(1), file(1, key=OTHER, made=SECOND, name="新.xlsx"), pins={"ZB-0001": OWN}, trusted=[name])
    assert ends(outcome) == {"新.xlsx": ACCEPTED, "1.xlsx": ("replaced", "older")}


def test_the_first_key_of_a_unit_is_told_once():
    assert remarks(found(file(1)), "1.xlsx") == {"first_key": {"now": OWN}}
    assert remarks(found(file(1), pins={"ZB-0001": OWN}), "1.xlsx") == {}


def test_of_an_unknown_unit_under_two_keys_neither_is_taken_for_the_right_one():
    outcome = found(file(1), file(1, key=OTHER, made="2001-01-01T00:00:00Z", name="早.xlsx"))
    assert ends(outcome) == {"1.xlsx": ("rejected", "keys_differ"), "早.xlsx": ("rejected", "keys_differ")}
    params = {each.file: each.params for each in outcome.standings}
    assert params["1.xlsx"] == {"now": OWN, "identity": "ZB-0001", "before": OTHER, "other": "早.xlsx"}
    assert params["早.xlsx"] == {"now": OTHER, "identity": "ZB-0001", "before": OWN, "other": "1.xlsx"}


def test_a_file_under_a_key_of_before_is_an_earlier_version_once_a_later_one_counts():
    files = file(1), file(1, key=OTHER, made=SECOND, name="新.xlsx")
    assert ends(found(*files, pins={"ZB-0001": OTHER})) == {"新.xlsx": ACCEPTED, "1.xlsx": ("replaced", "older")}
    assert ends(found(*files, pins={"ZB-0001": OWN}))["新.xlsx"] == ("rejected", "key_changed")


def test_a_known_unit_is_known_without_its_code_too():
    pins = {"ZB-0001": Pin(OWN, "第1党支部")}
    assert ends(found(nameless(1, key=OTHER), pins=pins)) == {"1.xlsx": ("rejected", "key_changed")}
    assert ends(found(nameless(1), pins=pins)) == {"1.xlsx": ACCEPTED}
    twins = {**pins, "ZB-0002": Pin(OTHER, "第 1 党支部")}
    assert ends(found(nameless(1, key=OTHER), pins=twins)) == {"1.xlsx": ACCEPTED}


def test_a_code_that_is_new_is_no_way_around_the_key_known_under_the_name():
    pins = {"第1党支部": Pin(OWN, "第1党支部")}
    assert ends(found(file(1, key=OTHER), pins=pins)) == {"1.xlsx": ("rejected", "key_changed")}
    assert ends(found(file(1), pins=pins)) == {"1.xlsx": ACCEPTED}


def test_a_code_in_small_letters_is_no_way_around_the_known_key():
    outcome = found(file(1, key=OTHER, identity="zb-0001"), pins={"ZB-0001": OWN})
    assert ends(outcome) == {"1.xlsx": ("rejected", "key_changed")}


def test_leaving_out_the_code_is_no_way_around_the_known_key():
    nameless = file(1, key=OTHER, identity="第1党支部", units=(part(1, code="", held=50),), made=SECOND, name="假.xlsx")
    outcome = found(file(1), nameless, pins={"ZB-0001": OWN})
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "假.xlsx": ("rejected", "key_changed")}
    assert held(outcome) == 1


# ── names and codes ──


def nameless(number: int, **changes) -> Received:
    made = changes.get("made", FIRST)
    return file(number, identity=f"第{number}党支部", units=(part(number, code="", made=made),), **changes)


def test_a_unit_without_a_code_is_the_one_of_its_name_on_the_roster():
    outcome = found(nameless(1), roster=[Expected("ZB-0001", "第１党支部")])
    assert ends(outcome) == {"1.xlsx": ACCEPTED}
    assert outcome.of(Status.ACCEPTED)[0].identity == "ZB-0001"
    assert "name_differs" not in remarks(outcome, "1.xlsx")  # full width only


def test_a_unit_that_has_filled_in_its_code_meanwhile_counts_once():
    outcome = found(nameless(1, name="无码.xlsx"), file(1, made=SECOND, name="有码.xlsx"))
    assert ends(outcome) == {"有码.xlsx": ACCEPTED, "无码.xlsx": ("replaced", "older")}


def test_units_of_one_name_with_codes_of_their_own_both_count_and_are_told():
    twins = file(1), file(2, unit="第1党支部", units=(part(2, unit="第1党支部"),), name="2.xlsx")
    outcome = found(*twins)
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "2.xlsx": ACCEPTED}
    assert {name: "same_name" in remarks(outcome, name) for name in ("1.xlsx", "2.xlsx")} == {
        "1.xlsx": True, "2.xlsx": True,
    }  # fmt: skip
    assert held(outcome) == 3


def test_a_name_on_the_roster_is_not_enough_under_another_code():
    outcome = found(file(1, identity="XX-1"), roster=[Expected("ZB-0001", "第1党支部")])
    assert ends(outcome) == {"1.xlsx": ("outside", "outside_code"), "第1党支部": ("missing", "missing")}
    [standing] = outcome.of(Status.OUTSIDE)
    assert standing.params == {"roster": "ZB-0001", "code": "XX-1"}


def test_the_code_counts_when_the_name_is_another_one():
    outcome = found(file(1), roster=[Expected("ZB-0001", "旧名党支部")])
    assert ends(outcome) == {"1.xlsx": ACCEPTED}
    assert remarks(outcome, "1.xlsx")["name_differs"] == {"roster": "旧名党支部", "unit": "第1党支部"}


def test_a_roster_of_names_alone_will_do():
    outcome = found(file(1), roster=[Expected("", "第1党支部"), Expected("", "第2党支部")])
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "第2党支部": ("missing", "missing")}


def test_two_of_one_name_on_the_roster_are_not_guessed_between():
    roster = [Expected("ZB-0001", "第1党支部"), Expected("ZB-0002", "第1党支部")]
    assert ends(found(nameless(1), roster=roster))["1.xlsx"] == ("outside", "outside_code")


def test_what_an_outsider_has_collected_does_not_count_either():
    outcome = found(file(9, part(1, via="9"), name="9.xlsx"), roster=[Expected("ZB-0001", "第1党支部")])
    assert ends(outcome) == {"9.xlsx": ("outside", "outside"), "第1党支部": ("missing", "missing")}
    assert (outcome.units, outcome.present) == ((), 0)


# ── what goes back ──


def test_a_unit_whose_file_went_back_is_not_missing():
    roster = [Expected("ZB-0001", "第1党支部"), Expected("", "第2党支部"), Expected("ZB-0003", "第3党支部")]
    unknown = Received("坏.xlsx", "", "truncated", {"file": "坏.xlsx", "kilobytes": 1})
    outcome = found(broken(1), broken(2), unknown, roster=roster)
    assert ends(outcome) == {
        "1.xlsx": ("rejected", "has_errors"), "2.xlsx": ("rejected", "has_errors"),
        "坏.xlsx": ("rejected", "truncated"), "第3党支部": ("missing", "missing"),
    }  # fmt: skip


def test_what_went_back_and_was_mended_is_just_older():
    outcome = found(broken(1, name="错.xlsx"), file(1, made=SECOND))
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "错.xlsx": ("replaced", "older")}


def test_while_the_later_one_is_wrong_the_earlier_counts_and_that_is_told():
    outcome = found(file(1), broken(1, made=SECOND, name="错.xlsx"))
    assert ends(outcome) == {"1.xlsx": ACCEPTED, "错.xlsx": ("rejected", "has_errors")}
    assert remarks(outcome, "1.xlsx")["later_returned"] == {"other": "错.xlsx"}


def test_an_outsiders_broken_file_does_not_go_back():
    assert ends(found(broken(2), roster=[Expected("ZB-0001", "第1党支部")]))["2.xlsx"] == ("outside", "outside")


def test_params_may_be_called_anything():
    lost = Received("坏.xlsx", "", "reading_failed", {"status": -9, "detail": "", "file": "坏.xlsx", "each": 1})
    [standing] = found(lost).standings
    assert standing.params["status"] == -9


# ── periods ──


def test_the_period_is_that_of_most_units_not_of_most_files():
    many = [file(1, name=f"{n}.xlsx", period="2023Q1", made=f"2023-04-0{n}T00:00:00Z") for n in range(1, 6)]
    outcome = found(*many, file(2), file(3))
    assert outcome.period.code == "2023H1"
    assert {each.reason for each in outcome.of(Status.REJECTED)} == {"wrong_period"}


@pytest.mark.parametrize(
    ("periods", "chosen"),
    [(("2023H1", "2023H2"), "2023H2"), (("2023Q1", "2023H1"), "2023H1"), (("2024Q1", "2023H2"), "2024Q1")],
)
def test_of_periods_with_as_many_units_the_last_counts(periods, chosen):
    assert found(*(file(number, period=period) for number, period in enumerate(periods))).period.code == chosen


def test_the_period_asked_for_counts():
    outcome = found(file(1), file(2, period="2023H2"), file(3, period="2023H2"), period="2023H1")
    assert outcome.period.code == "2023H1"
    assert ends(outcome)["1.xlsx"] == ACCEPTED


def test_what_lies_there_from_last_time_does_not_go_back_once_the_unit_has_sent_the_right_one():
    outcome = found(file(1), file(2), file(1, period="2023Q1", name="旧.xlsx"))
    assert ends(outcome)["旧.xlsx"] == ("ignored", "other_period")


def test_outsiders_do_not_choose_the_period():
    strangers = [file(number, period="2022H2") for number in (5, 6, 7)]
    assert found(file(1), *strangers, roster=[Expected("ZB-0001", "")]).period.code == "2023H1"


def test_where_nothing_can_be_counted_there_is_no_period():
    outcome = found(broken(1))
    assert (outcome.period, outcome.as_of, outcome.units) == (None, None, ())
    assert found().period is None
    asked = found(broken(1), period="2023H1")
    assert (asked.period.code, asked.as_of) == ("2023H1", date(2023, 6, 30))


def test_a_period_that_is_none_goes_back():
    assert ends(found(file(1, period="明年"))) == {"1.xlsx": ("rejected", "wrong_period")}


# ── what is said besides ──


@pytest.mark.parametrize(
    ("today", "told"), [(date(2023, 7, 1), True), (date(2023, 7, 2), False), (date(2024, 1, 1), False)]
)
def test_a_clock_that_is_ahead_is_told(today, told):
    assert ("ahead" in remarks(found(file(1), today=today), "1.xlsx")) is told


def test_warnings_are_counted_and_rows_that_were_not_read_are_told():
    complaint = Complaint("warning", "主题党日", "C4", "", "m", "h")
    outcome = found(file(1, complaints=(complaint, complaint._replace(severity="hint")), full=False))
    said = remarks(outcome, "1.xlsx")
    assert said["complaints"] == {"warnings": 1, "hints": 1}
    assert said["rows_unread"] == {}
