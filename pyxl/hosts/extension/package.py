"""What is in the extension that LibreOffice installs (.oxt), and which interpreter does it start?"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pyxl.hosts.libreoffice
from pyxl import __version__
from pyxl.buttons import buttons
from pyxl.hosts.extension.menus import IDENTIFIER, addons, protocol, toolbar_state
from pyxl.outfile import deliver_bytes
from pyxl.package import packed, unpacked
from pyxl.text import dialog, phrase

__all__ = ["ARGUMENTS", "FILE_NAME", "build_extension", "extension_parts"]

FILE_NAME = "pyxl.oxt"
ARGUMENTS = ("-X", "utf8", "-B", "-m", "pyxl.ribbon")  # what stands between the interpreter and a command's key

_REGISTRY = "application/vnd.sun.star.configuration-data"
_COMPONENT = "application/vnd.sun.star.uno-component;type=Python"
_HANDLER = f"{IDENTIFIER}.Handler"  # component.py calls itself so

_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
{entries}
</manifest:manifest>
"""
_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="{identifier}"/>
<version value="{version}"/>
<display-name><name lang="zh-CN">{name}</name></display-name>
</description>
"""


def build_extension(path: Path, interpreter: Path) -> Path:
    """Write the extension for `interpreter`, which must find pyxl by itself: a venv that it is installed in.

    An editable install is one too. Neither PYTHONPATH nor the current folder counts when a button is
    clicked, so a checkout that is merely the current folder is not enough.
    """
    parts = extension_parts(interpreter)

    def verify(written: Path) -> None:
        assert unpacked(written.read_bytes()) == parts, "the extension reads back differently"

    return deliver_bytes(path, packed(parts), verify)


def extension_parts(interpreter: Path) -> dict[str, bytes]:
    """Name → content of each file in the extension."""
    name = phrase("ribbon", "tab", "label")
    texts = {
        "Addons.xcu": addons(),
        "CalcWindowState.xcu": toolbar_state(),
        "META-INF/manifest.xml": _manifest(),
        "ProtocolHandler.xcu": protocol(_HANDLER),
        "config.json": _config(interpreter),
        "description.xml": _DESCRIPTION.format(identifier=IDENTIFIER, version=__version__, name=escape(name)),
    }
    return {**{part: text.encode() for part, text in texts.items()}, **_modules()}


def _modules() -> dict[str, bytes]:
    """What LibreOffice's own Python runs; it finds modules in the folder pythonpath beside a component."""
    entry = Path(pyxl.hosts.libreoffice.__file__).with_name("entry.py")
    component = Path(__file__).with_name("component.py")
    return {"component.py": component.read_bytes(), "pythonpath/pyxl_open_entry.py": entry.read_bytes()}


def _manifest() -> str:
    kinds = {
        "Addons.xcu": _REGISTRY,
        "CalcWindowState.xcu": _REGISTRY,
        "ProtocolHandler.xcu": _REGISTRY,
        "component.py": _COMPONENT,
    }
    line = '<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{path}"/>'
    return _MANIFEST.format(entries="\n".join(line.format(kind=kind, path=path) for path, kind in kinds.items()))


def _config(interpreter: Path) -> str:
    """What component.py has to know; in ASCII, as it is itself."""
    texts = {"title": phrase("ribbon", "tab", "label")}
    for code in ("no_interpreter", "not_started"):
        sentence = dialog(f"extension_{code}", interpreter=interpreter, log="{log}")
        texts[code] = f"{sentence.message}\n\n{sentence.hint}"
    config = {
        "interpreter": str(interpreter),
        "arguments": ARGUMENTS,
        "commands": [button.key for button in buttons()],
        "texts": texts,
    }
    return json.dumps(config, indent=1) + "\n"
