"""Which placeholders are there, with what each means: the list that people who edit a template look things up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue

__all__ = ["field_rows", "filter_rows", "part_rows", "upper_rows"]

_PARTS_OF_PARTS = {
    "body": "block",
    "sources": "source",
    "units": "unit_line",
    "details": "detail_line",
    "photos": "photo",
}


def field_rows(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """As written, and meaning: what both the wording and a template may ask for."""
    from pyxl.core.fields import available

    return tuple((_written(name), meaning) for name, meaning in available(catalogue))


def upper_rows(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """The same for what only a ledger of many units knows."""
    from pyxl.core.travelling import travelling

    own = dict(field_rows(catalogue))
    return tuple(row for row in field_rows(travelling(catalogue)) if row[0] not in own)


def part_rows() -> tuple[tuple[str, str], ...]:
    """The names that only a Word template may use; a part of a part as it is written in a loop."""
    names = phrases("document", "names")
    items = {key: phrases("document", group) for key, group in _PARTS_OF_PARTS.items()}
    loops = phrases("assets", "loops")
    rows = []
    for key, name in names.items():
        rows.append((f"{{% for {loops[key]} in {name} %}}" if key in loops else name, key))
        rows += [(f"{loops[key]}.{part}", f"{key}_{each}") for each, part in items.get(key, {}).items()]
    return tuple((_written(name), phrase("assets", "parts", key)) for name, key in rows)


def filter_rows() -> tuple[tuple[str, str, str], ...]:
    """Name, meaning and an example of each filter."""
    meanings, examples = phrases("assets", "filters"), phrases("template", "examples")
    return tuple((name, meanings[key], examples[key]) for key, name in phrases("words", "filters").items())


def _written(name: str) -> str:
    """A name between its braces; a loop has them already."""
    return name if name.startswith("{") else f"{{{{ {name} }}}}"
