"""The template that comes with the program, held against GB/T 9704—2012 clause by clause."""

from __future__ import annotations

import re

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.text import table
from pyxl.word.build_template import build_template, template_bytes
from tests.word.documents import OURS, RECORD, UPPER, W, parts_of, texts, xml

MM = 56.6929  # twips
PARTS = parts_of(OURS)


def value(element, name="val"):
    return None if element is None else element.get(f"{W}{name}")


def style(name):
    """The paragraph style of this name."""
    found = [s for s in xml(OURS, "word/styles.xml").iter(f"{W}style") if value(s.find(f"{W}name")) == name]
    assert len(found) == 1
    return found[0]


def fonts(name):
    found = style(name).find(f"{W}rPr/{W}rFonts")
    return {found.get(f"{W}{which}") for which in ("eastAsia", "ascii", "hAnsi")}


def points(name):
    return int(value(style(name).find(f"{W}rPr/{W}sz"))) / 2


def paragraph_property(name, path, attribute="val"):
    return value(style(name).find(f"{W}pPr/{W}{path}"), attribute)


def section():
    return xml(OURS).find(f"{W}body/{W}sectPr")


# ------------------------------------------------------------------------------ page


def test_paper_is_a4():  # 5.1
    size = section().find(f"{W}pgSz")
    assert (int(value(size, "w")), int(value(size, "h"))) == (11906, 16838)


@pytest.mark.parametrize(("side", "mm"), [("top", 37), ("left", 28), ("bottom", 35), ("right", 26)])
def test_margins(side, mm):  # 5.2.1
    assert abs(int(value(section().find(f"{W}pgMar"), side)) - mm * MM) < 1


def test_type_area_is_156_by_225_mm():  # 5.2.1
    size, margins = section().find(f"{W}pgSz"), section().find(f"{W}pgMar")
    across = int(value(size, "w")) - int(value(margins, "left")) - int(value(margins, "right"))
    down = int(value(size, "h")) - int(value(margins, "top")) - int(value(margins, "bottom"))
    assert abs(across - 156 * MM) < 2
    assert abs(down - 225 * MM) < 2


def test_binding_margin_changes_sides_in_double_sided_print():  # 5.2.1 with 6.2
    assert xml(OURS, "word/settings.xml").find(f"{W}mirrorMargins") is not None


def test_grid_of_22_lines_of_28_characters():  # 5.2.3
    grid = section().find(f"{W}docGrid")
    assert value(grid, "type") == "linesAndChars"
    pitch = (16 + int(value(grid, "charSpace")) / 4096) * 20
    size, margins = section().find(f"{W}pgSz"), section().find(f"{W}pgMar")
    across = int(value(size, "w")) - int(value(margins, "left")) - int(value(margins, "right"))
    assert int(across / pitch) == 28
    assert int(225 * MM / int(value(grid, "linePitch"))) == 22


def test_22_fixed_lines_of_28_characters_fit_the_type_area_and_no_more():  # 5.2.3
    line = int(paragraph_property("正文段落", "spacing", "line"))
    assert paragraph_property("正文段落", "spacing", "lineRule") == "exact"
    assert 22 * line <= 225 * MM < 23 * line
    advance = 16 * 20 + int(value(style("正文段落").find(f"{W}rPr/{W}spacing")))
    assert 28 * advance <= 156 * MM < 29 * advance


# ------------------------------------------------------------------------------ fonts and sizes


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("正文段落", "仿宋_GB2312", 16),  # 5.2.2, 7.3.3
        ("文件标题", "方正小标宋简体", 22),  # 7.3.1
        ("一级标题", "黑体", 16),  # 7.3.3
        ("二级标题", "楷体_GB2312", 16),  # 7.3.3
        ("称谓", "仿宋_GB2312", 16),  # 7.3.2
        ("附件说明", "仿宋_GB2312", 16),  # 7.3.4
        ("落款署名", "仿宋_GB2312", 16),  # 7.3.5
        ("落款日期", "仿宋_GB2312", 16),  # 7.3.5
        ("附件标识", "黑体", 16),  # 7.3.7
        ("附录标题", "方正小标宋简体", 22),  # 7.3.7
        ("页码单页", "宋体", 14),  # 7.5
        ("页码双页", "宋体", 14),  # 7.5
    ],
)
def test_font_and_size(name, font, size):
    assert fonts(name) == {font}
    assert points(name) == size


