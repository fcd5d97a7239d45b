"""Which day, month and time of day a cell means: fixed rules, no guesses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.catalogue.model import Column, ColumnType
from pyxl.excel.cells import half_width, read_cell
from pyxl.excel.dates import read_date, read_month, read_time
from pyxl.excel.grid import CellError, Uncached

YEAR = 2023
DATE = Column("date", "日期", ColumnType.DATE)
MONTH = Column("born", "出生年月", ColumnType.MONTH)
TIME = Column("start", "开始时间", ColumnType.TIME)

DAYS = st.dates(date(1901, 1, 1), date(2100, 12, 31))
DAYS_OF_THE_YEAR = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
WIDE = str.maketrans("0123456789./-: ()", "０１２３４５６７８９．／－：　（）")
# Full spellings: `{y}` of four digits, month and day with and without a zero in front.
SPELLINGS = [
    "{y}.{m}.{d}",
    "{y}-{m}-{d}",
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y}年{m}月{d}号",
    "{y}年{m}月{d}",
    "{y}、{m}、{d}",
    "{y}。{m}。{d}",
    "{y}.{m}.{d}日",
    " {y} 年 {m} 月 {d} 日 ",
    "{y}-{mm}-{dd}",
    "{y}/{mm}/{dd}",
    "{y}{mm}{dd}",
    "{y}-{mm}-{dd} 00:00:00",
    "{y}-{mm}-{dd} 23:59:59.9995",
    "{y}-{mm}-{dd}T14:30:00+08:00",
    "{y}年{m}月{d}日14:30",
    "{y}年{m}月{d}日（星期三）",
    "{y}.{m}.{d}下午",
    "{y}.{m}.{d} 周三 下午2:30",
    "{y}.{m}.{d} 14:30-16:00",
]


def spelt(pattern: str, day: date) -> str:
    return pattern.format(y=day.year, m=day.month, d=day.day, mm=f"{day.month:02}", dd=f"{day.day:02}")


def read(raw: object, column: Column = DATE, year: int | None = YEAR) -> object:
    return read_cell(raw, column, year).value  # type: ignore[arg-type]


@given(day=DAYS, pattern=st.sampled_from(SPELLINGS), wide=st.booleans())
def test_every_accepted_spelling_means_its_day(day: date, pattern: str, wide: bool) -> None:
    text = spelt(pattern, day)
    assert read(text.translate(WIDE) if wide else text) == day


@given(day=DAYS_OF_THE_YEAR, pattern=st.sampled_from(["{m}月{d}日", "{m}月{d}号", "{m} 月 {d} 日", "{mm}月{dd}日"]))
def test_a_day_without_a_year_is_of_the_ledgers_year(day: date, pattern: str) -> None:
    text = spelt(pattern, day)
    assert read(text) == day
    assert read(text, year=None) is None, "without a year nobody knows which"


@given(day=st.dates(date(2001, 1, 1), date(2033, 12, 31)), sign=st.sampled_from([".", "-", "/"]))
def test_a_year_of_two_digits_is_of_this_century_or_refused(day: date, sign: str) -> None:
    """03/05/23 in a ledger of 2023 may have its year behind."""
    text = f"{day.year % 100:02}{sign}{day.month}{sign}{day.day}"
    ambiguous = day.day == YEAR % 100 and day.year != YEAR
    assert read(text) == (None if ambiguous else day)


@given(year=st.integers(34, 99), month=st.integers(1, 12), day=st.integers(1, 28))
def test_a_year_of_two_digits_that_may_be_of_the_last_century_is_refused(year: int, month: int, day: int) -> None:
    assert read(f"{year}.{month}.{day}") is None


@given(day=DAYS)
def test_days_moments_and_serial_numbers_are_taken_as_they_are(day: date) -> None:
    assert read(day) == day
    assert read(datetime(day.year, day.month, day.day, 23, 59, 59, 999_500)) == day
    serial = (day - date(1899, 12, 30)).days
    if 20_000 <= serial < 80_000:
        assert read(serial) == day


@given(year=st.integers(1901, 2100), month=st.integers(0, 99), day=st.integers(0, 99), sign=st.sampled_from(".-/"))
def test_a_day_that_no_calendar_has_is_refused(year: int, month: int, day: int, sign: str) -> None:
    try:
        expected: date | None = date(year, month, day)
    except ValueError:
        expected = None
    assert read(f"{year}{sign}{month}{sign}{day}") == expected


@given(month=st.integers(1, 31), day=st.integers(1, 31), year=st.integers(1901, 2100), sign=st.sampled_from(".-/"))
def test_the_order_of_day_and_month_is_never_guessed(month: int, day: int, year: int, sign: str) -> None:
    """5/3/2023 is the 3rd of May to some and the 5th of March to others."""
    assert read(f"{month}{sign}{day}{sign}{year}") is None
    assert read(f"{month}{sign}{day}") is None


@pytest.mark.parametrize(
    "text",
    [
        "2023.13.5", "2023-2-30", "2023-02-29", "2023.3.5-3.7", "2023年3月5日-7日", "2023.3.5、6日", "3月5-7日",
        "3.5", "2023.3", "2023年3月", "20231305", "2023年5年3", "2023月3年5日", "10、11、12日", "23、3、5", "3月上旬",
        "2023-3-10:00", "2023.3.5.", "2023..3.5", "二〇二三年三月五日", "待定", "2023年3月5日左右", "0000-00-00",
        "2023-3-5 25点", "1900-02-29", "10099-1-1", "1899-12-31", "96.6.28", "2023.3.5" + " " * 50_000 + "x",
        "3月5", "+2023.3.5", "2023.3.5 第一次",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    reading = read_cell(text, DATE, YEAR)
    assert reading.value is None
    assert reading.unreadable
    assert [finding.code for finding in reading.findings] == ["bad_date"]


@pytest.mark.parametrize(
    "raw", [3.5, 45000.5, 2023.35, -1, 0, 1, 3, 2023, True, False, time(9, 0), timedelta(1), 10**9]
)
def test_a_number_that_is_no_serial_number_is_refused(raw: object) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(("raw", "code"), [(CellError("#N/A"), "error_cell"), (Uncached("A1"), "formula_uncached")])
@pytest.mark.parametrize("column", [DATE, MONTH, TIME])
def test_an_error_is_no_blank(raw: object, code: str, column: Column) -> None:
    reading = read_cell(raw, column, YEAR)  # type: ignore[arg-type]
    assert (reading.value, reading.unreadable, [f.code for f in reading.findings]) == (None, True, [code])


def test_a_date_typed_as_text_is_read_and_told() -> None:
    reading = read_cell("2023.3.5", DATE, YEAR)
    assert [(f.code, f.params["value"]) for f in reading.findings] == [("text_date", "2023-03-05")]
    assert read_cell(date(2023, 3, 5), DATE, YEAR).findings == ()


@pytest.mark.parametrize(
    "text", ["２０２３．３．５", "2023\u200b.3.5", "\xa02023.3.5\u3000", "\ufeff2023-3-5", "2023\u20293-5"]
)
def test_full_width_and_invisible_characters_do_not_matter(text: str) -> None:
    expected = None if "\u2029" in text else date(2023, 3, 5)
    assert read(text) == expected


@given(text=st.text(max_size=30))
def test_any_text_gives_a_day_or_a_refusal(text: str) -> None:
    for column in (DATE, MONTH, TIME):
        reading = read_cell(text, column, YEAR)
        assert (reading.value is None) or not reading.unreadable


@given(text=st.text(alphabet="0123456789年月日号.-/、。 :上下午星期周一", max_size=14))
def test_whatever_is_read_says_its_digits(text: str) -> None:
    """No day comes from nowhere: month and day are numbers that stand in the text, in this order."""
    day = read_date(half_width(text), YEAR)
    if day is None:
        return
    digits = "".join(character for character in text if character.isdigit())
    month_first = digits.find(str(day.month))
    assert month_first >= 0
    assert str(day.day) in digits[month_first:]


# ---- months ------------------------------------------------------------------------------------------------------


@given(
    day=st.dates(date(1930, 1, 1), date(2023, 12, 31)),
    pattern=st.sampled_from(
        ["{y}.{m}", "{y}.{mm}", "{y}年{m}月", "{y}-{mm}", "{y}/{m}", "{y}{mm}", "{y}.{m}.{d}", "{y}年{m}月{d}日"]
    ),
)
def test_a_month_is_read_however_it_is_spelt(day: date, pattern: str) -> None:
    assert read(spelt(pattern, day), MONTH) == day.replace(day=1)


@given(day=st.dates(date(1930, 1, 1), date(2023, 12, 31)))
def test_a_month_of_a_day_or_of_six_digits(day: date) -> None:
    assert read(day, MONTH) == day.replace(day=1)
    assert read(day.year * 100 + day.month, MONTH) == day.replace(day=1)


@pytest.mark.parametrize(("raw", "month"), [(1985.03, 3), (1985.12, 12), (1985.3, 3), (1985.11, 11), (1985.2, 2)])
def test_a_month_typed_as_a_number_with_a_point(raw: float, month: int) -> None:
    assert read_month(raw) == date(1985, month, 1)


@pytest.mark.parametrize(
    "raw",
    [1985.1, 1985.13, 1985.123, 1985.0, 1985, 85.3, "85.3", "1985", "1985.13", "3月", True, float("nan"), float("inf")],
)
def test_a_month_that_may_be_two_is_refused(raw: object) -> None:
    """1985.1 is January, or October as Excel keeps 1985.10."""
    assert read(raw, MONTH) is None


# ---- times ---------------------------------------------------------------------------------------------------------


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_of_day_is_read_however_it_is_spelt(hour: int, minute: int) -> None:
    moment = time(hour, minute)
    for text in (
        f"{hour}:{minute:02}",
        f"{hour}：{minute:02}",
        f"{hour:02}:{minute:02}:30",
        f"{hour}点{minute}分",
        f"{hour}时{minute:02}分",
    ):
        assert read(text, TIME) == moment, text
    assert read(f"{hour}点", TIME) == time(hour)
    assert read(f"{hour}点半", TIME) == time(hour, 30)
    assert read(time(hour, minute, 59, 999_999), TIME) == moment
    assert read(datetime(2023, 3, 5, hour, minute, 59), TIME) == moment
    assert read(timedelta(hours=hour, minutes=minute), TIME) == moment
    assert read((hour * 60 + minute) / 1440, TIME) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("下午2:30", time(14, 30)), ("下午 2点半", time(14, 30)), ("下午14:30", time(14, 30)), ("下午12:30", time(12, 30)),
        ("上午9:00", time(9)), ("早上8点", time(8)), ("中午12:00", time(12)), ("中午1点", time(13)), ("中午11点半", time(11, 30)),
        ("晚上7点", time(19)), ("傍晚6:00", time(18)), ("凌晨1:00", time(1)), ("凌晨0:30", time(0, 30)),
    ],
)  # fmt: skip
def test_parts_of_the_day_say_which_half_is_meant(text: str, moment: time) -> None:
    assert read(text, TIME) == moment


@pytest.mark.parametrize(
    "raw",
    ["14:", "14:5", "25:00", "24:00", "14:60", "14:30-16:00", "两点半", "晚上12点", "凌晨12:30", "中午5点", "9", "全天",
     1, 1.5, -0.5, True, date(2023, 3, 5), timedelta(days=1), timedelta(minutes=-1), float("nan")],
)  # fmt: skip
def test_what_is_no_time_of_day_is_refused(raw: object) -> None:
    reading = read_cell(raw, TIME, YEAR)  # type: ignore[arg-type]
    assert (reading.value, [finding.code for finding in reading.findings]) == (None, ["bad_time"])


def test_the_last_moment_of_a_day_is_not_the_next_day() -> None:
    assert read_time(0.999999) == time(23, 59)
    assert read_date(datetime(2023, 6, 30, 23, 59, 59, 999_999), None) == date(2023, 6, 30)
