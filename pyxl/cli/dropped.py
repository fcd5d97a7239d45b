"""What happens to ledgers that were dropped on a launcher, or sent to one from Explorer?

For who has no ribbon: WPS. Started as `python -m pyxl.cli.dropped VERB FILE…`, by a shortcut with
pythonw.exe, then a message box says what came of it, or by a script in a console. What comes of it
stands beside the ledger and is opened; the ledger itself is only read. `collect` gets folders.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.cli.box import has_console, open_file, show_box
from pyxl.cli.screen import cleaned
from pyxl.errors import BUG, CLEAN, COULD_NOT_RUN, INTERRUPTED, ISSUES, PyxlError
from pyxl.record import record
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from pyxl.outcomes import CheckOutcome

__all__ = ["Fate", "dropped_files", "main"]

_MOST_OPENED = 3
_MOST_BOXED = 10  # files; a box cannot be scrolled, and its button must stay on the screen
_RAW, _SCRIPT = "PYXL_COMMAND_LINE", "PYXL_SCRIPT"  # set by our own scripts: cmd.exe's own words, and their name
_TYPED = 9  # the exit code that asks a script for the words that were typed after its name
_CATALOGUE = "PYXL_CATALOGUE"  # as on the command line
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
    if verb not in _DEEDS:
        raise SystemExit(COULD_NOT_RUN)
    if not rest and _is_typed(os.environ):
        return _TYPED
    files = dropped_files(rest, os.environ)
    if not files:
        name = phrase("installing", "files", verb)
        key = "no_folder" if verb == "collect" else "nothing"
        return _told([Fate(phrase("installing", "dropped", key, name=name), COULD_NOT_RUN)])
    try:
        return _told([_fate(verb, file) for file in files])
    except KeyboardInterrupt:
        _say(phrase("cli", "failure", "interrupted"))
        return INTERRUPTED


def _is_typed(environment: Mapping[str, str]) -> bool:
    """Whether a script was started by its name in a console: what cmd.exe was started with is about something else."""
    script = environment.get(_SCRIPT, "")
    return bool(script) and script.lower() not in environment.get(_RAW, "").lower()


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
        return _DEEDS[verb](file)
    except PyxlError as error:
        text = phrase("installing", "dropped", "failed", file=file.name, message=error.message, hint=error.hint)
        return Fate(text, error.exit_code)
    except MemoryError:
        message = phrase("cli", "failure", "memory")
        return Fate(phrase("installing", "dropped", "bug", file=file.name, message=message, hint=""), COULD_NOT_RUN)
    except Exception as error:  # noqa: BLE001
        return _our_fault(error, verb, file)


def _checked(file: Path) -> Fate:
    outcome = _examined(file)
    text = phrase("installing", "dropped", "checked" if outcome.issues else "clean", file=file.name, **_counts(outcome))
    return Fate(_told_whole(text, outcome, outcome.written), ISSUES if outcome.blocked else CLEAN, outcome.written)


def _examined(file: Path) -> CheckOutcome:
    """The check, its results beside the ledger."""
    from pyxl import actions

    now = datetime.now().astimezone()
    out = actions.results_path(file)
    return actions.check(file, out=out, catalogue_folder=_catalogue(), today=now.date(), moment=now)


def _catalogue() -> Path | None:
    folder = os.environ.get(_CATALOGUE)
    return Path(folder) if folder else None


def _reported(file: Path) -> Fate:
    """The document, and the workbook of results, which lists what is to be looked at or stands in its way."""
    from pyxl import actions

    today = datetime.now().astimezone().date()
    outcome = actions.summarise(file, catalogue_folder=_catalogue(), today=today)
    if outcome.written is None:
        return _blocked("blocked", file, outcome.check)
    key = "written_review" if outcome.check.issues else "written"
    text = phrase("installing", "dropped", key, file=file.name, **_counts(outcome.check))
    whole = _told_whole(text, outcome.check, outcome.written)
    return Fate(f"{whole}\n{_results_beside(file)}", CLEAN, outcome.written)


def _blocked(key: str, file: Path, check: CheckOutcome) -> Fate:
    """Errors stand in the way; the workbook of results lists them."""
    results = _examined(file).written
    text = phrase("installing", "dropped", key, file=file.name, **_counts(check))
    return Fate(_told_whole(text, check, results), ISSUES, results)


def _submitted(file: Path) -> Fate:
    """What goes up, and the summary, beside the ledger; nothing of it has to be opened."""
    from pyxl import actions
    from pyxl.actions.answering import FEW, mention_lines

    now = datetime.now().astimezone()
    outcome = actions.submit(file, catalogue_folder=_catalogue(), today=now.date(), moment=now)
    if outcome.written is None:
        return _blocked("not_submitted", file, outcome.check)
    text = phrase("installing", "dropped", "submitted", file=file.name, path=outcome.written, report=outcome.report)
    return Fate("\n".join([_told_whole(text, outcome.check, None), *mention_lines(outcome.mentions, FEW)]), CLEAN)


def _collected(folder: Path) -> Fate:
    """What a folder of submissions comes to, with the report and the slips, beside it."""
    from pyxl import actions
    from pyxl.actions.answering import collected_lines
    from pyxl.core.telling import counts

    asked = actions.everything_beside(folder, catalogue_folder=_catalogue())
    outcome = actions.collect(asked, today=datetime.now().astimezone().date())
    assert outcome.found
    told = counts(outcome.found, len(outcome.expected))
    key = "collected" if outcome.written else "nothing_collected"
    text = phrase("installing", "dropped", key, file=folder.name, counts=told, units=len(outcome.found.units))
    place = [phrase("installing", "dropped", "result", path=outcome.written)] if outcome.written else []
    code = CLEAN if outcome.is_settled else ISSUES
    return Fate("\n".join([text, *collected_lines(outcome), *place]), code, outcome.written)


def _results_beside(file: Path) -> str:
    """Where the workbook of results is; or why there is none, which is no reason to call the report a failure."""
    try:
        return phrase("installing", "dropped", "beside", path=_examined(file).written)
    except PyxlError as error:
        return phrase("installing", "dropped", "note", note=error.message)


def _counts(outcome: CheckOutcome) -> dict[str, int]:
    from pyxl.core.issue import summary

    return {level.value: count for level, count in summary(outcome.issues).items()}


def _told_whole(text: str, outcome: CheckOutcome, result: Path | None) -> str:
    """The sentence, what there is to say of the file as such, and where the result is."""
    notes = [phrase("installing", "dropped", "note", note=note) for note in outcome.notes]
    place = [phrase("installing", "dropped", "result", path=result)] if result else []
    return "\n".join([text, *notes, *place])


_DEEDS: dict[str, Callable[[Path], Fate]] = {
    "check": _checked,
    "report": _reported,
    "submit": _submitted,
    "collect": _collected,
}


def _our_fault(error: BaseException, verb: str, file: Path) -> Fate:
    from pyxl import failure_log

    message, hint = failure_log.admitted(error, verb, phrases("cli", "failure"))
    return Fate(phrase("installing", "dropped", "bug", file=file.name, message=message, hint=hint), BUG)


def _told(fates: Sequence[Fate]) -> int:
    """Says everything at once, then opens the results; of very many none."""
    code = max(fate.code for fate in fates)
    results = [fate.result for fate in fates if fate.result]
    lines = [fate.text for fate in fates] if has_console() else _boxed(fates)
    if len(results) > _MOST_OPENED:
        lines.append(phrase("installing", "dropped", "many", count=len(results)))
        results = []
    text = _readable("\n\n".join(lines))
    if has_console():
        _say(text)
    else:
        show_box(text, phrase("installing", "dropped", "title"), warning=code != CLEAN)
    for result in results:
        open_file(result)
    return code


def _boxed(fates: Sequence[Fate]) -> list[str]:
    """What a box has room for: of very many files the worst, and how many others there are."""
    if len(fates) <= _MOST_BOXED:
        return [fate.text for fate in fates]
    worst = sorted(fates, key=lambda fate: -fate.code)[:_MOST_BOXED]
    return [*(fate.text for fate in worst), phrase("installing", "dropped", "more", count=len(fates) - len(worst))]


def _say(text: str) -> None:
    """Into the console, if there is one."""
    if has_console():
        sys.stdout.write(f"{_readable(text)}\n")
        sys.stdout.flush()


def _readable(text: str) -> str:
    """What stands in a file's name cannot move a cursor or turn the writing round, nor be unspeakable."""
    return cleaned(text, keep_lines=True).encode("utf-8", "replace").decode()


if __name__ == "__main__":
    sys.exit(main())
