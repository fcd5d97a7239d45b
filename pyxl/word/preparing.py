"""How does our own template become its prepared form? Done by `pyxl build`; pyxl.word.prepared fills it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import nodes

from pyxl.core.document import LEVELS, Block, DetailLine, Picture, Report, SourceLine, UnitLine
from pyxl.core.language import Known
from pyxl.word.archive import Archive, read_archive
from pyxl.word.filling import Patched, filled, patched
from pyxl.word.finish import TABLE_STYLES
from pyxl.word.names import known_names
from pyxl.word.prepared import AUTHOR, TITLE, Form, fill
from pyxl.word.sandbox import Sandbox
from pyxl.word.template_check import check_archive

__all__ = ["form_of", "write_form"]

_RUN = re.compile("<w:rPr>.*?</w:rPr>")
_INDENT = (
    '<w:ind w:left="{{{{ {0} }}}}" w:right="{{{{ {0}Right }}}}" w:leftChars="0" w:rightChars="0"/><w:jc w:val="left"/>'
)


def write_form(template: Path, target: Path, known: Known | None = None) -> None:
    """Writes the prepared form of `template`."""
    form = json.dumps(form_of(template, known), ensure_ascii=False, indent=1)
    target.write_text(f"{form}\n", encoding="utf-8", newline="\n")


def form_of(template: Path, known: Known | None = None) -> Form:
    """The prepared form of a template, proved on a few reports. `known`: names that it may use besides a report's own.

    Raises TemplateError when it cannot be filled at all, and ValueError when it uses more than a form
    can say: our own template has to stay within that.
    """
    archive = read_archive(template)
    check_archive(archive, known_names({}, known))
    found = patched(archive, title=f"{{{{ {TITLE} }}}}", author=f"{{{{ {AUTHOR} }}}}")
    form = {
        "size": len(archive.package),
        "sha256": sha256(archive.package).hexdigest(),
        "run": _only(_RUN.findall("".join(found.parts.values()))),
        "signature": {key: list(room) for key, room in found.signature.items()},
        "signed": _beginning(found.styles["SignedBy"]),
        "note": _beginning(found.styles["AttachmentNote"]),
        "rows": [f'<w:pStyle w:val="{found.styles[key]}"/>' for key in TABLE_STYLES],
        "parts": _parts(archive, found),
    }
    _prove(form, archive, template, known)
    return form


def _only(runs: Iterable[str]) -> str:
    """What all runs say of themselves: a tab inside a value splits its run into three of the same kind."""
    (run,) = set(runs)
    return run


def _beginning(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'


def _parts(archive: Archive, found: Patched) -> dict[str, Any]:
    """The parts that differ from report to report; all others are taken from the template itself."""
    parts = {}
    for name, xml in found.parts.items():
        written = _nodes(Sandbox().parse(_indented(xml, found)).body)
        if written != [archive.parts[name].decode()]:
            parts[name] = written
    return parts


def _indented(xml: str, found: Patched) -> str:
    """With a place for the indent in the signature's paragraphs, where pyxl.word.finish puts it afterwards."""
    for key in found.signature:
        begin = _beginning(found.styles[key])
        xml = xml.replace(begin, begin + _INDENT.format(key))
    return xml


def _nodes(tree: Iterable[nodes.Node]) -> list[Any]:
    """jinja2's syntax tree as pyxl.word.prepared reads it."""
    written: list[Any] = []
    for node in tree:
        if isinstance(node, nodes.Output):
            written += [
                each.data if isinstance(each, nodes.TemplateData) else {"print": _path(each)} for each in node.nodes
            ]
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name) and not (node.test or node.else_):
            written.append({"for": node.target.name, "in": _path(node.iter), "do": _nodes(node.body)})
        elif isinstance(node, nodes.If):
            written.append(_condition(node, node.elif_, node.else_))
        else:
            raise ValueError(f"not in a prepared form: {node}")
    return written


def _condition(node: nodes.If, following: list[nodes.If], last: list[nodes.Node]) -> dict[str, Any]:
    """An `elif` is an `if` within the `else` of the one before."""
    other = [_condition(following[0], following[1:], last)] if following else _nodes(last)
    return {**_test(node.test), "then": _nodes(node.body), "else": other}


def _test(test: nodes.Node) -> dict[str, Any]:
    if not isinstance(test, nodes.Compare):
        return {"if": _path(test)}
    (operand,) = test.ops
    if operand.op != "eq" or not isinstance(operand.expr, nodes.Const):
        raise ValueError(f"not in a prepared form: {test}")
    return {"if": _path(test.expr), "is": operand.expr.value}


def _path(node: nodes.Node) -> list[str]:
    """A name and what is asked of it: 段.文字 → 段, 文字."""
    if isinstance(node, nodes.Getattr):
        return [*_path(node.node), node.attr]
    if not isinstance(node, nodes.Name):
        raise ValueError(f"not in a prepared form: {node}")  # noqa: TRY004 - it is the template that is wrong
    return [node.name]


def _prove(form: Form, archive: Archive, template: Path, known: Known | None) -> None:
    """Whatever the form takes for granted of the template shows in one of these reports."""
    for report in _reports(known or {}):
        if fill(form, archive.package, report) != filled(report, template, known).document:
            raise ValueError("the prepared form and docxtpl differ")


def _reports(known: Known) -> list[Report]:
    """Every level before the signature, nothing before it, and every part of a report, blank and filled."""
    lines = (
        UnitLine(1, "c", "a & b <c>", 1, 9, 2, "", dict.fromkeys(known, 0)),
        UnitLine(None, "", "\t\n", None, 0, 0, "g", dict.fromkeys(known, 7)),
    )
    text = "a & b <c>\t\"d\"\n'e' {{ f }}\r\n"
    sources = (SourceLine(text, text, text, text), SourceLine("", "", "", ""))
    details = (DetailLine(1, text, text, text, "1", ""), DetailLine(2, "", "", "", "", "0"))
    every = tuple(Block(level, text) for level in LEVELS)
    ended = [Report("t", "u", "d", (*every, Block(level, "x"))) for level in LEVELS]
    return [
        *ended,
        Report(text, text, text, (), sources=sources),
        Report("", "", "", (Block("body", ""),), draft=True, sources=sources),
        Report(text, "u", text, (Block("body", "x"),), units=lines, whole=lines[1]),
        Report("t", "u", "d", (), units=lines[:1], whole=lines[0], sources=sources),
        Report("t", "u", "d", (), details=details),
        Report("t", "u", "d", (), details=details, sources=sources, photos=(Picture(text), Picture(""))),
        Report("u" * 300, "u", "d" * 99, every, draft=True, draft_notes=(text, ""), fields={"SignedBy": 1, "t": text}),
    ]
