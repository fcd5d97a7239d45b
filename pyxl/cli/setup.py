"""Which verbs put the program in its place: install, uninstall, doctor, bundle?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pyxl.cli.chinese import Verb
from pyxl.cli.screen import complain, say, working
from pyxl.errors import CLEAN
from pyxl.text import phrase

__all__ = ["setup_verbs"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _place(*names: str, text: str, metavar: str) -> Callable[[_Function], _Function]:
    """An option that names a file or a folder."""
    shown = phrase("cli", "metavars", metavar)
    return click.option(*names, help=phrase("cli", "options", text), metavar=shown, type=click.Path(path_type=Path))


_shared = click.option("--shared", is_flag=True, help=phrase("cli", "options", "shared"))


def setup_verbs() -> tuple[click.Command, ...]:
    """The verbs, in the order in which they are met."""
    return (_install, _uninstall, _doctor, _bundle)


@click.command("install", cls=Verb)
@_place("--xlstart", "startup", text="xlstart", metavar="folder")
@_shared
def _install(startup: Path | None, *, shared: bool) -> int:
    from pyxl import actions

    with working("install"):
        outcome = actions.install(startup=startup, shared=shared)
    return _say_all(outcome.steps)


@click.command("uninstall", cls=Verb)
@_shared
def _uninstall(*, shared: bool) -> int:
    from pyxl import actions

    # No sign of life: what it would have to load may just have been removed.
    return _say_all(actions.uninstall(shared=shared).steps)


@click.command("doctor", cls=Verb)
@_place("-o", "--output", "out", text="doctor_out", metavar="doctor")
def _doctor(out: Path | None) -> int:
    from pyxl import actions

    # Where a double click on the script starts it is no place that anybody would look into.
    folder = None if sys.platform == "win32" else Path()
    with working("doctor"):
        outcome = actions.doctor(folder, out=out)
    found = "found" if outcome.troubles else "nothing"
    say(phrase("installing", "doctor", found, count=outcome.troubles))
    return _say_all((*outcome.advice, phrase("cli", "setup", "doctor", path=outcome.path)))


@click.command("bundle", cls=Verb)
@_place("-o", "--output", "out", text="bundle_out", metavar="bundle")
@_place("--wheels", "wheels", text="wheels", metavar="folder")
@_place("--python", "python", text="python", metavar="embeddable")
def _bundle(**options: Path | None) -> int:
    from pyxl import actions

    with working("bundle"):
        outcome = actions.bundle(**options)
    megabytes = f"{outcome.size / 1024**2:.1f}"
    say(phrase("cli", "setup", "bundle", path=outcome.written, files=outcome.files, megabytes=megabytes))
    if outcome.unknown_python:
        complain(phrase("cli", "setup", "unknown_python", digest=outcome.unknown_python))
    return CLEAN


def _say_all(lines: tuple[str, ...]) -> int:
    for line in lines:
        say(line)
    return CLEAN
