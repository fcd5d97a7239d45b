"""What happens to ledgers that were dropped on a launcher, or sent to one from Explorer?

For who has no ribbon: WPS. Started as `python -m pyxl.cli.dropped check|report FILE…`, by a shortcut with
pythonw.exe, then a message box says what came of it, or by a script in a console. What comes of it
stands beside the ledger and is opened; the ledger itself is only read.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pyxl.cli.box import has_console, open_file, show_box
from pyxl.errors import PyxlError
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Fate", "dropped_files", "main"]

_VERBS = ("check", "report")
_MOST_OPENED = 3
_RAW = "PYXL_COMMAND_LINE"  # set by our own scripts
# cmd.exe /c ""script.cmd" FILE "FILE with spaces" "
_DROPPED = re.compile(r"\s/[ck]\s+(.*)$", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r'"([^"]*)"|(\S+)')


@record
class Fate:
    """What came of one file: a sentence or two, an exit code, and the result that is worth opening."""

    text: str
    code: int
    result: Path | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Works through the files and says what came of each; the gravest exit code of all."""
    verb, *rest = sys.argv[1:] if arguments is None else arguments
    if verb not in _VERBS:
        raise SystemExit(2)
    files = dropped_files(rest, os.environ)
    if not files:
        name = phrase("installing", "files", verb)
        return _told([Fate(phrase("installing", "dropped", "nothing", name=name), 2)])
    return _told([_fate(verb, file) for file in files])


def dropped_files(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The files, from a script's own command line if there is one, else from our arguments.

    Explorer hands a name without spaces to a script bare, and cmd.exe ends the command at an & in it; only
    what cmd.exe itself was started with still has it whole. A quote cannot occur in a file's name.
    """
    match = _DROPPED.search(environment.get(_RAW, ""))
    if match is None:
        return tuple(Path(argument) for argument in arguments)
    line = match[1].strip()
    if line.startswith('""') and line.endswith('"'):
        line = line[1:-1]
    _, *files = (quoted or bare for quoted, bare in _WORD.findall(line)) if line else ("",)
    return tuple(Path(file) for file in files if file)


def _fate(verb: str, file: Path) -> Fate:
    """What comes of one file; the one place here that catches everything, so that the others get their turn."""
    _say(phrase("installing", "dropped", f"{verb}_working", file=file.name))
    try:
        return _checked(file) if verb == "check" else _reported(file)
    except PyxlError as error:
        text = phrase("installing", "dropped", "failed", file=file.name, message=error.message, hint=error.hint)
        return Fate(text, error.exit_code)
    except MemoryError:
        message = phrase("cli", "failure", "memory")
        return Fate(phrase("installing", "dropped", "bug", file=file.name, message=message, hint=""), 2)
    except Exception as error:  # noqa: BLE001
        return _our_fault(error, verb, file)


def _checked(file: Path) -> Fate:
    from pyxl import actions
    from pyxl.core.issue import summary

    outcome = actions.check(file, out=actions.results_path(file), today=date.today())
    counts = {level.value: count for level, count in summary(outcome.issues).items()}
    text = phrase("installing", "dropped", "checked" if outcome.issues else "clean", file=file.name, **counts)
    return Fate(_with_result(text, outcome.written), int(outcome.blocked), outcome.written)


def _reported(file: Path) -> Fate:
    """The document; or, when errors stand in its way, the workbook that lists them."""
    from pyxl import actions

    outcome = actions.summarise(file, today=date.today())
    if outcome.written is not None:
        text = phrase("installing", "dropped", "written", file=file.name)
        return Fate(_with_result(text, outcome.written), 0, outcome.written)
    results = actions.check(file, out=actions.results_path(file), today=date.today()).written
    errors = sum(found.blocks for found in outcome.check.issues)
    text = phrase("installing", "dropped", "blocked", file=file.name, error=errors)
    return Fate(_with_result(text, results), 1, results)


def _with_result(text: str, path: Path | None) -> str:
    return f"{text}\n{phrase('installing', 'dropped', 'result', path=path)}" if path else text


def _our_fault(error: BaseException, verb: str, file: Path) -> Fate:
    from pyxl import failure_log

    try:
        hint = phrase("cli", "failure", "next", path=failure_log.record(error, verb))
    except (OSError, RuntimeError):
        hint = phrase("cli", "failure", "no_log", reason=type(error).__name__)
    message = phrase("cli", "failure", "bug")
    return Fate(phrase("installing", "dropped", "bug", file=file.name, message=message, hint=hint), 3)


def _told(fates: Sequence[Fate]) -> int:
    """Says everything at once, then opens the results; of very many none."""
    code = max(fate.code for fate in fates)
    results = [fate.result for fate in fates if fate.result]
    lines = [fate.text for fate in fates]
    if len(results) > _MOST_OPENED:
        lines.append(phrase("installing", "dropped", "many", count=len(results)))
        results = []
    text = "\n\n".join(lines)
    if has_console():
        _say(text)
    else:
        show_box(text, phrase("installing", "dropped", "title"), warning=code > 0)
    for result in results:
        open_file(result)
    return code


def _say(text: str) -> None:
    """Into the console, if there is one."""
    if has_console():
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
