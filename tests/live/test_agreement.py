"""Do the live formulas of 半年汇总 and our own totals agree, whatever a secretary fills in?

Random ledgers are built, LibreOffice calculates them anew (the values that the files remember are
poisoned first), and every number of the sheet is compared with a plain count written here, with the
totals of the report, and with the values that the builder had put into the file.
"""

from __future__ import annotations

import calendar
import io
from dataclasses import replace
from datetime import date, datetime, time

import pytest
import python_calamine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import PeriodRule, TotalKind
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import PARTS, Period, period_of_name
from pyxl.core.totals import compute
from pyxl.core.validation import validate
from pyxl.excel.building.layout import MONTHS, SummaryLayout, monthly_rule, sheet_name, sheet_names, summary_cells
from pyxl.excel.building.ledger import ledger_bytes
from pyxl.excel.closed.reading import read_book
from pyxl.excel.parse import parse
from pyxl.sample import sample
from pyxl.text import phrases
from tests.live.office import POISON, calculated, poisoned

CATALOGUE = load_catalogue()
SHEET = sheet_names(CATALOGUE).index(sheet_name("summary")) + 1
LEDGERS = 24  # calculated together: starting LibreOffice takes longer than a ledger does
SET_ASIDE = ("草稿", "作废")
PERIODS = phrases("words", "periods")

# ---- random ledgers ------------------------------------------------------------------------------

days = st.one_of(
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    st.dates(date(2023, 5, 28), date(2023, 7, 3)),
    st.dates(date(2022, 11, 1), date(2024, 2, 29)),
    st.sampled_from([date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1), date(2023, 12, 31), date(2024, 2, 29)]),
)
moments = st.builds(datetime.combine, days, st.sampled_from([time(0, 0, 1), time(14, 30), time(23, 59, 59)]))
text_days = st.sampled_from(["2023.3.5", "2023年3月5日", "3月", "待定", "20230305"])
dates = st.one_of(days, days, days, moments, text_days, st.none())
states = st.sampled_from([None, None, None, "已核", "草稿", "作废"])
amounts = st.one_of(st.integers(0, 60), st.integers(0, 3), st.none())


@st.composite
def rows_of(draw, activity):
    """Rows of an activity: what the summary looks at, the rest left blank."""
    parts = {"state": states}
    for column in activity.columns:
        if column.key == activity.date:
            parts[column.key] = dates
        elif column.key in ("due", "present"):
            parts[column.key] = amounts
        elif column.required:
            parts[column.key] = st.sampled_from([None, "甲", "乙", "丙"])
        elif column.key == "for_period":
            parts[column.key] = st.sampled_from([None, *PERIODS.values()])
    row = st.one_of(st.fixed_dictionaries(parts), st.fixed_dictionaries(parts), st.just({}))
    return draw(st.lists(row, max_size=9))


@st.composite
def ledgers(draw):
    """A cover and rows for every activity."""
    year = draw(st.sampled_from([2023, 2023, 2023, 2023, 2024, "2023年", None, "去年"]))
    cover = {
        "year": year,
        "period": draw(st.sampled_from([*PERIODS.values(), *PERIODS.values(), None, "上下半年"])),
        "as_of": draw(st.one_of(st.none(), days, days, days, st.just("2023年6月底"))),
        "has_committee": draw(st.sampled_from([True, True, False, None])),
        "has_groups": draw(st.sampled_from([True, True, False, None])),
    }
    return cover, {activity.key: draw(rows_of(activity)) for activity in CATALOGUE.activities}


# ---- a plain count -------------------------------------------------------------------------------


def day_of(value):
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


