"""What is written down when the program itself fails, so that a maintainer can find the fault, and what is said then?

The record holds versions and the places in our code, never what stands in a cell: messages of
exceptions may quote cells, so only their types are kept, unless PYXL_DEBUG=1 asks for more.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from itertools import count
from pathlib import Path

from pyxl import __version__
from pyxl.folders import state_folder
from pyxl.text import Sentence

__all__ = ["admitted", "record"]

_LIBRARIES = ("click", "docxtpl", "jinja2", "openpyxl", "python-calamine", "xlsxwriter", "xlwings")


def admitted(error: BaseException, verb: str, words: Mapping[str, str]) -> Sentence:
    """Record the fault and say so in these words: `bug`, and where the record is, or that no folder takes it."""
    try:
        following = words["bug_next"].format(path=record(error, verb))
    except (OSError, RuntimeError):
        following = words["bug_no_log"].format(reason=type(error).__name__)
    return Sentence(words["bug"], following)


def record(error: BaseException, verb: str) -> Path:
    """Write the record and return its path; OSError when no folder takes it."""
    moment = datetime.now(tz=UTC)
    text = "\n".join(_lines(error, verb, moment)) + "\n"
    stem = f"pyxl-{moment:%Y%m%d-%H%M%S}-{os.getpid()}"
    try:
        return _write(state_folder(), stem, text)
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return _write(Path(tempfile.gettempdir()), stem, text)


def _write(folder: Path, stem: str, text: str) -> Path:
    """Always a file of its own: of several ledgers dropped at once more than one may fail within a second."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{stem}-{number}.log" if number > 1 else f"{stem}.log" for number in count(1))
    while True:
        path = folder / next(names)
        with suppress(FileExistsError), path.open("x", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            return path


def _lines(error: BaseException, verb: str, moment: datetime) -> Iterator[str]:
    """The record, line by line."""
    yield f"time      {moment:%Y-%m-%dT%H:%M:%SZ}"
    yield f"verb      {verb}"
    yield f"pyxl      {__version__}"
    yield f"python    {platform.python_version()} {sys.platform}"
    for library in _LIBRARIES:
        yield f"{library:<15} {_version(library)}"
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield ""
        yield f"{type(link).__module__}.{type(link).__qualname__}{_detail(link)}"
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}: {frame.line}"
        link = link.__cause__ or link.__context__


def _detail(error: BaseException) -> str:
    """The exception's own words, only when asked for: they may quote a cell."""
    return f": {error}" if os.environ.get("PYXL_DEBUG") == "1" else ""


def _place(filename: str) -> str:
    """A source file's last three names: enough to find it, nothing about the user's folders."""
    return "/".join(Path(filename).parts[-3:])


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "-"