def test_the_default_is_the_body():  # 5.2.2: everything not said otherwise
    run = xml(OURS, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert value(run.find(f"{W}rFonts"), "eastAsia") == "仿宋_GB2312"
    assert value(run.find(f"{W}sz")) == "32"
    assert value(run.find(f"{W}lang"), "eastAsia") == "zh-CN"


def test_text_is_black_and_never_bold():  # 5.2.4; bold headings are a custom, not the standard
    styles = xml(OURS, "word/styles.xml")
    assert not list(styles.iter(f"{W}b"))
    printed = [s for s in styles.iter(f"{W}style") if value(s.find(f"{W}name")) != "模板标记"]
    assert {value(colour) for s in printed for colour in s.iter(f"{W}color")} == {"000000"}


def test_every_font_has_a_substitute():
    found = {value(f, "name"): value(f.find(f"{W}altName")) for f in xml(OURS, "word/fontTable.xml")}
    assert found == {
        "仿宋_GB2312": "仿宋",
        "方正小标宋简体": "华文中宋",
        "黑体": "SimHei",
        "楷体_GB2312": "楷体",
        "宋体": "SimSun",
    }
    used = {value(f, "eastAsia") for f in xml(OURS, "word/styles.xml").iter(f"{W}rFonts")}
    assert used == set(found)


# ------------------------------------------------------------------------------ paragraphs


@pytest.mark.parametrize("name", ["正文段落", "一级标题", "二级标题"])
def test_first_line_begins_two_characters_in(name):  # 7.3.3
    assert paragraph_property(name, "ind", "firstLineChars") == "200"
    assert paragraph_property(name, "ind", "firstLine") == "640"
    assert paragraph_property(name, "jc") == "both"


def test_salutation_begins_at_the_margin():  # 7.3.2
    assert style("称谓").find(f"{W}pPr/{W}ind") is None


def test_title_is_centred_with_a_blank_line_below():  # 7.3.1, 7.3.2
    assert paragraph_property("文件标题", "jc") == "center"
    assert paragraph_property("文件标题", "spacing", "after") == "579"
    assert paragraph_property("文件标题", "spacing", "lineRule") == "exact"
    assert int(paragraph_property("文件标题", "spacing", "line")) >= 22 * 20 * 1.2  # two lines do not touch


def test_attachment_note_stands_a_line_below_two_characters_in_and_hangs():  # 7.3.4
    indents = [paragraph_property("附件说明", "ind", which) for which in ("leftChars", "hangingChars")]
    assert indents == ["500", "300"]  # begins 5 - 3 = 2 in; further lines under the name, behind 附件 and its colon
    assert paragraph_property("附件说明", "spacing", "before") == "579"


def test_signature_stands_a_line_below_two_characters_from_the_margin():  # 7.3.5.2
    assert paragraph_property("落款署名", "spacing", "before") == "579"
    assert paragraph_property("落款署名", "ind", "rightChars") == "200"
    assert paragraph_property("落款署名", "jc") == "right"


def test_attachment_begins_a_page_and_its_title_is_the_third_line():  # 7.3.7
    assert style("附件标识").find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert style("附件标识").find(f"{W}pPr/{W}ind") is None
    assert paragraph_property("附件标识", "spacing", "after") == "579"
    assert paragraph_property("附录标题", "jc") == "center"


@pytest.mark.parametrize("name", ["文件标题", "一级标题", "二级标题", "落款署名", "附件标识", "附录标题"])
def test_headings_stay_with_what_follows(name):
    assert style(name).find(f"{W}pPr/{W}keepNext") is not None


def test_no_style_controls_widows_or_pulls_digits_from_chinese():
    """Both would break the 22 lines of 28 characters."""
    for found in xml(OURS, "word/styles.xml").iter(f"{W}style"):
        if value(found, "customStyle"):
            properties = found.find(f"{W}pPr")
            for name in ("widowControl", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
                assert value(properties.find(f"{W}{name}")) == "0"


def test_headings_show_in_the_navigation_pane():
    assert paragraph_property("一级标题", "outlineLvl") == "0"
    assert paragraph_property("二级标题", "outlineLvl") == "1"


# ------------------------------------------------------------------------------ page numbers


def test_page_numbers_stand_outside_with_a_character_of_room():  # 7.5
    assert (paragraph_property("页码单页", "jc"), paragraph_property("页码单页", "ind", "rightChars")) == (
        "right",
        "100",
    )
    assert (paragraph_property("页码双页", "jc"), paragraph_property("页码双页", "ind", "leftChars")) == ("left", "100")
    assert xml(OURS, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    names = {
        value(reference, "type"): reference.get(
            "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        )
        for reference in section().iter(f"{W}footerReference")
    }
    targets = {r.get("Id"): r.get("Target") for r in xml(OURS, "word/_rels/document.xml.rels")}
    styles = {}
    for kind, key in names.items():
        footer = xml(OURS, f"word/{targets[key]}")
        styles[kind] = value(footer.find(f"{W}p/{W}pPr/{W}pStyle"))
        assert "".join(t.text for t in footer.iter(f"{W}t")) == "— 1 —"
        assert value(footer.find(f"{W}p/{W}fldSimple"), "instr").strip() == "PAGE"
    assert styles == {"default": "PageNumberOdd", "even": "PageNumberEven"}


def test_dashes_of_the_page_number_stand_7_mm_below_the_type_area():  # 7.5
    footer = int(value(section().find(f"{W}pgMar"), "footer")) / MM
    line = int(paragraph_property("页码单页", "spacing", "line")) / MM
    dash = footer + line * 0.475  # where the dash of 宋体 stands in a line of 16 pt; measured in a rendering
    assert abs((35 - dash) - 7) < 0.3


# ------------------------------------------------------------------------------ the file


def test_the_same_bytes_on_every_run(tmp_path):
    build_template(tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == template_bytes() == OURS


def test_no_part_is_there_for_nothing():
    assert sorted(PARTS) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]
    assert len(OURS) < 12_000


def test_the_file_tells_nothing_of_clock_or_machine():
    core = PARTS["docProps/core.xml"].decode()
    assert "created" not in core
    assert "modified" not in core
    assert "python" not in core


def test_word_opens_it_in_its_current_mode():
    settings = xml(OURS, "word/settings.xml")
    modes = {value(s, "name"): value(s) for s in settings.iter(f"{W}compatSetting")}
    assert modes == {"compatibilityMode": "15"}
    assert settings.find(f"{W}compat/{W}doNotExpandShiftReturn") is not None


def test_styles_are_named_in_chinese_so_that_they_can_be_found_in_word():
    names = [value(s.find(f"{W}name")) for s in xml(OURS, "word/styles.xml").iter(f"{W}style")]
    ours = [name for name in names if name not in ("Normal", "Default Paragraph Font", "Normal Table", "No List")]
    assert len(ours) == len(set(ours)) == len(table("document")["styles"])
    assert all(re.fullmatch("[\u4e00-\u9fff]+", name) for name in ours)


def test_every_style_is_used_by_a_template_and_every_used_style_exists():
    ids = {value(s, "styleId") for s in xml(OURS, "word/styles.xml").iter(f"{W}style") if value(s, "customStyle")}
    parts = [name for name in PARTS if re.match(r"word/(document|header|footer)", name)]
    used = {
        value(mark) for ours in (OURS, UPPER, RECORD) for name in parts for mark in xml(ours, name).iter(f"{W}pStyle")
    }
    assert used == ids


def test_the_head_of_the_appendix_is_repeated_and_rows_stay_whole():
    heads = []
    for made in xml(OURS).findall(f"{W}body/{W}tbl"):
        rows = list(made.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert rows[2].find(f"{W}trPr/{W}cantSplit") is not None
        heads.append(texts_of_row(rows[0]))
    assert heads == [["序号", "日期", "活动类型", "主题、内容", "应到", "实到"], ["指标", "数值", "所依据的行"]]


def texts_of_row(row):
    return ["".join(t.text for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]


@pytest.mark.parametrize(("which", "document"), [("template", OURS), ("upper", UPPER)])
def test_all_words_of_a_template_come_from_the_text_file(which, document):
    words = table("document")
    lines = [*words["template"]["body"], *words[which]["closing"]]
    assert texts(document) == [line["text"] for line in lines if line["style"] not in words["tables"]]


def test_the_table_of_units_fills_the_type_area_and_repeats_its_head():
    found = next(xml(UPPER).find(f"{W}body").iter(f"{W}tbl"))
    rows = list(found.iter(f"{W}tr"))
    assert texts_of_row(rows[0]) == [
        "序号", "单位", "党员大会", "支委会", "党小组会", "党课", "主题党日", "集中学习", "其他", "合计", "缺漏",
    ]  # fmt: skip
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (rows[0], rows[2], rows[4]))
    widths = [int(value(column, "w")) for column in found.find(f"{W}tblGrid")]
    assert abs(sum(widths) - 156 * MM) < 2


def test_the_columns_of_the_table_of_units_are_the_main_activities():
    """The rest of them is 其他; so the columns of a line add up to its 合计."""
    row = table("document")["tables"]["units"]["row"]
    named = {text.removeprefix("{{ 行.").removesuffix(" }}") for text in row}
    own = {"序号", "名称", "其他", "合计", "缺漏"}
    catalogue = load_catalogue()
    assert named - own == {catalogue.activity(key).label for key in catalogue.upper_main}


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl kinsoku overflowPunct autoSpaceDE autoSpaceDN "
    "adjustRightInd snapToGrid spacing ind jc outlineLvl rPr",
    "rPr": "rFonts b color spacing w kern position sz szCs lang",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar cols docGrid",
    "settings": "zoom mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "compat": "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace "
    "doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting",
    "font": "altName charset family pitch",
    "tblCellMar": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
}


@pytest.mark.parametrize("part", [name for name in PARTS if name.startswith("word/") and name.endswith(".xml")])
def test_elements_stand_in_the_order_of_the_schema(part):
    """Word refuses a file whose elements stand in another order; most other programs do not care."""
    for element in xml(OURS, part).iter():
        name = element.tag.removeprefix(W)
        if name in ORDER:
            order = ORDER[name].split()
            children = [child.tag.removeprefix(W) for child in element]
            assert set(children) <= set(order), f"{name}: {set(children) - set(order)}"
            assert children == sorted(children, key=order.index)
