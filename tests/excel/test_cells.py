"""What one cell says, read as its column's type: what is understood, what is told, what is refused."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.catalogue.model import Column, ColumnType
from pyxl.core.issue import issue
from pyxl.core.place import CellRef
from pyxl.excel.cells import Reading, clean, half_width, read_cell, shown, split_names
from pyxl.excel.grid import CellError, Uncached

CHOICES = ("集中学习", "志愿服务", "观看视频")
COLUMNS = {
    kind: Column("x", "某列", kind, choices=CHOICES if kind in (ColumnType.CHOICE, ColumnType.CHOICES) else ())
    for kind in ColumnType
}
WIDE_DIGITS = str.maketrans("0123456789.-+,", "０１２３４５６７８９．－＋，")
NAMES = ["张三", "欧阳修", "阿依古丽·买买提", "周·明", "古丽", "丁一"]

RAW = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([CellError("#REF!"), Uncached(), Uncached("A1+1")]),
)


def read(raw: Any, kind: ColumnType = ColumnType.TEXT, **changes: Any) -> Reading:
    column = Column("x", "某列", kind, **{"choices": COLUMNS[kind].choices, **changes})
    return read_cell(raw, column, 2023)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


# ---- what holds for every cell -----------------------------------------------------------------------------------


@given(raw=RAW, kind=st.sampled_from(ColumnType), year=st.sampled_from([None, 2023]))
def test_any_cell_is_understood_or_refused_and_never_raises(raw: Any, kind: ColumnType, year: int | None) -> None:
    reading = read_cell(raw, COLUMNS[kind], year)
    if reading.unreadable:
        assert reading.value is None
        assert reading.findings, "whatever is refused is told"
    assert reading.value != ()
    assert reading.value != ""
    for finding in reading.findings:
        made = issue(finding.code, CellRef("主题党日", 7, 4), found=shown(raw), **finding.params)
        assert made.message
        if reading.unreadable and finding.code != "control_characters":
            assert made.blocks


@given(raw=RAW, kind=st.sampled_from(ColumnType))
def test_whole_numbers_are_int_and_text_is_clean(raw: Any, kind: ColumnType) -> None:
    value = read_cell(raw, COLUMNS[kind], 2023).value
    texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    for text in texts:
        assert text == text.strip()
        assert not set(text) & set("\x00\x01\x0b\x1f\u200b\ufeff\r\ufffe\ud800")
    if isinstance(value, float):
        assert not value.is_integer()


@pytest.mark.parametrize("kind", list(ColumnType))
@pytest.mark.parametrize("raw", [None, "", "  ", "\xa0", "\u3000\n", "\u200b\ufeff", "\u200e", "\t\r\n"])
def test_what_shows_nothing_is_blank(kind: ColumnType, raw: Any) -> None:
    assert read(raw, kind) == Reading(None)


@pytest.mark.parametrize("kind", list(ColumnType))
def test_an_error_and_an_uncalculated_formula_are_no_blanks(kind: ColumnType) -> None:
    assert (codes(read(CellError("#DIV/0!"), kind)), read(CellError("#DIV/0!"), kind).unreadable) == (
        ["error_cell"],
        True,
    )
    for formula in ("", "SUM(A1:A9)"):
        assert (codes(read(Uncached(formula), kind)), read(Uncached(formula), kind).unreadable) == (
            ["formula_uncached"],
            True,
        )


@pytest.mark.parametrize(
    "kind", [ColumnType.TEXT, ColumnType.LONGTEXT, ColumnType.ITEMS, ColumnType.PERSON, ColumnType.PEOPLE]
)
@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1f", "\x7f", "\x9f", "\ud800", "\ufdd0", "\ufdef", "\ufffe", "\uffff"]
)
def test_characters_that_no_document_can_hold_are_left_out_and_told(kind: ColumnType, character: str) -> None:
    reading = read(f"张{character}三", kind)
    assert reading.value in ("张三", ("张三",))
    assert codes(reading) == ["control_characters"]


# ---- text --------------------------------------------------------------------------------------------------------


@given(text=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_text_stays_as_it_is(text: str) -> None:
    """Emoji, rare characters, full-width signs: nothing is normalised."""
    if clean(text) == text:
        assert read(text).value == text


@pytest.mark.parametrize(
    "text", ["䶮", "𠮷野", "葛\U000e0100", "👨‍👩‍👧", "金\uf900", "ＡＢＣ，１２３", "=HYPERLINK(1)", "&<>\"'", "שלום"]
)
def test_rare_text_is_kept_to_the_byte(text: str) -> None:
    assert read(text).value == text
    assert read(text, ColumnType.ITEMS).value == (text,)


@pytest.mark.parametrize(
    "text",
    ["\u3000学习 ", "\xa0学习\xa0", "\u200b学\u2060习\ufeff", "\r\n学习\r\n", "\u2003学习\u202f", "\u200f学习\u200e"],
)
def test_what_surrounds_text_is_left_out(text: str) -> None:
    assert read(text).value == "学习"


def test_line_breaks_are_kept_in_long_text_and_left_out_of_a_line() -> None:
    for end in ("\n", "\r\n", "\r", "\u2028", "\x85"):
        assert read(f"学习党的{end}二十大精神", ColumnType.LONGTEXT).value == "学习党的\n二十大精神"
        assert read(f"学习讲话{end}观看影片").value == "学习讲话，观看影片"
        assert read(f"Party{end}Day").value == "Party Day"


@pytest.mark.parametrize("kind", [ColumnType.TEXT, ColumnType.LONGTEXT])
def test_hard_spaces_between_chinese_characters_are_dropped(kind: ColumnType) -> None:
    assert read("学习\xa0\xa0讲话\xa0精神", kind).value == "学习讲话精神"
    assert read("学习\xa0ABC 和 B\xa0C", kind).value == "学习 ABC 和 B C"
    assert read("甲 乙", kind).value == "甲 乙", "a space that was typed may mean something"
    assert read("张三\xa0李四", ColumnType.PEOPLE).value == ("张三", "李四")


@pytest.mark.parametrize("raw", [45061, 20230515])
def test_a_day_that_is_a_number_is_called_a_number(raw: int) -> None:
    reading = read(raw, ColumnType.DATE)
    assert reading.value == date(2023, 5, 15)
    assert [(found.code, found.params["value"]) for found in reading.findings] == [("number_date", "2023-05-15")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [(3, "3"), (2.5, "2.5"), (True, "是"), (False, "否"), (date(2023, 3, 5), "2023-03-05"), (time(9, 5), "09:05"),
     (datetime(2023, 3, 5, 9, 5), "2023-03-05 09:05"), (timedelta(hours=30, minutes=5), "30:05")],
)  # fmt: skip
def test_other_cells_read_as_text_the_way_they_are_seen(raw: Any, text: str) -> None:
    assert read(raw).value == text


def test_only_width_changes_for_matching() -> None:
    assert half_width("（１２．５％）ＡＢ\u3000Ｃ") == "(12.5%)AB C"
    assert half_width("张\u200d三\u200e") == "张三"
    for compatibility in ("\uf900", "\ufa0e", "㈱", "Ⅷ", "½", "ﬁ", "㎡"):
        assert half_width(f"某{compatibility}某") == f"某{compatibility}某"


# ---- numbers -------------------------------------------------------------------------------------------------------


@given(number=st.integers(0, 10**6), wide=st.booleans(), signed=st.booleans())
def test_a_whole_number_is_read_as_number_and_as_text(number: int, wide: bool, signed: bool) -> None:
    assert read(number, ColumnType.INTEGER) == Reading(number)
    text = f"{'+' if signed else ''}{number}"
    reading = read(text.translate(WIDE_DIGITS) if wide else text, ColumnType.INTEGER)
    assert (reading.value, codes(reading)) == (number, ["number_as_text"])
    assert reading.findings[0].params["value"] == str(number), "as people write it, without an exponent"
    assert isinstance(reading.value, int)


@given(number=st.integers(1000, 10**6), wide=st.booleans())
def test_thousands_may_be_set_apart(number: int, wide: bool) -> None:
    text = f"{number:,}"
    assert read(text.translate(WIDE_DIGITS) if wide else text, ColumnType.INTEGER).value == number


@pytest.mark.parametrize("text", ["3,5", "1,2", "12,34", "1,0000", ",5", "5,"])
def test_a_comma_that_may_be_a_point_is_refused(text: str) -> None:
    for kind in (ColumnType.INTEGER, ColumnType.DECIMAL):
        assert read(text, kind).unreadable


@given(number=st.decimals(0, 1000, places=2))
def test_a_decimal_is_read(number: Any) -> None:
    for raw in (float(number), str(number), str(number).translate(WIDE_DIGITS)):
        assert read(raw, ColumnType.DECIMAL).value == float(number)
    reading = read(float(number), ColumnType.INTEGER)
    if number % 1:
        assert (reading.value, codes(reading)) == (None, ["not_whole"])
    else:
        assert reading.value == int(number)


@pytest.mark.parametrize(
    ("raw", "code"),
    [(-1, "negative_number"), ("-1", "negative_number"), ("－１", "negative_number"), (-0.5, "negative_number"),
     (2.5, "not_whole"), ("2.5", "not_whole"), (10**9, "number_too_large"), (1e9, "number_too_large"), ("9" * 400, "number_too_large"),
     (True, "bad_number"), (False, "bad_number"), ("TRUE", "bad_number"), ("三", "bad_number"), ("无", "bad_number"),
     (date(2023, 3, 5), "bad_number"), (time(3), "bad_number"), (timedelta(1), "bad_number"), ("1e3", "bad_number"),
     ("0x10", "bad_number"), ("3+2", "bad_number"), ("15/17", "bad_number"), ("½", "bad_number"), ("³", "bad_number"),
     (float("nan"), "bad_number"), (float("inf"), "bad_number"), (float("-inf"), "bad_number")],
)  # fmt: skip
def test_what_is_no_count_is_refused(raw: Any, code: str) -> None:
    reading = read(raw, ColumnType.INTEGER)
    assert (reading.value, reading.unreadable, codes(reading)) == (None, True, [code])


@pytest.mark.parametrize(
    ("text", "number"), [("3次", "3"), ("约3", "3"), ("３人", "3"), ("共 12 人", "12"), ("3.5小时", "3.5")]
)
def test_a_number_with_words_is_refused_with_the_number_proposed(text: str, number: str) -> None:
    reading = read(text, ColumnType.INTEGER)
    assert (reading.value, codes(reading)) == (None, ["bad_number"])
    assert reading.findings[0].params["suggestion"] == number


@pytest.mark.parametrize("text", ["无", "3至5", "15/17", "两个"])
def test_where_no_number_can_be_proposed_there_is_still_an_example(text: str) -> None:
    (finding,) = read(text, ColumnType.INTEGER).findings
    assert issue(finding.code, CellRef("主题党日", 7, 4), found=text, **finding.params).hint.count("18") == 1


def test_the_columns_own_maximum_holds_and_reads_plainly() -> None:
    assert read(8, ColumnType.DECIMAL, maximum=8.0).value == 8
    (finding,) = read(8.5, ColumnType.DECIMAL, maximum=8.0).findings
    assert (finding.code, finding.params["maximum"]) == ("number_too_large", "8")
    (finding,) = read(10**7, ColumnType.INTEGER).findings
    assert finding.params["maximum"] == "1000000"


# ---- choices, yes and no ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["志愿服务", " 志愿服务 ", "志愿　服务", "志愿 服务", "志愿\u200b服务", "志愿\n服务"])
def test_a_choice_is_known_in_spite_of_spaces(text: str) -> None:
    assert read(text, ColumnType.CHOICE) == Reading("志愿服务")


def test_a_choice_that_is_not_listed_is_refused_unless_the_column_is_open() -> None:
    refused = read("看电影", ColumnType.CHOICE)
    assert (refused.value, refused.unreadable, codes(refused)) == (None, True, ["not_a_choice"])
    assert refused.findings[0].params["choices"] == "集中学习、志愿服务、观看视频"
    taken = read("看电影", ColumnType.CHOICE, open=True)
    assert (taken.value, taken.unreadable, codes(taken)) == ("看电影", False, ["choice_unlisted"])
    assert read("集中学习、志愿服务", ColumnType.CHOICE).unreadable, "one only"


@given(
    chosen=st.lists(st.sampled_from(CHOICES), min_size=1, unique=True),
    sign=st.sampled_from(["；", ";", "、", "，", ",", "/", "\n", " ； "]),
)
def test_several_choices_in_one_cell(chosen: list[str], sign: str) -> None:
    assert read(sign.join(chosen), ColumnType.CHOICES) == Reading(tuple(chosen))
    assert read(sign.join([*chosen, chosen[0], ""]), ColumnType.CHOICES) == Reading(tuple(chosen)), "each once"


def test_one_unknown_choice_among_several() -> None:
    refused = read("集中学习；看电影", ColumnType.CHOICES)
    assert (refused.value, refused.unreadable, codes(refused)) == (None, True, ["not_a_choice"])
    taken = read("集中学习；看电影", ColumnType.CHOICES, open=True)
    assert (taken.value, codes(taken)) == (("集中学习", "看电影"), ["choice_unlisted"])


@pytest.mark.parametrize("kind", [ColumnType.CHOICES, ColumnType.ITEMS, ColumnType.PEOPLE, ColumnType.PERSON])
def test_separators_alone_are_nothing(kind: ColumnType) -> None:
    """Else a required cell would count as filled."""
    assert read("；；\n；", kind).value is None


@pytest.mark.parametrize("raw", ["是", " 是 ", "有", "√", "✔", "对", "Y", "ｙ", "TRUE", "１", 1, True])
def test_yes(raw: Any) -> None:
    assert read(raw, ColumnType.YESNO) == Reading(value=True)


@pytest.mark.parametrize("raw", ["否", "无", "没有", "×", "N", "FALSE", "０", 0, False])
def test_no(raw: Any) -> None:
    assert read(raw, ColumnType.YESNO) == Reading(value=False)


@pytest.mark.parametrize("raw", ["也许", "是/否", "2", 2, 0.5, "是的吧", date(2023, 1, 1)])
def test_neither_yes_nor_no(raw: Any) -> None:
    reading = read(raw, ColumnType.YESNO)
    assert (reading.value, reading.unreadable, codes(reading)) == (None, True, ["bad_yesno"])


# ---- names and items -----------------------------------------------------------------------------------------------


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
    sign=st.sampled_from(["、", "，", ",", "；", ";", "\n", "/", " 、 ", "\r\n"]),
)
def test_names_are_told_apart_by_any_separator(names: list[str], sign: str) -> None:
    assert read(sign.join(names), ColumnType.PEOPLE).value == tuple(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [("张 三", ("张三",)), ("张　三、李 四", ("张三", "李四")), ("张\u200d三", ("张三",)), (" 张三 ", ("张三",)),
     ("张三丰 李四光", ("张三丰", "李四光")), ("阿依古丽·买买提", ("阿依古丽·买买提",)), ("张三；；李四", ("张三", "李四"))],
)  # fmt: skip
def test_spaces_within_a_name_belong_to_it(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@given(
    name=st.text(st.characters(min_codepoint=0xF900, max_codepoint=0xFAD9, categories=["Lo"]), min_size=2, max_size=4)
)
def test_compatibility_ideographs_in_names_are_not_changed(name: str) -> None:
    assert unicodedata.normalize("NFKC", name) != name or set(name) & set("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
    assert read(name, ColumnType.PERSON).value == name
    assert read(f"{name}、张三", ColumnType.PEOPLE).value == (name, "张三")
    assert read(name).value == name


@given(
    items=st.lists(
        st.sampled_from(["党章", "习近平总书记重要讲话精神，第一讲", "甲、乙", "A/B"]), min_size=1, max_size=5
    ),
    sign=st.sampled_from(["；", ";", "\n", " ；\n"]),
)
def test_items_are_told_apart_by_semicolons_and_lines_only(items: list[str], sign: str) -> None:
    assert read(sign.join(items), ColumnType.ITEMS).value == tuple(items)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("《甲》、《乙》", ("《甲》", "《乙》")),
        ("《甲》，《乙》。", ("《甲》", "《乙》。")),
        ("《甲》《乙》；《丙》", ("《甲》", "《乙》", "《丙》")),
        ("学习《甲》、 《乙》", ("学习《甲》", "《乙》")),
        ("《甲》、《乙》两书", ("《甲》、《乙》两书",)),  # both together are something
        ("《关于印发〈甲〉、〈乙〉的通知》", ("《关于印发〈甲〉、〈乙〉的通知》",)),
        ("《甲》、乙", ("《甲》、乙",)),
    ],
)
def test_titles_in_their_own_marks_are_several_items(text: str, items: tuple[str, ...]) -> None:
    """domain: grammar 1 puts no sign between them; whoever has typed one means two."""
    assert read(text, ColumnType.ITEMS).value == items
