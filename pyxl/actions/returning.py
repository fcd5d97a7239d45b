"""How does what units have to mend go back to them: a workbook and a letter for each?"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from pyxl.errors import OutputError, UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.slips import Slip
    from pyxl.outcomes import CollectOutcome

__all__ = ["refuse_beside", "with_slips", "write_slips"]

_ENDINGS = (".xlsx", ".docx")


def refuse_beside(folder: Path, report: Path | None, slips: Path | None) -> None:
    """What is wrong with where report and slips are to go is said before anything is looked at."""
    from pyxl.actions.refusing import refuse_ending

    if report is not None:
        refuse_ending(report, ".docx", "report_ending")
    if slips is not None and slips.exists():
        if not slips.is_dir():
            raise UsageError("not_a_folder", path=str(slips))
        if slips.samefile(folder):
            raise UsageError("slips_among_files", path=str(slips))


def with_slips(outcome: CollectOutcome, folder: Path | None, signed: str, catalogue: Catalogue) -> CollectOutcome:
    """The same with the slips written into `folder`; `signed` is the unit that sends them."""
    if folder is None or outcome.found is None:
        return outcome
    from pyxl.core.slips import KINDS, is_unread, slips_of
    from pyxl.core.standing import Status
    from pyxl.core.telling import told_to_unit

    found = outcome.found
    slips = slips_of(found, catalogue, told_to_unit)
    of = _mark(os.path.normcase(outcome.folder.resolve()), found.period.code if found.period else "")
    spared = {_mark(KINDS[Status.ACCEPTED], each.identity) for each in found.standings if is_unread(each)}
    return replace(outcome, slips=write_slips(slips, folder, signed, of, spared))


def _mark(*words: str) -> str:
    """The same for the same words and for no others, in letters and digits."""
    return sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def write_slips(
    slips: Sequence[Slip], folder: Path, signed: str, of: str = "0", spared: Container[str] = ()
) -> tuple[Path, ...]:
    """A workbook and a letter for each; the paths. Raises OutputError.

    Slips of an earlier run that nobody has touched are replaced, or taken away when there is no need of them any
    more: those of the same submissions and period, as `of` marks them, but for the `spared` ones, marked by kind
    and unit. Whatever else lies in the folder stays, and is written beside. Without slips no folder is made.
    """
    from pyxl.actions.refusing import make_folder
    from pyxl.excel.consolidating.slip import slip_book
    from pyxl.outfile import sweep
    from pyxl.word.slip import slip_document

    if not slips and not folder.exists():
        return ()
    make_folder(folder)
    sweep(folder)
    there = sorted(os.listdir(folder))  # noqa: PTH208 - bare names
    ours = {name for name in there if name.endswith(_ENDINGS) and _is_of(folder / name, of, spared)}
    names = _Names(set(map(_folded, there)) - set(map(_folded, ours)))
    written: list[Path] = []
    for slip in slips:
        stem = names.free(_stem(slip))
        marks = {"of": of, "about": _mark(slip.kind, slip.identity)}
        contents = slip_book(slip, **marks), slip_document(slip, signed, **marks)
        for ending, content in zip(_ENDINGS, contents, strict=True):
            written.append(_write(folder / f"{stem}{ending}", content))
    kept = {_folded(path.name) for path in written}
    for name in sorted(ours):
        if _folded(name) not in kept:
            with suppress(OSError):
                (folder / name).unlink()
    return tuple(written)


def _is_of(path: Path, of: str, spared: Container[str]) -> bool:
    """Whether it is a slip of these submissions that nobody has touched, and that may go."""
    from pyxl.excel.consolidating.slip import SLIP
    from pyxl.stamp import stamp_of

    said = stamp_of(path, SLIP)
    return said is not None and said.get("of") == of and said.get("about") not in spared


class _Names(NamedTuple):
    """The names that are taken, as file systems compare them that know neither case nor spelling."""

    taken: set[str]

    def free(self, stem: str) -> str:
        """The stem, or the first with a number that is free with every ending."""
        return next(each for each in _numbered(stem) if self._take(each))

    def _take(self, stem: str) -> bool:
        wanted = {_folded(stem + ending) for ending in _ENDINGS}
        if not wanted.isdisjoint(self.taken):
            return False
        self.taken.update(wanted)
        return True


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield phrase("words", "files", "numbered", stem=stem, number=number)
        number += 1


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _stem(slip: Slip) -> str:
    from pyxl.outfile import safe_stem

    unit = slip.unit or slip.identity or Path(slip.file).stem
    key = "name" if slip.period else "name_without_period"
    kind = phrase("returning", "kinds", slip.kind)
    return safe_stem(phrase("returning", "files", key, unit=unit, period=slip.period, kind=kind))


def _write(path: Path, content: bytes) -> Path:
    """The file, verified before it gets its name; never in place of what is not ours, nor through a link.

    One that holds just this stays as it is: mostly nothing has changed since the last time, and two hundred files
    would have to reach the disk.
    """
    from pyxl.excel.consolidating.slip import SLIP
    from pyxl.outfile import deliver
    from pyxl.stamp import is_untouched

    if _holds(path, content):
        return path

    def verify(written: Path) -> None:
        if not is_untouched(written, SLIP):
            raise OutputError("slip_unsound", file=path.name)
        if os.path.lexists(path) and not is_untouched(path, SLIP):  # somebody has taken the name meanwhile
            raise OutputError("file_exists", file=path.name)

    def write(target: Path) -> None:
        target.write_bytes(content)

    return deliver(path, write, verify, swept=True)


def _holds(path: Path, content: bytes) -> bool:
    """Whether it is a file with this content, and no link to one."""
    try:
        return S_ISREG(path.lstat().st_mode) and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
