"""Where does a link in a cell lead, for Excel and for LibreOffice?"""

from __future__ import annotations

from typing import Any

from pyxl.hosts.libreoffice.formulas import from_office, to_office

__all__ = ["add", "target"]

_FIELD = "com.sun.star.text.TextField.URL"


def target(cell: Any) -> str:
    """The address of the link in a cell, in Excel's words."""
    fields = cell.getTextFields()
    for index in range(fields.getCount()):
        field = fields.getByIndex(index)
        if field.getPropertySetInfo().hasPropertyByName("URL"):
            return _in_excel(field.URL)
    raise ValueError("The cell doesn't seem to contain a hyperlink!")


def add(model: Any, cell: Any, address: str, text: str) -> None:
    """Make a cell a link."""
    field = model.createInstance(_FIELD)
    field.URL, field.Representation = _in_office(address), text
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)


def _in_office(address: str) -> str:
    """A place in the book is a reference behind a hash sign; all else is the same for both."""
    return f"#{to_office(address[1:]).removeprefix('$')}" if address.startswith("#") else address


def _in_excel(address: str) -> str:
    return f"#{from_office(address[1:])}" if address.startswith("#") else address
