"""Every Chinese sentence that the program itself says, by key, from the TOML files beside this one.

issues.toml   [code] severity, message, hint         problems in user data
dialogs.toml  [code] message, hint                   why a command could not run
cli.toml      [group] key = "…"                      the command line
sheets.toml   [group] key = "…"                      the sheets we build
words.toml    [group] key = "…"                      periods, forms of wording, states, reasons

snapshot.json holds the same, parsed once by `pyxl build`: JSON is read in a tenth of the time. Of a
file that was changed since, the TOML counts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

__all__ = ["Sentence", "dialog", "fingerprint", "phrase", "phrases", "snapshot", "table"]

# Not importlib.resources: that alone is a tenth of the program's start-up.
_FOLDER = Path(__file__).parent


class Sentence(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    hint: str


@cache
def table(name: str) -> dict[str, Any]:
    """The whole TOML file `name` (without its ending), parsed once."""
    source = (_FOLDER / f"{name}.toml").read_bytes()
    of, content = _recorded().get(name, ("", {}))
    return content if of == fingerprint(source) else _parsed(source)


def fingerprint(*sources: bytes) -> str:
    """What changes when one of the files does, line ends aside: against oversight, not against malice."""
    whole = b"\0".join(sources).replace(b"\r\n", b"\n")
    return f"{len(whole)}-{crc32(whole):08x}"


def snapshot() -> str:
    """What snapshot.json should say: name → fingerprint and content of each TOML file."""
    sources = {path.stem: path.read_bytes() for path in sorted(_FOLDER.glob("*.toml"))}
    tables = {name: (fingerprint(source), _parsed(source)) for name, source in sources.items()}
    return json.dumps(tables, ensure_ascii=False, indent=0)


@cache
def _recorded() -> dict[str, tuple[str, dict[str, Any]]]:
    """What snapshot.json says; nothing when it is not there or damaged."""
    try:
        recorded: dict[str, tuple[str, dict[str, Any]]] = json.loads((_FOLDER / "snapshot.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return recorded


def _parsed(source: bytes) -> dict[str, Any]:
    import tomllib  # four milliseconds that a run with a fresh snapshot saves

    return tomllib.loads(source.decode())


def dialog(code: str, /, **params: object) -> Sentence:
    """The two sentences of dialogs.toml for `code`, filled with `params`; KeyError when unknown."""
    entry = table("dialogs")[code]
    return Sentence(entry["message"].format(**params), entry["hint"].format(**params))


def phrase(name: str, group: str, key: str, /, **params: object) -> str:
    """One string of a text file, filled with `params`; KeyError when unknown."""
    text: str = table(name)[group][key]
    return text.format(**params) if params else text


def phrases(name: str, group: str) -> dict[str, str]:
    """A whole group of a text file: key → string."""
    return dict(table(name)[group])
