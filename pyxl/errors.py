"""What can keep a command from running at all, what is the user told then, and with which code does it end?

A problem in a cell is never raised: it is an `Issue` value (pyxl.core.issue).

    PyxlError                 one Chinese sentence, the next step, an exit code
    ├── WorkbookError         a file that cannot be read as a ledger
    ├── TemplateError         a Word template that cannot be filled
    ├── DocumentError             a document whose numbers cannot be explained
    ├── OutputError           a result that cannot be written where it should go
    ├── UsageError            words on the command line that mean nothing to us
    ├── HostError             the running spreadsheet: no book, a busy one, one that went away
    ├── InstallError          something that install, uninstall or bundle could not do
    └── CatalogueError        mistakes in catalogue files, all of them at once
"""

from __future__ import annotations

from typing import NamedTuple

from pyxl.text import Sentence, dialog

__all__ = [
    "BUG",
    "CLEAN",
    "COULD_NOT_RUN",
    "INTERRUPTED",
    "ISSUES",
    "PIPE_CLOSED",
    "CatalogueError",
    "CatalogueProblem",
    "DocumentError",
    "HostError",
    "InstallError",
    "OutputError",
    "PyxlError",
    "TemplateError",
    "UsageError",
    "WorkbookError",
]

# How a command ends, and an answer to a click.
CLEAN = 0
ISSUES = 1  # error-level issues stand, something has to go back, or built files are stale
COULD_NOT_RUN = 2
BUG = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells say it
PIPE_CLOSED = 141  # 128 + SIGPIPE


class PyxlError(Exception):
    """The command could not run; `message` says why and `hint` what to do next.

    `code` names the entry of text/dialogs.toml that both sentences come from; `params` fill it.
    """

    exit_code = COULD_NOT_RUN

    def __init__(self, code: str, **params: object) -> None:
        sentence: Sentence = dialog(code, **params)
        super().__init__(sentence.message)
        self.code = code
        self.params = params
        self.message = sentence.message
        self.hint = sentence.hint


class WorkbookError(PyxlError):
    """The file is missing, damaged, locked, of another kind, or not a ledger."""


class TemplateError(PyxlError):
    """The Word template is damaged or holds placeholders that mean nothing."""


class DocumentError(PyxlError):
    """The document is missing, damaged, of another kind, or holds no sources of ours."""


class OutputError(PyxlError):
    """A result could not be written; whatever bore that name before is untouched."""


class UsageError(PyxlError):
    """A command was called with words it cannot make sense of."""


class HostError(PyxlError):
    """The spreadsheet that runs cannot be read or written as it is now; nothing typed is lost."""


class InstallError(PyxlError):
    """A part of the program could not be put in its place, taken away, or packed."""


class CatalogueProblem(NamedTuple):
    """One mistake in a catalogue file: the file, the key inside it, and the reason."""

    file: str
    key: str
    reason: str


class CatalogueError(PyxlError):
    """A catalogue that cannot be used; `problems` lists every mistake found, `own` says that it is ours."""

    def __init__(self, problems: list[CatalogueProblem], *, own: bool = False) -> None:
        listing = "\n".join("  " + " · ".join(part for part in problem if part) for problem in problems)
        code = "catalogue_broken" if own else "catalogue_folder_broken"
        super().__init__(code, count=len(problems), listing=listing)
        self.problems = problems
