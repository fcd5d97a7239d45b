"""What does Excel show on the ribbon? The table of commands, as the customUI part of a workbook."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from pyxl.buttons import Button, groups
from pyxl.text import phrases

__all__ = ["NAMESPACE", "RIBBON_MODULE", "ribbon_xml"]

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"  # Excel 2010 and later
RIBBON_MODULE = "PyxlRibbon"  # callbacks are named with their module: another add-in may have an OnCheck too

_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!-- Built by `pyxl build` from pyxl/text/ribbon.toml: change that, not this. -->
"""


def ribbon_xml() -> str:
    """The tab with its groups and buttons; the texts on lines of their own, because people read them."""
    tab = phrases("ribbon", "tab")
    named = _attributes(id=tab["id"], label=tab["label"], insertAfterMso=tab["after"], keytip=tab["keytip"])
    lines = [f'<customUI xmlns="{NAMESPACE}">', "  <ribbon>", "    <tabs>", f"      <tab {named}>"]
    for group in groups():
        lines.append(f"        <group {_attributes(id=f'pyxl_group_{group.key}', label=group.label)}>")
        for button in group.buttons:
            lines += _button(button)
        lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>"]
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _button(button: Button) -> list[str]:
    head = _attributes(
        id=f"pyxl_{button.key}",
        label=button.label,
        size="large" if button.large else "normal",
        imageMso=button.image,
        keytip=button.keytip,
        onAction=f"{RIBBON_MODULE}.{button.callback}",
    )
    indent = " " * len("          <button ")
    return [
        f"          <button {head}",
        f"{indent}{_attributes(screentip=button.screentip)}",
        f"{indent}{_attributes(supertip=button.supertip)}/>",
    ]


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
