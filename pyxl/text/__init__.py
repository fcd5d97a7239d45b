"""Every Chinese sentence that the program itself says, by key, from the TOML files beside this one.

issues.toml   [code] severity, message, hint         problems in user data
dialogs.toml  [code] message, hint                   why a command could not run
cli.toml      [group] key = "…"                      the command line
sheets.toml   [group] key = "…"                      the sheets we build
words.toml    [group] key = "…"                      periods, forms of wording, states, reasons
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Sentence", "dialog", "phrase", "phrases", "table"]


class Sentence(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    hint: str


@cache
def table(name: str) -> dict[str, Any]:
    """The whole TOML file `name` (without its ending), parsed once."""
    # Not importlib.resources: that alone is a tenth of the program's start-up.
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


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
