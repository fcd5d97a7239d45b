"""Which names does the template of forms know, and what stands under each?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pyxl.core.forms import Box, Form, Forms
from pyxl.text import phrases
from pyxl.word.names import Group, Listing, Plain, Shape
from pyxl.word.values import photos

__all__ = ["form_context", "form_names"]


def form_names() -> Group:
    """Every name that a template of forms may use."""
    names, called = phrases("document", "record_names"), phrases("assets", "loops")
    form, line = phrases("document", "record_form"), called["units"]
    pair, single, photo = (_plain(group) for group in ("record_pair", "record_line", "photo"))
    shapes: dict[str, Shape] = {
        form["title"]: Plain(),
        form["unit"]: Plain(),
        form["pairs"]: Listing(pair, line),
        form["lines"]: Listing(single, line),
        form["signatures"]: Listing(pair, line),
    }
    return Group(
        {
            names["forms"]: Listing(Group(shapes), called["forms"]),
            names["photos"]: Listing(photo, called["photos"]),
        }
    )


def _plain(group: str) -> Group:
    return Group(dict.fromkeys(phrases("document", group).values(), Plain()))


def form_context(forms: Forms, pictures: Sequence[object]) -> dict[str, Any]:
    """Name → value, for one document of forms; `pictures`: see pyxl.word.values.context."""
    names = phrases("document", "record_names")
    return {
        names["forms"]: [_form(form) for form in forms.forms],
        names["photos"]: photos(forms.photos, pictures),
    }


def _form(form: Form) -> dict[str, Any]:
    names, line = phrases("document", "record_form"), phrases("document", "record_line")
    return {
        names["title"]: form.title,
        names["unit"]: form.unit,
        names["pairs"]: _pairs(form.pairs),
        names["lines"]: [{line["name"]: box.name, line["value"]: box.value} for box in form.lines],
        names["signatures"]: _pairs(form.signatures),
    }


def _pairs(pairs: Iterable[tuple[Box, Box]]) -> list[dict[str, str]]:
    names = phrases("document", "record_pair")
    return [
        {
            names["left_name"]: left.name,
            names["left"]: left.value,
            names["right_name"]: right.name,
            names["right"]: right.value,
        }
        for left, right in pairs
    ]