class Expected:
    """What the sheet should show, counted row by row."""

    def __init__(self, cover, rows):
        self.cover, self.rows = cover, rows
        digits = str(cover["year"] or "")[:4]
        self.year = int(digits) if digits.isdigit() else None
        named = cover["period"] or PERIODS["H1"]
        self.period = period_of_name(self.year, named) if self.year else None
        as_of = day_of(cover["as_of"])
        self.limit = None
        if self.period:
            self.limit = as_of if as_of and self.period.start <= as_of <= self.period.end else self.period.end

    def kept(self, activity):
        return [row for row in self.rows[activity.key] if row.get("state") not in SET_ASIDE]

    def days(self, activity):
        return [day for row in self.kept(activity) if (day := day_of(row.get(activity.date)))]

    def counted(self, activity):
        if activity.period_rule in (PeriodRule.ALWAYS, PeriodRule.NAMED):
            headline = next(column.key for column in activity.columns if column.required)
            rows = [row for row in self.kept(activity) if row.get(headline)]
            if activity.period_rule is PeriodRule.NAMED:
                rows = [row for row in rows if row.get("for_period") in (None, self.period.name)]
            return rows
        start = date.min if activity.period_rule is PeriodRule.UNTIL else self.period.start
        return [
            row
            for row in self.kept(activity)
            if (day := day_of(row.get(activity.date)))
            and start <= day <= self.limit
            and not self.settled_before(row, activity.settlement)
        ]

    def settled_before(self, row, end):
        day = day_of(row.get(end.date)) if end and row.get(end.column) in end.values else None
        return bool(day and day < self.period.start)

    def figure(self, activity, figure):
        """The number, or the text, of one cell; None where it has to be empty."""
        if isinstance(figure, int):
            if self.year is None:
                return None
            return sum((day.year, day.month) == (self.year, figure) for day in self.days(activity))
        if figure == "irregular":
            return self.irregular(activity)
        if self.period is None and activity.period_rule is not PeriodRule.ALWAYS:
            return None
        rows = self.counted(activity)
        if figure == "count":
            return len(rows)
        if figure == "missing":
            return self.missing(activity)
        if figure in ("due", "present"):
            return sum(row.get(figure) or 0 for row in rows)
        both = [row for row in rows if row.get("due") is not None and row.get("present") is not None]
        due = sum(row["due"] for row in both)
        return sum(row["present"] for row in both) / due if due else None

    def irregular(self, activity):
        others = [c.key for c in activity.columns if c.required and c.key != activity.date][:3]
        return sum(
            day_of(row.get(activity.date)) is None and any(row.get(key) is not None for key in (activity.date, *others))
            for row in self.kept(activity)
        )

    def applies(self, activity):
        wanted = monthly_rule(activity).params.get("applies_if", {})
        return all(self.cover[key] is (value == "是") for key, value in wanted.items())

    def gaps(self, activity):
        if not monthly_rule(activity) or self.period is None or not self.applies(activity):
            return []
        held = {day.month for day in (day_of(row[activity.date]) for row in self.counted(activity))}
        return [m for m in self.period.months if date(self.year, m, 1) <= self.limit and m not in held]

    def missing(self, activity):
        if not self.applies(activity):
            return "不适用"
        return "、".join(f"{month}月" for month in self.gaps(activity)) or "无"


# ---- the report's own totals ---------------------------------------------------------------------


def without_rules(catalogue):
    """Only what makes a row one at all is required: its date, or its headline; and the months in which to meet."""
    activities = []
    for activity in catalogue.activities:
        key = activity.date or next(column.key for column in activity.columns if column.required)
        columns = tuple(replace(column, required=column.key == key) for column in activity.columns)
        checks = tuple(spec for spec in activity.checks if spec.check == "held_every")
        activities.append(replace(activity, columns=columns, checks=checks))
    return replace(catalogue, activities=tuple(activities))


PLAIN = without_rules(CATALOGUE)


def computed(cover, rows, period):
    """The totals, from the same rows as the reader would give them (text is no date here: nor is it there)."""
    entries = {}
    for activity in PLAIN.activities:
        places = {column.key: place for place, column in enumerate(activity.columns, 1)}
        found = []
        for number, row in enumerate(rows[activity.key], 4):
            values = {key: value for key, value in row.items() if value is not None}
            if activity.date in values:
                values[activity.date] = day_of(values[activity.date])
            if values:
                found.append(Entry(activity.key, activity.label, number, values, places))
        entries[activity.key] = tuple(found)
    read = {key: cover[key] for key in ("has_committee", "has_groups")}
    read |= {"as_of": day} if (day := day_of(cover["as_of"])) else {}
    ledger = Ledger(cover=read, cover_places={}, entries=entries, period=period)
    return compute(validate(ledger, PLAIN, period, date.max), PLAIN)


TOTALS = {"count": "次数", "due": "应到人次", "present": "实到人次", "rate": "出勤率", "missing": "缺会月份"}


# ---- the comparison ------------------------------------------------------------------------------


def shown(text):
    """A cell of the calculated sheet as a number where it is one."""
    assert text != POISON
    if text.endswith("%"):
        return float(text[:-1]) / 100
    try:
        return float(text)
    except ValueError:
        return text or None


def same(found, wanted):
    if isinstance(found, float) and isinstance(wanted, int | float):
        return abs(found - wanted) < 1e-9
    return found == wanted


def assert_agrees(cells, workbook, cover, rows):
    expected = Expected(cover, rows)
    remembered = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    remembered = remembered.get_sheet_by_name("半年汇总").to_python(skip_empty_area=False)
    totals = computed(cover, rows, expected.period) if expected.period else None
    for (key, figure), cell in summary_cells(CATALOGUE).items():
        activity = CATALOGUE.activity(key)
        found = shown(cells[cell.row - 1][cell.column - 1])
        wanted = expected.figure(activity, figure)
        place = (cell.address, key, figure, cover)
        assert same(found, wanted), (*place, found, wanted, rows[key])
        assert same(remembered[cell.row - 1][cell.column - 1] or found, found), place
        if totals and figure in TOTALS:
            assert_equals_total(found, totals.get(activity.label, TOTALS[figure]), place)
    assert_sums(cells, expected)


