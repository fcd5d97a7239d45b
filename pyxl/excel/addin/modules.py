"""What VBA does our add-in hold? A launcher written by hand, callbacks and sentences written by the build."""

from __future__ import annotations

from collections.abc import Iterator

from pyxl.assets import launcher_path
from pyxl.buttons import buttons
from pyxl.excel.addin.ribbon import RIBBON_MODULE
from pyxl.text import phrases

__all__ = ["BUILT_MODULES", "built_module", "modules"]

_LAUNCHER = "PyxlLaunch"
_SENTENCES = "PyxlSentences"
_CODES_A_LINE = 6
_MOST_LINES = 24  # VBA continues a line no more often

_CALLBACKS_HEAD = """Attribute VB_Name = "{module}"
Option Explicit
' Built by `pyxl build` from pyxl/text/ribbon.toml: change that, not this.
' One callback for each button of ribbon.xml; what the label says in Chinese is there.
"""
_CALLBACK = """
Public Sub {callback}(control As IRibbonControl)
    PyxlRun "{key}", {book}
End Sub
"""
_SENTENCES_HEAD = """Attribute VB_Name = "{module}"
Option Explicit
' Built by `pyxl build` from pyxl/text/ribbon.toml, [launcher]: change that, not this.
' The sentences that Excel itself has to say, by character, because a module is stored in a code page.
"""
_SENTENCE = """
Public Function {name}() As String
    {name} = {codes}
End Function
"""


def modules() -> dict[str, str]:
    """Every module by name, with the line ends that VBA has; ValueError when a source is not ASCII."""
    sources = {_LAUNCHER: launcher_path().read_text(encoding="utf-8")}
    sources |= {name: built_module(name) for name in BUILT_MODULES}
    if foreign := [name for name, source in sources.items() if not source.isascii()]:
        raise ValueError(f"not ASCII, which a code page would spoil: {foreign}")
    return {name: "\r\n".join(source.splitlines()) + "\r\n" for name, source in sources.items()}


def built_module(name: str) -> str:
    """The source of a module that nobody writes by hand."""
    return BUILT_MODULES[name](name)


def _callbacks(module: str) -> str:
    """A Sub for each button."""
    head = _CALLBACKS_HEAD.format(module=module)
    return head + "".join(
        _CALLBACK.format(callback=button.callback, key=button.key, book=button.book) for button in buttons()
    )


def _sentences(module: str) -> str:
    """A function for each sentence: no_book becomes PyxlSentenceNoBook."""
    head = _SENTENCES_HEAD.format(module=module)
    return head + "".join(
        _SENTENCE.format(name="PyxlSentence" + key.title().replace("_", ""), codes=_codes(sentence))
        for key, sentence in phrases("ribbon", "launcher").items()
    )


def _codes(sentence: str) -> str:
    """The characters one by one, joined over as many lines as VBA allows."""
    lines = list(_lines(sentence))
    if len(lines) > _MOST_LINES:
        raise ValueError(f"too long for VBA: {sentence}")
    return " & _\n        ".join(lines)


def _lines(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), _CODES_A_LINE):
        characters = sentence[start : start + _CODES_A_LINE]
        yield " & ".join(f"ChrW(&H{ord(character):04X})" for character in characters)


BUILT_MODULES = {RIBBON_MODULE: _callbacks, _SENTENCES: _sentences}
