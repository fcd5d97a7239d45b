"""How is our own template filled at once? From its prepared form, in which docxtpl's work is done already.

`pyxl build` lets docxtpl repair the template and our check examine it, and writes down what comes of
it (pyxl.word.preparing): finished XML with the few places in between where something is printed,
repeated or left out. The form is bound to the template's very bytes; any other template, be it ours
with one letter changed, is filled by docxtpl itself. Both ways give the same bytes: tests/word/test_prepared.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyxl.core.document import Report
from pyxl.package import packed, unpacked
from pyxl.word.layout import signature_places
from pyxl.word.properties import LONGEST
from pyxl.word.sourcing import sourced
from pyxl.word.tall_rows import with_tall_rows_split
from pyxl.word.values import context, text_of
from pyxl.xmltext import escaped

__all__ = ["AUTHOR", "PREPARED", "PREPARED_UPPER", "TITLE", "Form", "fill", "from_prepared"]

PREPARED = Path(__file__).with_name("prepared.json")
PREPARED_UPPER = Path(__file__).with_name("prepared_upper.json")  # of the template for reports on many units
TITLE, AUTHOR = "core_title", "core_author"  # what the core properties say
_PROPERTIES = "docProps/"
_MOST = 3_000_000  # characters of one part; beyond this, pyxl.word.sandbox says what is too much
_EMPTY, _EMPTY_SHORT = '<w:t xml:space="preserve"></w:t>', '<w:t xml:space="preserve"/>'
_KEEP = "<w:keepNext/>"
_ROW = "<w:tr>"

Form = Mapping[str, Any]  # as preparing.py writes it
_Nodes = Sequence[Any]


def from_prepared(report: Report, template: Path) -> bytes | None:
    """The filled document, or None when this template, or a report as long as this, is docxtpl's to fill."""
    form = _form(PREPARED_UPPER if report.units else PREPARED)
    try:
        if form is None or template.stat().st_size != form["size"]:
            return None
        package = template.read_bytes()
    except OSError:
        return None
    return fill(form, package, report) if sha256(package).hexdigest() == form["sha256"] else None


@cache
def _form(path: Path) -> Form | None:
    if not path.is_file():  # a checkout that was never built
        return None
    form: Form = json.loads(path.read_text(encoding="utf-8"))
    return form


def fill(form: Form, package: bytes, report: Report) -> bytes | None:
    """The template `package` filled with the report, as its form says; None when that gets too long.

    Also when the report lacks something that the template prints, as of an activity that a committee has
    renamed: docxtpl's way says which. And when there are pictures, which it puts into the package.
    """
    if any(photo.image for photo in report.photos):
        return None
    own = {TITLE: report.title[:LONGEST], AUTHOR: report.unit[:LONGEST]}
    places = signature_places(report.unit, report.date_text, form["signature"])
    values = {**context(report), **places, **own}
    running = _running_text(form["run"])
    texts: dict[str, str] = {}
    for name, nodes in form["parts"].items():
        written: list[str] = []
        try:
            _write(nodes, values, _property_text if name.startswith(_PROPERTIES) else running, written)
        except KeyError:
            return None
        text = "".join(written)
        if len(text) > _MOST:
            return None
        whole = _rows_kept(_kept_together(text.replace(_EMPTY, _EMPTY_SHORT), form), form)
        texts[name] = with_tall_rows_split(whole)
    parts = unpacked(package) | {name: text.encode() for name, text in texts.items()}
    return packed(sourced(parts, report))


def _write(nodes: _Nodes, values: Mapping[str, Any], written: Callable[[object], str], out: list[str]) -> None:
    """Finished XML as it stands; "print" a value, "for" each of several, "if" there is one (or it "is" a word)."""
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif "print" in node:
            out.append(written(_value(node["print"], values)))
        elif "for" in node:
            for item in _value(node["in"], values):
                _write(node["do"], {**values, node["for"]: item}, written, out)
        else:
            found = _value(node["if"], values)
            holds = found == node["is"] if "is" in node else found
            _write(node["then" if holds else "else"], values, written, out)


def _value(path: Sequence[str], values: Mapping[str, Any]) -> Any:
    found: Any = values
    for name in path:
        found = found[name]
    return found


def _running_text(run: str) -> Callable[[object], str]:
    """How a value stands in a paragraph: line feeds and tabs become what Word has for them, as docxtpl does it."""
    tab = f'</w:t></w:r><w:r>{run}<w:tab/></w:r><w:r>{run}<w:t xml:space="preserve">'
    line_feed = '</w:t><w:br/><w:t xml:space="preserve">'

    def written(value: object) -> str:
        return escaped(text_of(value)).replace("\t", tab).replace("\n", line_feed)

    return written


def _property_text(value: object) -> str:
    """How a value stands among the core properties: as it is, for they hold no more than text."""
    return escaped(str(value)).replace("\r", "&#13;")


def _kept_together(text: str, form: Form) -> str:
    """A signature never stands on a page without text: see pyxl.word.finish."""
    start = text.find(form["signed"])
    while start > 0 and text.endswith("</w:p>", 0, start):
        start = text.rfind("<w:p>", 0, start)
        end = text.index("/>", start) + 2  # behind the paragraph's style
        is_note = text.startswith(form["note"], start)
        text = f"{text[:end]}{_KEEP}{text[end:]}"
        if not is_note:
            break
    return text


def _rows_kept(text: str, form: Form) -> str:
    """The last row of a table stays with the one before: see pyxl.word.finish."""
    end = text.find("</w:tbl>")
    while end > 0:
        last = text.rfind(_ROW, 0, end)
        before = text.rfind(_ROW, text.rfind("<w:tbl>", 0, end), last)
        if before > 0:
            row = text[before:last]
            for style in form["rows"]:
                row = row.replace(style, style + _KEEP)
            text, end = text[:before] + row + text[last:], end + len(row) - (last - before)
        end = text.find("</w:tbl>", end + 1)
    return text