def assert_equals_total(found, figure, place):
    value = figure.value
    if figure.kind == TotalKind.MONTHS_WITHOUT:
        months = "、".join(f"{month}月" for month in value or ()) or "无"
        assert found == ("不适用" if value is None else months), (*place, value)
    elif figure.kind == TotalKind.RATIO:
        assert found is value is None or abs(found - value) <= 5e-5 + 1e-9, (*place, found, value)
    else:
        assert found == value, (*place, found, value)


def assert_sums(cells, expected):
    """The line of sums, and the cards above."""
    layout = SummaryLayout(CATALOGUE)
    matrix = layout.matrix

    def at(row, column):
        return shown(cells[row - 1][column - 1])

    for month in MONTHS:
        counts = [expected.figure(activity, month) for activity in matrix]
        assert at(layout.total, layout.month(month)) == (None if None in counts else sum(counts))
    if expected.period is None:
        assert {at(4, column) for column in (1, 3, 7, 11, 15, 18)} == {None}
        assert at(2, 1) is not None  # it says what is missing
        return
    counts = sum(expected.figure(activity, "count") for activity in matrix)
    attended = [activity for activity in matrix if activity.has("due")]
    due, present = (sum(expected.figure(a, key) for a in attended) for key in ("due", "present"))
    gaps = sum(len(expected.gaps(activity)) for activity in matrix)
    assert at(4, 1) == expected.period.title
    assert cells[3][2] == expected.limit.isoformat()
    assert (at(4, 7), at(4, 11), at(4, 18)) == (counts, present, gaps)
    assert same(at(4, 15), present / due if due else None)
    assert at(layout.total, layout.due) == due


def compare(cases):
    """Builds, calculates and compares several (cover, rows)."""
    built = {
        f"ledger{number}": ledger_bytes(CATALOGUE, year=None, unit="", cover=cover, rows=rows)
        for number, (cover, rows) in enumerate(cases)
    }
    results = calculated({key: poisoned(workbook) for key, workbook in built.items()}, SHEET)
    for (cover, rows), (key, workbook) in zip(cases, built.items(), strict=True):
        assert_agrees(results[key], workbook, cover, rows)


def random_cases(count):
    """So many random ledgers. They are calculated together, so hypothesis makes them and does not run the test."""
    cases = []

    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate])
    @given(ledgers())
    def collect(case):
        cases.append(case)

    collect()
    return cases


def test_live_formulas_and_totals_agree_on_random_ledgers():
    cases = random_cases(LEDGERS)
    rows = [row for _, entries in cases for sheet in entries.values() for row in sheet]
    assert len(rows) > 20 * LEDGERS  # no test of empty sheets
    compare(cases)


@pytest.mark.campaign
def test_they_agree_on_many_random_ledgers():
    cases = random_cases(20 * LEDGERS)
    for first in range(0, len(cases), LEDGERS):
        compare(cases[first : first + LEDGERS])


def test_they_agree_on_the_sample_in_every_period():
    cover, rows = sample()
    rows = {activity.key: rows.get(activity.key, []) for activity in CATALOGUE.activities}
    ends = {part: date(2023, last, calendar.monthrange(2023, last)[1]) for part, (_, last) in PARTS.items()}
    compare([({**cover, "period": PERIODS[part], "as_of": ends[part]}, rows) for part in PARTS])


def test_the_sample_read_back_and_checked_has_the_figures_that_the_sheet_shows(tmp_path):
    """The whole way: built, read as a closed file, every rule applied, totals computed."""
    cover, rows = sample()
    workbook = ledger_bytes(CATALOGUE, year=None, unit="", cover=cover, rows=rows)
    (tmp_path / "台账.xlsx").write_bytes(workbook)
    ledger = parse(read_book(tmp_path / "台账.xlsx"), CATALOGUE)
    validation = validate(ledger, CATALOGUE, ledger.period, date(2023, 12, 31))
    assert not validation.blocked
    totals = compute(validation, CATALOGUE)
    cells = calculated({"sample": poisoned(workbook)}, SHEET)["sample"]
    for (key, figure), place in summary_cells(CATALOGUE).items():
        if figure in TOTALS:
            found = shown(cells[place.row - 1][place.column - 1])
            total = totals.get(CATALOGUE.activity(key).label, TOTALS[figure])
            assert_equals_total(found, total, (place.address, key, figure))


def test_a_full_year_counts_to_its_very_last_day():
    row = {"date": date(2023, 12, 31), "due": 3, "present": 3}
    rows = {a.key: [dict(row)] if a.in_matrix and a.has("due") else [] for a in CATALOGUE.activities}
    cover = {"year": 2023, "period": "全年", "as_of": None, "has_committee": True, "has_groups": True}
    compare([(cover, rows)])
    assert Period(2023, "FY").end == date(2023, 12, 31)
