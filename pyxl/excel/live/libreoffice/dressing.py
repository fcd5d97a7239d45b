"""How is the look of a cell said in LibreOffice's properties?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyxl.excel.live.looks import Look

__all__ = ["assign", "cell_properties", "character_properties", "rule_all"]

_INDENT = 353  # hundredths of a millimetre: ten points
_THIN = 26
_BOLD, _NORMAL = 150.0, 100.0
_SIDES = {"left": "LeftBorder2", "top": "TopBorder2", "bottom": "BottomBorder2", "right": "RightBorder2"}
_VERTICAL = {"top": 1, "vcenter": 2, "bottom": 3}  # com.sun.star.table.CellVertJustify2


def _colour(colour: str) -> int:
    return int(colour.lstrip("#"), 16)


def character_properties(look: Look) -> Iterator[tuple[str, Any]]:
    """What the look says of characters, for Western, Asian and complex scripts alike where that is told apart."""
    for key, name in (("font_name", "CharFontName"), ("font_size", "CharHeight")):
        if key in look:
            yield from ((f"{name}{script}", look[key]) for script in ("", "Asian", "Complex"))
    if "bold" in look:
        weight = _BOLD if look["bold"] else _NORMAL
        yield from ((f"CharWeight{script}", weight) for script in ("", "Asian", "Complex"))
    if "font_color" in look:
        yield "CharColor", _colour(look["font_color"])
    if "underline" in look:
        yield "CharUnderline", int(bool(look["underline"]))


def cell_properties(look: Look, model: Any) -> Iterator[tuple[str, Any]]:
    """What the look says of cells, as LibreOffice's properties of them."""
    import uno

    yield from character_properties(look)
    if "bg_color" in look:
        yield "CellBackColor", _colour(look["bg_color"])
    if "align" in look:
        yield "HoriJustify", uno.Enum("com.sun.star.table.CellHoriJustify", look["align"].upper())
    if "valign" in look:
        yield "VertJustify", _VERTICAL[look["valign"]]
    if "text_wrap" in look:
        yield "IsTextWrapped", bool(look["text_wrap"])
    if look.get("indent"):
        yield "ParaIndent", look["indent"] * _INDENT
        if "align" not in look:  # only what is aligned can be indented
            yield "HoriJustify", uno.Enum("com.sun.star.table.CellHoriJustify", "LEFT")
    if "num_format" in look:
        yield "NumberFormat", _format_key(look["num_format"], model)
    for side, name in _SIDES.items():
        if side in look:
            yield name, _line(look[f"{side}_color"])


def _format_key(code: str, model: Any) -> int:
    import uno

    formats, english = model.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    key: int = formats.queryKey(code, english, False)
    return formats.addNew(code, english) if key < 0 else key


def _line(colour: str) -> Any:
    import uno

    line = uno.createUnoStruct("com.sun.star.table.BorderLine2")
    line.Color, line.LineWidth, line.OuterLineWidth = _colour(colour), _THIN, _THIN
    return line


def rule_all(cells: Any, colour: str) -> None:
    """A thin line around every cell."""
    border = cells.TableBorder2
    for side in ("Top", "Bottom", "Left", "Right", "Horizontal", "Vertical"):
        setattr(border, f"{side}Line", _line(colour))
        setattr(border, f"Is{side}LineValid", True)
    cells.TableBorder2 = border


def assign(target: Any, properties: dict[str, Any]) -> None:
    """Several properties in one call; UNO wants their names in order."""
    names = tuple(sorted(properties))
    if names:
        target.setPropertyValues(names, tuple(properties[name] for name in names))
