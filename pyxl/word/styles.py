"""What the document looks like: styles, fonts and settings after GB/T 9704—2012, from text/document.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from pyxl.text import table
from pyxl.word.markup import element

__all__ = ["COMPATIBILITY", "cell_margins", "font_table", "settings", "styles"]

# What Word itself writes into a new Chinese document, but for adjustLineHeightInTable, which would
# stretch the appendix to the line grid. The first four keep justified lines that end in a break,
# and lines that mix digits with Chinese, from being pulled apart.
COMPATIBILITY = (
    "spaceForUL",
    "balanceSingleByteDoubleByteWidth",
    "doNotLeaveBackslashAlone",
    "ulTrailSpace",
    "doNotExpandShiftReturn",
    "useFELayout",
)
_WORD_2013 = 15
_SCHEMA = "http://schemas.microsoft.com/office/word"
_OFF = "0"
_TWIPS = 20  # a point
_BODY_SIZE = 16

_Style = Mapping[str, Any]


def styles() -> list[Any]:
    """The children of w:styles: defaults, the four styles that Word wants, and ours."""
    look = table("document")
    fonts = {font["key"]: font["name"] for font in look["fonts"]}
    return [
        _defaults(fonts["body"]),
        *_built_in(fonts["body"]),
        *(_style(style, fonts, look["page"]) for style in look["styles"]),
    ]


def _defaults(font: str) -> Any:
    """The standard's 5.2.2: everything is 16 pt FangSong unless said otherwise."""
    return element(
        "docDefaults",
        element("rPrDefault", _run_look(font, _BODY_SIZE, "000000")),
        element("pPrDefault", element("pPr")),
    )


def _run_look(font: str, size: float, colour: str) -> Any:
    """Latin letters and digits too are set in the body's font, as 5.2.2 has it.

    A Latin font there would also take the quotation marks, dashes and dots that Chinese shares with
    English, and set them narrow.
    """
    half_points = round(size * 2)
    return element(
        "rPr",
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia"),
        element("color", val=colour),
        element("spacing", val=table("document")["page"]["character_spacing"]) if size == _BODY_SIZE else None,
        element("kern", val=0),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )


def _built_in(font: str) -> list[Any]:
    """What every Word document has. The size of `Normal` is what the character grid is counted from."""
    normal = element("style", element("name", val="Normal"), element("qFormat"), type="paragraph", default=1)
    normal.extend([element("pPr", element("widowControl", val=_OFF)), _run_look(font, _BODY_SIZE, "000000")])
    character = element("style", element("name", val="Default Paragraph Font"), type="character", default=1)
    grid = element("style", element("name", val="Normal Table"), type="table", default=1)
    grid.append(element("tblPr", element("tblInd", w=0, type="dxa"), cell_margins()))
    numbering = element("style", element("name", val="No List"), type="numbering", default=1)
    for style, key in ((normal, "Normal"), (character, "DefaultFont"), (grid, "NormalTable"), (numbering, "NoList")):
        style.set(style.tag.replace("}style", "}styleId"), key)
    return [normal, character, grid, numbering]


def cell_margins(beside: int = 85) -> Any:
    """The room between a table's rules and its text; a table that names no style does not get it from one."""
    sides = (("top", 40), ("left", beside), ("bottom", 40), ("right", beside))
    return element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides))


def _style(style: _Style, fonts: Mapping[str, str], page: Mapping[str, Any]) -> Any:
    return element(
        "style",
        element("name", val=style["name"]),
        element("basedOn", val="Normal"),
        element("next", val=style["next"]) if "next" in style else None,
        element("qFormat"),
        _paragraph_look(style, page["line_pitch"]),
        _run_look(fonts[style["font"]], style["size"], style.get("colour", "000000")),
        type="paragraph",
        customStyle=1,
        styleId=style["key"],
    )


def _paragraph_look(style: _Style, pitch: int) -> Any:
    """In the order that the schema prescribes.

    The page has a grid of 22 lines of 28 characters, for whoever looks at its set-up or adds text of
    his own. Our styles do not hang on it: fixed line spacing and character spacing put the same 22
    and 28 on the page, in every program; LibreOffice gives a character wider than its cell two cells.
    """
    return element(
        "pPr",
        element("keepNext") if style.get("keep_next") else None,
        element("pageBreakBefore") if style.get("page_break") else None,
        element("widowControl", val=_OFF),
        element("autoSpaceDE", val=_OFF),  # no gap between Chinese and letters or digits
        element("autoSpaceDN", val=_OFF),
        element("adjustRightInd", val=_OFF),
        element("snapToGrid", val=_OFF),
        _spacing(style, pitch),
        _indent(style),
        element("jc", val=style["align"]),
        element("outlineLvl", val=style["outline"]) if "outline" in style else None,
    )


def _spacing(style: _Style, pitch: int) -> Any:
    line = style.get("line", pitch)
    rule = style.get("line_rule", "exact")  # exact lines would cut a picture off
    return element("spacing", before=style.get("before", 0), after=style.get("after", 0), line=line, lineRule=rule)


def _indent(style: _Style) -> Any | None:
    """Both in hundredths of a character, which follow the font's size, and in twips, for programs that know no other."""
    indents: dict[str, int] = {}
    for key, name in (("left", "left"), ("right", "right"), ("hanging", "hanging"), ("first_line", "firstLine")):
        if characters := style.get(key, 0):
            indents[f"{name}Chars"] = round(characters * 100)
            indents[name] = round(characters * style["size"] * _TWIPS)
    return element("ind", **indents) if indents else None


def font_table() -> bytes:
    """fontTable.xml: which font stands in where one of ours is not installed."""
    fonts = [
        element(
            "font",
            element("altName", val=font["fallback"]),
            element("charset", val="86"),
            element("family", val=font["family"]),
            element("pitch", val="default"),
            name=font["name"],
        )
        for font in table("document")["fonts"]
    ]
    written: bytes = etree.tostring(element("fonts", *fonts), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def settings() -> list[Any]:
    """The children of w:settings, in the order that the schema prescribes."""
    mode = element("compatSetting", name="compatibilityMode", uri=_SCHEMA, val=_WORD_2013)
    return [
        element("zoom", percent=100),
        element("mirrorMargins"),  # printed on both sides, the binding margin changes sides: 6.2, 5.2.1
        element("defaultTabStop", val=640),
        element("evenAndOddHeaders"),  # page numbers stand on the outer side: 7.5
        element("characterSpacingControl", val="compressPunctuation"),
        element("compat", *(element(name) for name in COMPATIBILITY), mode),
        element("themeFontLang", val="zh-CN", eastAsia="zh-CN"),
    ]
